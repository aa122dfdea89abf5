// What a plan does now and what comes next, out of its view: the worst first, with a name and a clock. Pure.
import type { PlanView } from '../contract/plan.ts';
import type { PlanNow, PlanNowLine } from '../contract/plan-now.ts';
import { planNowText as say } from '../text/plan-now.ts';
import { fromInstant, type Instant, toInstant } from '../time/clock.ts';
import { half, open } from './now-breaker.ts';
import { hands, line, type Next, passed, RANK, settled, short, type Told } from './now-parts.ts';

/** What the plan does now; null when it is over. `offsetMs`: wall clock less the plan's own time, on this machine. */
export function planNow(view: PlanView, offsetMs = 0): PlanNow | null {
  const told = tell(view);
  if (told === null) return null;
  const wall = (at: Instant | null): Instant | null =>
    at === null || offsetMs === 0 ? at : toInstant(fromInstant(at) + offsetMs);
  const next = [...(told.next ?? []), ...nextOf(view)].filter(
    (one, i, all) => all.findIndex((other) => other.label === one.label) === i,
  );
  return {
    incident: view.incident,
    plan: view.id,
    rank: told.rank,
    glyph: told.glyph,
    lead: told.lead.slice(0, 400),
    lines: told.lines.slice(0, 4).map((one) => ({ ...one, since: wall(one.since), until: wall(one.until) })),
    keys: told.keys,
    next: next
      .map((one) => ({ at: wall(one.at), label: one.label.slice(0, 200), note: one.note.slice(0, 200) }))
      .sort((a, b) => (a.at ?? '').localeCompare(b.at ?? ''))
      .slice(0, 8),
  };
}

/** The worst of several; the newer one where two are alike. */
export function worstNow(all: readonly PlanNow[]): PlanNow | null {
  return all.reduce<PlanNow | null>(
    (worst, one) => (worst === null || one.rank <= worst.rank ? one : worst),
    null,
  );
}

function tell(view: PlanView): Told | null {
  switch (view.state) {
    case 'completed':
    case 'aborted':
      return stillWorked(view);
    case 'draft':
    case 'ready':
      return before(view);
    default:
      return running(view);
  }
}

/** Over, but hands are still on it: what runs may be finished, failed or reverted after an abort. */
function stillWorked(view: PlanView): Told | null {
  const lines = hands(view);
  const reverting = view.targets.filter((one) => one.state === 'reverting').map((one) => short(view, one.id));
  if (lines.length === 0 && reverting.length === 0) return null;
  const halfDone = view.targets.filter((one) => one.state === 'running').map((one) => short(view, one.id));
  return {
    rank: RANK.working,
    glyph: reverting.length > 0 ? 'reverting' : 'doing',
    lead: reverting.length > 0 ? say.reverting(reverting, false) : say.stillWorked(view.state, halfDone),
    lines,
    keys: reverting.length > 0 ? 'revert' : 'none',
  };
}

function before(view: PlanView): Told {
  const left = view.findings.filter((one) => one.accepted === null).length;
  const ready = view.state === 'ready';
  return {
    rank: RANK.before,
    glyph: 'todo',
    lead: ready ? say.ready(view.title) : say.draft(view.checked ? left : 0),
    lines: ready ? [line(say.readyLine)] : [],
    // While preflight asks, W would be refused.
    keys: ready ? 'wave' : 'none',
  };
}

function running(view: PlanView): Told {
  const work = hands(view);
  const reverting = view.targets.filter((one) => one.state === 'reverting');
  if (reverting.length > 0) {
    // Two reverts: the room asks whether to pause (rule 13).
    const back = view.targets.filter((one) => one.state === 'reverting' || one.state === 'reverted');
    const ask = back.length >= 2 && view.state === 'running';
    return {
      rank: view.breaker.state === 'closed' ? RANK.reverting : RANK.open,
      glyph: 'reverting',
      lead: say.reverting(
        reverting.map((one) => short(view, one.id)),
        ask,
      ),
      lines: [...work.slice(0, 2), ...(ask ? [line(say.decidesPause, { decides: true })] : [])],
      keys: 'revert',
    };
  }
  if (view.breaker.state === 'open') return open(view, work);
  if (view.breaker.state === 'half-open') return half(view, work);
  if (view.state === 'paused')
    return { rank: RANK.paused, glyph: 'held', lead: say.paused, lines: work, keys: 'none' };
  return (
    waits(view, work) ?? held(view, work) ?? working(view, work) ?? baking(view, work) ?? between(view, work)
  );
}

/** A gate that waits for a person. */
function waits(view: PlanView, work: readonly PlanNowLine[]): Told | null {
  const wave = view.waves.find((one) => one.gate.state === 'waiting');
  if (wave === undefined) return null;
  const left = wave.gate.conditions.filter((one) => !one.met && !one.overridden);
  const first = left.find((one) => ['no-better', 'two-no-better'].includes(one.code)) ?? left[0];
  const after = view.waves[view.waves.indexOf(wave) + 1];
  return {
    rank: RANK.gate,
    glyph: 'gate-wait',
    lead: say.gateWaits(wave.name, first === undefined ? '' : say.code(first.code)),
    lines: [
      line(say.waiting, { decides: true, since: wave.gate.waitingSince ?? wave.bake.endedAt }),
      work[0] ?? line(first?.text ?? ''),
    ].filter((one) => one.text !== ''),
    keys: 'gate',
    ...(after === undefined
      ? {}
      : {
          next: [
            {
              at: null,
              label: say.next.wave(after.name, after.targets.length),
              note: say.next.waveNote(wave.name),
            },
          ],
        }),
  };
}

/** Said of the wave alone: what its start or its bake waits for by nature is not a hold. */
const BY_NATURE = new Set([
  'bake-not-full',
  'data-not-met',
  'stale',
  'success-not-met',
  'pace',
  'preflight',
  'manual',
]);

function held(view: PlanView, work: readonly PlanNowLine[]): Told | null {
  if (view.holds.some((one) => one.code === 'clock-untrusted'))
    return {
      rank: RANK.held,
      glyph: 'held',
      lead: say.clock,
      lines: [line(say.twoHold, { decides: true }), ...work.slice(0, 1)],
      keys: 'gate',
    };
  const wave = view.waves.find((one) => one.state === 'held');
  const hold =
    view.holds.find((one) => one.code === 'two-no-better') ??
    (wave === undefined
      ? undefined
      : view.holds.find((one) => one.wave === wave.name && !BY_NATURE.has(one.code)));
  if (hold === undefined) return null;
  return {
    rank: RANK.held,
    glyph: 'held',
    lead: say.held(hold.text),
    lines: [...work.slice(0, 1), line(say.twoHold, { decides: true })],
    keys: 'gate',
  };
}

function working(view: PlanView, work: readonly PlanNowLine[]): Told | null {
  const wave = view.waves.find((one) => one.state === 'running' && one.startedAt !== null);
  if (wave === undefined) return null;
  const targets = wave.targets.flatMap((id) => view.targets.find((one) => one.id === id) ?? []);
  const inHand = targets.filter((one) => one.state === 'running').map((one) => short(view, one.id));
  const pending = targets.filter((one) => one.state === 'pending').map((one) => short(view, one.id));
  return {
    rank: RANK.working,
    glyph: 'doing',
    lead: say.working(wave.name, targets.filter(settled).length, targets.length),
    lines:
      work.length > 0
        ? [...work]
        : inHand.length > 0
          ? [line(say.started(inHand))]
          : pending.length > 0
            ? [line(say.startNext(pending))]
            : [],
    keys: 'none',
  };
}

function baking(view: PlanView, work: readonly PlanNowLine[]): Told | null {
  const wave = view.waves.find(
    (one) => one.bake.startedAt !== null && one.bake.endedAt === null && !passed(one),
  );
  if (wave === undefined) return null;
  const gap = wave.bake.gaps.find((one) => one.to === null);
  if (gap !== undefined)
    return {
      rank: RANK.held,
      glyph: 'stale',
      lead: say.bakeGap(wave.name, gap.cause),
      lines: [line(say.notWatched, { since: gap.from }), ...work.slice(0, 1)],
      keys: 'none',
    };
  return {
    rank: RANK.baking,
    glyph: 'doing',
    lead: say.bakes(wave.name),
    lines: [
      ...(wave.bake.endsAt === null
        ? []
        : [line(say.bakeLeft(wave.bake.neededMs), { until: wave.bake.endsAt })]),
      ...work,
    ],
    keys: 'none',
  };
}

/** Nothing is worked and nothing bakes: what waits for a person to begin. */
function between(view: PlanView, work: readonly PlanNowLine[]): Told {
  const last = view.waves.filter(passed).at(-1);
  const next = view.waves.find((one) => one.startedAt === null);
  // Skipped whole, and nothing after it: there is nothing to start.
  const wave = view.actions.complete.length === 0 ? undefined : next;
  const lines = [
    ...work,
    ...(wave !== undefined && wave.startForbids[0] !== undefined ? [line(wave.startForbids[0].text)] : []),
    ...(last === undefined ? [] : [line(say.passed(last.name), { since: last.gate.passedAt })]),
  ];
  return {
    rank: RANK.next,
    glyph: 'todo',
    lead:
      wave !== undefined
        ? say.waveNext(wave.name, wave.targets.length)
        : next === undefined
          ? say.complete
          : say.completeSkipped,
    lines,
    keys: 'wave',
  };
}

/** What comes by time alone. */
function nextOf(view: PlanView): Next[] {
  if (view.state !== 'running' && view.state !== 'paused') return [];
  const list: Next[] = [];
  for (const wave of view.waves)
    if (wave.bake.endsAt !== null && wave.bake.endedAt === null && !passed(wave))
      list.push({
        at: wave.bake.endsAt,
        label: say.next.bakeFull(wave.name),
        note: say.next.gateThen(wave.gate.kind),
      });
  if (view.breaker.state !== 'closed' && view.breaker.coolUntil !== null)
    list.push({ at: view.breaker.coolUntil, label: say.next.cool, note: say.next.coolNote });
  return list;
}
