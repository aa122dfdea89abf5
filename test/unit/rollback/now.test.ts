// What a plan does now and what comes next: one answer for every state of a plan, the worst first, each with a clock or a name.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlanView, PlanWave } from '../../../shared/contract/plan.ts';
import { planNow as schema } from '../../../shared/contract/plan-now.ts';
import { planNow, worstNow } from '../../../shared/rollback/now.ts';
import { type Picture, planView } from '../../e2e/harness-ui/plan.ts';

const now = (view: PlanView) => {
  const told = planNow(view);
  if (told !== null) schema.parse(told);
  return told;
};
const wave = (view: PlanView, name: string, change: Partial<PlanWave>): PlanView => ({
  ...view,
  waves: view.waves.map((one) => (one.name === name ? { ...one, ...change } : one)),
});

describe('what a plan does now', () => {
  it('says it for each picture of the design', () => {
    const leads = (['open', 'half', 'silent', 'gate', 'revert', 'draft'] as const).map((picture) => [
      picture,
      now(planView(picture))?.glyph,
      now(planView(picture))?.lead,
    ]);
    expect(leads).toEqual([
      ['open', 'brk-open', 'Plan held at wave 1. Decide on eu-west-1.'],
      ['half', 'brk-half', 'Breaker half-open: looking again at eu-west-1.'],
      ['silent', 'stale', 'Breaker half-open: eu-west-1 is silent.'],
      ['gate', 'gate-wait', 'Gate of wave 1 waits: rolled back, no better.'],
      ['revert', 'reverting', 'Reverting eu-west-1. Pause the plan?'],
      ['draft', 'todo', 'Plan made; preflight asks for 3 decisions.'],
    ]);
  });

  it('looking again counts down to its end, and the cool time comes after', () => {
    expect(now(planView('half'))).toMatchObject({
      lines: [{ who: 'Marta Lindqvist', until: '2026-10-20T09:17:40.000Z' }, {}],
      next: [
        { at: '2026-10-20T09:17:40.000Z', label: 'Look again ends' },
        { at: '2026-10-20T09:21:52.000Z', label: 'Breaker may close' },
      ],
    });
  });

  it('a bake counts down; one that nobody watches says so and counts nothing', () => {
    const view = planView('running');
    const base = view.waves[1]!;
    const baking = wave({ ...view, targets: view.targets.map((one) => ({ ...one, steps: [] })) }, base.name, {
      state: 'baking',
      startedAt: view.now,
      bake: {
        neededMs: 900_000,
        watchedMs: 60_000,
        gaps: [],
        startedAt: '2026-10-20T09:13:27.000Z',
        endsAt: '2026-10-20T09:28:27.000Z',
        endedAt: null,
        endedBy: null,
      },
      gate: { ...base.gate, state: 'closed' },
    });
    expect(now(baking)).toMatchObject({
      lead: 'Wave 1 bakes.',
      lines: [{ until: '2026-10-20T09:28:27.000Z' }],
      next: [{ at: '2026-10-20T09:28:27.000Z', label: `Bake of ${base.name} full` }],
    });
    const silent = wave(baking, base.name, {
      bake: {
        ...baking.waves[1]!.bake,
        endsAt: null,
        gaps: [{ from: '2026-10-20T09:14:00.000Z', to: null, cause: 'link-lost' }],
      },
    });
    expect(now(silent)).toMatchObject({
      glyph: 'stale',
      lead: 'Wave 1 bakes, but nobody watches: our own link was lost.',
      lines: [{ since: '2026-10-20T09:14:00.000Z' }],
      next: [],
    });
  });

  it('starts no wave that was skipped whole and has none after it: the plan can be completed', () => {
    const view = planView('running');
    const gate = { ...view.waves[0]!.gate, state: 'passed' as const };
    const rest = view.waves.length - 1;
    const through: PlanView = {
      ...view,
      targets: view.targets.map((one) => ({ ...one, state: 'skipped', steps: [] })),
      waves: view.waves.map((one, i) =>
        i < rest
          ? { ...one, state: 'passed', gate }
          : { ...one, state: 'pending', startedAt: null, bake: { ...one.bake, startedAt: null } },
      ),
    };
    const last = through.waves[rest]!;
    expect(now(through)?.lead).toContain(`Start ${last.name}`);
    const may = { ...through, actions: { ...through.actions, complete: [] } };
    expect(now(may)?.lead).toBe('What is left was skipped. Complete the plan.');
  });

  it('is nothing when the plan is over and no hand is on it', () => {
    const view = planView('running');
    const still = { ...view, state: 'aborted' as const };
    expect(now(still)?.lines.length).toBeGreaterThan(0);
    expect(now({ ...still, targets: still.targets.map((one) => ({ ...one, steps: [] })) })).toBeNull();
  });

  it('shows the wall clock, whatever the plan’s own time is', () => {
    const told = planNow(planView('half'), 7_200_000)!;
    expect(told.next[0]?.at).toBe('2026-10-20T11:17:40.000Z');
    expect(told.lines[0]?.until).toBe('2026-10-20T11:17:40.000Z');
  });

  it('of several the worst is told, whatever their order', () => {
    const pictures: Picture[] = ['open', 'half', 'silent', 'gate', 'revert', 'draft', 'running'];
    fc.assert(
      fc.property(fc.shuffledSubarray(pictures, { minLength: 1 }), (some) => {
        const all = some.map((one) => now(planView(one))!);
        const worst = worstNow(all)!;
        expect(all.every((one) => one.rank >= worst.rank)).toBe(true);
        expect(worstNow([...all].reverse())!.rank).toBe(worst.rank);
      }),
    );
    expect(worstNow([])).toBeNull();
  });
});
