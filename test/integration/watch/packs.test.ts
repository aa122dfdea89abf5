// Folders of packs that come and go, over the real watcher: what they said stays, is said to be gone, and is read again by itself.
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createPacks, type Packs } from '../../../electron/pack/packs.ts';
import { systemClock } from '../../../electron/time/systemClock.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { log } from '../health/desk.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});
const value = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
};
const topology = (...services: string[]): string =>
  `services:\n${services.map((name) => `  ${name}: { needs: [aws/us-east-1] }\n`).join('')}`;

function open(packs: readonly string[] = []): { folder: string; packs: Packs } {
  const folder = mkdtempSync(join(tmpdir(), 'bulkhead-packs-'));
  closing.push(() => rmSync(folder, { recursive: true, force: true }));
  const profile = join(folder, 'profile');
  mkdirSync(profile);
  const list = packs.map((path, index) => ({
    id: `pack-${index}`,
    path: join(folder, path),
    runbooks: null,
  }));
  if (list.length > 0) writeFileSync(join(profile, 'packs.json'), JSON.stringify({ packs: list }));
  let ids = 0;
  const made = createPacks({
    profile,
    clock: systemClock,
    ids: { uuid: () => `id-${++ids}` },
    host: { chooseFolder: async () => ok(null), capabilities: { dialogs: false } as never },
    emit: () => undefined,
    log,
    library: { add: async () => ok('none'), remove: async () => undefined },
    watch: true,
  });
  closing.push(() => made.stop());
  return { folder, packs: made };
}
const problems = async (packs: Packs) =>
  value(await packs.handlers['packs.list']({})).packs.flatMap((one) => one.problems);
const services = (packs: Packs) => [...(packs.topology()?.services.keys() ?? [])];
const soon = { timeout: 15_000 };

test('a folder that is taken away and put back is read again, and edits of it are noticed', async () => {
  const { folder, packs } = open();
  const pack = join(folder, 'pack');
  mkdirSync(pack);
  writeFileSync(join(pack, 'topology.yaml'), topology('a'));
  await packs.start();
  value(await packs.add(pack));
  rmSync(pack, { recursive: true });
  await expect
    .poll(() => problems(packs), soon)
    .toMatchObject([{ file: 'topology.yaml', text: expect.stringContaining('is gone') }]);
  expect(services(packs)).toEqual(['a']);
  mkdirSync(pack);
  writeFileSync(join(pack, 'topology.yaml'), topology('b'));
  await expect.poll(() => services(packs), soon).toEqual(['b']);
  expect(await problems(packs)).toEqual([]);
  renameSync(pack, `${pack}-away`);
  await expect
    .poll(() => problems(packs), soon)
    .toMatchObject([{ text: expect.stringContaining('is gone') }]);
  renameSync(`${pack}-away`, pack);
  await expect.poll(() => problems(packs), soon).toEqual([]);
  writeFileSync(join(pack, 'topology.yaml'), topology('b', 'c'));
  await expect.poll(() => services(packs), soon).toEqual(['b', 'c']);
}, 60_000);

test('a pack that is away at the start says so, and is there by itself when its disk is', async () => {
  const { folder, packs } = open(['disk/pack']);
  const pack = join(folder, 'disk', 'pack');
  await packs.start();
  expect(await problems(packs)).toMatchObject([
    { file: '.', text: expect.stringContaining('nothing of it counts') },
  ]);
  mkdirSync(pack, { recursive: true });
  writeFileSync(join(pack, 'topology.yaml'), topology('a'));
  await expect.poll(() => services(packs), soon).toEqual(['a']);
  expect(await problems(packs)).toEqual([]);
  writeFileSync(join(pack, 'topology.yaml'), topology('a', 'b'));
  await expect.poll(() => services(packs), soon).toEqual(['a', 'b']);
}, 60_000);

test('a probe on a path that nothing defines is tried, and its line says that nobody watches its path', async () => {
  const { folder, packs } = open();
  const pack = join(folder, 'pack');
  mkdirSync(pack);
  const reference = '{ references: [{ name: Gateway, url: "http://gateway.example/" }] }';
  writeFileSync(join(pack, 'feeds.yaml'), `paths:\n  vpn: ${reference}\n`);
  const probes = (path: string): string =>
    `probes:\n  inside:\n    http: https://inside.example/\n    region: own/cellar\n    path: ${path}\n`;
  writeFileSync(join(pack, 'probes.yaml'), probes('vpm'));
  await packs.start();
  value(await packs.add(pack));
  expect(await problems(packs)).toMatchObject([
    { file: 'probes.yaml', line: 5, column: 5, text: expect.stringContaining('there is no path "vpm"') },
  ]);
  expect(packs.packs()[0]?.files.probes).toHaveLength(1);
  writeFileSync(join(pack, 'probes.yaml'), probes('vpn'));
  await expect.poll(() => problems(packs), soon).toEqual([]);
}, 60_000);
