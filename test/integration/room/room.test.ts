import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { calls, type Payload } from '../../../shared/contract/index.ts';
import type { Override } from '../../../shared/contract/watch.ts';
import { code, declare, desk, instant, must, START, signal, window } from './helpers.ts';

const ago = (minutes: number) => ({
  at: instant(START - minutes * 60_000),
  precision: 'minute' as const,
  typed: `-${minutes}m`,
});

describe('declaring', () => {
  it('writes everything in one append and counts labels', async () => {
    const d = desk({
      signals: [signal(), signal({ id: 's2', region: 'eu-west-1', regions: ['eu-west-1'], to: 'degraded' })],
    });
    const { id, label, entry } = await declare(d, { signals: ['s1', 's2'], impactStarted: ago(24) });
    expect(label).toBe('INC-0001');
    expect([...d.journal.iterate(id)].map((e) => e.kind)).toEqual([
      'declared',
      'milestone-set',
      'role-assigned',
      'signal-linked',
      'signal-linked',
    ]);
    const { incident, rev } = await must(d.call['room.open']({ incident: id }));
    expect(calls['room.open'].output.safeParse({ incident, rev }).error).toBeUndefined();
    expect(incident).toMatchObject({
      label: 'INC-0001',
      severity: 'SEV1',
      phase: 'investigating',
      commander: 'Marta Lindqvist',
      impactStartedAt: instant(START - 24 * 60_000),
      entries: 5,
      affected: [
        { provider: 'aws', region: 'us-east-1', state: 'major-outage', services: ['dynamodb'] },
        { provider: 'aws', region: 'eu-west-1', state: 'degraded' },
      ],
    });
    expect(incident.milestones.map((m) => m.name)).toEqual(['detected', 'acknowledged', 'impact-started']);
    expect(d.journal.entry(entry)?.kind).toBe('declared');
    const evidence = [...d.journal.iterate(id)][3];
    expect(evidence?.key).toBe('signal:aws/us-east-1/dynamodb:arn:1:major-outage');
    expect(JSON.parse(evidence!.body).signal).toMatchObject({ excerpt: '{"status": 3}', feed: 'aws' });
    expect((await declare(d)).label).toBe('INC-0002');
  });

  it('never guesses impact, refuses the future and signals nobody knows', async () => {
    const d = desk({ signals: [signal()] });
    const { id } = await declare(d, { signals: ['s1'] });
    const view = await must(d.rooms.incident(id));
    expect(view.impactStartedAt).toBeNull();
    const base = {
      title: 'x',
      severity: 'SEV2' as const,
      signals: [] as string[],
      impactStarted: null,
      commander: false,
    };
    expect(await code(d.call['incidents.declare']({ ...base, signals: ['gone'] }))).toBe('no-signals');
    expect(await code(d.call['incidents.declare']({ ...base, impactStarted: ago(-5) }))).toBe('future-time');
    expect(await code(d.call['incidents.declare']({ ...base, title: '  ' }))).toBe('empty-text');
  });

  it('lists incidents newest first, from the kept lines after a restart', async () => {
    const d = desk();
    const one = await declare(d);
    d.clock.wall += 1000;
    const two = await declare(d, { title: 'Second' });
    await d.rooms.stop();
    d.journal.close();
    const again = desk({ folder: d.folder });
    const { incidents } = await must(again.call['incidents.list']({}));
    expect(incidents.map((i) => i.id)).toEqual([two.id, one.id]);
    await again.rooms.start();
    expect(again.rooms.openIncidents()).toHaveLength(2);
  });
});

describe('the timeline of a room', () => {
  it('logs, answers, finishes; each is a row with words, in the order of when it happened', async () => {
    const d = desk();
    const { id: incident } = await declare(d);
    const log = (kind: 'note' | 'decision' | 'fact' | 'question' | 'action', text: string, more = {}) =>
      must(d.call['room.log']({ incident, kind, text, occurred: null, ...more }));
    d.clock.wall += 60_000;
    await log('note', 'Peaked at 71 %', { occurred: ago(10) });
    await log('decision', 'Hold wave 2.');
    await log('fact', 'No DNS record.', { factState: 'confirmed' });
    const question = await log('question', 'Who can pass gate 2?');
    await must(d.call['room.answer']({ incident, question: question.entry, text: 'You.', occurred: null }));
    const action = await log('action', 'Cap retries', { owner: 'Priya', due: instant(START + 600_000) });
    await must(d.call['room.finishAction']({ incident, action: action.entry, done: true }));
    const read = await window(d, incident);
    expect(read.rows.map((r) => `${r.lead}: ${r.text}`)).toEqual([
      'Note: Peaked at 71 %',
      'Declared SEV1: Checkout fails',
      'Role: Incident commander: Marta Lindqvist.',
      'Decision: Hold wave 2.',
      'Fact: No DNS record.',
      'Question: Who can pass gate 2?',
      'Answer: “Who can pass gate 2?” You.',
      'Action: Cap retries Priya, due 08:22Z',
      'Action done: Cap retries',
    ]);
    expect(read.rows[0]).toMatchObject({ precision: 'minute', by: 'Marta Lindqvist', automatic: false });
    expect(read.counts).toMatchObject({ all: 9, notes: 3, decisions: 1, facts: 1, actions: 2, steps: 0 });
    expect(calls['timeline.window'].output.parse(read)).toEqual(read);
    expect(await must(d.rooms.incident(incident))).toMatchObject({
      openActions: 0,
      questions: [],
      totalActions: 1,
    });
    const late = d.call['room.answer']({ incident, question: 'nowhere', text: 'x', occurred: null });
    expect(await code(late)).toBe('no-question');
  });

  it('refuses what happened in the future and takes what is due there', async () => {
    const d = desk();
    const { id: incident } = await declare(d);
    const ask = (kind: 'note' | 'action', occurred: ReturnType<typeof ago> | null) =>
      code(d.call['room.log']({ incident, kind, text: 'x', occurred, due: instant(START + 9e6) }));
    expect(await ask('note', ago(-3))).toBe('future-time');
    expect(await ask('action', null)).toBe('ok');
  });

  it('amends with the original kept, pins, retracts with a reason', async () => {
    const d = desk();
    const { id: incident } = await declare(d);
    const { entry } = await must(
      d.call['room.log']({ incident, kind: 'note', text: 'Peaked at 71 %', occurred: null }),
    );
    await must(
      d.call['room.amend']({
        incident,
        entry,
        text: 'Peaked at 61 %',
        reason: 'That was retries',
        occurred: ago(20),
      }),
    );
    await must(d.call['room.pin']({ incident, entry, pinned: true }));
    let [row] = (await window(d, incident)).rows;
    expect(row).toMatchObject({
      id: entry,
      text: 'Peaked at 61 %',
      was: 'Peaked at 71 %',
      versions: 2,
      pinned: true,
      occurredAt: ago(20).at,
      precision: 'minute',
      amendReason: 'That was retries',
    });
    const retract = (reason: string) => d.call['room.retract']({ incident, entry, reason });
    expect(await code(retract(' '))).toBe('reason-needed');
    expect(await code(retract('Wrong room'))).toBe('ok');
    expect(await code(retract('Again'))).toBe('already-retracted');
    const shown = await window(d, incident);
    expect(shown).toMatchObject({ total: 2, hidden: 1 });
    const filter = { only: 'pinned', find: '', retracted: true } as const;
    [row] = (await window(d, incident, { filter })).rows;
    expect(row).toMatchObject({ retracted: true, retractReason: 'Wrong room' });
    const { versions } = await must(d.call['timeline.history']({ incident, entry }));
    expect(versions.map((v) => v.what)).toEqual(['written', 'amended', 'pinned', 'retracted']);
  });

  it('names the way where a line cannot be retracted or amended', async () => {
    const d = desk({ signals: [signal()] });
    const { id: incident, entry: declared } = await declare(d, { signals: ['s1'] });
    const phase = await must(d.call['room.setPhase']({ incident, phase: 'identified', reason: '' }));
    const refused = await d.call['room.retract']({ incident, entry: phase.entry, reason: 'x' });
    expect(refused).toMatchObject({
      error: { code: 'not-retractable', message: expect.stringContaining('(P)') },
    });
    const plan = d.journal.append([
      { incident, kind: 'wave-started', actor: 'a', body: { plan: 'p' } },
      { incident, kind: 'step-done', actor: 'a', body: { plan: 'p', step: 1, by: 'A' } },
    ]);
    if (!plan.ok) throw new Error(plan.error.message);
    for (const { id: entry } of plan.value) {
      const no = await d.call['room.retract']({ incident, entry, reason: 'x' });
      expect(no).toMatchObject({
        error: { code: 'not-retractable', message: expect.stringContaining('plan') },
      });
    }
    const step = plan.value[1]!.id;
    expect(
      await code(d.call['room.amend']({ incident, entry: step, text: 'x', reason: '', occurred: ago(3) })),
    ).toBe('words-only');
    expect(await code(d.call['room.amend']({ incident, entry: step, text: 'x', reason: '' }))).toBe('ok');
    const auto = (await window(d, incident)).rows.find((r) => r.kind === 'signal')!;
    expect(await code(d.call['room.amend']({ incident, entry: auto.id, text: 'x', reason: '' }))).toBe(
      'not-amendable',
    );
    await must(d.call['room.amend']({ incident, entry: declared, text: 'Sign-in fails too', reason: '' }));
    expect((await must(d.rooms.incident(incident))).title).toBe('Sign-in fails too');
    expect(await code(d.call['room.pin']({ incident, entry: 'nowhere', pinned: true }))).toBe('no-entry');
    expect(await code(d.call['room.open']({ incident: 'nowhere' }))).toBe('no-incident');
  });

  it('erases a secret with all its versions, from the journal, the index and every file beside it', async () => {
    const d = desk();
    const { id: incident } = await declare(d);
    const { entry } = await must(
      d.call['room.log']({ incident, kind: 'fact', text: 'token hunter2secret', occurred: null }),
    );
    await must(d.call['room.amend']({ incident, entry, text: 'the token was hunter2secret', reason: '' }));
    await must(d.call['room.erase']({ incident, entry, reason: 'a token' }));
    const row = (await window(d, incident)).rows.find((r) => r.id === entry);
    expect(row).toMatchObject({
      kind: 'erased',
      erased: true,
      text: 'Erased by Marta Lindqvist: a token.',
      was: null,
    });
    expect((await must(d.rooms.incident(incident))).facts).toEqual([]);
    const find = { only: 'all', find: 'hunter2secret', retracted: true } as const;
    expect((await window(d, incident, { filter: find })).total).toBe(0);
    expect(await code(d.call['room.erase']({ incident, entry, reason: 'again' }))).toBe('already-erased');
    await d.rooms.stop();
    for (const file of readdirSync(d.folder, { withFileTypes: true })) {
      if (!file.isFile() || !file.name.startsWith('view.db')) continue;
      expect(readFileSync(join(d.folder, file.name)).includes('hunter2secret'), file.name).toBe(false);
    }
  });
});

describe('command', () => {
  it('a SEV1 with unknown integrity is not resolved unless a reason is given; then closing and reopening', async () => {
    const d = desk();
    const { id: incident } = await declare(d);
    const phase = (to: 'resolved' | 'reviewed' | 'investigating', override?: string) =>
      d.call['room.setPhase']({
        incident,
        phase: to,
        reason: '',
        ...(override === undefined ? {} : { override }),
      });
    expect(await code(phase('resolved'))).toBe('integrity-unknown');
    expect(await code(phase('reviewed'))).toBe('integrity-unknown');
    expect(await code(phase('resolved', ' '))).toBe('integrity-unknown');
    await must(
      d.call['room.setIntegrity']({ incident, state: 'none-compromised', basis: 'Checked receipts' }),
    );
    expect(await code(phase('resolved'))).toBe('ok');
    expect((await must(d.rooms.incident(incident))).closedAt).not.toBeNull();
    expect(await code(phase('resolved'))).toBe('no-change');
    expect(await code(phase('investigating'))).toBe('ok');
    expect((await must(d.rooms.incident(incident))).closedAt).toBeNull();
    const other = await declare(d);
    const forced = {
      incident: other.id,
      phase: 'resolved',
      reason: '',
      override: 'Audit runs until noon',
    } as const;
    await must(d.call['room.setPhase'](forced));
    const row = (await window(d, other.id)).rows.at(-1);
    expect(row?.text).toContain('overridden: Audit runs until noon');
    const small = await declare(d, { severity: 'SEV3' });
    expect(await code(d.call['room.setPhase']({ incident: small.id, phase: 'resolved', reason: '' }))).toBe(
      'ok',
    );
  });

  it('milestones, roles, severity, impact', async () => {
    const d = desk();
    const { id: incident } = await declare(d);
    const set = (minutes: number) =>
      d.call['room.setMilestone']({ incident, name: 'impact-started', occurred: ago(minutes) });
    expect(await code(set(-1))).toBe('future-time');
    await must(set(10));
    await must(set(24));
    await must(d.call['room.assignRole']({ incident, role: 'Scribe', name: 'Ana' }));
    await must(d.call['room.assignRole']({ incident, role: 'Scribe', name: null }));
    await must(d.call['room.setSeverity']({ incident, severity: 'SEV2', reason: 'Only one region' }));
    expect(await code(d.call['room.setSeverity']({ incident, severity: 'SEV2', reason: '' }))).toBe(
      'no-change',
    );
    await must(d.call['room.setImpact']({ incident, text: '38 % of checkouts fail' }));
    const view = await must(d.rooms.incident(incident));
    expect(view).toMatchObject({
      impactStartedAt: ago(24).at,
      severity: 'SEV2',
      impact: '38 % of checkouts fail',
    });
    expect(view.milestones.find((m) => m.name === 'impact-started')).toMatchObject({
      values: 2,
      precision: 'minute',
    });
    expect(view.roles.find((r) => r.role === 'Scribe')?.name).toBeNull();
  });
});

describe('events', () => {
  it('every change of an open room is told once, with revisions without a gap', async () => {
    const d = desk();
    const { id: incident } = await declare(d);
    const { rev } = await must(d.call['room.open']({ incident }));
    const revs: number[] = [];
    for (let i = 0; i < 5; i++) {
      revs.push(
        (await must(d.call['room.log']({ incident, kind: 'note', text: `n${i}`, occurred: null }))).rev,
      );
    }
    const changed = d.told.filter((t) => t.name === 'room.changed').map((t) => t.payload.rev);
    expect(changed).toEqual([1, 2, 3, 4, 5].map((n) => rev + n));
    expect(revs).toEqual(changed);
    const lists = () =>
      d.told.flatMap((t) =>
        t.name === 'incidents.changed' ? [t.payload as Payload<'incidents.changed'>] : [],
      );
    const { entries } = (await must(d.call['room.open']({ incident }))).incident;
    // The list is told a little later, once for a burst: in the end with every entry.
    await expect
      .poll(
        () =>
          lists()
            .at(-1)
            ?.incidents.find((one) => one.id === incident)?.entries,
        { timeout: 60_000 },
      )
      .toBe(entries);
    expect(lists().map((one) => one.rev)).toEqual(lists().map((_, i) => i + 2));
    expect((await must(d.call['incidents.list']({}))).rev).toBe(lists().at(-1)?.rev);
  });

  it('another process writes: the window is told, and both show the same', async () => {
    const d = desk({ watch: true });
    const { id: incident } = await declare(d);
    await must(d.call['room.open']({ incident }));
    const cli = desk({ folder: d.folder, at: START + 1000 });
    await must(cli.call['room.log']({ incident, kind: 'decision', text: 'From the shell', occurred: null }));
    await expect
      .poll(() => d.told.filter((t) => t.name === 'room.changed').length, { timeout: 60_000 })
      .toBe(1);
    const here = await window(d, incident);
    expect(here.rows.at(-1)?.text).toBe('From the shell');
    const there = await window(cli, incident);
    expect(there.rows).toEqual(here.rows);
    expect((await declare(cli)).label).toBe('INC-0002');
    expect((await declare(d)).label).toBe('INC-0003');
  });
});

it('command from one to another: locks are asked about, end unless kept, and the entry says which were kept', async () => {
  const lock = (id: string, service: string): Override => ({
    id,
    provider: 'aws',
    region: 'us-east-1',
    service,
    state: 'operational',
    mode: 'locked',
    reason: 'moved away',
    by: 'Marta Lindqvist',
    at: '2026-10-20T08:00:00.000Z',
    until: '2026-10-20T10:00:00.000Z',
    sources: 'major-outage',
  });
  const ended: { incident: string; ends: string[]; by: string }[] = [];
  let locks = [lock('l1', 'dynamodb'), lock('l2', 'sqs')];
  const d = desk({
    locks: {
      locksOf: () => locks,
      handedOver: (incident, ends, by) => {
        ended.push({ incident, ends: [...ends], by });
        locks = locks.filter((one) => !ends.has(one.id));
      },
    },
  });
  const { id: incident } = await declare(d, { commander: true });
  const role = 'Incident commander';
  const roles = async () =>
    (await window(d, incident)).rows
      .filter((row) => row.entryKind === 'role-assigned')
      .map((row) => row.text);
  expect(await must(d.call['room.locks']({ incident }))).toEqual({ locks });
  // Other roles, the same person again, and nobody are no handoff.
  await must(d.call['room.assignRole']({ incident, role: 'Scribe', name: 'Ana' }));
  await must(d.call['room.assignRole']({ incident, role, name: 'Marta Lindqvist' }));
  d.who = { id: 'priya', name: 'Priya Raman' };
  const before = (await roles()).length;
  const refused = await d.call['room.assignRole']({ incident, role, name: 'Priya Raman' });
  expect(refused).toMatchObject({
    ok: false,
    error: { code: 'locks-asked', message: '2 locks end with this handoff. Keep them?' },
  });
  const half = [{ id: 'l1', keep: true }];
  expect(await code(d.call['room.assignRole']({ incident, role, name: 'Priya Raman', locks: half }))).toBe(
    'locks-asked',
  );
  expect(await roles()).toHaveLength(before);
  expect(ended).toEqual([]);
  await must(
    d.call['room.assignRole']({
      incident,
      role,
      name: 'Priya Raman',
      locks: [...half, { id: 'l2', keep: false }],
    }),
  );
  expect(ended).toEqual([{ incident, ends: ['l2'], by: 'Priya Raman' }]);
  expect((await roles()).at(-1)).toBe(
    'Incident commander: Priya Raman, from Marta Lindqvist. Kept 1 lock: aws us-east-1 dynamodb.',
  );
  // Without locks nothing is asked.
  locks = [];
  await must(d.call['room.assignRole']({ incident, role, name: 'Kenji Mori' }));
  expect((await roles()).at(-1)).toBe('Incident commander: Kenji Mori, from Priya Raman.');
});
