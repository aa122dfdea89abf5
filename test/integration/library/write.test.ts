// A runbook written into a chosen folder: whole or not at all, never over a file without a word, never outside of the folder.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLibrary } from '../../../electron/library/library.ts';
import { writeRunbook } from '../../../electron/library/write.ts';

let root: string;
let books: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'bulkhead write ')));
  books = join(root, 'books');
  mkdirSync(books);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const code = async (name: string, replace = false, folder = books): Promise<string> => {
  const got = await writeRunbook(folder, name, 'new\n', replace);
  return got.ok ? 'ok' : got.error.code;
};
const names = (): string[] => readdirSync(books).sort();

describe('a runbook is written', () => {
  it('under its name, with nothing left beside it', async () => {
    expect(await writeRunbook(books, 'roll-back.md', 'ä\n', false)).toEqual({
      ok: true,
      value: join(books, 'roll-back.md'),
    });
    expect(readFileSync(join(books, 'roll-back.md'), 'utf8')).toBe('ä\n');
    expect(names()).toEqual(['roll-back.md']);
  });

  it('over a file that is there only when told so', async () => {
    writeFileSync(join(books, 'a.md'), 'old\n');
    expect(await code('a.md')).toBe('file-exists');
    expect(readFileSync(join(books, 'a.md'), 'utf8')).toBe('old\n');
    expect(await code('a.md', true)).toBe('ok');
    expect(readFileSync(join(books, 'a.md'), 'utf8')).toBe('new\n');
    expect(names()).toEqual(['a.md']);
  });

  it('never through a link, a folder or a path', async () => {
    const outside = join(root, 'outside.md');
    writeFileSync(outside, 'mine\n');
    symlinkSync(outside, join(books, 'link.md'));
    mkdirSync(join(books, 'folder.md'));
    expect(await code('link.md', true)).toBe('not-written');
    expect(await code('folder.md', true)).toBe('not-written');
    for (const name of ['../outside.md', 'a/b.md', '/etc/a.md', '.hidden.md', 'a\0.md', 'a.txt'])
      expect(await code(name, true), name).toBe('name-refused');
    expect(readFileSync(outside, 'utf8')).toBe('mine\n');
    expect(names()).toEqual(['folder.md', 'link.md']);
  });

  it('or says why not, and leaves nothing', async () => {
    expect(await code('a.md', false, join(root, 'gone'))).toBe('not-written');
    // The super-user may write anywhere; everybody else is told.
    if (process.getuid?.() === 0) return;
    chmodSync(books, 0o500);
    expect(await code('a.md')).toBe('not-written');
    chmodSync(books, 0o700);
    expect(existsSync(join(books, 'a.md'))).toBe(false);
    expect(names()).toEqual([]);
  });

  it('into a chosen folder, and stands in the list at once', async () => {
    const profile = join(root, 'profile');
    mkdirSync(profile);
    const library = createLibrary({
      profile,
      clock: { now: () => Date.UTC(2026, 9, 20, 8), uptime: () => 0 },
      ids: { uuid: () => 'folder-1' },
      host: { chooseFolder: async () => ({ ok: true, value: null }), capabilities: {} as never },
      emit: () => undefined,
      log: { warn: () => undefined },
      watch: false,
    });
    const folder = await library.add(books);
    if (!folder.ok) throw new Error(folder.error.message);
    expect(await library.write('no', 'a.md', '# A\n', false)).toMatchObject({
      ok: false,
      error: { code: 'no-such-folder' },
    });
    expect((await library.write(folder.value, 'a.md', '# A plan\n', false)).ok).toBe(true);
    expect((await library.list()).runbooks.map((one) => [one.path, one.title])).toEqual([['a.md', 'A plan']]);
    await library.stop();
  });
});
