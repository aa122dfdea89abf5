// Waves and bakes of plans on the overview: kept bounded in the Incident, whatever the order of arrival.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overview as schema } from '../../../shared/contract/room.ts';
import { fold } from '../../../shared/journal/fold.ts';
import { CAPS } from '../../../shared/journal/fold-state.ts';
import { overviewOf } from '../../../shared/journal/timeline-overview.ts';
import type { FoldEntry } from '../../../shared/journal/types.ts';
import { parsePlan } from '../../../shared/rollback/plan.ts';
import { createStage } from '../../../shared/rollback/stage.ts';
import { at, declared, entry } from './entries.ts';

const TEXT = `---
change: { system: c, from: 2, to: 1, schema: reversible }
waves:
  - { name: a, targets: [x/1], bake: 10m }
  - { name: b, targets: [x/2], bake: 10m }
breaker: { trip: [ { probe: web, errors: "> 5%" } ], stale: 3m, cool: 2m }
---
## Each target
1. Deploy
## Revert a target
1. Back
`;
const START = Date.UTC(2026, 9, 20, 8);
const MINUTE = 60_000;

/** A full bake with a silence in it, then one that a trip ends. */
function night(): readonly FoldEntry[] {
  const stage = createStage(parsePlan(TEXT).plan!, ['a'], START, {});
  let now = 0;
  const go = (minutes: number, errors: number | null = 0): void => {
    for (let i = 0; i < minutes; i++) {
      now += MINUTE;
      stage.passTo(now);
      if (errors !== null)
        for (const target of ['x/1', 'x/2'])
          stage.hear({ type: 'probe', name: 'web', target, errors, tries: 20 } as never);
      stage.settle();
    }
  };
  const by = { by: 'Marta', reason: 'r' };
  go(1);
  stage.perform('a', { ...by, do: 'accept-findings' });
  stage.perform('a', { ...by, do: 'start-plan' });
  stage.perform('a', { ...by, do: 'finish-target', target: 'x/1' });
  stage.settle();
  go(2);
  go(5, null);
  go(12);
  stage.perform('a', { ...by, do: 'finish-target', target: 'x/2' });
  stage.settle();
  go(3);
  go(2, 60);
  return stage.machines[0]!.entries;
}

describe('waves and bakes', () => {
  const entries = night();
  const incident = fold('inc', entries);
  const strip = overviewOf(incident, [], new Date(START + 60 * MINUTE).toISOString());

  it('stand as bars: a gap in the bake, and a trip that ends the next one', () => {
    schema.parse(strip);
    expect(strip.bars.map((bar) => [bar.what, bar.wave, bar.end, bar.gaps.length])).toEqual([
      ['wave', 'a', 'passed', 0],
      ['bake', 'a', 'full', 1],
      ['wave', 'b', null, 0],
      ['bake', 'b', 'trip', 0],
    ]);
    const [, bake] = strip.bars;
    // Ten watched minutes and the gap of six: two before it, and one until the silence counts.
    expect(Date.parse(bake!.to!) - Date.parse(bake!.from)).toBe(16 * MINUTE);
    expect(Date.parse(bake!.gaps[0]!.to) - Date.parse(bake!.gaps[0]!.from)).toBe(6 * MINUTE);
    expect(strip.from <= strip.bars[0]!.from).toBe(true);
  });

  it('a wave whose pass was taken back goes on until it passes again', () => {
    const stage = createStage(parsePlan(TEXT).plan!, ['a'], START, {});
    let now = 0;
    const go = (minutes: number): void => {
      for (let i = 0; i < minutes; i++) {
        now += MINUTE;
        stage.passTo(now);
        for (const target of ['x/1', 'x/2'])
          stage.hear({ type: 'probe', name: 'web', target, errors: 0, tries: 20 } as never);
        stage.settle();
      }
    };
    const by = { by: 'Marta', reason: 'r' };
    const waves = () =>
      fold('inc', stage.machines[0]!.entries)
        .bars.filter((bar) => bar.wave === 'a')
        .map((bar) => [bar.what, bar.end]);
    go(1);
    stage.perform('a', { ...by, do: 'accept-findings' });
    stage.perform('a', { ...by, do: 'start-plan' });
    stage.perform('a', { ...by, do: 'finish-target', target: 'x/1' });
    stage.settle();
    go(12);
    expect(waves()).toEqual([
      ['wave', 'passed'],
      ['bake', 'full'],
    ]);
    stage.perform('a', { ...by, do: 'step', target: 'x/1', section: 'each', step: 1, to: 'undone' });
    stage.settle();
    go(1);
    stage.perform('a', { ...by, do: 'finish-target', target: 'x/1' });
    stage.settle();
    go(2);
    expect(waves()).toEqual([
      ['wave', null],
      ['bake', 'full'],
      ['bake', null],
    ]);
    go(10);
    const through = fold('inc', stage.machines[0]!.entries);
    // Done and passed a second time: neither is taken for a confirmation of the first.
    expect(through.counts).toMatchObject({ 'target-done': 2, 'gate-passed': 2 });
    const [bar] = through.bars;
    expect([bar?.end, Date.parse(bar?.to ?? '') - START]).toEqual(['passed', 24 * MINUTE]);
  });

  it('are the same in whatever order the entries came', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...entries], { minLength: entries.length }), (some) => {
        expect(fold('inc', some).bars).toEqual(incident.bars);
      }),
      { numRuns: 20 },
    );
  });

  it('never grow with the journal, and an aborted plan ends what is open', () => {
    const many = Array.from({ length: 700 }, (_, i) => [
      entry('wave-started', { plan: 'p', wave: `w${i}`, by: 'Marta' }, { occurredAt: at(i * 10) }),
      entry(
        'bake-started',
        { plan: 'p', wave: `w${i}`, n: 1, needed: 60, targets: [] },
        { occurredAt: at(i * 10 + 1) },
      ),
      ...Array.from({ length: i === 699 ? 80 : 0 }, (_, g) =>
        entry('bake-gap', {
          plan: 'p',
          wave: `w${i}`,
          n: 1,
          from: at(7000 + g * 10),
          to: at(7005 + g * 10),
          cause: 'silent',
        }),
      ),
    ]).flat();
    const open = fold('inc', [declared(), ...many]);
    expect(open.bars).toHaveLength(CAPS.bars);
    expect(open.bars.at(-1)!.gaps).toHaveLength(CAPS.barGaps);
    const over = fold('inc', [
      declared(),
      ...many,
      entry('plan-aborted', { plan: 'p', by: 'Marta', reason: 'wrong remedy' }, { occurredAt: at(9000) }),
    ]);
    expect(over.bars.every((bar) => bar.to === at(9000) && bar.end === 'aborted')).toBe(true);
    schema.parse(overviewOf(over, [], at(10_000)));
  });
});
