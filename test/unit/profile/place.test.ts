// What tells machines and network file systems apart, from what the systems say.
import { describe, expect, test } from 'vitest';
import { networkFileSystem, networkKind } from '../../../electron/profile/filesystem.ts';
import { readMachineId } from '../../../electron/profile/machine.ts';

describe('34: network file systems', () => {
  test.each([
    [0x6969, 'NFS'],
    [0xff534d42, 'CIFS'],
    [0xff534d42 - 2 ** 32, 'CIFS'],
    [0xfe534d42, 'SMB2'],
    [0x01021997, '9P'],
    [0xef53, null],
    [0x58465342, null],
    [0x01021994, null],
    [0x9123683e, null],
  ])('statfs type %i is %s', (type, kind) => {
    expect(networkKind(type)).toBe(kind);
  });

  test('a share of Windows by its path, a local disk by none', () => {
    expect(networkFileSystem('\\\\server\\share\\bulkhead', 'win32')).toBe('a share');
    expect(networkFileSystem('C:\\Users\\ada', 'win32')).toBeNull();
    expect(networkFileSystem('\\\\?\\C:\\Users\\ada', 'win32')).toBeNull();
    expect(networkFileSystem('/nowhere/at/all', 'linux')).toBeNull();
    expect(networkFileSystem('/tmp', 'darwin')).toBeNull();
  });
});

describe('the machine’s id', () => {
  const fails = (): never => {
    throw new Error('no such thing');
  };
  test('as each system gives it, and undefined where it gives none', () => {
    expect(readMachineId({ platform: 'linux', read: () => 'abc123\n', run: fails })).toBe('abc123');
    expect(readMachineId({ platform: 'linux', read: () => '\n', run: fails })).toBeUndefined();
    expect(readMachineId({ platform: 'linux', read: fails, run: fails })).toBeUndefined();
    const mac = '  | {\n  |   "IOPlatformUUID" = "5C6A3A4B-0000-1111-2222-333344445555"\n';
    expect(readMachineId({ platform: 'darwin', read: fails, run: () => mac })).toBe(
      '5C6A3A4B-0000-1111-2222-333344445555',
    );
    const win =
      '\r\nHKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Cryptography\r\n    MachineGuid    REG_SZ    aaaa-bbbb\r\n';
    expect(readMachineId({ platform: 'win32', read: fails, run: () => win })).toBe('aaaa-bbbb');
    expect(readMachineId({ platform: 'plan9', read: fails, run: fails })).toBeUndefined();
  });
});
