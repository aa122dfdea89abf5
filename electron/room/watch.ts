// The sign of life: while this process watches, a small file says so; what no process watched is written into open incidents at the
// next start (journal.md: what the machine decides alone rests on entries).
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NewEntry } from '../../shared/journal/types.ts';
import { type Instant, toInstant } from '../../shared/time/clock.ts';
import { MACHINE, type Writer } from './write.ts';

const BEAT_MS = 15_000;
/** Shorter gaps are a restart, not a time that nobody watched. */
const GAP_MS = 60_000;

export interface Watch {
  /** Writes the gap since the last sign of life, then beats. */
  start(): Promise<void>;
  stop(): void;
  /** This machine slept; said in every open incident and release. */
  slept(from: Instant, to: Instant): Promise<void>;
}

export function createWatch(writer: Writer): Watch {
  const { journal, clock, log, viewFolder } = writer.deps;
  const path = join(viewFolder, 'alive');
  let timer: NodeJS.Timeout | null = null;
  let refused = false;

  // Not synced: a beat lost to a power cut makes the gap a little longer, which is the safe side.
  const beat = (): void => {
    try {
      writeFileSync(path, `${toInstant(clock.now())}\n`, { mode: 0o600 });
      refused = false;
    } catch (error) {
      if (!refused) log.warn('the sign of life is not written', { error: String(error) });
      refused = true;
    }
  };

  const lastBeat = (): number => {
    try {
      return Date.parse(readFileSync(path, 'utf8').trim());
    } catch {
      // No file: the first start of this profile, or it was removed. The journal's last entry then counts.
      return Number.NaN;
    }
  };

  // Releases too: a gap in the watch of a deployment is as much a fact as one in an incident.
  const openLines = async () =>
    (await writer.store.lines()).filter(
      (line) => (line.mode === 'real' || line.mode === 'release') && line.closedAt === null,
    );

  async function tell(
    kind: 'not-watched' | 'machine-slept',
    fromOf: (incident: string) => Promise<number>,
    to: number,
  ) {
    const device = journal.state().device;
    const entries: NewEntry[] = [];
    for (const line of await openLines()) {
      const from = Math.max(await fromOf(line.id), Date.parse(line.declaredAt));
      // A clock that went back makes no gap; clock-jumped says what happened.
      if (!(to - from >= GAP_MS)) continue;
      const span = { from: toInstant(from), to: toInstant(to) };
      const key = `${kind}:${device}:${span.from}`;
      entries.push({ incident: line.id, kind, key, body: span, actor: MACHINE, occurredAt: span.from });
    }
    if (entries.length === 0) return;
    const kept = journal.append(entries);
    if (!kept.ok) log.error('a gap could not be written', { reason: kept.error.message });
  }

  return {
    async start() {
      const last = lastBeat();
      await tell(
        'not-watched',
        async (incident) => {
          if (!Number.isNaN(last)) return last;
          const room = await writer.room(incident);
          return room.ok ? Date.parse(room.value.incident.lastEntryAt ?? '') : Number.NaN;
        },
        clock.now(),
      );
      beat();
      timer ??= setInterval(beat, BEAT_MS);
      timer.unref();
    },
    stop() {
      if (timer === null) return;
      clearInterval(timer);
      timer = null;
      beat();
    },
    slept: (from, to) => tell('machine-slept', async () => Date.parse(from), Date.parse(to)),
  };
}
