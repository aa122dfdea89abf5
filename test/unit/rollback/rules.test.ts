// The rules of a rollback one by one, each in a short night of its own.
import { describe, expect, test } from 'vitest';
import {
  begun,
  canary,
  events,
  healthyBut,
  holdCodes,
  night,
  planText,
  probe,
  refused,
  run,
  times,
} from './nights.ts';

const W2 = 'aws/us-west-2';
const E1 = 'aws/eu-west-1';
const G1 = 'gcp/europe-west1';
const U1 = 'aws/us-east-1';
const marta = (at: string, what: string, more: object = {}) => ({ at, by: 'Marta', do: what, ...more });
const end = (at: string) => ({ at });
const feed = (at: string, target: string, service: string, health: string, more: object = {}) => ({
  at,
  reading: { source: 'feed:aws', target, service, health, ...more },
});
const wave1 = [
  marta('+00:16:00', 'start-wave', { wave: 'wave 1' }),
  marta('+00:16:00', 'finish-target', { target: E1 }),
  marta('+00:18:00', 'finish-target', { target: G1 }),
];
/** eu-west-1 turns bad at +00:22:30, in the bake of wave 1; the breaker opens at +00:25:30. */
const tripped = [
  ...healthyBut(E1),
  probe(E1, 1, '+00:00:00', '+00:22:00'),
  probe(E1, 20, '+00:22:30'),
  ...canary,
  ...wave1,
];

describe('rule 1: start', () => {
  test('nothing starts before the findings are accepted and the plan runs', () => {
    const answer = run(
      night(
        marta('+00:00:10', 'start-plan'),
        marta('+00:00:20', 'start-wave', { wave: 'canary' }),
        marta('+00:00:30', 'accept-findings'),
        marta('+00:00:40', 'start-plan'),
        marta('+00:00:50', 'start-wave', { wave: 'wave 1' }),
        end('+00:01:00'),
      ),
    );
    expect(refused(answer)).toEqual([
      ['preflight'],
      ['plan-not-running', 'preflight'],
      ['wave-before-not-passed'],
    ]);
    expect(answer.end.plan).toBe('running');
  });

  test('a plan whose findings are accepted is ready', () => {
    expect(run(night(marta('+00:00:10', 'accept-findings'), end('+00:01:00'))).end.plan).toBe('ready');
    expect(run(night(end('+00:01:00'))).end.plan).toBe('draft');
  });

  test('data that cannot be taken back needs an override, whatever was accepted', () => {
    const plan = planText().replace('schema: reversible', 'schema: irreversible');
    const lines = [
      ...begun,
      marta('+00:02:00', 'override', { hold: 'preflight', reason: 'Dana owns the data and agrees' }),
      marta('+00:03:00', 'start-plan'),
    ];
    const answer = run(night(lines, end('+00:04:00')), plan);
    expect(refused(answer)).toEqual([['preflight']]);
    expect(answer.end.plan).toBe('running');
  });

  test('pace: so many at once, and so long apart', () => {
    const plan = planText().replace('atOnce: 2, apart: 2m', 'atOnce: 1, apart: 2m');
    const lines = [
      ...healthyBut(),
      ...canary,
      marta('+00:16:00', 'start-wave', { wave: 'wave 1' }),
      marta('+00:16:00', 'start-target', { target: E1 }),
      marta('+00:17:00', 'start-target', { target: G1 }),
      marta('+00:19:00', 'start-target', { target: G1 }),
      marta('+00:19:10', 'override', { hold: 'pace', target: G1, reason: 'we have two teams' }),
      marta('+00:19:20', 'start-target', { target: G1 }),
    ];
    const answer = run(night(lines, end('+00:20:00')), plan);
    expect(refused(answer)).toEqual([['pace'], ['pace']]);
    expect(answer.end.targets[G1]?.state).toBe('running');
  });

  test('a target that is worse than in the plan baseline asks first', () => {
    const lines = [
      ...healthyBut(W2),
      probe(W2, 1, '+00:00:00', '+00:01:00'),
      probe(W2, 30, '+00:01:30'),
      ...begun,
      marta('+00:03:00', 'start-wave', { wave: 'canary' }),
      marta('+00:03:00', 'start-target', { target: W2 }),
      marta('+00:03:10', 'start-target', { target: W2, sure: true }),
    ];
    const answer = run(night(lines, end('+00:04:00')));
    expect(refused(answer)).toEqual([['worse-than-plan-baseline']]);
    expect(answer.end.targets[W2]?.state).toBe('running');
  });

  test('preflight runs again before every wave, and a new finding holds its start until accepted', () => {
    const lines = [
      ...healthyBut(E1),
      probe(E1, 0.2, '+00:00:00', '+00:05:00'),
      ...canary,
      marta('+00:16:00', 'start-wave', { wave: 'wave 1' }),
      marta('+00:17:00', 'accept-findings', { reason: 'the probe is being moved' }),
      marta('+00:18:00', 'start-wave', { wave: 'wave 1' }),
    ];
    const answer = run(night(lines, end('+00:19:00')));
    expect(refused(answer)).toEqual([['preflight']]);
    expect(answer.end.waves['wave 1']?.state).toBe('running');
  });

  test('prepare steps may be done for any target once the plan runs, and do not start it', () => {
    const prepare = (at: string) => marta(at, 'step', { target: U1, step: 'prepare:1', to: 'done' });
    const answer = run(night(prepare('+00:00:30'), begun, prepare('+00:02:00'), end('+00:03:00')));
    expect(refused(answer)).toEqual([['plan-not-running']]);
    expect(answer.end.targets[U1]?.state).toBe('pending');
    expect(events(answer, 'step-done')[0]?.step).toBe('prepare:1');
  });
});

describe('rule 2: worse', () => {
  const errors = (limit: number, base: number) =>
    run(
      night(
        healthyBut(W2),
        probe(W2, base, '+00:00:00', '+00:05:00'),
        probe(W2, limit, '+00:05:30'),
        canary,
        end('+00:13:00'),
      ),
    );

  test('a probe trips above its limit and above the baseline by the margin, on the poll that completes its time', () => {
    expect(times(errors(9, 1), 'breaker-opened')).toEqual(['+00:08:30']);
    // Above the limit, but only four points above the baseline.
    expect(times(errors(9, 5), 'breaker-opened')).toEqual([]);
    // Five points above the baseline, but not above the limit.
    expect(times(errors(5, 0), 'breaker-opened')).toEqual([]);
  });

  test('too few tries do not trip', () => {
    const few = {
      at: '+00:05:30',
      every: '30s',
      until: '+01:00:00',
      reading: { source: 'probe:checkout', target: W2, errors: 30, tries: 1 },
    };
    const answer = run(
      night(healthyBut(W2), probe(W2, 0, '+00:00:00', '+00:05:00'), few, canary, end('+00:11:00')),
    );
    // Seven tries after three minutes; the tenth comes at +00:10:00.
    expect(times(answer, 'breaker-opened')).toEqual(['+00:10:00']);
  });

  test('more than three failed of ten trips at once', () => {
    const one = (at: string) => ({
      at,
      reading: { source: 'probe:checkout', target: W2, errors: 40, tries: 10 },
    });
    const answer = run(night(healthyBut(), canary, one('+00:06:10'), end('+00:07:00')));
    expect(times(answer, 'breaker-opened')).toEqual(['+00:06:10']);
    expect(events(answer, 'breaker-opened')[0]?.reading).toMatchObject({
      value: '4 of 10 failed',
      baseline: '0.2 %',
    });
  });

  test('a latency trips above its limit when it was lower at the baseline', () => {
    const slow = (p95: number, from: string) => ({
      at: from,
      every: '30s',
      until: '+01:00:00',
      reading: { source: 'probe:sign-in', target: W2, errors: 0, tries: 20, p95 },
    });
    const worse = run(
      night(healthyBut(), slow(300, '+00:00:00'), slow(1500, '+00:06:00'), canary, end('+00:10:00')),
    );
    // Both series are heard at +00:06:00 and after; the slow one is the last word of each poll but never alone.
    expect(times(worse, 'breaker-opened')).toEqual([]);
    const early = { ...slow(300, '+00:00:00'), until: '+00:05:30' };
    const then = run(night(healthyBut(), early, slow(1500, '+00:06:00'), canary, end('+00:10:00')));
    expect(times(then, 'breaker-opened')).toEqual(['+00:09:00']);
    const same = run(night(healthyBut(), slow(1500, '+00:00:00'), canary, end('+00:10:00')));
    expect(times(same, 'breaker-opened')).toEqual([]);
  });

  test('an alert trips when it belongs to the target by region and service and did not fire at the baseline', () => {
    const alert = (at: string, labels: object, firing = true) => ({
      at,
      reading: { source: 'alert', labels, firing },
    });
    const critical = { severity: 'critical', region: 'us-west-2', service: 'checkout-api' };
    expect(
      times(
        run(night(healthyBut(), canary, alert('+00:06:00', critical), end('+00:07:00'))),
        'breaker-opened',
      ),
    ).toEqual(['+00:06:00']);
    // It fired before; it has no region; it is of another service; it is no critical one.
    for (const lines of [
      [alert('+00:00:30', critical), alert('+00:06:00', critical)],
      [alert('+00:06:00', { severity: 'critical', service: 'checkout-api' })],
      [alert('+00:06:00', { ...critical, service: 'billing' })],
      [alert('+00:06:00', { ...critical, severity: 'warning' })],
    ])
      expect(events(run(night(healthyBut(), canary, lines, end('+00:07:00'))), 'breaker-opened')).toEqual([]);
  });

  test('a typed reading that is worse trips at once', () => {
    const typed = (health: string) => ({
      at: '+00:06:00',
      reading: { source: 'person', target: W2, health, by: 'Ana' },
    });
    expect(
      times(run(night(healthyBut(), canary, typed('degraded'), end('+00:07:00'))), 'breaker-opened'),
    ).toEqual(['+00:06:00']);
    for (const health of ['operational', 'maintenance', 'unknown'])
      expect(
        events(run(night(healthyBut(), canary, typed(health), end('+00:07:00'))), 'breaker-opened'),
      ).toEqual([]);
  });

  test('2a: a provider trips for services that we lean on, if it began after the baseline, and for two polls (2c)', () => {
    const twice = (service: string, more: object) =>
      run(
        night(
          healthyBut(),
          canary,
          feed('+00:06:00', W2, service, 'degraded', more),
          feed('+00:07:00', W2, service, 'degraded', more),
          end('+00:08:00'),
        ),
      );
    expect(times(twice('dynamodb', { began: '+00:05:00' }), 'breaker-opened')).toEqual(['+00:07:00']);
    expect(events(twice('kinesis', { began: '+00:05:00' }), 'breaker-opened')).toEqual([]);
    expect(times(twice('dynamodb', { began: '+00:01:30' }), 'late-news')).toEqual(['+00:06:00']);
    const asks = twice('dynamodb', {});
    expect(events(asks, 'breaker-opened')).toEqual([]);
    expect(holdCodes(asks)).toContain('needs-decision');
    const once = run(
      night(
        healthyBut(),
        canary,
        feed('+00:06:00', W2, 'dynamodb', 'degraded', { began: '+00:05:00' }),
        feed('+00:07:00', W2, 'dynamodb', 'operational'),
        end('+00:08:00'),
      ),
    );
    expect(events(once, 'breaker-opened')).toEqual([]);
  });

  test('2b: maintenance and unknown hold the gate and never trip', () => {
    for (const health of ['maintenance', 'unknown']) {
      const answer = run(
        night(
          healthyBut(),
          canary,
          feed('+00:06:00', W2, 'dynamodb', health, { began: '+00:05:30' }),
          feed('+00:07:00', W2, 'dynamodb', health, { began: '+00:05:30' }),
          end('+00:20:00'),
        ),
      );
      expect(events(answer, 'breaker-opened')).toEqual([]);
      expect(answer.end.waves['canary']?.state).toBe('at gate');
      expect(holdCodes(answer)).toContain('success-not-met');
    }
  });
});

describe('rules 3 and 4: the breaker', () => {
  test('while it is open no pending target starts, and what is being done may be finished, failed, undone and reverted', () => {
    const lines = [
      ...healthyBut(E1),
      probe(E1, 1, '+00:00:00', '+00:22:00'),
      probe(E1, 20, '+00:22:30'),
      ...canary,
      marta('+00:16:00', 'start-wave', { wave: 'wave 1' }),
      marta('+00:16:00', 'start-target', { target: E1 }),
      marta('+00:26:00', 'start-target', { target: G1 }),
      marta('+00:26:10', 'step', { target: E1, step: 1, to: 'done' }),
      marta('+00:26:20', 'step', { target: E1, step: 1, to: 'undone' }),
      marta('+00:26:30', 'step', { target: E1, step: 2, to: 'failed' }),
      marta('+00:26:40', 'revert', { target: E1, reason: 'worse' }),
      marta('+00:26:50', 'finish-revert', { target: E1 }),
      marta('+00:27:00', 'retry', { target: E1 }),
      marta('+00:27:10', 'skip-target', { target: E1, reason: 'later' }),
    ];
    const answer = run(night(lines, end('+00:28:00')));
    expect(refused(answer)).toEqual([['breaker-open'], ['breaker-open']]);
    expect(answer.end.targets[E1]?.state).toBe('skipped');
    expect(answer.end.breaker).toBe('open');
  });

  test('look again ends badly when the rule is broken again, and the cool time counts from the last opening', () => {
    const answer = run(
      night(
        tripped,
        marta('+00:27:00', 'breaker', { choose: 'look-again', target: E1, reason: 'x' }),
        end('+00:40:00'),
      ),
    );
    expect(times(answer, 'breaker-opened')).toEqual(['+00:25:30', '+00:30:30']);
    expect(answer.end.breaker).toBe('open');
  });

  test('the breaker closes not before the cool time, which is a hold like any other', () => {
    const lines = [
      ...healthyBut(E1),
      probe(E1, 1, '+00:00:00', '+00:22:00'),
      probe(E1, 20, '+00:22:30', '+00:25:30'),
      probe(E1, 0.3, '+00:26:00'),
      ...canary,
      ...wave1,
      marta('+00:26:10', 'breaker', { choose: 'look-again', target: E1, reason: 'x' }),
    ];
    const answer = run(night(lines, end('+00:40:00')));
    expect(times(answer, 'breaker-closed')).toEqual(['+00:35:30']);
    const early = run(
      night(lines, marta('+00:33:00', 'override', { hold: 'cool', reason: 'we know' }), end('+00:40:00')),
    );
    expect(times(early, 'breaker-closed')).toEqual(['+00:33:00']);
    const before = run(night(lines, end('+00:34:00')));
    expect(before.end.breaker).toBe('half-open');
    expect(holdCodes(before)).toContain('cool');
  });

  test('a silent target keeps the breaker half-open, and says so', () => {
    const lines = [
      ...healthyBut(E1),
      probe(E1, 1, '+00:00:00', '+00:22:00'),
      probe(E1, 20, '+00:22:30', '+00:25:30'),
      ...canary,
      ...wave1,
      marta('+00:26:10', 'breaker', { choose: 'look-again', target: E1, reason: 'x' }),
    ];
    const answer = run(night(lines, end('+01:30:00')));
    expect(answer.end.breaker).toBe('half-open');
    expect(holdCodes(answer)).toEqual(expect.arrayContaining(['breaker-open', 'stale']));
    const heard = run(night(lines, probe(E1, 0.3, '+01:00:00'), end('+01:30:00')));
    // Watched again from the first reading on.
    expect(times(heard, 'breaker-closed')).toEqual(['+01:05:00']);
  });

  test('further trips while open are noted once per target and rule, and keep it open when one is accepted', () => {
    const lines = [
      ...healthyBut(E1, G1),
      probe(E1, 1, '+00:00:00', '+00:22:00'),
      probe(E1, 20, '+00:22:30'),
      probe(G1, 1, '+00:00:00', '+00:26:00'),
      probe(G1, 20, '+00:26:30'),
      ...canary,
      ...wave1,
    ];
    const answer = run(
      night(
        lines,
        marta('+00:35:00', 'breaker', { choose: 'accept', target: E1, reason: 'x' }),
        end('+00:36:00'),
      ),
    );
    expect(times(answer, 'trip-noted')).toEqual(['+00:29:30']);
    expect(answer.end.breaker).toBe('open');
    expect(answer.end.targets[E1]?.marks).toEqual(['accepted-worse']);
    expect(answer.end.targets[G1]?.marks).toEqual(['worse']);
  });

  test('an accepted trip opens the breaker again when it gets worse, or went away and came back', () => {
    const accepted = marta('+00:27:00', 'breaker', { choose: 'accept', target: E1, reason: 'a partner' });
    const base = [...healthyBut(E1), probe(E1, 1, '+00:00:00', '+00:22:00'), ...canary, ...wave1, accepted];
    const same = run(night(base, probe(E1, 20, '+00:22:30'), end('+01:00:00')));
    expect(times(same, 'breaker-opened')).toEqual(['+00:25:30']);
    const worse = run(
      night(base, probe(E1, 20, '+00:22:30', '+00:30:00'), probe(E1, 29, '+00:30:30'), end('+01:00:00')),
    );
    expect(times(worse, 'breaker-opened')).toEqual(['+00:25:30', '+00:33:30']);
    const back = run(
      night(
        base,
        probe(E1, 20, '+00:22:30', '+00:30:00'),
        probe(E1, 1, '+00:30:30', '+00:35:00'),
        probe(E1, 20, '+00:35:30'),
        end('+01:00:00'),
      ),
    );
    expect(times(back, 'breaker-opened')).toEqual(['+00:25:30', '+00:38:30']);
  });

  test('from a closed breaker there is nothing to choose', () => {
    const answer = run(
      night(
        healthyBut(),
        canary,
        marta('+00:05:00', 'breaker', { choose: 'accept', target: W2, reason: 'x' }),
        end('+00:06:00'),
      ),
    );
    expect(refused(answer)).toEqual([['not-pending']]);
  });
});

describe('rules 5 to 8: bake, gate, override, failure', () => {
  test('a gate by health needs its evidence', () => {
    const few = {
      at: '+00:00:00',
      every: '30s',
      until: '+01:00:00',
      reading: { source: 'probe:checkout', target: W2, errors: 0, tries: 4 },
    };
    const answer = run(night(healthyBut(W2), few, canary, end('+00:15:00')));
    expect(holdCodes(answer)).toEqual(['data-not-met']);
    const later = run(night(healthyBut(W2), few, canary, end('+00:20:00')));
    // 25 readings of four tries after the bake began.
    expect(times(later, 'gate-passed')).toEqual(['+00:16:30']);
  });

  test('a provider that says all is well passes no gate', () => {
    const word = {
      at: '+00:00:00',
      every: '30s',
      until: '+01:00:00',
      reading: { source: 'feed:aws', target: W2, service: 'dynamodb', health: 'operational' },
    };
    const answer = run(night(healthyBut(W2), word, canary, end('+01:00:00')));
    expect(events(answer, 'gate-passed')).toEqual([]);
    expect(holdCodes(answer)).toContain('stale');
    expect(answer.end.waves['canary']?.bake.watched).toBe(0);
  });

  test('an untouched target that is worse than the plan baseline holds the gate', () => {
    const answer = run(
      night(
        healthyBut(U1),
        probe(U1, 0, '+00:00:00', '+00:10:00'),
        probe(U1, 30, '+00:10:30'),
        canary,
        end('+00:20:00'),
      ),
    );
    expect(answer.end.holds.map((hold) => [hold.code, hold.target])).toEqual([
      ['worse-than-plan-baseline', U1],
    ]);
  });

  test('a manual gate passes by a named decision; before the bake is full that is an override', () => {
    const plan = planText().replace('bake: 10m, gate: health', 'bake: 10m, gate: manual');
    const pass = (at: string) => marta(at, 'pass-gate', { wave: 'canary', reason: 'good' });
    const late = run(night(healthyBut(), canary, pass('+00:20:00'), end('+00:21:00')), plan);
    expect(events(late, 'gate-waiting')[0]?.code).toBe('manual');
    expect(events(late, 'hold-overridden')).toEqual([]);
    expect(late.end.waves['canary']?.state).toBe('passed');
    const early = run(night(healthyBut(), canary, pass('+00:05:00'), end('+00:21:00')), plan);
    expect(events(early, 'hold-overridden').map((event) => event.code)).toEqual(['bake-not-full']);
    expect(early.end.waves['canary']?.state).toBe('passed');
  });

  test('any hold of a gate can be overridden, and then the gate passes by itself', () => {
    const answer = run(
      night(
        healthyBut(),
        canary,
        marta('+00:06:00', 'override', { hold: 'bake-not-full', wave: 'canary', reason: 'no time' }),
        marta('+00:11:00', 'override', { hold: 'stale', wave: 'canary', reason: 'x' }),
        end('+00:12:00'),
      ),
    );
    // A hundred tries are there at +00:06:30; nothing is stale, so there is nothing to override.
    expect(times(answer, 'gate-passed')).toEqual(['+00:06:30']);
    expect(refused(answer)).toEqual([['not-pending']]);
  });

  test('a failed target holds its wave until it is retried, skipped or reverted', () => {
    const lines = [
      ...healthyBut(),
      ...begun,
      marta('+00:02:00', 'start-wave', { wave: 'canary' }),
      marta('+00:02:00', 'start-target', { target: W2 }),
      marta('+00:03:00', 'step', { target: W2, step: 1, to: 'failed', reason: 'timeout' }),
      marta('+00:04:00', 'finish-target', { target: W2 }),
      marta('+00:04:10', 'pass-gate', { wave: 'canary', reason: 'x' }),
    ];
    const held = run(night(lines, end('+00:05:00')));
    expect(refused(held)).toEqual([['target-failed'], ['target-failed']]);
    expect(held.end.waves['canary']?.state).toBe('held');
    const retried = run(
      night(
        lines,
        marta('+00:05:00', 'retry', { target: W2 }),
        marta('+00:06:00', 'finish-target', { target: W2 }),
        end('+00:17:00'),
      ),
    );
    expect(times(retried, 'gate-passed')).toEqual(['+00:16:00']);
    const skipped = run(
      night(lines, marta('+00:05:00', 'skip-target', { target: W2, reason: 'later' }), end('+00:17:00')),
    );
    expect(times(skipped, 'bake-started')).toEqual(['+00:05:00']);
    expect(times(skipped, 'gate-passed')).toEqual(['+00:15:00']);
  });
});

describe('the same machine, two more uses', () => {
  test('a phased deployment is measured against health: a region in trouble at its start trips', () => {
    const plan = planText().replace('change:   {', 'kind: phased-deployment\nchange:   {');
    const sure = canary.map((line) => (line['do'] === 'start-target' ? { ...line, sure: true } : line));
    const night20 = night(healthyBut(W2), probe(W2, 20), sure, end('+00:06:00'));
    expect(times(run(night20, plan), 'breaker-opened')).toEqual(['+00:05:30']);
    expect(events(run(night20), 'breaker-opened')).toEqual([]);
    expect(times(run(night(healthyBut(), canary, end('+00:15:00')), plan), 'gate-passed')).toEqual([
      '+00:14:00',
    ]);
  });
});

describe('rules 9a to 13', () => {
  test('9a: the watch passes no gate while it is cut off from a peer it had when the bake began', () => {
    const cut = [...healthyBut(), ...canary, { at: '+00:05:00', cut: 'b' }];
    const answer = run(night(cut, end('+00:20:00')));
    expect(events(answer, 'gate-passed')).toEqual([]);
    expect(holdCodes(answer)).toEqual(['cut-off']);
    expect(times(run(night(cut, { at: '+00:18:00', join: 'b' }, end('+00:20:00'))), 'gate-passed')).toEqual([
      '+00:18:00',
    ]);
    const before = run(night(healthyBut(), { at: '+00:00:30', cut: 'b' }, canary, end('+00:20:00')));
    expect(times(before, 'gate-passed')).toEqual(['+00:14:00']);
  });

  test('9: open wins over a pass and over a close that had not seen the trip', () => {
    // Machine a is cut off and asleep while b hears five bad minutes; then a person passes the gate on a.
    const lines = [
      ...healthyBut(W2),
      probe(W2, 0.2, '+00:00:00', '+00:16:00'),
      probe(W2, 30, '+00:16:30', '+00:21:00'),
      probe(W2, 0.2, '+00:21:30'),
      ...begun,
      marta('+00:02:00', 'start-wave', { wave: 'canary' }),
      marta('+00:02:00', 'start-target', { target: W2 }),
      marta('+00:15:00', 'finish-target', { target: W2 }),
      { at: '+00:15:30', cut: 'b' },
      { at: '+00:16:10', sleep: '5m' },
      marta('+00:22:00', 'pass-gate', { wave: 'canary', reason: 'cut off, all is well here' }),
      marta('+00:22:30', 'start-wave', { wave: 'wave 1' }),
      marta('+00:22:30', 'start-target', { target: E1 }),
      { at: '+00:23:00', join: 'b' },
    ];
    const answer = run(night(lines, end('+00:24:00')));
    expect(refused(answer)).toEqual([]);
    expect(events(answer, 'breaker-opened').map((event) => [event.at, event.device])).toEqual([
      ['+00:19:30', 'b'],
    ]);
    expect(answer.end.breaker).toBe('open');
    expect(answer.end.waves['canary']?.state).toBe('held');
    // Work begun before the news counts as begun.
    expect(answer.end.targets[E1]?.state).toBe('running');
    expect(answer.same).toBe(true);
  });

  test('9: an undo written apart ends a bake that was passed meanwhile', () => {
    const lines = [
      ...healthyBut(W2),
      probe(W2, 0.2, '+00:00:00', '+00:12:00'),
      ...canary,
      { at: '+00:05:00', sleep: '1m', device: 'b' },
      { at: '+00:12:10', cut: 'b' },
      { at: '+00:12:20', device: 'b', by: 'Jonas', do: 'step', target: W2, step: 3, to: 'undone' },
      { at: '+00:13:00', by: 'Marta', do: 'pass-gate', wave: 'canary', reason: 'cut off' },
      { at: '+00:15:00', join: 'b' },
    ];
    const answer = run(night(lines, end('+00:16:00')));
    expect(answer.same).toBe(true);
    // The undo had been written before the pass; the pass had not heard of it.
    expect(answer.end.targets[W2]?.state).toBe('running');
    expect(answer.end.waves['canary']?.state).toBe('running');
  });

  test('10: a wave can be split and a bake changed while the plan runs, but not what has begun', () => {
    const lines = [
      ...healthyBut(),
      ...canary,
      marta('+00:05:00', 'set-bake', { wave: 'canary', bake: '12m', reason: 'careful' }),
      marta('+00:05:10', 'split-wave', { wave: 'wave 1', targets: [G1], reason: 'apart' }),
      marta('+00:05:20', 'split-wave', { wave: 'canary', targets: [W2], reason: 'x' }),
      marta('+00:05:30', 'split-wave', { wave: 'the rest', targets: [U1], reason: 'x' }),
      marta('+00:17:00', 'set-bake', { wave: 'canary', bake: '1m', reason: 'x' }),
    ];
    const answer = run(night(lines, end('+00:18:00')));
    expect(refused(answer)).toEqual([['not-pending'], ['not-pending'], ['not-pending']]);
    expect(times(answer, 'gate-passed')).toEqual(['+00:16:00']);
    expect(Object.keys(answer.end.waves)).toEqual(['canary', 'wave 1', 'wave 1 2', 'the rest']);
  });

  test('10: a target pulled forward out of its wave bakes alone, and the other waves keep their order', () => {
    const answer = run(
      night(
        healthyBut(),
        canary,
        marta('+00:05:00', 'pull-forward', { target: G1, reason: 'it burns' }),
        marta('+00:06:00', 'finish-target', { target: G1 }),
        marta('+00:15:00', 'start-wave', { wave: 'wave 1' }),
        end('+00:22:00'),
      ),
    );
    expect(events(answer, 'bake-started').map((event) => [event.at, event.wave, event.target])).toEqual([
      ['+00:04:00', 'canary', undefined],
      ['+00:06:00', `${G1} pulled forward`, G1],
    ]);
    expect(refused(answer)).toEqual([]);
    expect(times(answer, 'wave-started')).toContain('+00:15:00');
    expect(answer.end.waves[`${G1} pulled forward`]?.state).toBe('passed');
  });

  test('11: pause stops starts and gates; bakes go on; abort lists every target', () => {
    const paused = [...healthyBut(), ...canary, marta('+00:05:00', 'pause')];
    const answer = run(
      night(paused, marta('+00:16:00', 'pass-gate', { wave: 'canary', reason: 'x' }), end('+00:17:00')),
    );
    expect(events(answer, 'gate-passed')).toEqual([]);
    expect(refused(answer)).toEqual([['plan-not-running']]);
    expect(answer.end.waves['canary']).toMatchObject({ state: 'at gate', bake: { watched: 600 } });
    expect(times(run(night(paused, marta('+00:16:00', 'resume'), end('+00:17:00'))), 'gate-passed')).toEqual([
      '+00:16:00',
    ]);
    const aborted = run(
      night(
        healthyBut(),
        begun,
        marta('+00:02:00', 'start-target', { target: W2 }),
        marta('+00:03:00', 'abort', { reason: 'wrong remedy' }),
        marta('+00:04:00', 'finish-target', { target: W2 }),
        marta('+00:05:00', 'revert', { target: W2, reason: 'x' }),
        marta('+00:06:00', 'finish-revert', { target: W2 }),
        marta('+00:07:00', 'start-wave', { wave: 'wave 1' }),
        end('+00:08:00'),
      ),
    );
    expect(aborted.end.plan).toBe('aborted');
    expect(aborted.end.targets[W2]?.state).toBe('reverted');
    expect(aborted.end.waves['canary']?.state).toBe('aborted');
    expect(refused(aborted)[0]).toContain('plan-not-running');
  });

  test('11: a plan is complete when every wave has passed', () => {
    const plan = planText()
      .replaceAll(/bake: 1[05]m/g, 'bake: 1m')
      .replace('tries: ">= 100"', 'tries: ">= 10"')
      .replace('for: 5m }', 'for: 1m }');
    const lines = [
      ...healthyBut(),
      ...canary,
      marta('+00:06:00', 'complete'),
      ...wave1,
      marta('+00:30:00', 'start-wave', { wave: 'the rest' }),
      marta('+00:30:00', 'finish-target', { target: U1 }),
      marta('+00:32:00', 'pass-gate', { wave: 'the rest', reason: 'all is well' }),
      marta('+00:33:00', 'complete'),
    ];
    const answer = run(night(lines, end('+00:34:00')), plan);
    expect(refused(answer)).toEqual([['wave-before-not-passed', 'wave-before-not-passed']]);
    expect(answer.end.plan).toBe('completed');
    expect(answer.end.holds).toEqual([]);
  });

  test('12: undoing a step sets its target back to running and ends the bake', () => {
    const answer = run(
      night(
        healthyBut(),
        canary,
        marta('+00:06:00', 'step', { target: W2, step: 3, to: 'undone' }),
        marta('+00:08:00', 'finish-target', { target: W2 }),
        end('+00:19:00'),
      ),
    );
    expect(times(answer, 'bake-ended')).toEqual(['+00:06:00', '+00:18:00']);
    expect(times(answer, 'bake-started')).toEqual(['+00:04:00', '+00:08:00']);
    expect(times(answer, 'gate-passed')).toEqual(['+00:18:00']);
  });

  test('13: without revert steps nothing can be reverted; with them a reverted target holds its wave', () => {
    const [without = ''] = planText().split('## Revert a target');
    const revert = marta('+00:05:00', 'revert', { target: W2, reason: 'x' });
    expect(refused(run(night(healthyBut(), canary, revert, end('+00:06:00')), without))).toEqual([
      ['no-revert-steps'],
    ]);
    const lines = [...healthyBut(), ...canary, revert, marta('+00:06:00', 'finish-revert', { target: W2 })];
    const held = run(night(lines, end('+00:20:00')));
    expect(holdCodes(held)).toEqual(['target-reverted']);
    const again = run(
      night(
        lines,
        marta('+00:08:00', 'retry', { target: W2 }),
        marta('+00:09:00', 'finish-target', { target: W2 }),
        end('+00:20:00'),
      ),
    );
    expect(times(again, 'gate-passed')).toEqual(['+00:19:00']);
  });
});
