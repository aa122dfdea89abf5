// What the fold makes of entries that were written apart, and of those it does not know.
import { describe, expect, test } from 'vitest';
import type { FoldEntry } from '../../../shared/rollback/entry.ts';
import { applyPlan, foldEntries } from '../../../shared/rollback/fold.ts';
import { parseNight } from '../../../shared/rollback/night.ts';
import { moments, play } from '../../../shared/rollback/rehearse.ts';
import { createStage } from '../../../shared/rollback/stage.ts';
import { canary, healthyBut, night, planOf, planText, probe } from './nights.ts';

const E1 = 'aws/eu-west-1';
const G1 = 'gcp/europe-west1';
const marta = (at: string, what: string, more: object = {}) => ({ at, by: 'Marta', do: what, ...more });

/** The journal of a night, as machine a has it. */
function journal(text: string): readonly FoldEntry[] {
  const plan = planOf(planText());
  const read = parseNight(text, plan);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const stage = createStage(plan, read.night.devices, Date.UTC(2026, 0, 1), { probes: read.night.probes });
  const queue = moments(read.night);
  for (const [i, moment] of queue.entries()) play(stage, moment, queue[i + 1]);
  return stage.machines[0]?.entries ?? [];
}

const wave1 = [
  marta('+00:16:00', 'start-wave', { wave: 'wave 1' }),
  marta('+00:16:00', 'finish-target', { target: E1 }),
  marta('+00:18:00', 'finish-target', { target: G1 }),
];

/** eu-west-1 trips at +00:25:30, is well from +00:26:00, and is looked at again: the breaker closes at +00:35:30. */
const closed = (): readonly FoldEntry[] =>
  journal(
    night(
      healthyBut(E1),
      probe(E1, 1, '+00:00:00', '+00:22:00'),
      probe(E1, 20, '+00:22:30', '+00:25:30'),
      probe(E1, 0.3, '+00:26:00'),
      canary,
      wave1,
      marta('+00:26:10', 'breaker', { choose: 'look-again', target: E1, reason: 'x' }),
      { at: '+00:36:00' },
    ),
  );

const of = (entries: readonly FoldEntry[], kind: string): FoldEntry => {
  const found = entries.find((entry) => entry.kind === kind);
  if (!found) throw new Error(`no ${kind}`);
  return found;
};

/** A trip of the other target, written on machine b just before the entry, unseen by who wrote that. */
const apart = (before: FoldEntry): FoldEntry => ({
  ...before,
  id: 'b-000001',
  kind: 'breaker-opened',
  key: 'trip:rehearsal:other:2:1',
  device: 'b',
  seq: 1,
  hlc: `${before.hlc.slice(0, -4)}0000`,
  body: { plan: 'rehearsal', target: G1, rule: '2', n: 1, passed: ['canary'], evidence: {} },
});

describe('entries written apart', () => {
  test('an entry that closes names the trips it had seen; another trip keeps the breaker open', () => {
    const entries = closed();
    expect(foldEntries(entries)?.breaker.state).toBe('closed');
    const state = foldEntries([...entries, apart(of(entries, 'breaker-closed'))]);
    expect(state?.breaker.state).toBe('open');
    expect(state?.trips[`${E1}|2`]?.status).toBe('cleared');
    expect(state?.trips[`${G1}|2`]?.status).toBe('standing');
  });

  test('half-open is not for a trip that nobody had seen', () => {
    const entries = closed();
    const until = entries.indexOf(of(entries, 'breaker-half-opened')) + 1;
    const some = entries.slice(0, until);
    expect(foldEntries(some)?.breaker.state).toBe('half-open');
    expect(foldEntries([...some, apart(of(entries, 'breaker-half-opened'))])?.breaker.state).toBe('open');
  });

  test('the same trip seen by two machines is one trip: the first in order counts', () => {
    const entries = closed();
    const trip = of(entries, 'breaker-opened');
    const twin = { ...trip, id: 'b-000001', device: 'b', seq: 1 };
    expect(foldEntries([...entries, twin])?.breaker).toEqual(foldEntries(entries)?.breaker);
  });

  test('a pass that had seen no trip is undone by a trip that had seen no pass', () => {
    const entries = closed();
    const pass = of(entries, 'gate-passed');
    const trip = { ...apart(pass), body: { ...apart(pass).body, target: 'aws/us-west-2', passed: [] } };
    const before = foldEntries([...entries.slice(0, entries.indexOf(pass)), trip, pass]);
    expect(before?.waves[0]?.passedAt).toBeNull();
    const after = foldEntries([
      ...entries.slice(0, entries.indexOf(pass) + 1),
      { ...trip, hlc: `${pass.hlc.slice(0, -4)}ffff` },
    ]);
    expect(after?.waves[0]?.passedAt).toBeNull();
    const seen = { ...trip, hlc: `${pass.hlc.slice(0, -4)}ffff`, body: { ...trip.body, passed: ['canary'] } };
    expect(
      foldEntries([...entries.slice(0, entries.indexOf(pass) + 1), seen])?.waves[0]?.passedAt,
    ).not.toBeNull();
  });

  test('two starts of one target are one start', () => {
    const entries = closed();
    const start = of(entries, 'target-started');
    const later = { ...start, id: 'b-000001', device: 'b', seq: 1, hlc: `${start.hlc.slice(0, -4)}ffff` };
    expect(foldEntries([...entries, later])?.targets['aws/us-west-2']?.attempt).toBe(1);
  });
});

describe('a fold of entries of other kinds', () => {
  test('is null before the plan, and minds only its own plan', () => {
    const entries = closed();
    expect(applyPlan(null, of(entries, 'plan-started'))).toBeNull();
    const other = entries.map((entry) => ({ ...entry, body: { ...entry.body, plan: 'another' } }));
    expect(foldEntries([...other, ...entries], 'rehearsal')).toEqual(foldEntries(entries));
    expect(foldEntries(entries, 'another')).toBeNull();
  });

  test('the state is plain data', () => {
    const state = foldEntries(closed());
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
  });
});
