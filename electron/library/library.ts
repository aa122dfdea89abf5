// Runbook folders: chosen by a person, listed, watched and read, with the network out.
import { opendir, readFile, stat } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { type FSWatcher, watch } from 'chokidar';
import type { Emit, Handlers } from '../../shared/contract/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { kindOf } from '../../shared/runbook/kind.ts';
import { readRunbook } from '../../shared/runbook/parse.ts';
import { libraryText } from '../../shared/text/library.ts';
import { type Clock, toInstant } from '../../shared/time/clock.ts';
import { diskReason } from '../files/atomic.ts';
import type { Host } from '../host/host.ts';
import { MAX_FILE, type ReadDocument, readDocument, sha256 } from './document.ts';
import { type ChosenFolder, folderMark, loadFolders, peekFolders, saveFolders } from './folders.ts';
import { MAX_FILES, scanFolder } from './scan.ts';
import { type FileRecord, openLibraryStore } from './store.ts';
import { decodeText } from './text.ts';
import { writeRunbook } from './write.ts';

export interface LibraryDeps {
  readonly profile: string;
  readonly clock: Clock;
  readonly ids: { uuid(): string };
  readonly host: Pick<Host, 'chooseFolder' | 'capabilities'>;
  readonly emit: Emit;
  readonly log: { warn(text: string): void };
  /** Watches folders for changes; the command line reads once instead. */
  readonly watch: boolean;
}

export interface Library {
  readonly handlers: Handlers<'library'>;
  /** Adds a folder by its whole path; the same folder twice is one. */
  add(path: string): Promise<Result<string>>;
  read(folder: string, path: string): Promise<Result<ReadDocument>>;
  /** Writes a runbook into a chosen folder; errors are those of `writeRunbook` and `no-such-folder`. */
  write(folder: string, name: string, text: string, replace: boolean): Promise<Result<string>>;
  list(): Promise<{
    folders: ReturnType<typeof view>['folders'];
    runbooks: ReturnType<typeof view>['runbooks'];
  }>;
  /** File behind a picture of a document that was read, by SHA-256. */
  image(sha: string): string | null;
  /** Its bytes; null when no document that was read has it, or the file changed since. */
  picture(sha: string): Promise<Uint8Array | null>;
  refresh(): Promise<void>;
  readonly notices: readonly string[];
  stop(): Promise<void>;
}

function view(
  folders: readonly ChosenFolder[],
  records: ReadonlyMap<string, { readAt: string | null; problem: string | null }>,
  files: readonly FileRecord[],
) {
  const count = new Map<string, { all: number; ownerless: number }>();
  for (const f of files) {
    const c = count.get(f.folder) ?? { all: 0, ownerless: 0 };
    c.all += 1;
    if (f.owner === '') c.ownerless += 1;
    count.set(f.folder, c);
  }
  return {
    folders: folders.slice(0, 100).map((f) => ({
      id: f.id,
      path: f.path,
      files: count.get(f.id)?.all ?? 0,
      withoutOwner: count.get(f.id)?.ownerless ?? 0,
      readAt: records.get(f.id)?.readAt ?? null,
      problem: records.get(f.id)?.problem ?? null,
    })),
    runbooks: files.map((f) => ({ ...f, tags: [...f.tags], changedAt: toInstant(f.changedAt) })),
  };
}

/** A folder is read again when nothing more was written in it for so long. */
const SETTLE_MS = 300;

/** How often it is looked whether another process, the command line, changed the list of folders. */
const LOOK_MS = 500;

/** Lets the window breathe between documents: the main process must never stall. */
const breathe = (): Promise<void> => new Promise((done) => setImmediate(done));

export function createLibrary(deps: LibraryDeps): Library {
  const store = openLibraryStore(deps.profile);
  let mark = folderMark(deps.profile);
  const loaded = loadFolders(deps.profile);
  let folders = loaded.folders;
  const notices = loaded.broken === null ? [] : [libraryText.foldersBroken(loaded.broken)];
  const images = new Map<string, string>();
  const watchers = new Map<string, FSWatcher>();
  let revision = 1;
  let stopped = false;
  let reading: Promise<void> = Promise.resolve();
  const changed = (): void => {
    revision += 1;
    deps.emit('library.changed', { rev: revision });
  };

  async function describe(
    folder: ChosenFolder,
    file: { path: string; bytes: number; changedAt: number },
  ): Promise<FileRecord> {
    const base = { folder: folder.id, path: file.path, changedAt: file.changedAt, bytes: file.bytes };
    const name = file.path.replace(/^.*\//, '');
    const nothing = { title: name, owner: '', tags: [], steps: 0, kind: '' };
    if (file.bytes > MAX_FILE) return { ...base, ...nothing, problem: libraryText.fileTooLarge(MAX_FILE) };
    try {
      const decoded = decodeText(await readFile(join(folder.path, ...file.path.split('/'))));
      const book = readRunbook(decoded.text, file.path, { render: false });
      return {
        ...base,
        title: book.title,
        owner: book.owner,
        tags: book.tags,
        steps: book.steps.length,
        kind: kindOf(book).slice(0, 40),
        problem: decoded.problem ?? book.problems[0] ?? null,
      };
    } catch (error) {
      return {
        ...base,
        ...nothing,
        problem: libraryText.unreadable(file.path, diskReason(error)).slice(0, 900),
      };
    }
  }

  async function readFolder(folder: ChosenFolder): Promise<void> {
    const at = toInstant(deps.clock.now());
    try {
      const { files, more } = await scanFolder(folder.path);
      const known = store.known(folder.id);
      store.putFolder({
        id: folder.id,
        path: folder.path,
        readAt: at,
        problem: more ? libraryText.tooMany(MAX_FILES) : null,
      });
      let batch: FileRecord[] = [];
      for (const file of files) {
        if (stopped) return;
        const before = known.get(file.path);
        known.delete(file.path);
        if (before && before.changedAt === file.changedAt && before.bytes === file.bytes) continue;
        batch.push(await describe(folder, file));
        if (batch.length >= 50) {
          store.apply(folder.id, batch, []);
          batch = [];
          await breathe();
        }
      }
      if (!stopped) store.apply(folder.id, batch, [...known.keys()]);
    } catch (error) {
      if (stopped) return;
      const before = store.folders().find((f) => f.id === folder.id);
      const problem = libraryText.folderUnreadable(folder.path, diskReason(error));
      store.putFolder({ id: folder.id, path: folder.path, readAt: before?.readAt ?? null, problem });
      deps.log.warn(problem);
    }
  }

  function refresh(only?: ChosenFolder): Promise<void> {
    reading = reading.then(async () => {
      for (const folder of only ? [only] : folders) if (!stopped) await readFolder(folder);
      if (!stopped) changed();
    });
    return reading;
  }

  function follow(folder: ChosenFolder): void {
    if (!deps.watch || watchers.has(folder.id)) return;
    const watcher = watch(folder.path, {
      ignoreInitial: true,
      followSymlinks: false,
      ignored: (path) => /(?:^|[\\/])(?:\.[^\\/.]|node_modules)/.test(path.slice(folder.path.length)),
    });
    let timer: NodeJS.Timeout | null = null;
    const again = (): void => {
      if (timer) clearTimeout(timer);
      // A folder that was taken away meanwhile is not read back.
      timer = setTimeout(() => {
        if (watchers.get(folder.id) === watcher) void refresh(folder);
      }, SETTLE_MS);
      timer.unref();
    };
    watcher.on('all', again);
    // What was written between the first reading and the first look of the watcher.
    watcher.on('ready', again);
    watcher.on('error', (error) => deps.log.warn(`watching ${folder.path}: ${String(error)}`));
    watchers.set(folder.id, watcher);
  }

  async function leave(id: string): Promise<void> {
    const watcher = watchers.get(id);
    watchers.delete(id);
    await watcher?.close();
  }

  /** Takes over what another process changed in the list, before it is written here and while it is watched. */
  function adopt(): readonly ChosenFolder[] {
    const now = folderMark(deps.profile);
    if (now === mark) return [];
    mark = now;
    const kept = peekFolders(deps.profile);
    if (kept === null) return [];
    const fresh = kept.filter(({ id }) => !folders.some((f) => f.id === id));
    for (const { id } of folders) if (!kept.some((f) => f.id === id)) void leave(id);
    folders = kept;
    return fresh;
  }
  const keep = (list: readonly ChosenFolder[]): void => {
    folders = [...list];
    saveFolders(deps.profile, folders);
    mark = folderMark(deps.profile);
  };
  const look = !deps.watch
    ? null
    : setInterval(() => {
        if (folderMark(deps.profile) === mark) return;
        for (const folder of adopt()) follow(folder);
        void refresh();
      }, LOOK_MS);
  look?.unref();

  async function add(path: string): Promise<Result<string>> {
    if (!isAbsolute(path)) return fail('path-not-absolute', libraryText.notAbsolute(path));
    const full = resolve(path);
    try {
      if (!(await stat(full)).isDirectory())
        return fail('folder-unreadable', libraryText.folderMissing(path, 'it is a file'));
      await scanOnce(full);
    } catch (error) {
      return fail('folder-unreadable', libraryText.folderMissing(path, diskReason(error)));
    }
    for (const other of adopt()) follow(other);
    const there = folders.find((f) => f.path === full);
    const folder = there ?? { id: deps.ids.uuid(), path: full };
    if (!there) keep([...folders, folder]);
    await refresh(folder);
    follow(folder);
    return ok(folder.id);
  }

  const read = async (id: string, path: string): Promise<Result<ReadDocument>> => {
    const folder = folders.find((f) => f.id === id);
    if (!folder) return fail('no-such-folder', libraryText.noSuchFolder(id));
    return readDocument(folder, path, (sha, file) => {
      if (images.size > 2000) images.clear();
      images.set(sha, file);
    });
  };

  const write: Library['write'] = async (id, name, text, replace) => {
    const folder = folders.find((f) => f.id === id);
    if (!folder) return fail('no-such-folder', libraryText.noSuchFolder(id));
    const written = await writeRunbook(folder.path, name, text, replace);
    if (written.ok) await refresh(folder);
    return written;
  };

  const list: Library['list'] = async () => {
    const records = new Map(store.folders().map((r) => [r.id, r]));
    const ids = new Set(folders.map((f) => f.id));
    return view(
      folders,
      records,
      store.files().filter((f) => ids.has(f.folder)),
    );
  };

  for (const folder of folders) follow(folder);
  if (deps.watch && folders.length > 0) void refresh();

  return {
    notices,
    add,
    read,
    write,
    list,
    refresh: () => refresh(),
    image: (sha) => images.get(sha) ?? null,
    picture: async (sha) => {
      const file = images.get(sha);
      if (file === undefined) return null;
      const bytes = await readFile(file).catch(() => null);
      return bytes !== null && sha256(bytes) === sha ? bytes : null;
    },
    handlers: {
      'library.list': async () => ok({ rev: revision, ...(await list()) }),
      'library.addFolder': async ({ path }) => {
        let chosen = path;
        if (chosen === null) {
          if (!deps.host.capabilities.dialogs) return fail('no-dialog', libraryText.notAbsolute(''));
          const asked = await deps.host.chooseFolder(libraryText.chooseFolder);
          if (!asked.ok) return asked;
          chosen = asked.value;
        }
        if (chosen === null) return ok({ folder: null });
        const added = await add(chosen.trim());
        return added.ok ? ok({ folder: added.value }) : added;
      },
      'library.removeFolder': async ({ folder }) => {
        for (const other of adopt()) follow(other);
        if (!folders.some((f) => f.id === folder))
          return fail('no-such-folder', libraryText.noSuchFolder(folder));
        keep(folders.filter((f) => f.id !== folder));
        store.removeFolder(folder);
        await leave(folder);
        changed();
        return ok({});
      },
      'library.refresh': async () => {
        await refresh();
        return ok({});
      },
      'library.read': async ({ folder, path }) => {
        const document = await read(folder, path);
        if (!document.ok) return document;
        const { text: _text, ...shown } = document.value;
        return ok(shown);
      },
    },
    stop: async () => {
      stopped = true;
      if (look) clearInterval(look);
      await Promise.all([...watchers.values()].map((w) => w.close()));
      await reading;
      store.close();
    },
  };
}

/** Reads the folder's own listing once, so that a folder that may not be read is refused before it is kept. */
async function scanOnce(path: string): Promise<void> {
  const dir = await opendir(path);
  await dir.close();
}
