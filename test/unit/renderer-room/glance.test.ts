import { describe, expect, it } from 'vitest';
import { elapsedFrom, nextDue, nowLine } from '../../../renderer/views/room/glance.ts';
import { createRoomStandIn } from '../../e2e/harness-ui/room.ts';

const told = () =>
  createRoomStandIn({
    now: () => '2026-10-20T09:14:27.000Z',
    send: () => {},
    person: 'Marta Lindqvist',
    checklist: true,
  }).incident();

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
    expect(nowLine(incident, 'Rolling back', false)).toEqual({
      glyph: 'doing',
      lead: 'Hold wave 2. No override until we know what broke eu-west-1.',
      working: [{ who: 'Priya Raman', step: 'Confirm the storm', since: '2026-10-20T09:13:48.000Z' }],
    });
    expect(nowLine({ ...incident, decisions: [] }, 'Rolling back', false).lead).toBe('Confirm the storm');
    expect(nowLine({ ...incident, decisions: [], checklists: [] }, 'Rolling back', false)).toEqual({
      glyph: 'todo',
      lead: 'Rolling back',
      working: [],
    });
    expect(nowLine(incident, 'Resolved', true)).toEqual({ glyph: 'done', lead: 'Resolved', working: [] });
  });
});

describe('next', () => {
  it('is what is due first, from actions and the board, at most three', () => {
    const due = nextDue(told(), {
      broken: { state: 'quiet', lead: '', lines: [] },
      now: { lead: '', lines: [] },
      next: [{ at: '2026-10-20T09:18:00.000Z', label: 'Azure is polled', who: '' }],
    });
    expect(due.map((one) => one.label)).toEqual(['Send update 4', 'Azure is polled', 'Cap webhook retries']);
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
