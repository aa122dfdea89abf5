// Packs: folders of a team's feeds, topology, probes and runbooks, added by a person, watched, and handed to the services.
import { stat } from 'node:fs/promises';
import { basename, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { type FSWatcher, watch } from 'chokidar';
import type { Emit, Handlers } from '../../shared/contract/index.ts';
import type { Pack, PackProblem, Template } from '../../shared/contract/packs.ts';
import type { UpdateTemplate } from '../../shared/pack/templates.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { packText } from '../../shared/text/pack.ts';
import { type Clock, type Instant, toInstant } from '../../shared/time/clock.ts';
import type { OurService, Topology } from '../../shared/topology/types.ts';
import { diskReason } from '../files/atomic.ts';
import type { Host } from '../host/host.ts';
import type { Log } from '../log/log.ts';
import { type ChosenPack, loadPacks, savePacks } from './list.ts';
import { NO_FILES, type PackFiles, readPack } from './read.ts';
import { isThere, TEMPLATES } from './templates.ts';

export interface PacksDeps {
  readonly profile: string;
  readonly clock: Clock;
  readonly ids: { uuid(): string };
  readonly host: Pick<Host, 'chooseFolder' | 'capabilities'>;
  readonly emit: Emit;
  readonly log: Log;
  /** The runbooks of a pack go to the library. */
  readonly library: {
    add(path: string): Promise<Result<string>>;
    remove(folder: string): Promise<void>;
  };
  /** Watches the folders; a process beside the owner reads once. */
  readonly watch: boolean;
}

/** A pack as the services take it. */
export interface PackContent {
  readonly id: string;
  readonly path: string;
  readonly files: PackFiles;
}

export interface Packs {
  readonly handlers: Handlers<'packs'>;
  readonly notices: readonly string[];
  packs(): readonly PackContent[];
  /** The topologies of all packs as one; null when there is none. */
  topology(): Topology | null;
  /** Called after packs were added, removed or read again with another content. */
  onChange(listener: () => void): void;
  add(path: string): Promise<Result<string>>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

const MAX_PACKS = 40;
/** Templates of all packs that are listed. */
const MAX_TEMPLATES = 400;
const SETTLE_MS = 200;
/** How often it is looked whether the folder of a pack has gone or come: milliseconds. */
const THERE_MS = 3000;

interface Known {
  chosen: ChosenPack;
  files: PackFiles;
  readAt: Instant | null;
  watcher: FSWatcher | null;
  timer: NodeJS.Timeout | null;
  /** The folder was there at the last look. */
  there: boolean;
  /** Ends when the reading that was begun last has ended: an older one never comes after a newer one. */
  reading: Promise<void>;
}

const newly = (chosen: ChosenPack, files: PackFiles): Known => ({
  chosen,
  files,
  readAt: null,
  watcher: null,
  timer: null,
  there: true,
  reading: Promise.resolve(),
});

export function createPacks(deps: PacksDeps): Packs {
  const loaded = loadPacks(deps.profile);
  const known = new Map<string, Known>();
  for (const chosen of loaded.packs) known.set(chosen.id, newly(chosen, NO_FILES));
  const listeners: (() => void)[] = [];
  let looks: NodeJS.Timeout | null = null;
  let rev = 0;
  let merged: Topology | null = null;
  let twice: readonly { readonly pack: string; readonly problem: PackProblem }[] = [];

  const nameOf = (one: Known): string => basename(one.chosen.path).slice(0, 200) || one.chosen.path;

  /** One topology of all packs: a name that stands in two of them counts once, and is said. */
  function merge(): void {
    const services = new Map<string, OurService>();
    const from = new Map<string, string>();
    const problems: { pack: string; problem: PackProblem }[] = [];
    let currency: string | null = null;
    for (const [id, one] of known) {
      const { topology } = one.files;
      if (topology === null) continue;
      currency ??= topology.currency;
      for (const service of topology.services.values()) {
        const before = from.get(service.name);
        if (before === undefined) {
          services.set(service.name, service);
          from.set(service.name, nameOf(one));
        } else {
          const text = packText.twice(service.name, before);
          problems.push({ pack: id, problem: { file: 'topology.yaml', line: 1, column: 1, text } });
        }
      }
    }
    merged = currency === null ? null : { currency, services };
    twice = problems;
  }

  const view = (): Pack[] =>
    [...known.values()].slice(0, MAX_PACKS).map((one) => ({
      id: one.chosen.id,
      path: one.chosen.path,
      name: nameOf(one),
      readAt: one.readAt,
      feeds: one.files.feeds?.feeds.length ?? 0,
      probes: one.files.probes?.length ?? 0,
      services: one.files.topology?.services.size ?? 0,
      runbooks: one.files.runbooks,
      templates: one.files.templates.size,
      problems: [
        ...one.files.problems,
        ...twice.filter(({ pack }) => pack === one.chosen.id).map(({ problem }) => problem),
      ].slice(0, 200),
    }));

  const shownOf = (one: Known, file: string, template: UpdateTemplate): Template => ({
    pack: one.chosen.id,
    packName: nameOf(one),
    file,
    name: template.name,
    audience: template.audience,
    when: template.when,
    channel: template.channel,
    fields: [...template.fields],
  });
  const listed = (): Template[] =>
    [...known.values()]
      .flatMap((one) => [...one.files.templates].map(([file, template]) => shownOf(one, file, template)))
      .slice(0, MAX_TEMPLATES);

  function changed(): void {
    merge();
    rev += 1;
    for (const listener of listeners) listener();
    deps.emit('packs.changed', { rev, packs: view() });
  }

  const save = (): void =>
    savePacks(
      deps.profile,
      [...known.values()].map((one) => one.chosen),
    );

  function read(one: Known): Promise<void> {
    one.reading = one.reading.then(() => readNow(one));
    return one.reading;
  }

  async function readNow(one: Known): Promise<void> {
    one.files = await readPack(one.chosen.path, one.files);
    one.readAt = toInstant(deps.clock.now());
    if (one.files.runbooks && one.chosen.runbooks === null) {
      const added = await deps.library.add(join(one.chosen.path, 'runbooks'));
      if (added.ok && known.get(one.chosen.id) !== one) {
        // The pack was taken out while its folder was read: its runbooks go with it.
        await deps.library.remove(added.value);
      } else if (added.ok) {
        one.chosen = { ...one.chosen, runbooks: added.value };
        save();
      } else deps.log.warn('runbooks of a pack were not added', { why: added.error.message });
    }
  }

  /** A folder that comes back, or comes at all, gets a watcher of its own: the old one looked at what is gone. */
  async function lookWhetherThere(): Promise<void> {
    for (const one of known.values()) {
      const there = await isThere(one.chosen.path);
      if (there === one.there || known.get(one.chosen.id) !== one) continue;
      one.there = there;
      if (there) {
        await unwatch(one);
        watchOver(one);
      }
      await read(one);
      if (known.get(one.chosen.id) === one) changed();
    }
  }

  function watchOver(one: Known): void {
    if (!deps.watch || one.watcher !== null || known.get(one.chosen.id) !== one) return;
    const { path } = one.chosen;
    // The folder itself, what lies directly in it, and in templates/: runbooks are watched by the library.
    const elsewhere = (at: string): boolean => {
      const [first, second] = relative(path, at).split(sep);
      return second !== undefined && first !== TEMPLATES;
    };
    const watcher = watch(path, { depth: 1, ignored: elsewhere, ignoreInitial: true });
    one.watcher = watcher;
    const again = (): void => {
      if (one.timer !== null) clearTimeout(one.timer);
      one.timer = setTimeout(() => {
        one.timer = null;
        void read(one).then(() => {
          if (known.get(one.chosen.id) === one) changed();
        });
      }, SETTLE_MS);
      one.timer.unref();
    };
    watcher.on('all', again);
    // What was written between the first reading and the first look of the watcher.
    watcher.on('ready', again);
    watcher.on('error', (error) => deps.log.warn('a pack is not watched', { path, why: diskReason(error) }));
  }

  async function unwatch(one: Known): Promise<void> {
    if (one.timer !== null) clearTimeout(one.timer);
    one.timer = null;
    await one.watcher?.close();
    one.watcher = null;
  }

  async function add(typed: string): Promise<Result<string>> {
    if (!deps.watch) return fail('not-owner', packText.notOwner);
    if (!isAbsolute(typed)) return fail('bad-path', packText.notAbsolute(typed));
    const path = resolve(typed);
    const twin = (): Known | undefined => [...known.values()].find((one) => one.chosen.path === path);
    const before = twin();
    if (before !== undefined) return ok(before.chosen.id);
    if (known.size >= MAX_PACKS) return fail('too-many', packText.tooMany(MAX_PACKS));
    try {
      if (!(await stat(path)).isDirectory()) return fail('no-folder', packText.missing(path, 'it is a file'));
    } catch (error) {
      return fail('no-folder', packText.missing(path, diskReason(error)));
    }
    const files = await readPack(path, NO_FILES);
    const { feeds, topology, probes, runbooks, templates, problems } = files;
    const noFile = feeds === null && topology === null && probes === null;
    if (noFile && !runbooks && templates.size === 0 && problems.length === 0)
      return fail('no-pack', packText.empty(path));
    // Added twice at once: the first one counts.
    const meanwhile = twin();
    if (meanwhile !== undefined) return ok(meanwhile.chosen.id);
    const chosen = { id: deps.ids.uuid(), path, runbooks: null };
    const one = newly(chosen, files);
    known.set(chosen.id, one);
    await read(one);
    save();
    watchOver(one);
    changed();
    return ok(chosen.id);
  }

  return {
    notices: loaded.broken === null ? [] : [packText.listBroken(loaded.broken)],
    packs: () =>
      [...known.values()].map(({ chosen, files }) => ({ id: chosen.id, path: chosen.path, files })),
    topology: () => merged,
    onChange: (listener) => void listeners.push(listener),
    add,
    async start() {
      for (const one of known.values()) {
        one.there = await isThere(one.chosen.path);
        await read(one);
        if (one.there) watchOver(one);
      }
      changed();
      if (!deps.watch) return;
      let looking = false;
      looks ??= setInterval(() => {
        if (looking) return;
        looking = true;
        void lookWhetherThere().finally(() => {
          looking = false;
        });
      }, THERE_MS);
      looks.unref();
    },
    async stop() {
      if (looks !== null) clearInterval(looks);
      looks = null;
      for (const one of known.values()) await unwatch(one);
    },
    handlers: {
      'packs.templates': async () => ok({ rev, templates: listed() }),
      'packs.template': async ({ pack, file }) => {
        const one = known.get(pack);
        if (one === undefined) return fail('no-such-pack', packText.noPack(pack));
        const found = one.files.templates.get(file);
        if (found === undefined) return fail('no-such-template', packText.noTemplate(file, nameOf(one)));
        return ok({ template: shownOf(one, file, found), text: found.source });
      },
      'packs.list': async () => ok({ rev, packs: view() }),
      'packs.add': async ({ path }) => {
        let chosen = path;
        if (chosen === null) {
          if (!deps.host.capabilities.dialogs) return fail('no-dialog', packText.noDialog);
          const asked = await deps.host.chooseFolder(packText.chooseFolder);
          if (!asked.ok) return asked;
          chosen = asked.value;
        }
        if (chosen === null) return ok({ pack: null });
        const added = await add(chosen.trim());
        return added.ok ? ok({ pack: added.value }) : added;
      },
      'packs.remove': async ({ pack }) => {
        const one = known.get(pack);
        if (one === undefined) return fail('no-such-pack', packText.noPack(pack));
        if (!deps.watch) return fail('not-owner', packText.notOwner);
        known.delete(pack);
        await unwatch(one);
        if (one.chosen.runbooks !== null) await deps.library.remove(one.chosen.runbooks);
        save();
        changed();
        return ok({});
      },
    },
  };
}
