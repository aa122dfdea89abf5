// A folder as a feed, while a pipeline writes and tidies in it.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { fetchFolder } from '../../../electron/health/fetch/folder.ts';
import { createReach } from '../../../electron/health/fetch/reach.ts';
import { previewAddress } from '../../../electron/health/preview.ts';
import { systemClock } from '../../../electron/time/systemClock.ts';

const folders: string[] = [];
afterEach(() => {
  for (const path of folders.splice(0)) rmSync(path, { recursive: true, force: true });
});

test('what is gone by the time it is read is left out; the other files are the answer', async () => {
  const path = mkdtempSync(join(tmpdir(), 'bulkhead-folder-'));
  folders.push(path);
  writeFileSync(join(path, 'a.json'), '{"a":1}');
  // Listed, and not there when it is looked at: as a file that is tidied away in between.
  symlinkSync(join(path, 'nothing.json'), join(path, 'b.json'));
  writeFileSync(join(path, 'c.json'), '{"c":');
  writeFileSync(join(path, 'notes.txt'), 'no event');
  mkdirSync(join(path, 'd.json'));
  const answer = await fetchFolder(path, systemClock);
  if (!answer.ok) throw new Error(answer.error.message);
  const list = JSON.parse(new TextDecoder().decode(answer.value.bytes)) as unknown[];
  expect(list).toEqual([{ a: 1 }, expect.stringContaining('c.json')]);
  expect((await fetchFolder(join(path, 'none'), systemClock)).ok).toBe(false);
});

test('a folder that is typed as an address is not looked into: folders come with a pack', async () => {
  const path = mkdtempSync(join(tmpdir(), 'bulkhead-folder-'));
  folders.push(path);
  const refused = { ok: false, error: { code: 'bad-scheme' } };
  const fetch = createReach({
    fetch: async () => ({ ok: false, error: { code: 'failed', message: 'asked' } }),
    clock: systemClock,
  });
  const parser = { parse: async () => Promise.reject(new Error('parsed')) } as never;
  for (const url of [`folder:${path}`, 'folder:/nowhere'])
    expect(await previewAddress(url, { fetch, parser, clock: systemClock })).toMatchObject(refused);
});
