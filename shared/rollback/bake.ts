// Watched time of a bake (rule 5): only while every target has a fresh reading of ours. A longer silence is a gap, from the
// last reading to the first new one, and is added to the end.
import type { Away, GapCause } from './entry.ts';
import { DISORDER_MS, indexAfter } from './history.ts';
import { type Book, ours } from './readings.ts';
import type { Bake, Gap, PlanState } from './state.ts';

interface Span {
  from: number;
  /** null: it has not ended. */
  to: number | null;
}

/** Joins spans that touch; an open one swallows all that begin before its end. */
function union(spans: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last && (last.to === null || span.from <= last.to)) {
      if (last.to !== null && (span.to === null || span.to > last.to)) last.to = span.to;
    } else joined.push({ ...span });
  }
  return joined;
}

/** Silences of one target longer than `stale` that reach past `from`. */
function silences(book: Book, target: string, from: number, now: number, stale: number): Span[] {
  const spans: Span[] = [];
  const readings = book.of(target);
  let start = indexAfter(readings, from);
  let last = Number.NEGATIVE_INFINITY;
  // The last one before: a silence may have begun with it.
  while (start > 0 && last === Number.NEGATIVE_INFINITY) {
    start -= 1;
    if (ours(readings[start]!)) last = readings[start]!.at;
  }
  for (let i = start; i < readings.length; i++) {
    const reading = readings[i]!;
    if (reading.at > now + DISORDER_MS) break;
    if (!ours(reading) || reading.at > now) continue;
    if (reading.at > from && reading.at - last > stale)
      spans.push({ from: Math.max(last, from), to: reading.at });
    last = reading.at;
  }
  if (now - last > stale) spans.push({ from: Math.max(last, from), to: null });
  return spans.filter((span) => span.to === null || span.to > span.from);
}

/** Was nothing of this worked to an end: all skipped, failed or reverted? Then their own readings are all the evidence. */
export const nothingWorked = (state: PlanState, targets: readonly string[]): boolean =>
  !targets.some((id) => ['pending', 'running', 'done'].includes(state.targets[id]?.state ?? ''));

/** Targets of a bake that are watched: those that were worked on. A skipped one has nothing to prove beside them. */
export const bakedTargets = (state: PlanState, bake: Bake): string[] =>
  nothingWorked(state, bake.targets)
    ? [...bake.targets]
    : bake.targets.filter((id) => ['done', 'running'].includes(state.targets[id]?.state ?? ''));

/** Silences not yet on the record: those that have ended, and the one that goes on. */
export function silentSpans(
  state: PlanState,
  book: Book,
  bake: Bake,
  now: number,
): { ended: Span[]; open: number | null } {
  const until = bake.ended ? bake.ended.at : now;
  const { stale } = state.plan.breaker;
  const recorded = bake.gaps.reduce((latest, gap) => Math.max(latest, gap.to), bake.startedAt);
  const spans = union(bakedTargets(state, bake).flatMap((id) => silences(book, id, recorded, until, stale)));
  const open = spans.find((span) => span.to === null);
  return { ended: spans.filter((span) => span.to !== null), open: open ? open.from : null };
}

/** Milliseconds of a bake that somebody watched, up to now or to its end. */
export function watched(state: PlanState, book: Book, bake: Bake, now: number): number {
  const until = bake.ended ? bake.ended.at : now;
  const { ended, open } = silentSpans(state, book, bake, now);
  const spans: Span[] = [...bake.gaps.map((gap) => ({ ...gap })), ...ended];
  if (open !== null) spans.push({ from: open, to: until });
  if (state.untrusted) spans.push({ from: state.untrusted.since, to: until });
  let lost = 0;
  for (const span of union(spans)) {
    const from = Math.max(span.from, bake.startedAt);
    const to = Math.min(span.to ?? until, until);
    if (to > from) lost += to - from;
  }
  return Math.max(0, until - bake.startedAt - lost);
}

/** When the bake will be full if nothing falls silent; never in the past. */
export const fullAt = (state: PlanState, book: Book, bake: Bake, now: number): number =>
  now + Math.max(0, bake.needed - watched(state, book, bake, now));

/** The cause of a gap: what this machine knows of its own absence, else the sources were silent. */
export function causeOf(gap: { from: number; to: number }, away: readonly Away[]): GapCause {
  let cause: GapCause = 'silent';
  let longest = 0;
  for (const one of away) {
    const shared = Math.min(one.to, gap.to) - Math.max(one.from, gap.from);
    if (shared > longest) {
      longest = shared;
      cause = one.cause;
    }
  }
  return cause;
}

/** Ended silences as gaps to be written. */
export const newGaps = (
  state: PlanState,
  book: Book,
  bake: Bake,
  now: number,
  away: readonly Away[],
): Gap[] =>
  silentSpans(state, book, bake, now).ended.map((span) => {
    const gap = { from: span.from, to: span.to ?? now };
    return { ...gap, cause: causeOf(gap, away) };
  });
