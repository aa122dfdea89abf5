// Changes: read from the files and folders that packs name, watched, or typed in; ranked before the first signal.
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync } from 'node:fs';
import { open, readdir, readFile } from 'node:fs/promises';
import { basename, dirname, extname, isAbsolute, join, resolve } from 'node:path';
import { type FSWatcher, watch } from 'chokidar';
import { ranked } from '../../shared/changes/rank.ts';
import { readCsvChanges, readJsonLines } from '../../shared/changes/read.ts';
import type { Change, RawChange } from '../../shared/changes/types.ts';
import { readDeployment } from '../../shared/changes/webhooks.ts';
import type { ChangeLine } from '../../shared/contract/changes.ts';
import type { Emit, Handlers } from '../../shared/contract/index.ts';
import { fail, ok } from '../../shared/result.ts';
import { changeText } from '../../shared/text/ours.ts';
import { type Clock, fromInstant, type Instant, toInstant } from '../../shared/time/clock.ts';
import { diskReason } from '../files/atomic.ts';
import { sizeOfPlain } from '../files/plain.ts';
import type { Log } from '../log/log.ts';

/** A file of JSON lines or CSV, or a folder of deployment payloads; relative paths are within `base`. */
export type ChangeSource = { readonly base: string } & (
  | { readonly file: string }
  | { readonly folder: string }
);

export interface ChangesDeps {
  /** Folder of changes.jsonl, the typed ones: the profile. */
  readonly profile: string;
  readonly clock: Clock;
  readonly emit: Emit;
  readonly log: Log;
  readonly owner: boolean;
  /** When the running cascade began; null: nothing is going on. */
  readonly firstSignal: () => Instant | null;
  readonly person: () => { readonly name: string } | null;
}

export interface Changes {
  readonly handlers: Handlers<'changes'>;
  /** The sources from now on. */
  setSources(sources: readonly ChangeSource[]): void;
  /** Changes by id, with their place before the first signal; ids that are not known are left out. */
  byId(ids: readonly string[]): readonly ChangeLine[];
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Only the end of a longer file is read: bytes. */
const MAX_BYTES = 8 * 1024 * 1024;
const MAX_PAYLOAD = 1024 * 1024;
/** Of a folder the newest files are read. */
const MAX_FILES = 2000;
const MAX_CHANGES = 5000;
const SETTLE_MS = 300;
const SHOWN = 500;

interface Problem {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}
interface ReadSource {
  readonly changes: readonly Change[];
  readonly problems: readonly Problem[];
}

const idOf = (one: RawChange): string =>
  createHash('sha256')
    .update(JSON.stringify([one.at, one.service, one.version, one.places, one.text]))
    .digest('hex')
    .slice(0, 24);

async function endOf(path: string): Promise<{ text: string; cut: boolean }> {
  const size = await sizeOfPlain(path);
  if (size <= MAX_BYTES) return { text: await readFile(path, 'utf8'), cut: false };
  const file = await open(path);
  try {
    const bytes = Buffer.alloc(MAX_BYTES);
    // It may have been cut short in the meantime.
    const { bytesRead } = await file.read(bytes, 0, MAX_BYTES, size - MAX_BYTES);
    return { text: bytes.toString('utf8', 0, bytesRead), cut: true };
  } finally {
    await file.close();
  }
}

async function readFileSource(path: string): Promise<ReadSource> {
  const source = basename(path).slice(0, 300);
  try {
    const { text, cut } = await endOf(path);
    const plain = text.replace(/^\uFEFF/, '');
    const csv = /\.(csv|tsv)$/i.test(extname(path));
    const read = csv ? readCsvChanges(plain) : readJsonLines(plain, cut);
    const problems = read.problems.map((one) => ({ file: path, ...one }));
    if (cut) problems.unshift({ file: path, line: 1, text: changeText.tooLarge(MAX_BYTES / 1048576) });
    return { changes: read.changes.map((one) => ({ ...one, id: idOf(one), source })), problems };
  } catch (error) {
    // A pipeline that has not written yet is no problem.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { changes: [], problems: [] };
    return {
      changes: [],
      problems: [{ file: path, line: 1, text: changeText.unreadable(diskReason(error)) }],
    };
  }
}

async function readFolderSource(folder: string): Promise<ReadSource> {
  const changes: Change[] = [];
  const problems: Problem[] = [];
  let names: string[];
  try {
    names = (await readdir(folder)).filter((name) => /\.json$/i.test(name)).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { changes, problems };
    return { changes, problems: [{ file: folder, line: 1, text: changeText.unreadable(diskReason(error)) }] };
  }
  for (const name of names.slice(-MAX_FILES)) {
    const path = join(folder, name);
    try {
      if ((await sizeOfPlain(path)) > MAX_PAYLOAD) throw new Error(`over ${MAX_PAYLOAD / 1048576} MB`);
      const read = readDeployment(JSON.parse((await readFile(path, 'utf8')).replace(/^\uFEFF/, '')));
      if (typeof read === 'string') problems.push({ file: path, line: 1, text: read });
      else if (read !== null) changes.push({ ...read, id: idOf(read), source: name.slice(0, 300) });
    } catch (error) {
      // Taken away between the look and the reading.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') continue;
      const text =
        error instanceof SyntaxError ? changeText.notJson : changeText.unreadable(diskReason(error));
      problems.push({ file: path, line: 1, text });
    }
  }
  return { changes, problems };
}

export function createChanges(deps: ChangesDeps): Changes {
  const typedFile = join(deps.profile, 'changes.jsonl');
  const read = new Map<string, ReadSource>();
  const watchers = new Map<string, FSWatcher>();
  const timers = new Map<string, NodeJS.Timeout>();
  let wanted = new Map<string, 'file' | 'folder'>();
  let started = false;
  let rev = 0;

  async function readOne(path: string, what: 'file' | 'folder' | 'typed'): Promise<void> {
    const found = what === 'folder' ? await readFolderSource(path) : await readFileSource(path);
    if (what !== 'typed' && !wanted.has(path)) return; // taken out while it was read
    read.set(
      path,
      what === 'typed'
        ? { ...found, changes: found.changes.map((one) => ({ ...one, source: 'typed' })) }
        : found,
    );
    rev += 1;
    deps.emit('changes.changed', { rev });
  }

  function watchOver(path: string, what: 'file' | 'folder'): void {
    if (!deps.owner || watchers.has(path)) return;
    // A file is watched through its folder: it may not be there yet, and pipelines write a new one in its place.
    const watcher =
      what === 'folder'
        ? watch(path, { depth: 0, ignoreInitial: true })
        : watch(dirname(path), {
            depth: 0,
            ignoreInitial: true,
            ignored: (other, stats) => stats?.isFile() === true && resolve(other) !== path,
          });
    const again = (): void => {
      clearTimeout(timers.get(path));
      const timer = setTimeout(() => void readOne(path, what), SETTLE_MS);
      timer.unref();
      timers.set(path, timer);
    };
    watcher.on('all', again);
    // What was written between the first reading and the first look of the watcher.
    watcher.on('ready', again);
    watcher.on('error', (error) =>
      deps.log.warn('changes are not watched', { path, why: diskReason(error) }),
    );
    watchers.set(path, watcher);
  }

  function forget(path: string): void {
    clearTimeout(timers.get(path));
    timers.delete(path);
    void watchers.get(path)?.close();
    watchers.delete(path);
    read.delete(path);
  }

  async function readAll(): Promise<void> {
    for (const [path, what] of wanted) {
      await readOne(path, what);
      watchOver(path, what);
    }
  }

  /** Each change once, oldest first: a file that is read twice over, or lies in two packs, adds nothing. */
  function all(): readonly Change[] {
    const once = new Map<string, Change>();
    for (const { changes } of read.values())
      for (const one of changes) if (!once.has(one.id)) once.set(one.id, one);
    return [...once.values()]
      .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1))
      .slice(-MAX_CHANGES);
  }

  const lineOf = (one: ReturnType<typeof ranked>[number]): ChangeLine => ({
    ...one.change,
    places: [...one.change.places],
    beforeFirstMs: one.beforeMs,
    rank: one.rank,
    line: changeText.line(one.change, one.beforeMs).slice(0, 600),
  });

  return {
    setSources(sources) {
      const next = new Map<string, 'file' | 'folder'>();
      for (const source of sources) {
        const name = 'file' in source ? source.file : source.folder;
        const path = isAbsolute(name) ? resolve(name) : resolve(source.base, name);
        next.set(path, 'file' in source ? 'file' : 'folder');
      }
      for (const path of wanted.keys()) if (!next.has(path)) forget(path);
      wanted = next;
      if (started) void readAll();
    },
    byId(ids) {
      const wanted_ = new Set(ids);
      return ranked(
        all().filter((one) => wanted_.has(one.id)),
        deps.firstSignal(),
      ).map(lineOf);
    },
    async start() {
      started = true;
      if (existsSync(typedFile)) await readOne(typedFile, 'typed');
      await readAll();
    },
    async stop() {
      started = false;
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.all([...watchers.values()].map((watcher) => watcher.close()));
      watchers.clear();
    },
    handlers: {
      'changes.list': async ({ from, until, firstSignal }) => {
        const first = firstSignal ?? deps.firstSignal();
        const found = all().filter(
          (one) => (from === null || one.at >= from) && (until === null || one.at <= until),
        );
        return ok({
          rev,
          firstSignal: first,
          changes: ranked(found, first).slice(-SHOWN).map(lineOf),
          total: found.length,
          problems: [...read.values()]
            .flatMap((one) => one.problems)
            .slice(0, 100)
            .map((one) => ({ ...one, text: one.text.slice(0, 1000) })),
        });
      },
      'changes.add': async (change) => {
        if (!deps.owner) return fail('not-owner', changeText.notOwner);
        if (fromInstant(change.at) > deps.clock.now() + 1000) return fail('future-time', changeText.future);
        const raw: RawChange = { ...change, by: change.by || (deps.person()?.name ?? '') };
        try {
          appendFileSync(
            typedFile,
            `${JSON.stringify({ ...raw, recordedAt: toInstant(deps.clock.now()) })}\n`,
            {
              mode: 0o600,
              flush: true,
            },
          );
        } catch (error) {
          return fail('not-written', `${typedFile} ${changeText.unreadable(diskReason(error))}`);
        }
        await readOne(typedFile, 'typed');
        return ok({ change: idOf(raw) });
      },
    },
  };
}
