// The overview strip: the whole incident on one time axis, from a bounded Incident and counted marks. Pure.

import type { Overview } from '../contract/room.ts';
import { STATES, type State } from '../health/types.ts';
import { isClosed } from '../incident/words.ts';
import { type Instant, toInstant } from '../time/clock.ts';
import { type Incident, isRelease } from './fold-state.ts';
import type { Lane } from './timeline.ts';

/** Marks of one lane within one minute. */
export interface MinuteCount {
  readonly lane: Lane;
  /** Minutes since the epoch. */
  readonly minute: number;
  readonly n: number;
}

const MINUTE = 60_000;
const MAX_MARKS = 2000;
const MAX_REGIONS = 12;

/** Joins minutes into as few and as equal bins as the contract takes; each mark stands at the beginning of its bin. */
export function binMarks(counts: readonly MinuteCount[]): Overview['marks'] {
  let width = 1;
  let bins = counts.map(({ lane, minute, n }) => ({ lane, minute, n }));
  while (bins.length > MAX_MARKS) {
    width *= 2;
    const joined = new Map<string, { lane: Lane; minute: number; n: number }>();
    for (const { lane, minute, n } of bins) {
      const start = Math.floor(minute / width) * width;
      const found = joined.get(`${lane}${start}`);
      if (found) found.n += n;
      else joined.set(`${lane}${start}`, { lane, minute: start, n });
    }
    bins = [...joined.values()];
  }
  return bins.map(({ lane, minute, n }) => ({ lane, at: toInstant(minute * MINUTE), n }));
}

const severityOf = (state: State): number => STATES.indexOf(state);

/** `now`: where an open incident ends for the time being. Always from the first thing that happened to then. */
export function overviewOf(incident: Incident, counts: readonly MinuteCount[], now: Instant): Overview {
  const marks = binMarks(counts);
  const starts = [
    ...marks.map((m) => m.at),
    ...(incident.release ? [incident.release.openedAt] : []),
    ...incident.phases.map((p) => p.at),
    ...incident.milestones.flatMap((m) => m.values.slice(-1).map((v) => v.at)),
    ...incident.affected.flatMap((a) => a.spans.slice(0, 1).map((s) => s.from)),
    ...incident.bars.slice(0, 1).map((bar) => bar.from),
  ].sort();
  const from = starts[0] ?? incident.declaredAt;
  const over = isRelease(incident) ? incident.closedAt !== null : isClosed(incident.phase);
  const closed = over ? (incident.closedAt ?? incident.lastEntryAt) : null;
  const ends = [...marks.map((m) => m.at), ...incident.phases.map((p) => p.at), closed ?? now, from].sort();
  const to = ends.at(-1)!;
  const phases = [...incident.phases].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  // The worst regions first; the strip has room for twelve.
  const regions = [...incident.affected]
    .map((a) => ({ a, worst: Math.min(...a.spans.map((s) => severityOf(s.state)), STATES.length) }))
    .sort((x, y) => x.worst - y.worst)
    .slice(0, MAX_REGIONS);
  return {
    from,
    to,
    phases: phases.map((p, i) => ({ phase: p.phase, from: p.at, to: phases[i + 1]?.at ?? null })),
    regions: regions.map(({ a }) => ({
      provider: a.provider,
      region: a.region,
      spans: a.spans.map((s, i) => ({ from: s.from, to: a.spans[i + 1]?.from ?? null, state: s.state })),
    })),
    marks,
    notWatched: incident.notWatched.map((n) => ({ ...n })),
    changes: incident.changes.map((one) => ({ ...one, text: one.text.slice(0, 1000) })),
    bars: incident.bars.map(({ n: _, wave, gaps, ...bar }) => ({
      ...bar,
      wave: wave.slice(0, 200),
      gaps: gaps.map((gap) => ({ ...gap })),
    })),
  };
}
