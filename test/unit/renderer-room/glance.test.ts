import { describe, expect, it } from 'vitest';
import { elapsedFrom, nextDue, nowLine, soundsAgain } from '../../../renderer/views/room/glance.ts';
import type { NotifySnapshot } from '../../../shared/contract/notify.ts';
import { planNow } from '../../../shared/rollback/now.ts';
import { planView } from '../../e2e/harness-ui/plan.ts';
import { createRoomStandIn } from '../../e2e/harness-ui/room.ts';

const told = () =>
  createRoomStandIn({
    now: () => '2026-10-20T09:14:27.000Z',
    send: () => {},
    person: 'Marta Lindqvist',
    checklist: true,
  }).incident();

const desk = (change: Partial<NotifySnapshot> = {}): NotifySnapshot => ({
  rev: 1,
  settings: { oursWorse: true, anyWorse: false, feedStale: true, oursBetter: true, sound: true },
  able: true,
  snoozedUntil: null,
  open: [
    {
      id: 'n1',
      what: 'plan-breaker',
      alarm: { incident: 'inc-142', plan: 'plan-7', key: 'breaker:plan-7:1' },
      at: '2026-10-20T09:11:52.000Z',
      text: '',
      count: 1,
      toldAt: '2026-10-20T09:11:52.000Z',
      told: 1,
    },
  ],
  sounds: 1,
  ...change,
});

describe('now', () => {
  it('is the decision in force, and who is at which step since when', () => {
    const incident = told();
    const [list] = incident.checklists;
    list!.steps[0] = {
      ...list!.steps[0]!,
      state: 'doing',
      by: 'Priya Raman',
      at: '2026-10-20T09:13:48.000Z',
    };
    const commands = { who: null, decides: true, text: 'has command', since: null, until: null };
    expect(nowLine(incident, 'Rolling back', false)).toEqual({
      glyph: 'doing',
      lead: 'Hold wave 2. No override until we know what broke eu-west-1.',
      lines: [
        commands,
        {
          who: 'Priya Raman',
          decides: false,
          text: 'is at “Confirm the storm”',
          since: '2026-10-20T09:13:48.000Z',
          until: null,
        },
      ],
      keys: 'none',
    });
    expect(nowLine({ ...incident, decisions: [] }, 'Rolling back', false).lead).toBe('Confirm the storm');
    expect(nowLine({ ...incident, decisions: [], checklists: [] }, 'Rolling back', false)).toEqual({
      glyph: 'todo',
      lead: 'Rolling back',
      lines: [commands],
      keys: 'none',
    });
    expect(nowLine(incident, 'Resolved', true)).toMatchObject({ glyph: 'done', lead: 'Resolved', lines: [] });
  });

  it('is what the plan does, above the decision; whoever decides is always named', () => {
    const plan = planNow(planView('open'))!;
    const line = nowLine(told(), 'Rolling back', false, plan);
    expect(line).toMatchObject({
      glyph: 'brk-open',
      lead: 'Plan held at wave 1. Decide on eu-west-1.',
      keys: 'breaker',
      lines: [
        { decides: true, since: '2026-10-20T09:11:52.000Z' },
        { who: 'Priya Raman', text: 'is at “Snapshot” in us-east-1' },
      ],
    });
    expect(nowLine(told(), 'Resolved', true, plan).lead).toBe('Resolved');
    // A plan that is only made does not push aside what was decided.
    const draft = planNow(planView('draft'))!;
    expect(nowLine(told(), 'Rolling back', false, draft).lead).toMatch(/^Hold wave 2/);
    expect(nowLine({ ...told(), decisions: [], checklists: [] }, 'Rolling back', false, draft).lead).toBe(
      'Plan made; preflight asks for 3 decisions.',
    );
  });
});

describe('next', () => {
  const board = {
    broken: { state: 'quiet' as const, lead: '', lines: [] },
    now: { lead: '', lines: [] },
    next: [{ at: '2026-10-20T09:18:00.000Z', label: 'Azure is polled', who: '' }],
  };

  it('is what is due first, from actions and the board, at most three', () => {
    const due = nextDue(told(), board);
    expect(due.map((one) => one.label)).toEqual(['Send update 4', 'Azure is polled', 'Cap webhook retries']);
  });

  it('takes in what the plans wait for; what has no time stands first', () => {
    const cool = nextDue({ ...told(), actions: [] }, board, [planNow(planView('open'))!]);
    expect(cool.map((one) => [one.label, one.at])).toEqual([
      ['Azure is polled', '2026-10-20T09:18:00.000Z'],
      ['Breaker may close', '2026-10-20T09:21:52.000Z'],
    ]);
    const silent = nextDue(told(), board, [planNow(planView('silent'))!]);
    expect(silent).toHaveLength(3);
    expect(silent[0]).toEqual({ at: null, label: 'eu-west-1 is heard', who: 'then 5\u00a0min anew' });
  });

  it('says when an alarm of this room sounds again, and not before the silence ends', () => {
    expect(soundsAgain('inc-142', desk())).toEqual([
      { at: '2026-10-20T09:16:52.000Z', label: 'Sounds again', who: '' },
    ]);
    expect(soundsAgain('inc-142', desk({ snoozedUntil: '2026-10-20T09:24:00.000Z' }))[0]?.at).toBe(
      '2026-10-20T09:24:00.000Z',
    );
    expect(soundsAgain('inc-143', desk())).toEqual([]);
    expect(soundsAgain('inc-142', desk({ settings: { ...desk().settings, sound: false } }))).toEqual([]);
    expect(soundsAgain('inc-142', null)).toEqual([]);
  });
});

describe('the elapsed clock', () => {
  it('counts since impact, else since declared, and stops when closed', () => {
    const incident = told();
    expect(elapsedFrom(incident, false)).toEqual({
      kind: 'impact',
      from: '2026-10-20T07:48:20.000Z',
      to: null,
    });
    expect(elapsedFrom({ ...incident, impactStartedAt: null }, false).kind).toBe('declared');
    expect(elapsedFrom({ ...incident, closedAt: '2026-10-20T11:20:00.000Z' }, true)).toEqual({
      kind: 'closed',
      from: '2026-10-20T07:48:20.000Z',
      to: '2026-10-20T11:20:00.000Z',
    });
  });
});
