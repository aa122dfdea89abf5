// The templates of a pack on the disk: read, watched, listed with what is wrong, and given out with their text.
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createPacks, type Packs } from '../../../electron/pack/packs.ts';
import { NO_FILES, readPack } from '../../../electron/pack/read.ts';
import { systemClock } from '../../../electron/time/systemClock.ts';
import { packsCalls } from '../../../shared/contract/packs.ts';
import { fillTemplate } from '../../../shared/pack/templates.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { log } from '../health/desk.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});
const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'bulkhead-templates-'));
  closing.push(() => rmSync(path, { recursive: true, force: true }));
  return path;
};
const value = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
};
let ids = 0;
const library = { add: async (_path: string) => ok('none'), remove: async (_folder: string) => undefined };
function open(profile = folder(), shelf: typeof library = library): Packs {
  const packs = createPacks({
    profile,
    clock: systemClock,
    ids: { uuid: () => `id-${++ids}` },
    host: { chooseFolder: async () => ok(null), capabilities: { dialogs: false } as never },
    emit: () => undefined,
    log,
    library: shelf,
    watch: true,
  });
  closing.push(() => packs.stop());
  return packs;
}
const TEMPLATE = '---\naudience: customers\nname: Status page\n---\n**{{title}}**\nNext at {{nextUpdate}}.\n';
const listed = async (packs: Packs) => {
  const { templates } = packsCalls['packs.templates'].output.parse(
    value(await packs.handlers['packs.templates']({})),
  );
  const { packs: all } = packsCalls['packs.list'].output.parse(value(await packs.handlers['packs.list']({})));
  return {
    names: templates.map((one) => `${one.file} ${one.name} ${one.audience} ${one.when}`),
    count: all[0]?.templates,
    problems: all[0]?.problems.map((one) => `${one.file}:${one.line}:${one.column}`),
  };
};

test('a pack may be nothing but templates; they are watched, and a slip keeps what was right', async () => {
  const pack = folder();
  mkdirSync(join(pack, 'templates'));
  writeFileSync(join(pack, 'templates', 'page.md'), TEMPLATE);
  writeFileSync(join(pack, 'templates', 'notes.txt'), 'not a template');
  const packs = open();
  await packs.start();
  const id = value(await packs.add(pack));
  expect(await listed(packs)).toEqual({
    names: ['page.md Status page customers running'],
    count: 1,
    problems: [],
  });
  const shown = packsCalls['packs.template'].output.parse(
    value(await packs.handlers['packs.template']({ pack: id, file: 'page.md' })),
  );
  expect(shown).toMatchObject({
    text: '**{{title}}**\nNext at {{nextUpdate}}.\n',
    template: { fields: ['title', 'nextUpdate'], channel: null },
  });
  const kept = packs.packs()[0]!.files.templates.get('page.md')!;
  expect(fillTemplate(kept.parts, { title: 'T', nextUpdate: '09:40Z' })).toBe('**T**\nNext at 09:40Z.\n');

  // A field that does not exist: said with its place, and the template is the one from before.
  writeFileSync(join(pack, 'templates', 'page.md'), TEMPLATE.replace('{{title}}', '{{titel}}'));
  writeFileSync(
    join(pack, 'templates', 'second.md'),
    TEMPLATE.replace('customers', 'executives').replace('Status page', 'Board'),
  );
  await expect
    .poll(() => listed(packs), { timeout: 60_000 })
    .toEqual({
      names: ['page.md Status page customers running', 'second.md Board executives running'],
      count: 2,
      problems: ['templates/page.md:5:5'],
    });
  expect(packs.packs()[0]!.files.templates.get('page.md')!.source).toContain('{{title}}');

  // Taken away: gone, for nobody writes an update from a file that somebody deleted.
  rmSync(join(pack, 'templates', 'page.md'));
  await expect
    .poll(async () => (await listed(packs)).names, { timeout: 60_000 })
    .toEqual(['second.md Board executives running']);
  expect(await packs.handlers['packs.template']({ pack: id, file: 'page.md' })).toMatchObject({
    ok: false,
    error: { code: 'no-such-template' },
  });
});

test('what is no file is said and not read: a pipe has no end', async () => {
  const pack = folder();
  mkdirSync(join(pack, 'templates'));
  writeFileSync(join(pack, 'templates', 'page.md'), TEMPLATE);
  symlinkSync('/dev/zero', join(pack, 'templates', 'zero.md'));
  symlinkSync(join(pack, 'nowhere.md'), join(pack, 'templates', 'gone.md'));
  symlinkSync('/dev/zero', join(pack, 'topology.yaml'));
  const packs = open();
  await packs.start();
  value(await packs.add(pack));
  expect(await listed(packs)).toEqual({
    names: ['page.md Status page customers running'],
    count: 1,
    problems: ['topology.yaml:1:1', 'templates/zero.md:1:1'],
  });
});

test('a folder of templates that is made later is watched from then on', async () => {
  const pack = folder();
  writeFileSync(join(pack, 'topology.yaml'), 'services:\n  a: { needs: [aws/us-east-1/s3] }\n');
  const packs = open();
  await packs.start();
  value(await packs.add(pack));
  expect((await listed(packs)).count).toBe(0);
  // As Git does it: a folder that stands there at once with what is in it.
  const made = join(pack, '.making');
  mkdirSync(made);
  writeFileSync(join(made, 'page.md'), TEMPLATE);
  renameSync(made, join(pack, 'templates'));
  await expect.poll(async () => (await listed(packs)).count, { timeout: 60_000 }).toBe(1);
  writeFileSync(join(pack, 'templates', 'more.md'), TEMPLATE);
  await expect.poll(async () => (await listed(packs)).count, { timeout: 60_000 }).toBe(2);
  rmSync(join(pack, 'templates'), { recursive: true });
  await expect.poll(async () => (await listed(packs)).count, { timeout: 60_000 }).toBe(0);
});

test('the sample pack brings its templates', async () => {
  const packs = open();
  value(await packs.add(join(import.meta.dirname, '..', '..', '..', 'samples', 'pack')));
  const { names, problems } = await listed(packs);
  expect(problems).toEqual([]);
  expect(names).toEqual([
    'customers.md Status page customers running',
    'internal.md Internal update internal running',
    'resolved.md Status page, resolved customers resolved',
  ]);
});

test('a pack that is taken out while it is read leaves no runbooks behind; added twice at once it is one', async () => {
  const pack = folder();
  mkdirSync(join(pack, 'runbooks'));
  const removed: string[] = [];
  let asked = (): void => undefined;
  let shelved = (): void => undefined;
  const asking = new Promise<void>((done) => {
    asked = done;
  });
  const packs = open(folder(), {
    add: async () => {
      asked();
      await new Promise<void>((done) => {
        shelved = done;
      });
      return ok('shelf');
    },
    remove: async (id) => void removed.push(id),
  });
  await packs.start();
  const adding = [packs.add(pack), packs.add(pack)];
  await asking;
  const { packs: all } = value(await packs.handlers['packs.list']({}));
  expect(all).toHaveLength(1);
  value(await packs.handlers['packs.remove']({ pack: all[0]!.id }));
  shelved();
  const ids = (await Promise.all(adding)).map(value);
  expect(new Set(ids).size).toBe(1);
  expect(removed).toEqual(['shelf']);
  expect(packs.packs()).toEqual([]);
});

test('a pack whose whole folder is away, as a share that is not mounted, keeps its templates like its other files', async () => {
  const at = folder();
  const pack = join(at, 'pack');
  mkdirSync(join(pack, 'templates'), { recursive: true });
  writeFileSync(join(pack, 'templates', 'page.md'), TEMPLATE);
  const before = await readPack(pack, NO_FILES);
  renameSync(pack, join(at, 'away'));
  const away = await readPack(pack, before);
  expect([...away.templates.keys()]).toEqual(['page.md']);
  expect(away.problems).toMatchObject([{ file: 'templates' }]);
  // Back again, and without templates: that somebody has decided.
  mkdirSync(pack);
  expect((await readPack(pack, away)).templates.size).toBe(0);
});
