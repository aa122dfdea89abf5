// Preflight with live data handed in, and the explanation of a plan as the screen draws it.
import { describe, expect, test } from 'vitest';
import type { Facts } from '../../../shared/rollback/findings.ts';
import type { Plan } from '../../../shared/rollback/plan.ts';
import { liveFindings, planFindings } from '../../../shared/rollback/preflight.ts';
import { createStage, type Stage } from '../../../shared/rollback/stage.ts';
import { planOf, planText, TARGETS } from './nights.ts';
import { shown } from './shown.ts';

const BASE = Date.UTC(2026, 0, 1);
const who = { by: 'Marta', reason: 'because' };

function stageOf(plan: Plan = planOf(planText())): Stage {
  return createStage(plan, ['a'], BASE, { probes: ['checkout', 'sign-in'] });
}

const heard = (stage: Stage, ...targets: string[]): void => {
  for (const target of targets) stage.hear({ type: 'probe', name: 'checkout', target, errors: 0, tries: 50 });
};

const live = (stage: Stage, facts: Facts = { probes: ['checkout', 'sign-in'] }): string[] => {
  const room = stage.room('a');
  if (!room) throw new Error('no plan');
  return liveFindings(room.state, room.book, room.here.now, facts, null).map(
    (one) => `${one.code} ${one.about}`,
  );
};

describe('preflight with live data', () => {
  test('targets that nobody watches, and targets that have fallen silent', () => {
    const stage = stageOf();
    expect(live(stage)).toEqual(TARGETS.map((id) => `not-watched ${id}`).sort((a, b) => order(a) - order(b)));
    heard(stage, ...TARGETS);
    expect(live(stage)).toEqual([]);
    stage.passTo(5 * 60_000);
    expect(live(stage)).toEqual([]);
    stage.passTo(5 * 60_000 + 1);
    heard(stage, 'aws/us-east-1');
    expect(live(stage)).toEqual([
      'stale-source aws/us-west-2',
      'stale-source aws/eu-west-1',
      'stale-source gcp/europe-west1',
    ]);
  });

  test('rules that name a probe which does not exist', () => {
    const stage = stageOf();
    heard(stage, ...TARGETS);
    expect(live(stage, { probes: ['checkout'] })).toEqual(['rule-names-nothing sign-in']);
  });

  test('steps that lean on a control plane in trouble now', () => {
    const stage = stageOf(
      planOf(planText().replace('shift {{target}}', 'aws iam assume-role && shift {{target}}')),
    );
    heard(stage, ...TARGETS);
    expect(live(stage)).toEqual([]);
    stage.hear({
      type: 'feed',
      name: 'aws',
      target: 'aws/us-east-1',
      service: 'IAM',
      health: 'degraded',
      began: null,
    });
    expect(live(stage)).toEqual(['control-plane Each target: 1']);
  });

  test('what is known answers the questions, or becomes a finding', () => {
    const plan = planOf(planText());
    const known: Facts = {
      changes: [
        { system: 'web', what: 'web 12', at: '2025-10-20T07:00:00.000Z', dependant: true },
        { system: 'checkout-api', what: 'flag new-cart', at: '2025-10-20T07:10:00.000Z', dependant: false },
      ],
      running: Object.fromEntries(
        plan.targets.map((id) => [id, id === 'aws/us-east-1' ? '4.17.3' : '4.18.0']),
      ),
      capacityWithout: (targets) => 1 - targets.length / 4,
    };
    expect(planFindings(plan, known).map((one) => `${one.code} ${one.about}`)).toEqual([
      'dependant-changed web',
      'other-change flag new-cart',
      'version-unknown aws/us-east-1',
      'not-frozen checkout-api',
      'not-fetchable 4.17.3',
      'capacity checkout-api',
    ]);
    expect(
      planFindings(plan, {
        ...known,
        changes: [],
        running: Object.fromEntries(plan.targets.map((id) => [id, '4.18.0'])),
        capacityWithout: () => 0.9,
      }).map((one) => one.code),
    ).toEqual(['not-frozen', 'not-fetchable']);
  });
});

const order = (text: string): number => planOf(planText()).targets.indexOf(text.split(' ')[1] ?? '');

describe('the explanation of a plan', () => {
  test('names what forbids each start, and counts the conditions of each gate', () => {
    const stage = stageOf();
    heard(stage, ...TARGETS);
    const told = () => {
      const room = stage.room('a');
      if (!room) throw new Error('no plan');
      return shown(room);
    };
    expect(told()).toMatchObject({ state: 'draft', held: false });
    expect(told().waves[0]?.startForbids.map((one) => one.code)).toEqual(['plan-not-running', 'preflight']);
    stage.perform('a', { ...who, do: 'accept-findings' });
    stage.perform('a', { ...who, do: 'start-plan' });
    expect(told().waves.map((wave) => wave.startForbids.map((one) => one.code))).toEqual([
      [],
      ['wave-before-not-passed'],
      ['wave-before-not-passed'],
    ]);
    stage.perform('a', { ...who, do: 'finish-target', target: 'aws/us-west-2' });
    stage.settle();
    const [canary] = told().waves;
    expect(canary?.state).toBe('baking');
    expect(canary?.gate.conditions.map((one) => one.code)).toEqual([
      'bake-not-full',
      'breaker-open',
      'data-not-met',
      'stale',
      'success-not-met',
      'worse-than-plan-baseline',
    ]);
    expect(canary?.gate.conditions.filter((one) => one.met).map((one) => one.code)).toEqual([
      'breaker-open',
      'stale',
      'worse-than-plan-baseline',
    ]);
    expect(canary?.gate.conditions.every((one) => one.text.length > 0)).toBe(true);
  });

  test('two reverts ask whether to pause the plan', () => {
    const stage = stageOf();
    heard(stage, ...TARGETS);
    for (const action of [
      { ...who, do: 'accept-findings' },
      { ...who, do: 'start-plan' },
    ] as const)
      stage.perform('a', action);
    for (let i = 0; i < 2; i++) {
      stage.perform(
        'a',
        i === 0
          ? { ...who, do: 'finish-target', target: 'aws/us-west-2' }
          : { ...who, do: 'retry', target: 'aws/us-west-2' },
      );
      stage.perform('a', { ...who, do: 'revert', target: 'aws/us-west-2' });
      stage.perform('a', { ...who, do: 'finish-revert', target: 'aws/us-west-2' });
      const room = stage.room('a');
      // What is left of the plan's own steps is said there, too; questions end with their mark.
      expect(room ? shown(room).asks.filter((ask) => ask.endsWith('?')) : []).toHaveLength(i);
    }
  });
});
