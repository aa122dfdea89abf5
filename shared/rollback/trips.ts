// Which rule is broken by which target now, and what follows: open the breaker, note a further trip, or late news
// (rules 2 to 4). Any machine may write these; each carries its evidence.

import { rollbackText as say } from '../text/rollback.ts';
import { toInstant } from '../time/clock.ts';
import { wentAway } from './away.ts';
import type { PlanEntry } from './entry.ts';
import { indexAfter } from './history.ts';
import type { TripRule } from './plan.ts';
import { type Baseline, type Book, toStored } from './readings.ts';
import { type PlanState, type TargetState, type Trip, touched, tripKey } from './state.ts';
import { type Breach, breach, judgeWord, leanedWords, type Question, worseNow } from './worse.ts';

const ask = (
  state: PlanState,
  book: Book,
  target: string,
  baseline: Baseline,
  since: number,
  now: number,
): Question => ({
  state,
  target,
  baseline,
  readings: book.of(target),
  since,
  now,
});

/** The breach of a rule by a touched target that counts as a new trip now; null when there is none (rule 4). */
export function newTrip(
  state: PlanState,
  book: Book,
  target: TargetState,
  rule: TripRule,
  now: number,
): Breach | null {
  const { baseline } = target;
  if (!baseline) return null;
  const before = state.trips[tripKey(target.id, rule.id)];
  // A retried target has a new baseline: what tripped before it is past.
  if (!before || before.at < (target.startedAt ?? 0))
    return complete(breach(rule, ask(state, book, target.id, baseline, baseline.at, now)));
  if (before.status === 'standing') return null;
  const settled = before.settled ?? baseline;
  // Got worse than what was accepted, or than it stood when the breaker closed.
  const worse = complete(
    breach(rule, ask(state, book, target.id, worst(settled, baseline), settled.at, now)),
  );
  if (worse) return worse;
  // It went away and came back: measured against the baseline of the first time.
  const away = wentAway(state, book, before, rule, now);
  if (away === null) return null;
  return complete(breach(rule, ask(state, book, target.id, before.against ?? baseline, away, now)));
}

const complete = (found: Breach | null): Breach | null => (found?.complete ? found : null);

/** What was settled stands in for the baseline; what it does not speak of keeps its baseline. */
function worst(settled: Baseline, baseline: Baseline): Baseline {
  const old = joined.get(settled);
  if (old?.baseline === baseline) return old.both;
  const both = { at: settled.at, readings: [...baseline.readings, ...settled.readings] };
  joined.set(settled, { baseline, both });
  return both;
}

/** The same two make the same one: what is asked of it goes on from where it was asked before. */
const joined = new WeakMap<Baseline, { baseline: Baseline; both: Baseline }>();

/** Does a settled trip's rule still hold on this target, or a standing one's? Readings after `since` only. */
export function stillBroken(
  state: PlanState,
  book: Book,
  trip: Trip,
  since: number,
  now: number,
): Breach | null {
  const rule = state.plan.breaker.trip.find((one) => one.id === trip.rule);
  const baseline = state.targets[trip.target]?.baseline ?? trip.against;
  if (!rule || !baseline) return null;
  return breach(rule, ask(state, book, trip.target, baseline, Math.max(since, baseline.at), now));
}

/** How the targets that nobody has touched fare (rule 2d). */
export function untouched(
  state: PlanState,
  book: Book,
  now: number,
): { worse: number; of: number; text: string } {
  let worse = 0;
  let of = 0;
  for (const target of Object.values(state.targets)) {
    const baseline = state.planBaseline[target.id];
    if (target.baseline || target.state !== 'pending' || !baseline) continue;
    of += 1;
    if (worseNow(ask(state, book, target.id, baseline, baseline.at, now))) worse += 1;
  }
  return { worse, of, text: say.untouched(worse, of) };
}

/** Evidence as it stands in an entry: source, value, limit, baseline, tries, time, excerpt (rule 9a). */
export function evidenceOf(
  state: PlanState,
  book: Book,
  rule: TripRule,
  found: Breach,
  now: number,
): Record<string, unknown> {
  const history = book.of(found.reading.target);
  const recent = history
    .slice(indexAfter(history, found.first))
    .filter(
      (reading) => reading.source === found.reading.source && reading.at >= found.first && reading.at <= now,
    )
    .slice(-20);
  return {
    rule: rule.text,
    source: found.reading.source,
    value: found.value,
    limit: found.limit,
    baseline: found.baseline,
    tries: found.tries,
    since: toInstant(found.first),
    at: toInstant(found.reading.at),
    reading: toStored(found.reading),
    chart: recent.map(toStored),
    untouched: untouched(state, book, now),
  };
}

/** Trips to be written now; empty when nothing new is worse. */
export function tripEntries(state: PlanState, book: Book, now: number): PlanEntry[] {
  for (const target of Object.values(state.targets)) {
    if (!touched(target)) continue;
    for (const rule of state.plan.breaker.trip) {
      const found = newTrip(state, book, target, rule, now);
      if (!found) continue;
      const n = (state.trips[tripKey(target.id, rule.id)]?.n ?? 0) + 1;
      const evidence = evidenceOf(state, book, rule, found, now);
      const wave = state.waves.find((one) => one.targets.includes(target.id))?.name;
      const body = { plan: state.id, target: target.id, wave, rule: rule.id, n, evidence };
      const key = `trip:${state.id}:${target.id}:${rule.id}:${n}`;
      const passed = state.waves.filter((one) => one.passedAt !== null).map((one) => one.name);
      const kind = state.breaker.state === 'open' ? 'trip-noted' : 'breaker-opened';
      return [{ kind, key, body: { ...body, passed } }];
    }
  }
  return [];
}

/** What a provider says began before the baseline: shown, and added to it (rule 2a). */
export function lateNewsEntries(state: PlanState, book: Book, now: number): PlanEntry[] {
  for (const target of Object.values(state.targets)) {
    const plan = state.planBaseline[target.id];
    const baseline = target.baseline ?? plan;
    if (!baseline || !plan || target.state === 'skipped') continue;
    for (const { last } of leanedWords(ask(state, book, target.id, baseline, baseline.at, now))) {
      if (judgeWord(baseline, last) !== 'late') continue;
      const service = last.service ?? 'region';
      return [
        {
          kind: 'late-news',
          key: `late:${state.id}:${target.id}:${service}:${last.health}:${toInstant(baseline.at)}`,
          body: {
            plan: state.id,
            target: target.id,
            wave: state.waves.find((one) => one.targets.includes(target.id))?.name,
            service,
            readings: [toStored(last)],
            alsoPlan: last.began !== null && last.began <= plan.at,
          },
        },
      ];
    }
  }
  return [];
}
