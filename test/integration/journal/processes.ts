// Starts child.ts as a process of its own, under strace, a limit or a mount where the test wants one, and collects what it said.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';

export const CHILD = join(import.meta.dirname, 'child.ts');

export interface Run {
  readonly child: ChildProcess;
  readonly lines: string[];
  /** Resolves when a line like this was said; rejects when the process ended without. */
  said(pattern: RegExp): Promise<string>;
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; lines: string[]; errors: string }>;
}

export function run(args: readonly string[], prefix: readonly string[] = []): Run {
  const [command, ...rest] = [...prefix, process.execPath, CHILD, ...args];
  const child = spawn(command!, rest, { stdio: ['pipe', 'pipe', 'pipe'] });
  const lines: string[] = [];
  let errors = '';
  let partial = '';
  const waiting: { pattern: RegExp; resolve: (line: string) => void; reject: (error: Error) => void }[] = [];
  child.stderr!.on('data', (data: Buffer) => {
    errors += data.toString();
  });
  child.stdout!.on('data', (data: Buffer) => {
    const parts = (partial + data.toString()).split('\n');
    partial = parts.pop()!;
    for (const line of parts) {
      lines.push(line);
      for (const wait of waiting.filter((w) => w.pattern.test(line))) {
        waiting.splice(waiting.indexOf(wait), 1);
        wait.resolve(line);
      }
    }
  });
  child.stdin!.on('error', () => {}); // The reader may have been killed: that is what these tests do.
  const ended = new Promise<Awaited<Run['ended']>>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      for (const wait of waiting)
        wait.reject(new Error(`ended (${code ?? signal}) without ${wait.pattern}: ${errors}`));
      resolve({ code, signal, lines, errors });
    });
  });
  return {
    child,
    lines,
    ended,
    said: (pattern) => {
      const known = lines.find((line) => pattern.test(line));
      if (known !== undefined) return Promise.resolve(known);
      return new Promise((resolve, reject) => waiting.push({ pattern, resolve, reject }));
    },
  };
}

/** Ids of acknowledged entries, in order. */
export const acknowledged = (lines: readonly string[]): string[] =>
  lines.filter((line) => line.startsWith('ack ')).map((line) => line.split(' ')[1]!);

/** Whether a command works here; the test that needs it skips and says so. */
export function works(command: string, args: readonly string[]): boolean {
  try {
    execFileSync(command, [...args], { stdio: 'ignore', timeout: 10_000 });
    return true;
  } catch {
    process.stderr.write(`skipped: ${command} ${args.join(' ')} does not work here\n`);
    return false;
  }
}

export const straceWorks = works('strace', ['-f', '-qq', '-e', 'trace=none', 'true']);
export const mountWorks = works('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']);
export const limitWorks = works('prlimit', ['--fsize=1000000', 'true']);
export const fakeTimeWorks = works('faketime', ['-f', '-3d', 'true']);
