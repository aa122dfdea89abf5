// After damage: the damaged files are kept as they are, what verifies is copied to a new journal, and the room opens writable
// (journal.md, damage). Cut short at any point, the next start finds the marker and does it again from what was kept.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Head } from '../../shared/journal/head.ts';
import { createVerifier } from '../../shared/journal/verify.ts';
import * as say from '../../shared/text/journal.ts';
import { type Clock, toInstant } from '../../shared/time/clock.ts';
import { openWritable } from './database.ts';
import { readDevice } from './device.ts';
import { readHead } from './headFile.ts';
import type { JournalNotice } from './journal.ts';
import { migrate } from './migrations.ts';
import { type Loss, prepareRows, sha256 } from './rows.ts';
import { type Salvaged, type Source, salvage } from './salvage.ts';
import { listSnapshots, RESCUED } from './snapshots.ts';
import { UNKNOWN_DEVICE } from './succession.ts';

export interface Repaired {
  readonly notices: readonly JournalNotice[];
}

const markerOf = (folder: string): string => join(folder, 'journal.repairing');

/** The folder that a repair which was cut short was moving files to, or null. */
export function interruptedRepair(folder: string): string | null {
  try {
    return readFileSync(markerOf(folder), 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Makes a new journal.db from what is left of the old. Nobody else may have it open. */
export function repair(
  folder: string,
  path: string,
  headThere: Head | null,
  reasons: readonly string[],
  clock: Clock,
): Repaired {
  const at = toInstant(clock.now());
  const before = interruptedRepair(folder);
  const head = headThere ?? (before === null ? null : readHead(join(before, 'journal.head')));
  const kept = before ?? freeFolder(folder, at);
  const snapshots = listSnapshots(folder);
  const sources: Source[] = [
    { by: 'database', path },
    { by: 'pages', path },
    ...(before === null ? [] : [{ by: 'pages' as const, path: join(before, 'journal.db') }]),
    ...snapshots.map((snapshot) => ({ by: 'database' as const, path: snapshot.path })),
  ];
  const salvaged = salvage(sources, head?.row ?? 0);
  const fresh = `${path}.repaired`;
  const losses = build(fresh, salvaged, head, readDevice(folder)?.id ?? null, at, kept);

  mkdirSync(kept, { recursive: true, mode: 0o700 });
  writeFileSync(markerOf(folder), kept, { mode: 0o600, flush: true });
  // The WAL goes first: a new database must never meet the old one's WAL.
  for (const suffix of ['-wal', '-shm', '']) keep(`${path}${suffix}`, join(kept, `journal.db${suffix}`));
  keep(join(folder, 'journal.head'), join(kept, 'journal.head'));
  renameSync(fresh, path);
  rmSync(markerOf(folder));

  const count = salvaged.entries.length;
  const whole = losses.length === 0 && salvaged.textsLost.length === 0;
  const used = salvaged.given.slice(sources.length - snapshots.length);
  const fromSnapshots = used.reduce((sum, n, i) => (snapshots[i]?.name === RESCUED ? sum : sum + n), 0);
  const notices: JournalNotice[] = [
    {
      code: 'journal-repaired',
      level: whole ? 'warning' : 'alarm',
      text: say.repairedNotice({ path, reasons, kept, entries: count, whole }),
    },
    ...losses.map((loss) => ({
      code: 'entries-missing',
      level: 'alarm' as const,
      text: say.missingNotice(loss.incident, loss.device, loss.first, loss.last),
    })),
    ...textNotices(salvaged),
  ];
  const last = snapshots.find((snapshot) => snapshot.name !== RESCUED);
  if (last !== undefined) {
    const text = say.snapshotNotice(last.path, last.name, fromSnapshots);
    notices.push({ code: 'snapshot', level: 'info', text });
  } else if (!whole) {
    notices.push({ code: 'snapshot', level: 'info', text: say.noSnapshotNotice });
  }
  return { notices };
}

/** Writes the new database, and into it what it knows to be missing. It is whole on disk when this returns. */
function build(
  fresh: string,
  salvaged: Salvaged,
  head: Head | null,
  device: string | null,
  at: string,
  kept: string,
): Loss[] {
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${fresh}${suffix}`, { force: true });
  const db = openWritable(fresh);
  try {
    migrate(db, () => {});
    const rows = prepareRows(db);
    const verifier = createVerifier(sha256);
    return db
      .transaction(() => {
        for (const entry of salvaged.entries) {
          rows.insert(entry);
          verifier.add(entry);
        }
        const found = verifier.finish();
        const losses: Loss[] = found.breaks.map(({ incident, device, seq, to }) => ({
          incident,
          device,
          first: seq,
          last: to,
          foundAt: at,
          kept,
        }));
        // The chain cannot see its own cut-off end; the head can.
        const end = found.chains.find((c) => c.incident === head?.incident && c.device === head.device);
        if (head !== null && head.seq > (end?.last ?? 0)) {
          const { incident, device, seq } = head;
          losses.push({ incident, device, first: (end?.last ?? 0) + 1, last: seq, foundAt: at, kept });
        }
        for (const loss of losses) rows.addLoss(loss);
        // Until a new device has taken over, nobody may write here: settleDevice sees to it.
        rows.setMeta('succeeds', device ?? head?.device ?? UNKNOWN_DEVICE);
        return losses;
      })
      .immediate();
  } finally {
    db.close();
  }
}

function textNotices({ textsLost }: Salvaged): JournalNotice[] {
  const byChain = new Map<string, { incident: string; device: string; seqs: number[] }>();
  for (const { incident, device, seq } of textsLost) {
    const name = `${incident} ${device}`;
    const group = byChain.get(name) ?? { incident, device, seqs: [] };
    group.seqs.push(seq);
    byChain.set(name, group);
  }
  return [...byChain.values()].map(({ incident, device, seqs }) => ({
    code: 'texts-lost',
    level: 'alarm',
    text: say.textsLostNotice(incident, device, seqs),
  }));
}

/** Moves a file to where it is kept; what an earlier, interrupted repair kept there stays. */
function keep(from: string, to: string): void {
  if (!existsSync(from)) return;
  let name = to;
  for (let n = 2; existsSync(name); n++) name = `${to}.${n}`;
  renameSync(from, name);
}

function freeFolder(folder: string, at: string): string {
  const base = join(folder, 'damaged', at.replaceAll(':', '-'));
  let name = base;
  for (let n = 2; existsSync(name); n++) name = `${base}-${n}`;
  return name;
}
