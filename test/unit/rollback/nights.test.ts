// The nights that a rollback tool must come through, each by name, as rehearsal files.
import { describe, expect, test } from 'vitest';
import { events, holdCodes, refusal, refused, runNight, times } from './nights.ts';

describe('nights', () => {
  test('rolled back and no better: waits for a decision; two in a row hold the plan', () => {
    const answer = runNight('rolled-back-and-no-better');
    expect(times(answer, 'gate-waiting')).toEqual(['+00:14:00', '+00:42:00']);
    expect(events(answer, 'gate-waiting').map((event) => event.code)).toEqual(['no-better', 'no-better']);
    expect(refused(answer)).toEqual([['wave-before-not-passed'], ['two-no-better']]);
    expect(events(answer, 'gate-passed').every((event) => event.by === 'Marta')).toBe(true);
    expect(events(answer, 'breaker-opened')).toEqual([]);
    expect(answer.end.targets['aws/eu-west-1']?.marks).toEqual(['no-better']);
    expect(answer.end.waves['the rest']?.state).toBe('running');
    expect(answer.same).toBe(true);
  });

  test('the breaker opened in the bake of a fully done wave: the bake begins again from zero after it closes', () => {
    const answer = runNight('trip-in-the-bake-of-a-done-wave');
    // The first breaking poll is at +00:30:30; the one that completes three minutes opens.
    expect(times(answer, 'breaker-opened')).toEqual(['+00:33:30']);
    expect(events(answer, 'breaker-opened')[0]?.reading).toMatchObject({
      source: 'probe:checkout',
      errors: 20,
      tries: 140,
    });
    expect(refused(answer)).toEqual([
      ['breaker-open'],
      ['breaker-open', 'wave-before-not-passed'],
      ['not-retractable'],
    ]);
    expect(times(answer, 'breaker-half-opened')).toEqual(['+00:39:00']);
    // Five minutes of looking, and ten of cooling since it opened.
    expect(times(answer, 'breaker-closed')).toEqual(['+00:44:00']);
    expect(events(answer, 'bake-started').map((event) => [event.at, event.wave])).toEqual([
      ['+00:04:00', 'canary'],
      ['+00:20:00', 'wave 1'],
      ['+00:44:00', 'wave 1'],
    ]);
    expect(times(answer, 'gate-passed')).toEqual(['+00:14:00', '+00:59:00']);
  });

  test('a provider adding products for three hours during recovery is late news, no trip', () => {
    const answer = runNight('provider-adds-products-for-three-hours');
    expect(events(answer, 'breaker-opened')).toEqual([]);
    expect(
      events(answer, 'late-news').map((event) => [event.at, event.target, event.reading?.['service']]),
    ).toEqual([
      ['+00:05:00', 'aws/us-west-2', 'dynamodb'],
      ['+00:45:00', 'aws/us-west-2', 'sqs'],
      ['+01:25:00', 'aws/eu-west-1', 'dynamodb'],
      ['+02:05:00', 'aws/eu-west-1', 'sqs'],
    ]);
    expect(answer.end.breaker).toBe('closed');
    expect(answer.end.waves['wave 1']?.state).toBe('passed');
  });

  test('a region red at the start does not trip by staying red; it trips by a more severe state after two polls', () => {
    const answer = runNight('region-red-at-the-start');
    expect(times(answer, 'breaker-opened')).toEqual(['+00:32:00']);
    expect(events(answer, 'breaker-opened')[0]?.reading).toMatchObject({
      service: 'dynamodb',
      health: 'major-outage',
    });
    expect(answer.end.targets['aws/us-west-2']?.marks).toContain('worse');
    expect(answer.end.waves['canary']?.state).toBe('held');
  });

  test('a region at 98 % errors is breaker blind: no trip, and only success or a person passes its gate', () => {
    const answer = runNight('region-at-98-percent');
    expect(events(answer, 'breaker-opened')).toEqual([]);
    expect(answer.end.targets['aws/us-west-2']?.marks).toEqual(['blind', 'no-better']);
    expect(holdCodes(answer)).toEqual(expect.arrayContaining(['blind', 'success-not-met', 'no-better']));
    expect(answer.end.waves['canary']).toMatchObject({
      state: 'at gate',
      bake: { needed: 600, watched: 600 },
    });
    const later = runNight('region-at-98-percent-recovers');
    // Five minutes under one percent after the first good reading at +00:30:30.
    expect(times(later, 'gate-passed')).toEqual(['+00:35:30']);
    expect(events(later, 'gate-passed')[0]?.by).toBeUndefined();
  });

  test('a feed that falls silent: the gap is added to the end, from the last reading to the first new one', () => {
    const answer = runNight('feed-falls-silent');
    expect(answer.end.waves['canary']?.bake).toEqual({
      needed: 600,
      watched: 600,
      gaps: [{ from: '+00:07:00', to: '+00:20:00', cause: 'silent' }],
    });
    expect(times(answer, 'gate-passed')).toEqual(['+00:27:00']);
    const silent = runNight('feed-stays-silent');
    expect(holdCodes(silent)).toContain('stale');
    expect(silent.end.waves['canary']).toMatchObject({ state: 'baking', bake: { watched: 180 } });
    expect(events(silent, 'gate-passed')).toEqual([]);
  });

  test('the laptop asleep for a whole bake: no time counts, and the gate is not passed', () => {
    const answer = runNight('asleep-for-a-whole-bake');
    expect(times(answer, 'machine-slept')).toEqual(['+00:39:15']);
    expect(events(answer, 'gate-passed')).toEqual([]);
    expect(answer.end.waves['canary']).toMatchObject({
      state: 'baking',
      bake: { watched: 210, gaps: [{ from: '+00:04:00', to: '+00:39:30', cause: 'asleep' }] },
    });
  });

  test('the application killed in the middle of a bake and started after its end: the gap is written', () => {
    const answer = runNight('killed-in-a-bake');
    expect(answer.end.waves['canary']?.bake.gaps).toEqual([
      { from: '+00:06:00', to: '+00:26:00', cause: 'closed' },
    ]);
    expect(times(answer, 'gate-passed')).toEqual(['+00:34:00']);
  });

  test('two machines with different outcomes for one step: the worse counts, until a named person settles it', () => {
    const answer = runNight('two-machines-two-outcomes');
    expect(answer.end.targets['aws/us-west-2']).toEqual({ state: 'failed', marks: ['disputed'] });
    expect(holdCodes(answer)).toEqual(['target-failed', 'disputed']);
    expect(answer.end.waves['canary']?.state).toBe('held');
    expect(answer.same).toBe(true);
    const settled = runNight('two-machines-settled');
    expect(settled.end.targets['aws/us-west-2']).toEqual({ state: 'done', marks: [] });
    expect(times(settled, 'bake-started')).toEqual(['+00:05:00', '+00:09:00']);
    expect(settled.same).toBe(true);
  });

  test('a dangerous step done twice holds the wave until a named person overrides', () => {
    const answer = runNight('dangerous-step-done-twice');
    expect(refused(answer)).toEqual([['danger-twice']]);
    expect(answer.end.waves['canary']?.state).toBe('held');
    expect(answer.end.holds[0]?.text).toContain('Priya and Jonas');
    const settled = runNight('dangerous-step-settled');
    expect(times(settled, 'gate-passed')).toEqual(['+00:22:00']);
    expect(settled.same).toBe(true);
  });

  test('a retracted gate: the refusal names the key, and the gate stays passed', () => {
    const answer = runNight('retracted-gate');
    expect(refused(answer)).toEqual([['not-retractable'], ['not-retractable']]);
    const why = answer.lines.filter((line) => !line.ok).map((line) => line.why[0]?.text);
    expect(why.every((text) => text?.includes('Ctrl Z'))).toBe(true);
    expect(answer.end.waves['canary']?.state).toBe('passed');
  });

  test('back-dated ticks: the bake starts when they were recorded', () => {
    const answer = runNight('back-dated-ticks');
    expect(times(answer, 'bake-started')).toEqual(['+00:20:00']);
    expect(answer.end.waves['canary']).toMatchObject({ state: 'baking', bake: { watched: 300 } });
  });

  test('the clock set back and forward by hours during a bake changes no timer', () => {
    const answer = runNight('clock-set-in-a-bake');
    expect(times(answer, 'clock-jumped')).toEqual(['+00:06:00', '+00:08:00', '+00:10:00']);
    expect(times(answer, 'gate-passed')).toEqual(['+00:14:00']);
    expect(answer.end.waves['canary']?.bake).toEqual({ needed: 600, watched: 600, gaps: [] });
  });

  test('the clock set across a restart: bakes stop and gates wait until a named person says go on', () => {
    const answer = runNight('clock-set-across-a-restart');
    expect(refused(answer)).toEqual([['clock-untrusted']]);
    expect(answer.end.waves['canary']?.bake.gaps).toEqual([
      { from: '+00:06:00', to: '+00:25:00', cause: 'clock-untrusted' },
    ]);
    expect(times(answer, 'gate-passed')).toEqual(['+00:33:00']);
    const forward = runNight('clock-set-forward-across-a-restart');
    expect(holdCodes(forward)).toContain('clock-untrusted');
    expect(forward.end.waves['canary']).toMatchObject({ state: 'baking', bake: { watched: 120 } });
    expect(events(forward, 'gate-passed')).toEqual([]);
  });

  test('try one: a pending target of this wave is worked and baked alone, then the breaker closes', () => {
    const answer = runNight('try-one');
    expect(refused(answer)).toEqual([['breaker-open'], ['not-pending']]);
    expect(times(answer, 'breaker-half-opened')).toEqual(['+00:36:00']);
    expect(times(answer, 'breaker-closed')).toEqual(['+00:52:00']);
    // Its own bake, then the wave's from zero.
    expect(events(answer, 'bake-started').map((event) => [event.at, event.target])).toEqual([
      ['+00:04:00', undefined],
      ['+00:37:00', 'gcp/europe-west1'],
      ['+00:52:00', undefined],
    ]);
    // The target that tripped is as bad as when the breaker closed: it does not open it again, but its gate waits.
    expect(events(answer, 'breaker-opened')).toHaveLength(1);
    expect(answer.end.waves['wave 1']?.state).toBe('at gate');
  });

  test('accepted worse: the breaker closes at once, and the gate becomes manual', () => {
    const answer = runNight('accepted-worse');
    expect(times(answer, 'breaker-closed')).toEqual(['+00:36:00']);
    expect(answer.end.targets['aws/eu-west-1']?.marks).toContain('accepted-worse');
    expect(holdCodes(answer)).toContain('manual');
    expect(events(answer, 'breaker-opened')).toHaveLength(1);
  });

  test('pulled forward with the breaker open needs an override for that one target; a revert waits for nothing', () => {
    const answer = runNight('pulled-forward');
    expect(refusal(answer, answer.lines.find((line) => !line.ok)?.n ?? 0)).toEqual(['breaker-open']);
    expect(answer.end.targets['aws/us-east-1']?.state).toBe('done');
    expect(answer.end.targets['aws/eu-west-1']?.state).toBe('reverted');
    expect(holdCodes(answer)).toEqual(expect.arrayContaining(['breaker-open', 'target-reverted']));
    expect(Object.keys(answer.end.waves)).toEqual(['canary', 'wave 1', 'wave 1 2', 'the rest']);
  });
});
