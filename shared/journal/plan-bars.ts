// Waves and bakes of plans as bars of the overview: from when to when, which part nobody watched, and how a bake ended. Bounded.
import type { PlanBody, PlanKind } from '../rollback/kinds.ts';
import type { Instant } from '../time/clock.ts';
import { CAPS, type Incident, keep, type PlanBar } from './fold-state.ts';

type Of<K extends PlanKind> = PlanBody<K>;

const find = (incident: Incident, test: (bar: PlanBar) => boolean): PlanBar | undefined =>
  incident.bars.findLast(test);

function end(bar: PlanBar | undefined, at: Instant, how: string): void {
  if (!bar || bar.to !== null) return;
  // Told by machines whose clocks differ: a bar never ends before it began.
  bar.to = at < bar.from ? bar.from : at;
  bar.end = how;
}

/** Keeps a bar that is not known yet; true when it was. */
function begin(incident: Incident, bar: PlanBar): boolean {
  const same = (one: PlanBar): boolean =>
    one.plan === bar.plan &&
    one.wave === bar.wave &&
    one.what === bar.what &&
    one.n === bar.n &&
    one.trial === bar.trial;
  if (incident.bars.some(same)) return false;
  keep(incident.bars, bar, CAPS.bars);
  return true;
}

/** A wave that bakes again has not passed after all: a step was taken back, or a trip had not been heard of. */
function reopen(incident: Incident, plan: string, wave: string): void {
  const bar = find(incident, (one) => one.plan === plan && one.wave === wave && one.what === 'wave');
  if (bar?.end !== 'passed') return;
  bar.to = null;
  bar.end = null;
}

/** Takes what an entry of a plan says of its waves and bakes. `at`: when it happened. */
export function noteBar<K extends PlanKind>(incident: Incident, kind: K, body: Of<K>, at: Instant): void {
  const { plan } = body as { plan: string };
  const open = (bar: PlanBar): boolean => bar.plan === plan && bar.to === null;
  switch (kind) {
    case 'wave-started': {
      const { wave } = body as Of<'wave-started'>;
      begin(incident, {
        plan,
        wave,
        what: 'wave',
        n: 0,
        trial: false,
        from: at,
        to: null,
        end: null,
        gaps: [],
      });
      return;
    }
    case 'bake-started': {
      const { wave, n, trial, targets } = body as Of<'bake-started'>;
      const name = trial ? (targets[0] ?? wave) : wave;
      const bake = { plan, wave: name, n, trial, from: at, to: null, end: null, gaps: [] };
      if (begin(incident, { ...bake, what: 'bake' }) && !trial) reopen(incident, plan, wave);
      return;
    }
    case 'bake-gap': {
      const { wave, n, trial, from, to } = body as Of<'bake-gap'>;
      const bar = find(
        incident,
        (one) =>
          one.plan === plan &&
          one.what === 'bake' &&
          one.n === n &&
          one.trial === trial &&
          (trial || one.wave === wave),
      );
      if (bar && to > from) keep(bar.gaps, { from, to }, CAPS.barGaps);
      return;
    }
    case 'bake-ended': {
      const { wave, n, trial, cause } = body as Of<'bake-ended'>;
      const bar = find(
        incident,
        (one) =>
          open(one) &&
          one.what === 'bake' &&
          one.n === n &&
          one.trial === trial &&
          (trial || one.wave === wave),
      );
      end(bar, at, cause);
      return;
    }
    case 'gate-passed': {
      const { wave } = body as Of<'gate-passed'>;
      for (const bar of incident.bars) if (open(bar) && bar.wave === wave) end(bar, at, 'passed');
      return;
    }
    case 'breaker-opened':
      // A trip ends every bake that runs; waves stay: they are held.
      for (const bar of incident.bars) if (open(bar) && bar.what === 'bake') end(bar, at, 'trip');
      return;
    case 'plan-aborted':
    case 'plan-completed':
      for (const bar of incident.bars)
        if (open(bar)) end(bar, at, kind === 'plan-aborted' ? 'aborted' : 'completed');
      return;
    default:
  }
}
