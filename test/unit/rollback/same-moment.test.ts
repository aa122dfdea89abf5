// A reading of the very moment at which a target is started: before the start in the script it is of the baseline, after it
// it is the first that the breaker counts. None is lost between the two.
import { describe, expect, test } from 'vitest';
import { begun, end, healthyBut, marta, night, probe, run, times } from './nights.ts';

const W = 'aws/us-west-2';
const start = [
  marta('+00:02:00', 'start-wave', { wave: 'canary' }),
  marta('+00:02:00', 'start-target', { target: W }),
];
const calm = probe(W, 0.2, '+00:00:00', '+00:01:30');
const bad = (from: string, errors = 20) => probe(W, errors, from, '+00:20:00');

const opened = (...lines: Parameters<typeof night>): string[] =>
  times(run(night(healthyBut(W), calm, ...lines, end('+00:20:00'))), 'breaker-opened');

describe('a reading at the moment of the start', () => {
  test('heard after the start it is the first of the three minutes', () => {
    expect(opened(begun, start, bad('+00:02:00'))).toEqual(['+00:05:00']);
    expect(opened(begun, start, bad('+00:02:30'))).toEqual(['+00:05:30']);
  });

  test('heard before the start it is the baseline, and as bad as it was is not worse', () => {
    expect(opened(begun, bad('+00:02:00'), start)).toEqual([]);
  });

  test('"3 of 10 failed" trips at once, and a typed word, too', () => {
    expect(opened(begun, start, bad('+00:02:00', 60))).toEqual(['+00:02:00']);
    const word = { source: 'person', target: W, health: 'major-outage', by: 'Priya' };
    expect(opened(begun, start, { at: '+00:02:00', reading: word })).toEqual(['+00:02:00']);
    expect(opened(begun, { at: '+00:02:00', reading: word }, start)).toEqual([]);
  });

  test('an alert that fires after the start was not firing at the baseline', () => {
    const alert = {
      at: '+00:02:00',
      reading: {
        source: 'alert',
        labels: { severity: 'critical', region: 'us-west-2', service: 'checkout-api' },
        firing: true,
      },
    };
    expect(opened(begun, start, alert)).toEqual(['+00:02:00']);
    expect(opened(begun, alert, start)).toEqual([]);
  });
});
