import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anomalyOf, LIMIT, modifiedZ } from '../../../shared/probes/anomaly.ts';
import { parseJsonPath, readJsonPath } from '../../../shared/probes/json-path.ts';
import { type CheckResult, NEW_PROBE, type ProbeMemory, probeState } from '../../../shared/probes/state.ts';
import { KEEP_MS, median, percentile, remember, type Try, windowOf } from '../../../shared/probes/windows.ts';

const MIN = 60_000;
const rules = { failAfter: 2, wellAfter: 2, slowMs: 1000, certificateDays: 14 };
const good = (ms = 20, certificateDays: number | null = null): CheckResult => ({
  ok: true,
  ms,
  text: '',
  certificateDays,
});
const bad: CheckResult = { ok: false, ms: null, text: 'Answered 503 instead of 200.', certificateDays: null };

/** Checks one after another, thirty seconds apart. */
function run(results: readonly CheckResult[], from: ProbeMemory = NEW_PROBE, start = 0): ProbeMemory {
  let memory = from;
  for (const [index, result] of results.entries()) {
    const at = start + index * 30_000;
    const tries = remember(memory.tries, { at, ok: result.ok, ms: result.ms });
    memory = probeState(rules, memory, tries, result, at);
  }
  return memory;
}

describe('windows', () => {
  it('give rate, median and 95th percentile of one, five and fifteen minutes', () => {
    const tries: Try[] = Array.from({ length: 20 }, (_, i) => ({
      at: i * 30_000,
      ok: i % 5 !== 0,
      ms: i % 5 === 0 ? null : 100 + i,
    }));
    const now = 19 * 30_000;
    expect(windowOf(tries, now, 1)).toMatchObject({ tries: 2, errors: 0, errorRate: 0, p50: 118, p95: 119 });
    expect(windowOf(tries, now, 5)).toMatchObject({ tries: 10, errors: 2, errorRate: 20 });
    expect(windowOf(tries, now, 15)).toMatchObject({ tries: 20, errors: 4, errorRate: 20 });
    expect(windowOf([], now, 1)).toEqual({
      minutes: 1,
      tries: 0,
      errors: 0,
      errorRate: null,
      p50: null,
      p95: null,
    });
  });

  it('percentiles are values that were measured, and the median lies between the ends', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 60_000 }), { minLength: 1 }), (values) => {
        const sorted = [...values].sort((a, b) => a - b);
        expect(values).toContain(percentile(sorted, 0.95));
        expect(percentile(sorted, 1)).toBe(sorted.at(-1));
        const middle = median(values)!;
        expect(values.filter((one) => one <= middle).length * 2).toBeGreaterThanOrEqual(values.length);
        expect(values.filter((one) => one >= middle).length * 2).toBeGreaterThanOrEqual(values.length);
      }),
    );
  });

  it('old tries are forgotten, however often a probe tries', () => {
    let tries: readonly Try[] = [];
    for (let i = 0; i < 5000; i += 1) tries = remember(tries, { at: i * 5000, ok: true, ms: 1 });
    expect(tries.length).toBeLessThanOrEqual(2000);
    expect(tries.every((one) => 4999 * 5000 - one.at < KEEP_MS)).toBe(true);
  });
});

describe('state', () => {
  it('is out after so many failures in a row, and not before', () => {
    expect(run([good()]).state).toBe('operational');
    expect(run([good(), good(), good(), bad]).state).toBe('operational');
    expect(run([good(), bad, bad])).toMatchObject({
      state: 'major-outage',
      text: 'Answered 503 instead of 200. 2 in a row.',
    });
  });
  it('a first failure says nothing yet', () => {
    expect(run([bad]).state).toBe('unknown');
    expect(run([bad, bad]).state).toBe('major-outage');
  });
  it('needs so many good checks in a row to be well again, and stays degraded while a fifth of five minutes failed', () => {
    const out = run([good(), good(), good(), bad, bad]);
    const one = run([good()], out, 5 * 30_000);
    expect(one.state).toBe('major-outage');
    const two = run([good(), good()], out, 5 * 30_000);
    expect(two).toMatchObject({ state: 'degraded', text: '2 of 7 fail' });
    expect(
      run(
        Array.from({ length: 12 }, () => good()),
        out,
        5 * 30_000,
      ).state,
    ).toBe('operational');
  });
  it('is degraded while it is slow or its certificate is about to end', () => {
    expect(run([good(1500)])).toMatchObject({
      state: 'degraded',
      text: 'Answers in 1.5 s, slower than 1.0 s',
    });
    expect(run([good(20, 3)])).toMatchObject({ state: 'degraded', text: 'Its certificate ends in 3 days' });
    expect(run([good(20, 15)]).state).toBe('operational');
  });
  it('whatever comes, an outage was preceded by failures in a row', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }), (oks) => {
        const results = oks.map((ok) => (ok ? good() : bad));
        for (let n = 1; n <= results.length; n += 1) {
          const { state } = run(results.slice(0, n));
          const lastTwo = oks.slice(Math.max(0, n - 2), n);
          if (lastTwo.length === 2 && !lastTwo[0] && !lastTwo[1]) expect(state).toBe('major-outage');
          if (lastTwo.length === 2 && lastTwo[0] && lastTwo[1]) expect(state).not.toBe('major-outage');
        }
      }),
    );
  });
});

describe('anomaly', () => {
  const steady = (until: number, ms: (i: number) => number): Try[] =>
    Array.from({ length: 100 }, (_, i) => ({ at: until - (99 - i) * 30_000, ok: true, ms: ms(i) }));

  it('is the modified z-score of Iglewicz and Hoaglin', () => {
    // Their scale: 0.6745 (x - median) / MAD; here median 3, MAD 1.
    expect(modifiedZ(10, [1, 2, 3, 4, 5])!.score).toBeCloseTo((0.6745 * 7) / 1);
  });
  it('flags what is slower than usual, not what jitters, and not what is faster', () => {
    const now = 100 * 30_000;
    expect(
      anomalyOf(
        steady(now, (i) => 100 + (i % 7)),
        now,
      )!.anomalous,
    ).toBe(false);
    const slow = anomalyOf(
      steady(now, (i) => (i >= 90 ? 400 : 100 + (i % 7))),
      now,
    )!;
    expect(slow).toMatchObject({ anomalous: true, value: 400 });
    expect(slow.score).toBeGreaterThan(LIMIT);
    expect(
      anomalyOf(
        steady(now, (i) => (i >= 90 ? 10 : 100 + (i % 7))),
        now,
      )!.anomalous,
    ).toBe(false);
  });
  it('a baseline of equal numbers does not call a millisecond an outlier', () => {
    const now = 100 * 30_000;
    expect(
      anomalyOf(
        steady(now, (i) => (i >= 90 ? 101 : 100)),
        now,
      )!.anomalous,
    ).toBe(false);
  });
  it('says nothing while there are too few tries', () => {
    const now = 10 * MIN;
    expect(anomalyOf(steady(now, () => 100).slice(-20), now)).toBeNull();
    expect(anomalyOf([], now)).toBeNull();
  });
});

describe('JSON path', () => {
  it('reads names and indexes', () => {
    const value = { checks: [{ 'last status': 'ok' }], a: { b: 1 } };
    expect(readJsonPath(value, "$.checks[0]['last status']")).toBe('ok');
    expect(readJsonPath(value, '$.a.b')).toBe(1);
    expect(readJsonPath(value, '$')).toBe(value);
    expect(readJsonPath(value, '$.checks[1].x')).toBeUndefined();
    expect(readJsonPath(value, '$.constructor')).toBeUndefined();
  });
  it('knows what is no path', () => {
    for (const text of ['a.b', '$..a', '$[*]', '$.a[', '$a', '']) expect(parseJsonPath(text)).toBeNull();
  });
});
