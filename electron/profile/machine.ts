// What tells this machine from others, to notice a profile that was copied to another one (journal.md, clones).
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface MachineSources {
  readonly platform: string;
  readonly read: (path: string) => string;
  readonly run: (command: string, args: readonly string[]) => string;
}

const real: MachineSources = {
  platform: process.platform,
  read: (path) => readFileSync(path, 'utf8'),
  run: (command, args) =>
    execFileSync(command, [...args], { encoding: 'utf8', timeout: 3000, windowsHide: true }),
};

/**
 * The system's own id of this machine: machine-id(5) on Linux, IOPlatformUUID on macOS, MachineGuid on Windows.
 * Undefined where there is none to read; a copy is then told by path and inode alone.
 */
export function readMachineId(from: MachineSources = real): string | undefined {
  try {
    switch (from.platform) {
      case 'linux':
        return some(from.read('/etc/machine-id').trim());
      case 'darwin':
        return some(
          /"IOPlatformUUID" = "([^"]+)"/.exec(
            from.run('ioreg', ['-rd1', '-c', 'IOPlatformExpertDevice']),
          )?.[1],
        );
      case 'win32': {
        const key = 'HKLM\\SOFTWARE\\Microsoft\\Cryptography';
        return some(
          /MachineGuid\s+REG_SZ\s+(\S+)/.exec(from.run('reg', ['query', key, '/v', 'MachineGuid']))?.[1],
        );
      }
      default:
        return undefined;
    }
  } catch {
    return undefined; // No such file or command here: the machine has no id to read, which the callers allow for.
  }
}

const some = (id: string | undefined): string | undefined => (id === undefined || id === '' ? undefined : id);
