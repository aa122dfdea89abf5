// The breaker as the screen draws it: who tripped it with which evidence, how untouched targets fare, and the three choices.
import type { PlanTrip, PlanView } from '../../shared/contract/plan.ts';
import { tryable } from '../../shared/rollback/act-decisions.ts';
import type { Action, Room } from '../../shared/rollback/action.ts';
import { lookingSince } from '../../shared/rollback/half-open.ts';
import { coolLeft } from '../../shared/rollback/holds.ts';
import { openingTrips, type Trip, trippedBy } from '../../shared/rollback/state.ts';
import { untouched } from '../../shared/rollback/trips.ts';
import { type Instant, toInstant } from '../../shared/time/clock.ts';
import { bakeView } from './view-wave.ts';
import { at, cut, type Dry } from './view-words.ts';

function tripView(trip: Trip): PlanTrip {
  const proof = trip.evidence;
  const str = (key: string, most = 400): string =>
    typeof proof[key] === 'string' ? cut(proof[key], most) : '';
  const instant = (value: unknown): Instant | null =>
    typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? toInstant(Date.parse(value)) : null;
  const reading = proof['reading'] as { excerpt?: unknown } | undefined;
  const chart = Array.isArray(proof['chart']) ? (proof['chart'] as Record<string, unknown>[]) : [];
  const slow = / ms\b/.test(str('limit'));
  return {
    key: cut(trip.key, 400),
    target: trip.target,
    rule: str('rule') || cut(trip.rule, 400),
    at: toInstant(trip.at),
    opened: trip.opened,
    status: trip.status,
    evidence: {
      source: str('source', 200),
      value: str('value'),
      limit: str('limit'),
      baseline: str('baseline'),
      tries: typeof proof['tries'] === 'number' ? proof['tries'] : null,
      since: instant(proof['since']),
      at: instant(proof['at']),
      excerpt: typeof reading?.excerpt === 'string' ? cut(reading.excerpt, 4000) : null,
      chart: chart.slice(-20).flatMap((one) => {
        const value = slow ? one['p95'] : one['errors'];
        const when = instant(one['at']);
        return typeof value === 'number' && when !== null ? [{ at: when, value }] : [];
      }),
    },
  };
}

export function breakerView(room: Room, dry: Dry): PlanView['breaker'] {
  const { state, book, here } = room;
  const { breaker, plan } = state;
  const all = Object.values(state.trips).sort((a, b) => b.at - a.at);
  const closed = breaker.state === 'closed';
  const opener = openingTrips(state)[0];
  const cool = coolLeft(state, here.now);
  const tripped = trippedBy(state);
  const choice = (
    choose: 'try-one' | 'look-again' | 'accept',
    able: readonly string[],
  ): PlanView['breaker']['choices'][number] => {
    const target = able[0] ?? plan.targets[0] ?? '';
    const list = dry({ do: 'breaker', choose, target } as Action);
    return { choose, targets: list.length > 0 ? [] : able.slice(0, 500), forbids: list };
  };
  const { half } = breaker;
  return {
    state: breaker.state,
    since: closed ? null : at(breaker.openedAt),
    tripped: opener ? tripView(opener) : null,
    trips: all.slice(0, 20).map(tripView),
    untouched: untouched(state, book, here.now),
    coolUntil: closed || cool === 0 ? null : toInstant(here.now + cool),
    retryMs: plan.breaker.retry,
    half: half && {
      choose: half.choose,
      target: half.target,
      by: half.by,
      at: toInstant(half.at),
      since: at(lookingSince(state, book, here.now)),
      bake: breaker.trial ? bakeView(room, breaker.trial, breaker.trial.needed) : null,
    },
    choices: [
      choice('try-one', tryable(state)),
      choice(
        'look-again',
        tripped.filter((id) => state.targets[id]?.baseline),
      ),
      choice('accept', tripped),
    ],
  };
}
