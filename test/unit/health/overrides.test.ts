import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Override } from '../../../shared/contract/watch.ts';
import { cellOf, type JudgedRegion, type Judgement } from '../../../shared/health/board-cells.ts';
import { judge, worstJudged } from '../../../shared/health/judge.ts';
import { withOverrides } from '../../../shared/health/overrides.ts';
import { STATES, type State } from '../../../shared/health/types.ts';
import { isBroken, worst } from '../../../shared/health/worst.ts';

const word = (service: string, state: State) => ({
  type: 'feed' as const,
  source: 'aws',
  name: 'AWS',
  state,
  fresh: true,
  heardAt: '2026-10-20T07:00:00.000Z',
  since: '2026-10-20T07:00:00.000Z',
  service,
});
const region = (states: Readonly<Record<string, State>>): JudgedRegion => {
  const services = Object.entries(states).map(([service, state]) => {
    const words = [word(service, state)];
    return { service, words, judged: judge(words), background: false };
  });
  const broken = services.some((one) => isBroken(one.judged.state));
  return {
    provider: 'aws',
    region: 'us-east-1',
    services,
    rest: null,
    judged: worstJudged(services.map((one) => one.judged))!,
    broken,
  };
};
const over = (service: string | null, state: State): Override => ({
  id: `o-${service}`,
  provider: 'aws',
  region: 'us-east-1',
  service,
  state,
  mode: 'locked',
  reason: 'x',
  by: 'Priya Raman',
  at: '2026-10-20T08:00:00.000Z',
  until: '2026-10-20T10:00:00.000Z',
  sources: 'unknown',
});
const of = (one: JudgedRegion): Judgement => new Map([['aws', new Map([[one.region, one]])]]);
const shown = (judgement: Judgement): JudgedRegion => judgement.get('aws')!.get('us-east-1')!;

it('one over a service changes that service, and the cell as far as it follows from it; the judgement under it stays', () => {
  const before = of(region({ dynamodb: 'major-outage', sqs: 'degraded' }));
  const copy = JSON.stringify([...before.get('aws')!.values()]);
  const after = shown(withOverrides(before, [over('dynamodb', 'operational')]));
  expect(cellOf(after)).toMatchObject({
    state: 'degraded',
    troubled: 1,
    services: ['sqs'],
    override: { by: 'Priya Raman' },
  });
  expect(JSON.stringify([...before.get('aws')!.values()])).toBe(copy);
});
it('one over a region stands above those over its services', () => {
  const after = shown(
    withOverrides(of(region({ sqs: 'operational' })), [
      over(null, 'maintenance'),
      over('sqs', 'major-outage'),
    ]),
  );
  expect(cellOf(after)).toMatchObject({ state: 'maintenance', override: { service: null } });
});
it('one over a region that nobody spoke of makes it', () => {
  expect(shown(withOverrides(new Map(), [over(null, 'degraded')]))).toMatchObject({
    broken: true,
    services: [],
  });
});
it('whatever is overridden, the cell is the worst of what is shown', () => {
  const state = fc.constantFrom(...STATES);
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom('a', 'b', 'c'), state, { minKeys: 1 }),
      fc.dictionary(fc.constantFrom('a', 'b', 'd'), state),
      (states, overs) => {
        const after = shown(
          withOverrides(
            of(region(states)),
            Object.entries(overs).map(([service, to]) => over(service, to)),
          ),
        );
        const expected = { ...states, ...overs };
        expect(after.judged.state).toBe(worst(Object.values(expected)));
        expect(after.broken).toBe(Object.values(expected).some(isBroken));
        expect(new Set(after.services.map((one) => one.service))).toEqual(new Set(Object.keys(expected)));
      },
    ),
  );
});
