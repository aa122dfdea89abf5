// Which signals the list shows. Pure.
import type { Board, SignalLine } from '../../../shared/contract/health.ts';
import { isTrouble } from './marks.ts';

/** Newest first, each once; of two copies the first list's counts (its fold may have grown). */
export function mergeSignals(first: readonly SignalLine[], then: readonly SignalLine[]): SignalLine[] {
  const seen = new Set(first.map((s) => s.id));
  return [...first, ...then.filter((s) => !seen.has(s.id))];
}

/** What came after the list was held at `held`, and what it shows meanwhile. Null holds nothing. */
export function splitNew(
  all: readonly SignalLine[],
  held: string | null,
): { fresh: readonly SignalLine[]; shown: readonly SignalLine[] } {
  const at = held === null ? 0 : all.findIndex((s) => s.id === held);
  return at <= 0 ? { fresh: [], shown: all } : { fresh: all.slice(0, at), shown: all.slice(at) };
}

/** How far back a declaration looks for what it is about, in milliseconds. */
const SUGGEST_MS = 12 * 60 * 60_000;

/**
 * The signals a declaration begins with: those a person marked; else the turns for the worse of the last twelve hours whose place
 * did not get better since. `latest` is newest first.
 */
export function suggested(
  latest: readonly SignalLine[],
  marked: readonly string[],
  now: number,
): readonly SignalLine[] {
  if (marked.length) return latest.filter((s) => marked.includes(s.id));
  const settled = new Set<string>();
  return latest.filter((s) => {
    if (s.kind !== 'worse' && s.kind !== 'better') return false;
    const open = places(s).filter((place) => !settled.has(place));
    for (const place of open) settled.add(place);
    return open.length > 0 && s.kind === 'worse' && now - Date.parse(s.at) <= SUGGEST_MS;
  });
}

/** Where a signal speaks of: its regions with its first service, its services in its first region. */
const places = (s: SignalLine): string[] => [
  ...new Set([
    ...(s.regions.length ? s.regions : [s.region]).map((r) => `${s.provider}\u0000${r}\u0000${s.service}`),
    ...(s.services.length ? s.services : [s.service]).map((v) => `${s.provider}\u0000${s.region}\u0000${v}`),
  ]),
];

/**
 * What a declaration takes when nobody marked anything: what is suggested out of the newest signals, and the signal of every place
 * of the cascade that is still in trouble, so that no region is missing because its signal is older than the list.
 */
export function takenSignals(
  board: Pick<Board, 'signals' | 'cascade' | 'rows'>,
  marked: readonly string[],
  now: number,
): readonly SignalLine[] {
  const { latest } = board.signals;
  const taken = suggested(latest, marked, now);
  if (marked.length || !board.cascade) return taken;
  const known = new Set(latest.map((s) => s.id));
  const older = board.cascade.lanes.flatMap((lane) =>
    lane.nodes
      .filter((node) => isTrouble(node.state) && !known.has(node.signal))
      .map(
        (node): SignalLine => ({
          id: node.signal,
          at: node.at,
          began: null,
          provider: lane.provider,
          region: lane.region,
          service: node.service,
          from: null,
          to: node.state,
          feed: lane.provider,
          source: board.rows.find((r) => r.provider === lane.provider)?.name ?? lane.provider,
          event: null,
          text: '',
          regions: [],
          services: [],
          newRegion: false,
          kind: 'worse',
          count: 1,
        }),
      ),
  );
  return [...taken, ...older];
}

/** Splits a line around the state's word, so that it can be drawn in the state's colour: `[before, word, after]`. */
export function around(text: string, word: string): [string, string, string] {
  // The word stands after the first colon; a provider's title behind it may say it again.
  const after = text.toLowerCase().indexOf(`: ${word.toLowerCase()}`);
  const at = after >= 0 ? after + 2 : text.toLowerCase().lastIndexOf(word.toLowerCase());
  return at < 0
    ? [text, '', '']
    : [text.slice(0, at), text.slice(at, at + word.length), text.slice(at + word.length)];
}
