import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLibrary, type Library } from '../../../electron/library/library.ts';
import { calls } from '../../../shared/contract/index.ts';
import { corpus } from '../../corpus.ts';

let profile: string;
let books: string;
let library: Library;
let events: string[];
const opened: Library[] = [];

function open(watch = false): Library {
  let n = 0;
  const made = createLibrary({
    profile,
    clock: { now: () => Date.UTC(2026, 9, 20, 8), uptime: () => 0 },
    ids: { uuid: () => `id-${opened.length}-${++n}` },
    host: { chooseFolder: async () => ({ ok: true, value: null }), capabilities: {} as never },
    emit: (name) => events.push(name),
    log: { warn: () => undefined },
    watch,
  });
  opened.push(made);
  return made;
}

beforeEach(() => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'bulkhead library ')));
  profile = join(root, 'profile');
  books = join(root, 'books');
  mkdirSync(profile);
  mkdirSync(join(books, 'traffic'), { recursive: true });
  writeFileSync(
    join(books, 'traffic', 'drain.md'),
    '---\nkind: Rollback\nowner: Traffic team\ntags: [drain, region]\n---\n# Drain a region\n\n1. Look at <region>\n2. Drain it\n\n[other](../index.md) ![p](p.png)\n',
  );
  writeFileSync(join(books, 'index.md'), '# Index\n');
  writeFileSync(join(books, 'traffic', 'p.png'), Buffer.from('89504e470d0a1a0a', 'hex'));
  writeFileSync(join(books, 'notes.txt'), 'no');
  events = [];
  library = open();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((l) => l.stop()));
  rmSync(join(profile, '..'), { recursive: true, force: true });
});

const value = <T>(r: { ok: true; value: T } | { ok: false; error: { code: string; message: string } }): T => {
  if (!r.ok) throw new Error(`${r.error.code}: ${r.error.message}`);
  return r.value;
};

describe('a runbook folder', () => {
  it('is listed with title, owner, tags and steps, as the contract says, and again after a restart', async () => {
    const id = value(await library.add(books));
    const listed = calls['library.list'].output.parse(value(await library.handlers['library.list']({})));
    expect(listed.runbooks.map((r) => [r.path, r.title, r.owner, r.steps])).toEqual([
      ['index.md', 'Index', '', 0],
      ['traffic/drain.md', 'Drain a region', 'Traffic team', 2],
    ]);
    // What a runbook says it is: that one of them is a plan is known without reading them again.
    expect(listed.runbooks.map((r) => r.kind)).toEqual(['', 'rollback']);
    expect(listed.folders[0]).toMatchObject({ id, path: books, files: 2, withoutOwner: 1, problem: null });
    expect(value(await library.add(books))).toBe(id);
    await library.stop();
    opened.splice(0);
    const again = open();
    expect((await again.list()).runbooks).toHaveLength(2);
  });

  it('reads a document: links stay in the folder, pictures come from the own origin', async () => {
    const id = value(await library.add(books));
    const doc = calls['library.read'].output.parse(
      value(await library.handlers['library.read']({ folder: id, path: 'traffic/drain.md' })),
    );
    expect(doc.html).toContain(`href="#/runbook/${id}/index.md"`);
    const sha = /\/blob\/([0-9a-f]{64})/.exec(doc.html)?.[1];
    expect(library.image(sha!)).toBe(join(books, 'traffic', 'p.png'));
    expect(doc.variables).toEqual([{ name: 'region', form: '<region>', default: null }]);
    expect(doc.revision).toMatch(/^[0-9a-f]{64}$/);
  });

  it('notices changes while it is watched', async () => {
    const watched = open(true);
    const id = value(await watched.add(books));
    // At once, before the watcher has looked for the first time.
    writeFileSync(join(books, 'traffic', 'new.md'), '# New\n\n- [ ] one\n');
    rmSync(join(books, 'index.md'));
    await expect
      .poll(async () => (await watched.list()).runbooks.map((r) => r.path), { timeout: 8000 })
      .toEqual(['traffic/drain.md', 'traffic/new.md']);
    expect(id).not.toBe('');
  });

  it('that vanished keeps its last list and says why', async () => {
    value(await library.add(books));
    rmSync(books, { recursive: true });
    await library.refresh();
    const listed = await library.list();
    expect(listed.runbooks).toHaveLength(2);
    expect(listed.folders[0]!.problem).toMatch(/cannot be read: the folder is not there/);
    const read = await library.read(listed.folders[0]!.id, 'index.md');
    expect(read.ok).toBe(false);
  });

  it('refuses what is not a whole path, not a folder, not there', async () => {
    for (const [path, code] of [
      ['books', 'path-not-absolute'],
      [join(books, 'index.md'), 'folder-unreadable'],
      [join(books, 'nowhere'), 'folder-unreadable'],
    ] as const) {
      const r = await library.add(path);
      expect(!r.ok && r.error.code).toBe(code);
      expect(!r.ok && r.error.message).toContain(path);
    }
  });
});

describe('D42 paths', () => {
  it('lead nowhere outside the folder', async () => {
    writeFileSync(join(books, '..', 'secret.md'), 'secret');
    symlinkSync(join(books, '..', 'secret.md'), join(books, 'link.md'));
    symlinkSync(join(books, '..'), join(books, 'up'));
    const id = value(await library.add(books));
    for (const path of [
      '../secret.md',
      '/etc/passwd',
      'traffic/../../secret.md',
      'link.md',
      'up/secret.md',
      'a\0b.md',
      '..\\secret.md',
    ]) {
      const r = await library.read(id, path);
      expect(r.ok, path).toBe(false);
    }
    expect((await library.list()).runbooks.map((r) => r.path)).not.toContain('link.md');
  });
});

it('other encodings are read, and said where they are guessed', async () => {
  writeFileSync(
    join(books, 'utf16.md'),
    Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('# Überlast\n', 'utf16le')]),
  );
  writeFileSync(join(books, 'latin.md'), Buffer.from('# Überlast\n', 'latin1'));
  value(await library.add(books));
  const { runbooks } = await library.list();
  expect(runbooks.find((r) => r.path === 'utf16.md')?.title).toBe('Überlast');
  const latin = runbooks.find((r) => r.path === 'latin.md');
  expect(latin?.title).toBe('Überlast');
  expect(latin?.problem).toMatch(/Not UTF-8/);
});

it('a folder that another process adds is shown, and stays when one is added or removed here', async () => {
  const more = join(profile, '..', 'more');
  mkdirSync(more);
  writeFileSync(join(more, 'storm.md'), '# Storm\n');
  const window = open(true);
  value(await library.add(books));
  await expect.poll(async () => (await window.list()).runbooks.length).toBe(2);
  const beside = open();
  const stale = open();
  value(await beside.add(more));
  value(await stale.add(join(books, 'traffic')));
  await expect.poll(async () => (await window.list()).folders.length).toBe(3);
  const first = (await window.list()).folders[0]!.id;
  value(await stale.handlers['library.removeFolder']({ folder: first }));
  await expect
    .poll(async () => (await window.list()).folders.map(({ path }) => path))
    .toEqual([more, join(books, 'traffic')]);
  // Also what the window did not know of is followed.
  writeFileSync(join(more, 'later.md'), '# Later\n');
  await expect
    .poll(async () => (await window.list()).runbooks.some((r) => r.path === 'later.md'), { timeout: 15_000 })
    .toBe(true);
});

it('a list of folders that cannot be read is set aside and said', async () => {
  writeFileSync(join(profile, 'folders.json'), '{"folders": [');
  const again = open();
  expect(again.notices[0]).toMatch(/folders\.json\.broken/);
});

describe('recorded repositories', () => {
  const folder = corpus('runbooks');
  it.skipIf(folder === null)('400 documents are listed and open within the contract', async () => {
    const id = value(await library.add(realpathSync(folder!)));
    const listed = calls['library.list'].output.parse(value(await library.handlers['library.list']({})));
    expect(listed.runbooks.length).toBeGreaterThan(400);
    for (const book of listed.runbooks) {
      const read = await library.handlers['library.read']({ folder: id, path: book.path });
      calls['library.read'].output.parse(value(read));
    }
  });
});
