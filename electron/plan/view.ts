// A plan as the screen draws it: every state with its explanation, bounded, at one moment. Pure.
import type {
  PlanStep,
  PlanTarget,
  PlanTrip,
  PlanView,
  PlanWave,
  PlanWhy,
} from '../../shared/contract/plan.ts';
import { type Action, act, findNow, type Room } from '../../shared/rollback/act.ts';
import { tryable } from '../../shared/rollback/act-decisions.ts';
import { fullAt, silentSpans, watched } from '../../shared/rollback/bake.ts';
import { canRetry, canStartTarget, canStartWave } from '../../shared/rollback/can.ts';
import { conditions, type Why } from '../../shared/rollback/gate.ts';
import { lookingSince } from '../../shared/rollback/half-open.ts';
import { allHolds, coolLeft, marks, planStatus, waveStatus } from '../../shared/rollback/holds.ts';
import type { Finding } from '../../shared/rollback/preflight.ts';
import { isFresh, lastOfEach, lastOwn, ours, type Reading } from '../../shared/rollback/readings.ts';
import {
  type Bake,
  standingTrips,
  stepState,
  type TargetState,
  type Trip,
  type WaveState,
} from '../../shared/rollback/state.ts';
import { targetList } from '../../shared/rollback/summary.ts';
import { untouched } from '../../shared/rollback/trips.ts';
import { severity } from '../../shared/rollback/worse.ts';
import { planText } from '../../shared/text/plan.ts';
import { rollbackText } from '../../shared/text/rollback.ts';
import { type Instant, toInstant } from '../../shared/time/clock.ts';
import { watchForbids } from './perform.ts';

export interface Seen {
  readonly incident: string;
  /** This machine. */
  readonly device: string;
  readonly sleepWarning: string | null;
}

const cut = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1)}…`;
const at = (ms: number | null): Instant | null => (ms === null ? null : toInstant(ms));

const forbids = (list: readonly Why[]): PlanWhy[] =>
  list.slice(0, 50).map(({ rule, code, text, target }) => ({
    rule,
    code,
    text: cut(text, 2000),
    ...(target === undefined ? {} : { target }),
  }));

/** Builds the view. Preflight is run once per wave that has not begun. */
export function planView(room: Room, seen: Seen): PlanView {
  const { state, book, here } = room;
  const { plan } = state;
  const found = new Map<WaveState, readonly Finding[]>();
  const findFor = (wave: WaveState): readonly Finding[] => {
    const known = found.get(wave);
    if (known) return known;
    const made = wave.passedAt === null ? findNow(room, wave) : [];
    found.set(wave, made);
    return made;
  };
  const dry = (action: Omit<Action, 'by'>): PlanWhy[] =>
    forbids(act(room, { ...action, by: '' } as Action).why);
  const waves = state.waves.map((wave) => waveView(room, wave, findFor, dry));
  const running = state.status === 'running';
  return {
    id: state.id,
    incident: seen.incident,
    kind: plan.kind,
    title: cut(plan.title, 400),
    state: planStatus(state),
    held: running && (state.breaker.state !== 'closed' || waves.some((wave) => wave.state === 'held')),
    change: plan.change,
    createdAt: toInstant(state.createdAt),
    startedAt: at(state.startedAt),
    now: toInstant(here.now),
    watch: { device: state.watcher, here: state.watcher === seen.device },
    checked: state.checked,
    findings: state.findings.slice(0, 400).map(({ code, about, text, question, accepted }) => ({
      code,
      about: cut(about, 200),
      text: cut(text, 2000),
      question,
      accepted: accepted && { ...accepted },
    })),
    breaker: breakerView(room, dry),
    waves: waves.slice(0, 120),
    targets: plan.targets.slice(0, 500).flatMap((id) => targetView(room, id, findFor)),
    steps: stepTexts(room),
    pace: { atOnce: plan.pace.atOnce, apartMs: plan.pace.apart },
    staleMs: plan.breaker.stale,
    rules: plan.breaker.trip.slice(0, 50).map(({ id, text }) => ({ id: cut(id, 400), text: cut(text, 400) })),
    holds: allHolds(state, book, here)
      .slice(0, 200)
      .map((hold) => ({
        ...forbids([hold])[0]!,
        ...(hold.wave === undefined ? {} : { wave: hold.wave }),
      })),
    overrides: state.overrides.slice(-200).map((one) => ({ ...one, at: toInstant(one.at) })),
    actions: {
      'start-plan': dry({ do: 'start-plan' } as Action),
      pause: dry({ do: 'pause' } as Action),
      resume: dry({ do: 'resume' } as Action),
      abort: dry({ do: 'abort' } as Action),
      complete: dry({ do: 'complete' } as Action),
      'take-watch': forbids(watchForbids(state, seen.device)),
    },
    asks: running && state.reverts >= 2 ? [rollbackText.askPause(state.reverts)] : [],
    list: targetList(state)
      .slice(0, 500)
      .map((one) => ({ ...one, text: cut(one.text, 2400) })),
    sleepWarning: seen.sleepWarning,
  };
}

type Dry = (action: Omit<Action, 'by'>) => PlanWhy[];
type FindFor = (wave: WaveState) => readonly Finding[];

function bakeView(room: Room, bake: Bake | null, needed: number): PlanWave['bake'] {
  const { state, book, here } = room;
  if (bake === null)
    return {
      neededMs: needed,
      watchedMs: 0,
      gaps: [],
      startedAt: null,
      endsAt: null,
      endedAt: null,
      endedBy: null,
    };
  const { open, ended } = silentSpans(state, book, bake, here.now);
  const runs = bake.ended === null;
  const gaps = [
    ...bake.gaps.map((one) => ({ from: one.from, to: one.to as number | null, cause: one.cause })),
    // Heard again, and not yet written by the watch.
    ...ended.map((one) => ({ from: one.from, to: one.to, cause: 'silent' as const })),
    ...(open !== null && runs ? [{ from: open, to: null, cause: 'silent' as const }] : []),
  ];
  const live = runs && open === null && state.untrusted === null;
  return {
    neededMs: bake.needed,
    watchedMs: Math.min(Math.round(watched(state, book, bake, here.now)), bake.needed),
    gaps: gaps.slice(-200).map((one) => ({ from: toInstant(one.from), to: at(one.to), cause: one.cause })),
    startedAt: toInstant(bake.startedAt),
    endsAt: live ? toInstant(fullAt(state, book, bake, here.now)) : null,
    endedAt: at(bake.ended?.at ?? null),
    endedBy: bake.ended?.cause ?? null,
  };
}

function waveView(room: Room, wave: WaveState, findFor: FindFor, dry: Dry): PlanWave {
  const { state, book, here } = room;
  const passed = wave.passedAt !== null;
  const now = conditions(state, book, wave, here);
  const shown = passed
    ? wave.passedWith.map((old) => {
        const same = now.find((one) => one.code === old.code);
        const text = (old as { text?: unknown }).text;
        return {
          rule: same?.rule ?? '6',
          code: old.code,
          text: cut(typeof text === 'string' ? text : (same?.text ?? ''), 2000),
          met: old.met,
          overridden: !old.met,
        };
      })
    : now.map(({ rule, code, text, target, met, overridden }) => ({
        rule,
        code,
        text: cut(text, 2000),
        ...(target === undefined ? {} : { target }),
        met,
        overridden,
      }));
  return {
    name: wave.name,
    state: waveStatus(state, wave),
    targets: wave.targets.slice(0, 500),
    alone: wave.alone,
    startedAt: at(wave.startedAt),
    bake: bakeView(room, wave.bake, wave.bakeNeeded ?? 0),
    gate: {
      kind: wave.gate,
      state: passed ? 'passed' : wave.bake?.ended?.cause === 'full' ? 'waiting' : 'closed',
      conditions: shown.slice(0, 40),
      waitingSince: at(wave.waiting?.at ?? null),
      passedAt: at(wave.passedAt),
      passedBy: wave.passedBy,
    },
    startForbids: wave.startedAt === null ? forbids(canStartWave(state, wave, findFor(wave))) : [],
    passForbids: dry({ do: 'pass-gate', wave: wave.name } as Action),
  };
}

function shownReadings(readings: readonly Reading[]): PlanTarget['reading'] {
  const rank = (one: Reading): number =>
    ours(one) ? -1 : 9 - (one.type === 'feed' ? (severity(one.health) ?? 0) : 0);
  return [...readings]
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, 12)
    .map((one) => ({
      source: cut(one.source, 200),
      text: cut(words(one), 400),
      state: one.type === 'feed' || one.type === 'person' ? one.health : null,
      at: toInstant(one.at),
      ours: ours(one),
    }));
}

function words(one: Reading): string {
  if (one.type === 'probe') return planText.reading.probe(one.errors, one.tries, one.p95);
  if (one.type === 'feed') return planText.reading.feed(one.service, one.health);
  if (one.type === 'person') return planText.reading.person(one.health, one.by);
  return planText.reading.alert(one.labels['alertname'] ?? 'alert', one.firing);
}

function targetView(room: Room, id: string, findFor: FindFor): PlanTarget[] {
  const { state, book, here } = room;
  const target = state.targets[id];
  const wave = state.waves.find((one) => one.targets.includes(id));
  if (!target) return [];
  const readings = book.of(id);
  const last = lastOwn(readings, here.now);
  const fresh = isFresh(readings, here.now, state.plan.breaker.stale);
  const pending = target.state === 'pending' && wave !== undefined;
  const may = (alone: boolean): Why[] =>
    canStartTarget(state, book, id, here, findFor(wave!), { sure: false, alone });
  const startForbids = pending
    ? may(false)
    : target.state === 'failed' || target.state === 'reverted'
      ? canRetry(state, id, here)
      : [];
  return [
    {
      id,
      wave: wave?.name ?? null,
      state: target.state,
      marks: marks(state, id),
      on: target.on,
      startedAt: at(target.startedAt),
      reason: target.reason === null ? null : cut(target.reason, 2000),
      acceptedBy: target.acceptedWorse?.by ?? null,
      baseline: shownReadings((target.baseline ?? state.planBaseline[id])?.readings ?? []),
      reading: shownReadings(lastOfEach(readings, here.now)),
      silentSince: fresh || !last ? null : toInstant(last.at),
      heard: last !== undefined,
      steps: targetSteps(room, target),
      unaware: target.unaware,
      startForbids: forbids(startForbids),
      skipForbids: forbids(act(room, { do: 'skip-target', target: id, by: '' }).why),
      revertForbids: forbids(act(room, { do: 'revert', target: id, by: '' }).why),
      pullForbids: pending ? forbids(may(true)) : [],
    },
  ];
}

function targetSteps({ state }: Room, target: TargetState): PlanTarget['steps'] {
  const reverting = target.state === 'reverting' || target.state === 'reverted';
  const sections = reverting ? (['prepare', 'each', 'revert'] as const) : (['prepare', 'each'] as const);
  return sections
    .flatMap((section) =>
      state.plan.steps[section].map((step) => {
        const now = stepState(target, section, step.number);
        const mark = now.heads.at(-1);
        const names = now.doneBy.length > 0 ? now.doneBy.map((one) => one.by) : mark ? [mark.by] : [];
        return {
          section,
          number: step.number,
          state: now.state,
          by: names.slice(0, 20).map((name) => cut(name, 120)),
          at: at(mark?.at ?? null),
          reason: mark?.reason ? cut(mark.reason, 2000) : null,
          disputed: now.disputed,
        };
      }),
    )
    .slice(0, 400);
}

const SECTIONS = ['before', 'prepare', 'each', 'after', 'revert', 'finally'] as const;

const stepTexts = ({ state }: Room): PlanStep[] =>
  SECTIONS.flatMap((section) =>
    state.plan.steps[section].map((step) => ({
      section,
      number: step.number,
      title: cut(step.title, 2000),
      text: cut(step.text, 20_000),
      commands: step.commands.slice(0, 20).map((one) => cut(one, 20_000)),
      expected: step.expected === null ? null : cut(step.expected, 2000),
      lastsMs: step.lasts,
      danger: step.danger,
      confirm: step.confirm === null ? null : cut(step.confirm, 200),
      twoPerson: step.twoPerson,
    })),
  ).slice(0, 400);

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

function breakerView(room: Room, dry: Dry): PlanView['breaker'] {
  const { state, book, here } = room;
  const { breaker, plan } = state;
  const standing = standingTrips(state);
  const all = Object.values(state.trips).sort((a, b) => b.at - a.at);
  const closed = breaker.state === 'closed';
  const opener = standing.find((one) => one.opened) ?? standing[0] ?? all.find((one) => one.opened);
  const cool = coolLeft(state, here.now);
  const tripped = [...new Set(standing.map((one) => one.target))];
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
    tripped: closed || !opener ? null : tripView(opener),
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
