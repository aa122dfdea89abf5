// Nights that somebody else would write: what the rules say in the corners, and what the answer's shape promises.
import { describe, expect, test } from 'vitest';
import { jsonErrorColumn } from '../../../shared/rollback/json-place.ts';
import { parseNight } from '../../../shared/rollback/night.ts';
import {
  bare,
  begun,
  canary,
  end,
  events,
  healthyBut,
  holdCodes,
  marta,
  night,
  planOf,
  planText,
  probe,
  refused,
  run,
  times,
} from './nights.ts';

const W = 'aws/us-west-2';
const E1 = 'aws/us-east-1';

describe('rules 5 and 6', () => {
  const skipped = [
    ...begun,
    marta('+00:02:00', 'start-wave', { wave: 'canary' }),
    marta('+00:03:00', 'skip-target', { target: W, reason: 'its region is out' }),
  ];

  test('a wave whose targets were all skipped bakes and passes by their own readings', () => {
    const answer = run(night(healthyBut(), skipped, end('+00:20:00')), bare);
    expect(times(answer, 'bake-started')).toEqual(['+00:03:00']);
    expect(times(answer, 'gate-passed')).toEqual(['+00:13:00']);
  });

  test('nobody watches a skipped wave that is silent, and it passes no gate', () => {
    const answer = run(night(healthyBut(W), skipped, end('+01:00:00')), bare);
    expect(times(answer, 'gate-passed')).toEqual([]);
    expect(answer.end.waves['canary']?.bake.watched).toBe(0);
    expect(holdCodes(answer)).toContain('stale');
  });

  test('a probe that tries nothing is no fresh reading: nobody watches the bake', () => {
    const answer = run(
      night(
        healthyBut(W),
        probe(W, 0.2, '+00:00:00', '+00:06:00'),
        probe(W, 0, '+00:06:30', '+00:40:00', { tries: 0 }),
        canary,
        end('+00:40:00'),
      ),
      bare,
    );
    expect(times(answer, 'gate-passed')).toEqual([]);
    expect(answer.end.waves['canary']?.bake.watched).toBe(120);
    expect(holdCodes(answer)).toContain('stale');
  });

  test('an overridden failure proves nothing either: the gate asks for readings of the failed target', () => {
    const failed = (silent: boolean) =>
      run(
        night(
          healthyBut(W),
          probe(W, 0.2, '+00:00:00', silent ? '+00:03:00' : '+00:40:00'),
          begun,
          marta('+00:02:00', 'start-target', { target: W }),
          marta('+00:03:00', 'step', { target: W, step: 2, to: 'failed', reason: 'timeout' }),
          marta('+00:04:00', 'override', { hold: 'target-failed', target: W, reason: 'good enough' }),
          end('+00:40:00'),
        ),
        bare,
      );
    expect(times(failed(false), 'gate-passed')).toEqual(['+00:14:00']);
    expect(times(failed(true), 'gate-passed')).toEqual([]);
    expect(holdCodes(failed(true))).toContain('stale');
  });

  test('a named pass is the decision that a manual gate asks for', () => {
    const byHand = bare.replace('bake: 10m, gate: health', 'bake: 10m, gate: manual');
    const lines = [
      ...healthyBut(),
      ...canary,
      marta('+00:15:00', 'pass-gate', { wave: 'canary', reason: 'fine' }),
    ];
    const before = run(night(healthyBut(), canary, end('+00:14:30')), byHand);
    expect(before.end.waves['canary']?.gate).toContainEqual({ code: 'manual', met: false });
    const after = run(night(lines, end('+00:16:00')), byHand);
    expect(times(after, 'hold-overridden')).toEqual([]);
    expect(after.end.waves['canary']).toMatchObject({ state: 'passed' });
    expect(after.end.waves['canary']?.gate).toContainEqual({ code: 'manual', met: true });
  });

  test('the decision that "no better" waits for is met by the pass; what it overrode stays unmet', () => {
    const answer = run(
      night(
        healthyBut(W),
        probe(W, 40),
        canary,
        marta('+00:15:00', 'pass-gate', { wave: 'canary', reason: 'go on' }),
        end('+00:16:00'),
      ),
      bare,
    );
    expect(events(answer, 'gate-waiting').map((event) => event.code)).toEqual(['no-better']);
    expect(events(answer, 'hold-overridden').map((event) => event.code)).toEqual(['success-not-met']);
    const gate = answer.end.waves['canary']?.gate;
    expect(gate).toContainEqual({ code: 'no-better', met: true });
    expect(gate).toContainEqual({ code: 'success-not-met', met: false });
    expect(answer.end.targets[W]?.marks).toEqual(['no-better']);
  });

  test('a target accepted as "not ours" waits for its manual gate, not as a failed remedy', () => {
    const answer = run(
      night(
        healthyBut(W),
        probe(W, 0.2, '+00:00:00', '+00:05:00'),
        probe(W, 50, '+00:05:30'),
        canary,
        marta('+00:09:00', 'breaker', { choose: 'accept', target: W, reason: 'the provider' }),
        end('+00:20:00'),
      ),
      bare,
    );
    expect(events(answer, 'gate-waiting').map((event) => [event.at, event.code])).toEqual([
      ['+00:19:00', 'manual'],
    ]);
    expect(answer.end.targets[W]?.marks).toEqual(['accepted-worse']);
    expect(holdCodes(answer)).not.toContain('no-better');
  });

  test('a provider that does not say when it began asks for a decision, and says nothing about the remedy', () => {
    const word = { source: 'feed:aws', target: W, service: 'aws/dynamodb', health: 'degraded' };
    const answer = run(
      night(
        healthyBut(),
        canary,
        { at: '+00:05:00', every: '1m', until: '+00:30:00', reading: word },
        end('+00:15:00'),
      ),
      bare,
    );
    expect(times(answer, 'breaker-opened')).toEqual([]);
    expect(events(answer, 'gate-waiting').map((event) => event.code)).toEqual(['needs-decision']);
    expect(holdCodes(answer)).toEqual(['success-not-met', 'needs-decision']);
    expect(answer.end.targets[W]?.marks).toEqual([]);
    const text = answer.end.holds[0]?.text ?? '';
    expect(text.match(/dynamodb/g)).toHaveLength(1);
  });
});

describe('rule 4', () => {
  test('a tried target that falls silent keeps the breaker half-open, also when only the cool time is left', () => {
    const short = bare.replace('bake: 15m, gate: health', 'bake: 2m, gate: health');
    const lines = [
      ...healthyBut(W, 'aws/eu-west-1'),
      probe(W, 0.2, '+00:00:00', '+00:05:00'),
      probe(W, 90, '+00:05:30', '+00:06:00'),
      probe(W, 0.2, '+00:06:30'),
      probe('aws/eu-west-1', 0.2, '+00:00:00', '+00:10:00'),
      ...canary,
      marta('+00:06:00', 'breaker', { choose: 'try-one', target: 'aws/eu-west-1', reason: 'is it ours?' }),
      marta('+00:07:00', 'finish-target', { target: 'aws/eu-west-1' }),
    ];
    const silent = run(night(lines, end('+00:40:00')), short);
    expect(times(silent, 'breaker-opened')).toEqual(['+00:05:30']);
    expect(events(silent, 'bake-ended').map((event) => [event.at, event.target])).toContainEqual([
      '+00:09:00',
      'aws/eu-west-1',
    ]);
    expect(silent.end.breaker).toBe('half-open');
    expect(holdCodes(silent)).toContain('stale');
    const again = run(
      night(lines, probe('aws/eu-west-1', 0.2, '+00:30:00', '+00:40:00'), end('+00:40:00')),
      short,
    );
    expect(times(again, 'breaker-closed')).toEqual(['+00:30:00']);
  });
});

describe('rule 4: a tripped target that was skipped', () => {
  const lines = [
    ...healthyBut(W),
    probe(W, 0.2, '+00:00:00', '+00:05:00'),
    probe(W, 90, '+00:05:30'),
    ...begun,
    marta('+00:02:00', 'start-target', { target: W }),
    marta('+00:06:00', 'skip-target', { target: W, reason: 'leave it' }),
  ];

  test('a look at it ends well only when it is no longer worse', () => {
    const answer = run(
      night(
        lines,
        marta('+00:07:00', 'breaker', { choose: 'look-again', target: W, reason: 'x' }),
        end('+00:30:00'),
      ),
      bare,
    );
    expect(times(answer, 'breaker-closed')).toEqual([]);
    expect(answer.end.breaker).toBe('open');
  });

  test('it can be accepted like any other', () => {
    const answer = run(
      night(
        lines,
        marta('+00:07:00', 'breaker', { choose: 'accept', target: W, reason: 'x' }),
        end('+00:10:00'),
      ),
      bare,
    );
    expect(refused(answer)).toEqual([]);
    expect(times(answer, 'breaker-closed')).toEqual(['+00:07:00']);
    expect(answer.end.targets[W]).toEqual({ state: 'skipped', marks: ['accepted-worse'] });
  });
});

describe('rule 4: away and back', () => {
  const only = (rule: string) => {
    const [head = '', tail = ''] = bare.split('  trip:\n');
    return `${head}  trip:\n    - ${rule}\n  stale:${tail.split('  stale:')[1] ?? ''}`;
  };
  const accepted = marta('+00:07:00', 'breaker', { choose: 'accept', target: W, reason: 'theirs' });

  test('an accepted "3 of 10" opens again when it was calm in between', () => {
    const answer = run(
      night(
        healthyBut(W),
        probe(W, 0.2, '+00:00:00', '+00:05:00'),
        probe(W, 50, '+00:05:30', '+00:07:30'),
        probe(W, 0.2, '+00:08:00', '+00:08:30'),
        probe(W, 50, '+00:09:00', '+00:10:00'),
        canary,
        accepted,
        end('+00:10:00'),
      ),
      only('{ probe: checkout, failed: "> 3 of 10" }'),
    );
    expect(times(answer, 'breaker-opened')).toEqual(['+00:05:30', '+00:09:00']);
  });

  test('a reading that does not speak of the latency is no sign that it went away', () => {
    const slow = (from: string, until: string, p95?: number) => ({
      at: from,
      every: '30s',
      until,
      reading: { source: 'probe:sign-in', target: W, errors: 0, tries: 20, ...(p95 ? { p95 } : {}) },
    });
    const night1 = (between: number | undefined) =>
      run(
        night(
          healthyBut(),
          slow('+00:00:00', '+00:04:30', 300),
          slow('+00:05:00', '+00:08:00', 2000),
          slow('+00:08:30', '+00:09:00', between),
          slow('+00:09:30', '+00:14:00', 2000),
          canary,
          accepted,
          end('+00:14:00'),
        ),
        only('{ probe: sign-in, p95: "> 1200 ms", for: 1m }'),
      );
    expect(times(night1(300), 'breaker-opened')).toEqual(['+00:06:00', '+00:10:30']);
    expect(times(night1(undefined), 'breaker-opened')).toEqual(['+00:06:00']);
  });

  test('an alert that was accepted opens again when it stopped and fires anew', () => {
    const alert = (time: string, firing: boolean) => ({
      at: time,
      reading: {
        source: 'alert',
        labels: { severity: 'critical', region: 'us-west-2', service: 'checkout-api' },
        firing,
      },
    });
    const answer = run(
      night(
        healthyBut(),
        canary,
        alert('+00:05:00', true),
        accepted,
        alert('+00:08:00', true),
        alert('+00:09:00', false),
        alert('+00:10:00', true),
        end('+00:11:00'),
      ),
      only('{ alert: "severity=critical" }'),
    );
    expect(times(answer, 'breaker-opened')).toEqual(['+00:05:00', '+00:10:00']);
  });

  test('thousands of readings after an acceptance do not stall the night', { timeout: 120_000 }, () => {
    const fast = (errors: number, from: string, until: string) => ({
      at: from,
      every: '2s',
      until,
      reading: { source: 'probe:checkout', target: W, errors, tries: 5 },
    });
    const answer = run(
      night(
        healthyBut(W),
        fast(0, '+00:00:00', '+00:05:00'),
        fast(60, '+00:05:02', '+01:00:00'),
        canary,
        accepted,
        end('+01:00:00'),
      ),
      bare,
    );
    expect(times(answer, 'breaker-opened')).toHaveLength(1);
    expect(answer.end.targets[W]?.marks).toEqual(['accepted-worse']);
  });
});

describe('rule 10', () => {
  test('the last target pulled forward bakes alone; the waves in between go on, and its own gate is still asked', () => {
    const answer = run(
      night(
        healthyBut(),
        canary,
        marta('+00:05:00', 'pull-forward', { target: E1, reason: 'it burns' }),
        marta('+00:07:00', 'finish-target', { target: E1 }),
        marta('+00:15:00', 'start-wave', { wave: 'wave 1' }),
        marta('+00:16:00', 'skip-target', { target: 'aws/eu-west-1', reason: 'x' }),
        marta('+00:16:00', 'finish-target', { target: 'gcp/europe-west1' }),
        marta('+00:35:00', 'complete'),
        marta('+00:36:00', 'pass-gate', { wave: 'the rest', reason: 'fine' }),
        marta('+00:37:00', 'complete'),
        end('+00:38:00'),
      ),
      bare,
    );
    expect(events(answer, 'bake-started').find((event) => event.target === E1)?.at).toBe('+00:07:00');
    expect(events(answer, 'bake-ended').find((event) => event.target === E1)?.at).toBe('+00:22:00');
    expect(refused(answer)).toEqual([['wave-before-not-passed']]);
    expect(answer.end.plan).toBe('completed');
  });
});

describe('the answer', () => {
  test('gaps lie apart, each with a beginning and an end', () => {
    const untrusted = run(
      night(
        healthyBut(),
        canary,
        { at: '+00:05:00', kill: '10m' },
        { at: '+00:08:00', clock: '+2h' },
        marta('+00:17:00', 'override', { hold: 'clock-untrusted', reason: 'checked' }),
        end('+00:40:00'),
      ),
      bare,
    );
    expect(untrusted.end.waves['canary']?.bake).toMatchObject({
      watched: 600,
      gaps: [
        { from: '+00:05:00', to: '+00:15:00', cause: 'closed' },
        { from: '+00:15:00', to: '+00:17:00', cause: 'clock-untrusted' },
      ],
    });
    const waiting = run(
      night(
        healthyBut(),
        canary,
        { at: '+00:05:00', kill: '10m' },
        { at: '+00:08:00', clock: '-2h' },
        end('+00:40:00'),
      ),
      bare,
    );
    expect(waiting.end.waves['canary']?.bake).toMatchObject({
      watched: 60,
      gaps: [
        { from: '+00:05:00', to: '+00:15:00', cause: 'closed' },
        { from: '+00:15:00', to: '+00:40:00', cause: 'clock-untrusted' },
      ],
    });
    const silent = run(
      night(healthyBut(W), probe(W, 0.2, '+00:00:00', '+00:06:00'), canary, end('+00:20:00')),
      bare,
    );
    expect(silent.end.waves['canary']?.bake).toMatchObject({
      watched: 120,
      gaps: [{ from: '+00:06:00', to: '+00:20:00', cause: 'silent' }],
    });
  });

  test('a hold that is no code of the list is a slip of the pen, with its place', () => {
    const line = JSON.stringify(marta('+00:01:00', 'override', { hold: 'breaker', reason: 'x' }));
    const read = parseNight(line, planOf(planText()));
    expect(read.ok ? [] : read.problems).toMatchObject([{ line: 1, column: line.indexOf('"hold"') + 1 }]);
  });

  test('a line that is not JSON says the column where it stops being so', () => {
    const place = (text: string): number[] => {
      const read = parseNight(text, planOf(planText()));
      return read.ok ? [] : read.problems.flatMap((one) => [one.line, one.column]);
    };
    expect(place('{"at": "+00:00:00"}\n{"at": }')).toEqual([2, 8]);
    expect(place('{"at": "+00:00:00",}')).toEqual([1, 20]);
    expect(place('{"at": "+00:00:00"')).toEqual([1, 19]);
    expect(place("{'at': 1}")).toEqual([1, 2]);
    expect(place('{"at": 01}')).toEqual([1, 8]);
    for (const text of ['[]', '{}', ' {"a":[1,-2.5e3,"x\\u00e9",{}],"b":null} ', '"x"', 'true'])
      expect(jsonErrorColumn(text)).toBe(text.length + 1);
  });
});
