// Signals into journals: copied with their evidence, keyed so that several machines confirm each other, and linked by themselves
// to open incidents that they are about. Folds never read health.db.
import { createHash } from 'node:crypto';
import type { Incident } from '../../shared/journal/fold.ts';
import { type LinkedSignal, linkedSignal } from '../../shared/journal/kinds/signals.ts';
import type { NewEntry } from '../../shared/journal/types.ts';
import type { SignalEvidence } from './ports.ts';
import type { Settled } from './store.ts';
import { MACHINE, type Writer } from './write.ts';

const EXCERPT_BYTES = 4096;

/** Cuts at a character, not inside one; at most that many bytes of UTF-8. */
function cutBytes(text: string, bytes: number): string {
  const data = Buffer.from(text, 'utf8');
  return data.length <= bytes
    ? text
    : data
        .subarray(0, bytes)
        .toString('utf8')
        .replace(/\uFFFD+$/, '');
}

const cut = (text: string, max: number): string => text.toWellFormed().slice(0, max).toWellFormed();

/** The signal as it stands in the entry: plain text within the limits of its kind, whatever a feed put into it. */
export function evidenceOf(signal: SignalEvidence): LinkedSignal {
  return linkedSignal.parse({
    id: signal.id,
    at: signal.at,
    began: signal.began,
    provider: cut(signal.provider, 120),
    region: cut(signal.region, 120),
    service: cut(signal.service, 200),
    from: signal.from,
    to: signal.to,
    feed: cut(signal.feed, 200),
    source: cut(signal.source, 120),
    event: signal.event === null ? null : cut(signal.event, 300),
    text: cut(signal.text, 1000),
    regions: signal.regions.slice(0, 60).map((region) => cut(region, 120)),
    services: signal.services.slice(0, 400).map((service) => cut(service, 200)),
    kind: signal.kind,
    fetchedAt: signal.fetchedAt ?? null,
    excerpt: cutBytes((signal.excerpt ?? '').toWellFormed(), EXCERPT_BYTES),
  });
}

/** How a place went so far: its state, and how often that changed. */
export type Turn = { state: string; turns: number };

/** What the Incident knows of a signal's place; null when it has not heard of it. */
function turnOf(signal: LinkedSignal, incident: Incident | null): Turn | null {
  const service = signal.service !== '' ? signal.service : (signal.services[0] ?? '');
  return (
    incident?.affected
      .find((a) => a.provider === signal.provider && a.region === signal.region)
      ?.services.find((s) => s.service === service) ?? null
  );
}

/**
 * `signal:<place>:<event>:<state>`. A state that comes back after another one carries its turn (`:3`), so that a relapse is not
 * taken for a confirmation; words without a change of state carry a hash of the words.
 */
function signalKey(signal: LinkedSignal, turns: number): string {
  const base = `signal:${signal.provider}/${signal.region}/${signal.service}:${signal.event ?? ''}`;
  if (signal.kind === 'info') {
    return `${base}:info:${createHash('sha256').update(signal.text).digest('hex').slice(0, 16)}`;
  }
  return `${base}:${signal.to}${turns > 1 ? `:${turns}` : ''}`;
}

/** Entries for signals, oldest first; `by` is empty when no person chose them. */
export function signalEntries(
  writer: Writer,
  incidentId: string,
  signals: readonly SignalEvidence[],
  incident: Incident | null,
  byHand: boolean,
): NewEntry[] {
  const sorted = signals.map(evidenceOf).sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const person = writer.person();
  const now = writer.now();
  const places = new Map<string, Turn>();
  return sorted.map((signal) => {
    const place = `${signal.provider}\n${signal.region}\n${signal.service}`;
    const was = places.get(place) ?? turnOf(signal, incident);
    const turns = was === null ? 1 : was.state === signal.to ? was.turns : was.turns + 1;
    places.set(place, { state: signal.to, turns });
    return {
      incident: incidentId,
      kind: 'signal-linked',
      key: signalKey(signal, turns),
      // A replayed or wrong clock must not put a line into the future.
      occurredAt: signal.at > now ? now : signal.at,
      actor: byHand ? person.id : MACHINE,
      body: { signal: { ...signal }, by: byHand ? person.name : '' },
    };
  });
}

/** Is the signal about this incident: a region it names, or, in a SEV1, a region of ours that gets worse? */
export function concerns(signal: SignalEvidence, incident: Incident, ours: readonly string[]): boolean {
  const regions = [signal.region, ...signal.regions];
  if (incident.affected.some((a) => a.provider === signal.provider && regions.includes(a.region)))
    return true;
  return (
    incident.severity === 'SEV1' &&
    signal.kind === 'worse' &&
    regions.some((region) => ours.includes(`${signal.provider}/${region}`))
  );
}

/** What of these a room does not have yet from this machine. Signals change the state they are keyed by, so one at a time. */
export function newSignals(writer: Writer, room: Settled, entries: readonly NewEntry[]): NewEntry[] {
  const device = writer.deps.journal.state().device;
  const reads = writer.store.reads();
  const seen = new Set<string>();
  return entries.filter((entry) => {
    const key = entry.key ?? '';
    if (seen.has(key) || reads.hasKey(room.index.n, key, device)) return false;
    seen.add(key);
    return true;
  });
}

const OWED = 500;

/** Links signals by themselves as they happen. What the disk refuses is tried again with the next ones. */
export function createSignalNotes(writer: Writer): (signals: readonly SignalEvidence[]) => Promise<void> {
  let owed: SignalEvidence[] = [];
  let chain: Promise<void> = Promise.resolve();

  async function note(signals: readonly SignalEvidence[]): Promise<void> {
    const waiting = [...owed, ...signals].slice(-OWED);
    owed = [];
    const ours = writer.deps.ours?.() ?? [];
    const open = (await writer.store.lines()).filter(
      (line) => line.mode === 'real' && line.closedAt === null,
    );
    for (const line of open) {
      // One signal after the other: a relapse within one batch is seen as one.
      for (const signal of waiting) {
        const room = await writer.room(line.id);
        if (!room.ok || !concerns(signal, room.value.incident, ours)) continue;
        const made = signalEntries(writer, line.id, [signal], room.value.incident, false);
        const entries = newSignals(writer, room.value, made);
        if (entries.length === 0) continue;
        const kept = await writer.write(line.id, entries);
        if (!kept.ok) {
          writer.deps.log.error('signals are not in the journal yet', {
            incident: line.id,
            reason: kept.error.message,
          });
          owed = waiting;
          break;
        }
      }
    }
  }

  return (signals) => {
    if (signals.length === 0) return chain;
    chain = chain
      .then(() => note(signals))
      .catch((error: unknown) =>
        writer.deps.log.error('signals could not be linked', { error: String(error) }),
      );
    return chain;
  };
}
