// A copy of a profile becomes a device of its own; the original stays what it is. Moving is not copying.
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { copiedFrom, type Place, readDevice } from '../../../electron/journal/device.ts';
import { verifyEntries } from '../../../shared/journal/verify.ts';
import { add, codes, open, tempFolder, verifyFile } from './helpers.ts';

function profile(): { folder: string; device: string } {
  const folder = join(tempFolder(), 'profile');
  const journal = open(folder);
  const { device } = add(journal, 'inc-1', '1');
  add(journal, 'inc-1', '2');
  add(journal, 'inc-2', '1');
  journal.close();
  return { folder, device };
}

const succession = (folder: string, machineId = 'machine-one') => {
  const journal = open(folder, { machineId });
  const entries = journal.readAll(0, 100).filter((entry) => entry.kind === 'device-succeeded');
  const found = {
    device: journal.state().device,
    entries,
    codes: codes(journal),
    text: journal.notices()[0]?.text ?? '',
  };
  journal.close();
  return found;
};

describe('29: a cloned profile', () => {
  test('copied to another folder: new key, new device, said in every chain; the two never share a sequence', () => {
    const { folder, device } = profile();
    const copy = join(tempFolder(), 'copy');
    cpSync(folder, copy, { recursive: true });
    const clone = succession(copy);
    expect(clone.codes).toEqual(['new-device']);
    expect(clone.text).toContain(`it was copied from ${folder}`);
    expect(clone.device).not.toBe(device);
    expect(clone.entries.map((e) => [e.incident, e.seq, JSON.parse(e.body)])).toMatchObject([
      ['inc-1', 1, { device, seq: 2 }],
      ['inc-2', 1, { device, seq: 1 }],
    ]);
    expect(succession(folder)).toMatchObject({ device, codes: [], entries: [] });
    // Both go on; put together, as a meeting of the two would, nothing forks.
    const one = open(folder);
    const two = open(copy);
    add(one, 'inc-1', 'on the original');
    add(two, 'inc-1', 'on the copy');
    const union = new Map([...one.readAll(0, 100), ...two.readAll(0, 100)].map((e) => [e.id, e]));
    expect(verifyEntries(union.values())).toMatchObject({ ok: true, devices: 2 });
    two.close();
    expect(succession(copy)).toMatchObject({ device: clone.device, codes: [] });
  });

  test('the disk opened on another machine', () => {
    const { folder, device } = profile();
    const there = succession(folder, 'machine-two');
    expect(there.codes).toEqual(['new-device']);
    expect(there.text).toContain('another machine');
    expect(there.device).not.toBe(device);
  });

  test('moved: the same device', () => {
    const { folder, device } = profile();
    const moved = join(tempFolder(), 'elsewhere');
    renameSync(folder, moved);
    expect(succession(moved)).toMatchObject({ device, codes: [], entries: [] });
    expect(succession(moved)).toMatchObject({ device, codes: [] });
  });

  test('only journal.db copied into another profile', () => {
    const one = profile();
    const two = profile();
    rmSync(join(two.folder, 'journal.head'));
    copyFileSync(join(one.folder, 'journal.db'), join(two.folder, 'journal.db'));
    const found = succession(two.folder);
    expect(found.codes).toEqual(['new-device']);
    expect([one.device, two.device]).not.toContain(found.device);
  });

  test('the key lost, or no key any more', () => {
    for (const damage of ['gone', 'garbage']) {
      const { folder, device } = profile();
      if (damage === 'gone') rmSync(join(folder, 'device.key'));
      else writeFileSync(join(folder, 'device.key'), 'not a key');
      const found = succession(folder);
      expect(found.codes).toEqual(['new-device']);
      expect(found.text).toContain('its device key is gone');
      expect(found.device).not.toBe(device);
      expect(readDevice(folder)?.id).toBe(found.device);
      expect(statSync(join(folder, 'device.key')).mode & 0o777).toBe(0o600);
      expect(verifyFile(folder).ok).toBe(true);
    }
  });

  test('another process that has the profile open follows the new device', () => {
    const { folder, device } = profile();
    const window = open(folder);
    writeFileSync(join(folder, 'device.key'), 'not a key');
    const found = succession(folder);
    expect(add(window, 'inc-1', 'from the window').device).toBe(found.device);
    expect(window.state().device).toBe(found.device);
    expect(found.device).not.toBe(device);
    expect(verifyFile(folder).ok).toBe(true);
  });

  test('no temporary keys are left lying about', () => {
    const { folder } = profile();
    succession(folder, 'machine-two');
    expect(readdirSync(folder).filter((name) => name.startsWith('device.key'))).toEqual(['device.key']);
    expect(readFileSync(join(folder, 'device.key'), 'utf8')).toContain('PRIVATE KEY');
  });

  test('what counts as a copy', () => {
    const was: Place = { machine: 'm', path: '/a', inode: '1', born: '10' };
    expect(copiedFrom(was, was)).toBeNull();
    expect(copiedFrom(was, { ...was, path: '/b' })).toBeNull();
    expect(copiedFrom(was, { ...was, path: '/b', inode: '2' })).toContain('copied from /a');
    expect(copiedFrom(was, { ...was, inode: '2' })).toBeNull();
    expect(copiedFrom(was, { ...was, inode: '2', born: '20' })).toContain('put back');
    expect(copiedFrom(was, { ...was, machine: 'n' })).toContain('another machine');
    expect(copiedFrom({ ...was, machine: null }, was)).toBeNull();
    expect(copiedFrom(was, { ...was, machine: null })).toBeNull();
  });
});

describe('34: where a profile lies', () => {
  test('34: on a network file system: works, and says that it is not safe there', () => {
    const folder = tempFolder();
    const journal = open(folder, { networkOf: () => 'NFS' });
    expect(codes(journal)).toEqual(['network-folder']);
    expect(journal.notices()[0]!.text).toContain('network file system (NFS)');
    expect(add(journal, 'a', 'x').row).toBe(1);
  });

  test('a folder that cannot be made is a failure in words', () => {
    const base = tempFolder();
    writeFileSync(join(base, 'file'), '');
    expect(() => open(join(base, 'file', 'profile'))).toThrow(/journal-read-only: .*refuses to write/);
    mkdirSync(join(base, 'fine'));
    expect(add(open(join(base, 'fine')), 'a', 'x').row).toBe(1);
  });
});
