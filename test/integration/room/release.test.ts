// Releases over the real journal: opened, guarded by their plans, ended, turned into an incident in the same journal, exported.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createReports } from '../../../electron/report/report.ts';
import { verifyFile } from '../../../electron/report/verify-file.ts';
import { calls } from '../../../shared/contract/index.ts';
import { code, type Desk, declare, desk, instant, must, START, signal, window } from './helpers.ts';

const watchRelease = (d: Desk, title = 'checkout-api 4.19.0') => must(d.call['incidents.release']({ title }));

/** Entries of a plan as the plan service writes them; here only what the room makes of them counts. */
function plan(d: Desk, incident: string, ...kinds: [string, Record<string, unknown>?][]): void {
  for (const [kind, more = {}] of kinds) {
    const kept = d.journal.append([
      { incident, kind, actor: 'marta', body: { plan: 'p1', by: 'Marta', ...more } },
    ]);
    if (!kept.ok) throw new Error(kept.error.message);
  }
}
const created: [string, Record<string, unknown>] = [
  'plan-created',
  { definition: { kind: 'phased-deployment', title: 'Deploy 4.19.0', waves: [], targets: [] } },
];
const evidence = { source: 'probe:checkout', value: 'errors 9 %', limit: '5 %' };

const into = (d: Desk, release: string, more = {}) =>
  d.call['incidents.declare']({
    title: 'us-east-1 got worse under 4.19.0',
    severity: 'SEV2',
    signals: [],
    impactStarted: null,
    commander: true,
    release,
    ...more,
  });

describe('a release', () => {
  it('is a room of its own, with labels of its own, and no open incident', async () => {
    const d = desk();
    const one = await watchRelease(d);
    expect(one.label).toBe('REL-0001');
    expect((await watchRelease(d)).label).toBe('REL-0002');
    expect((await declare(d)).label).toBe('INC-0001');
    await d.rooms.start();
    expect(d.rooms.openIncidents()).toHaveLength(1);
    expect(d.rooms.openReleases()).toHaveLength(2);
    const { incidents } = await must(d.call['incidents.list']({}));
    expect(calls['incidents.list'].output.parse({ rev: 1, incidents }).incidents).toEqual(incidents);
    expect(await code(d.call['incidents.release']({ title: '  ' }))).toBe('empty-text');
  });

  it('has no severity and no phase, and is not erased', async () => {
    const d = desk();
    const { id: incident, entry } = await watchRelease(d);
    expect(await code(d.call['room.setPhase']({ incident, phase: 'identified', reason: '' }))).toBe(
      'is-release',
    );
    expect(await code(d.call['room.setSeverity']({ incident, severity: 'SEV1', reason: 'x' }))).toBe(
      'is-release',
    );
    expect(await code(d.call['room.erase']({ incident, entry, reason: 'x' }))).toBe('cannot-erase');
    expect(await code(d.call['room.retract']({ incident, entry, reason: 'x' }))).toBe('not-retractable');
    const amend = d.call['room.amend']({ incident, entry, text: '4.19.1', reason: '' });
    expect(await code(amend)).toBe('ok');
    expect((await must(d.rooms.incident(incident))).title).toBe('4.19.1');
  });

  it('hears no signals by itself, but the gap that nobody watched', async () => {
    const bad = signal();
    const d = desk({ ours: ['aws/us-east-1'] });
    const { id } = await watchRelease(d);
    await d.rooms.start();
    await d.rooms.noteSignals([bad]);
    await d.rooms.noteSleep(instant(START), instant(START + 1_800_000));
    const read = await window(d, id);
    expect(read.rows.map((row) => row.entryKind)).toEqual(['release-opened', 'machine-slept']);
    await must(d.call['incidents.endRelease']({ incident: id, reason: '' }));
    await d.rooms.noteSleep(instant(START + 3_600_000), instant(START + 5_400_000));
    expect((await window(d, id)).rows.map((row) => row.entryKind)).toEqual([
      'release-opened',
      'machine-slept',
      'release-ended',
    ]);
  });

  it('is not ended over a plan that runs or is paused, unless somebody says why', async () => {
    const d = desk();
    const { id: incident } = await watchRelease(d);
    const end = (more = {}) => d.call['incidents.endRelease']({ incident, reason: 'done', ...more });
    plan(d, incident, created, ['plan-started']);
    const refused = await end();
    expect(refused).toMatchObject({
      error: { code: 'plan-open', message: expect.stringContaining('“Deploy 4.19.0” still runs') },
    });
    expect(await code(end({ override: '  ' }))).toBe('plan-open');
    plan(d, incident, ['plan-paused', { reason: 'lunch' }]);
    expect(await code(end())).toBe('plan-open');
    expect(await code(end({ override: 'the other room carries it on' }))).toBe('ok');
    const view = await must(d.rooms.incident(incident));
    expect(view.closedAt).not.toBeNull();
    expect(view.release?.endReason).toContain('the other room carries it on');
    expect(d.rooms.openReleases()).toEqual([]);
    expect(await code(end())).toBe('release-ended');
    const late = d.call['incidents.declare']({
      title: 'x',
      severity: 'SEV2',
      signals: [],
      impactStarted: null,
      commander: false,
      release: incident,
    });
    expect(await code(late)).toBe('release-ended');
  });

  it('is watched again after an end that was none, and becomes an incident then', async () => {
    const d = desk();
    const { id: incident, label } = await watchRelease(d);
    const again = (reason = '') => d.call['incidents.watchAgain']({ incident, reason });
    expect(await again()).toMatchObject({
      error: { code: 'not-ended', message: expect.stringContaining(label) },
    });
    await must(d.call['incidents.endRelease']({ incident, reason: 'done' }));
    await d.rooms.start();
    expect(d.rooms.openReleases()).toEqual([]);
    await must(again('one region is still on 4.18'));
    expect(d.rooms.openReleases()).toEqual([incident]);
    const rows = (await window(d, incident)).rows;
    expect(rows.map((row) => row.entryKind)).toEqual(['release-opened', 'release-ended', 'release-reopened']);
    expect(rows[2]?.text).toContain('one region is still on 4.18');
    const retract = d.call['room.retract']({ incident, entry: rows[2]!.id, reason: 'x' });
    expect(await code(retract)).toBe('not-retractable');
    expect(await code(into(d, incident))).toBe('ok');
    expect(await code(again())).toBe('not-a-release');
  });

  it('an incident is not closed over a running plan either', async () => {
    const d = desk();
    const { id: incident } = await declare(d, { severity: 'SEV3' });
    plan(d, incident, created, ['plan-started']);
    for (const phase of ['resolved', 'declined', 'merged'] as const)
      expect(await code(d.call['room.setPhase']({ incident, phase, reason: 'x' }))).toBe('plan-open');
    plan(d, incident, ['plan-aborted', { reason: 'enough', targets: [] }]);
    expect(await code(d.call['room.setPhase']({ incident, phase: 'resolved', reason: '' }))).toBe('ok');
  });

  it('after its plan is over it ends without being asked', async () => {
    const d = desk();
    const { id: incident } = await watchRelease(d);
    plan(d, incident, created, ['plan-started'], ['plan-completed', { reason: '', targets: [] }]);
    expect(await code(d.call['incidents.endRelease']({ incident, reason: '' }))).toBe('ok');
  });
});

describe('a release that becomes an incident', () => {
  it('goes on in the same journal: timeline, plan and milestones', async () => {
    const d = desk({ signals: [signal({ at: instant(START + 90_000) })] });
    const { id, label } = await watchRelease(d);
    await must(d.call['room.log']({ incident: id, kind: 'note', text: 'canary first', occurred: null }));
    plan(d, id, created, ['plan-started']);
    d.clock.wall += 60_000;
    plan(d, id, [
      'breaker-opened',
      { target: 'aws/us-east-1', back: false, trip: 't1', rule: 'health', evidence },
    ]);
    d.clock.wall += 60_000;
    const made = await must(into(d, id, { signals: ['s1'] }));
    expect(made).toMatchObject({ id, label: 'INC-0001' });
    const view = await must(d.rooms.incident(id));
    expect(calls['room.open'].output.parse({ rev: 1, incident: view }).incident).toEqual(view);
    expect(view).toMatchObject({
      mode: 'real',
      label: 'INC-0001',
      severity: 'SEV2',
      phase: 'investigating',
      commander: 'Marta Lindqvist',
      closedAt: null,
      release: { label, title: 'checkout-api 4.19.0', openedAt: instant(START) },
      plans: [{ id: 'p1', state: 'running' }],
      affected: [{ provider: 'aws', region: 'us-east-1' }],
    });
    // Detected is when the breaker opened: an entry says so, nobody guesses.
    expect(view.milestones).toMatchObject([
      { name: 'detected', at: instant(START + 60_000) },
      { name: 'acknowledged', at: instant(START + 120_000) },
    ]);
    const rows = (await window(d, id)).rows.map((row) => row.entryKind);
    expect(rows.slice(0, 4)).toEqual(['release-opened', 'note', 'plan-created', 'plan-started']);
    expect(rows).toEqual(expect.arrayContaining(['breaker-opened', 'declared', 'signal-linked']));
    await d.rooms.start();
    expect(d.rooms.openIncidents()).toEqual([id]);
    expect(d.rooms.openReleases()).toEqual([]);
    expect(await code(d.call['room.setPhase']({ incident: id, phase: 'identified', reason: '' }))).toBe('ok');
  });

  it('only once, and only what is a release', async () => {
    const d = desk();
    const { id } = await watchRelease(d);
    await must(into(d, id));
    expect(await code(into(d, id))).toBe('not-a-release');
    expect(await code(d.call['incidents.endRelease']({ incident: id, reason: '' }))).toBe('not-a-release');
    const other = await declare(d);
    expect(await code(into(d, other.id))).toBe('not-a-release');
    expect(await code(into(d, 'nowhere'))).toBe('no-incident');
  });

  it('without a breaker that stands open nothing is said to be detected', async () => {
    const d = desk();
    const { id } = await watchRelease(d);
    const trip = { target: 'aws/us-east-1', back: false, trip: 't1', rule: 'health', evidence };
    plan(d, id, created, ['breaker-opened', trip], ['breaker-closed', { reason: 'accepted' }]);
    await must(into(d, id));
    expect((await must(d.rooms.incident(id))).milestones.map((one) => one.name)).toEqual(['acknowledged']);
  });

  it('a trip that is noted after the breaker was closed elsewhere is what detects', async () => {
    const d = desk();
    const { id } = await watchRelease(d);
    const trip = { target: 'aws/us-east-1', back: false, trip: 't1', rule: 'health', evidence };
    plan(d, id, created, ['breaker-opened', trip], ['breaker-closed', { reason: 'accepted' }]);
    d.clock.wall += 60_000;
    plan(d, id, ['trip-noted', { target: 'aws/us-west-2', rule: 'health', n: 1, evidence }]);
    await must(into(d, id));
    expect((await must(d.rooms.incident(id))).milestones).toMatchObject([
      { name: 'detected', at: instant(START + 60_000) },
      { name: 'acknowledged' },
    ]);
  });

  it('its number is not given again, even when the index is made anew', async () => {
    const d = desk();
    const { id } = await watchRelease(d);
    await must(into(d, id));
    await d.rooms.stop();
    d.journal.close();
    const { rmSync } = await import('node:fs');
    for (const end of ['', '-wal', '-shm']) rmSync(join(d.folder, `view.db${end}`), { force: true });
    const again = desk({ folder: d.folder });
    expect((await watchRelease(again, 'next')).label).toBe('REL-0002');
  });
});

describe('documents of a release', () => {
  const options = { automatic: true, retracted: false, pinnedOnly: false, zone: '' };
  const reportsOf = (d: Desk) =>
    createReports({
      source: { incident: d.rooms.incident, rows: d.rooms.rows },
      journal: d.journal,
      host: {} as never,
      clock: d.clock,
      version: '1.0.0',
    });

  it('says what it is, and measures nothing', async () => {
    const d = desk();
    const { id } = await watchRelease(d);
    d.clock.wall += 3_600_000;
    await must(d.call['incidents.endRelease']({ incident: id, reason: 'every region runs it' }));
    const { handlers } = reportsOf(d);
    const made = await must(
      handlers['report.preview']({ incident: id, options: { ...options, format: 'md' } }),
    );
    expect(made.suggestedName).toBe('REL-0001 checkout-api 4.19.0.md');
    expect(made.text).toMatch(/^# Release REL-0001: checkout-api 4\.19\.0\n/);
    expect(made.text).toContain('| Watched for | 1\u00a0h |');
    expect(made.text).toContain('every region runs it');
    expect(made.text).not.toMatch(/Time to detect|Severity|Phase/);
  });

  it('the JSON verifies, with neither severity nor phase', async () => {
    const d = desk();
    const { id } = await watchRelease(d);
    const path = join(d.folder, 'release.json');
    await must(reportsOf(d).save(id, { ...options, format: 'json' }, path));
    const { incident } = JSON.parse(readFileSync(path, 'utf8')) as { incident: Record<string, unknown> };
    expect(incident).toMatchObject({
      mode: 'release',
      severity: 'none',
      phase: 'release',
      label: 'REL-0001',
    });
    expect(verifyFile(path)).toMatchObject({ ok: true, value: { verification: { ok: true, entries: 1 } } });
  });

  it('an incident says what it was watched as before', async () => {
    const d = desk();
    const { id } = await watchRelease(d);
    await must(
      d.call['incidents.declare']({
        title: 'Worse',
        severity: 'SEV2',
        signals: [],
        impactStarted: null,
        commander: false,
        release: id,
      }),
    );
    const made = await must(
      reportsOf(d).handlers['report.preview']({ incident: id, options: { ...options, format: 'md' } }),
    );
    expect(made.text).toMatch(/^# INC-0001: Worse\n/);
    expect(made.text).toContain('as release REL-0001, checkout-api 4.19.0, since 2026-10-20');
    expect(made.text).toContain('Time to detect');
  });
});
