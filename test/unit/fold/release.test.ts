import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { incidentLine } from '../../../shared/contract/room.ts';
import { fold, inStateOrder, toLine, toView } from '../../../shared/journal/fold.ts';
import { rowOf } from '../../../shared/journal/timeline.ts';
import { overviewOf } from '../../../shared/journal/timeline-overview.ts';
import type { FoldEntry } from '../../../shared/journal/types.ts';
import { at, declared, entry, hlc, signal } from './entries.ts';

const opened = (change: Partial<FoldEntry> = {}, label = 'REL-0001', title = 'checkout-api 4.19.0') =>
  entry('release-opened', { label, title, by: 'Marta' }, change);
const ended = (change: Partial<FoldEntry> = {}, reason = 'All regions run it') =>
  entry('release-ended', { reason, by: 'Marta' }, change);
const reopened = (change: Partial<FoldEntry> = {}) =>
  entry('release-reopened', { reason: 'not over', by: 'Marta' }, change);
const line = (...entries: FoldEntry[]) => toLine(fold('inc', entries));

describe('a release', () => {
  it('is no incident: its own label, no phases, the time it was opened', () => {
    const one = opened();
    const view = toView(fold('inc', [one, entry('note', { text: 'canary first', by: 'Marta' })]));
    expect(view).toMatchObject({
      mode: 'release',
      label: 'REL-0001',
      title: 'checkout-api 4.19.0',
      declaredAt: one.occurredAt,
      closedAt: null,
      phases: [],
      milestones: [],
      release: { label: 'REL-0001', openedAt: one.occurredAt, endedAt: null, endReason: '' },
    });
  });

  it('ends once, by the first end', () => {
    const end = ended();
    const view = line(opened(), end, ended({}, 'again'));
    expect(view).toMatchObject({ mode: 'release', closedAt: end.occurredAt });
    expect(view.release).toMatchObject({ endedAt: end.occurredAt, endReason: 'All regions run it' });
  });

  it('is watched again after an end that was none, and can end again', () => {
    const again = [opened(), ended(), reopened()];
    expect(line(...again)).toMatchObject({ closedAt: null, release: { endedAt: null, endReason: '' } });
    const last = ended({}, 'now it is over');
    expect(line(...again, last)).toMatchObject({ closedAt: last.occurredAt });
    expect(line(opened(), reopened()).closedAt).toBeNull();
    expect(line(...again, declared()).closedAt).toBeNull();
  });

  it('becomes an incident in the same journal, and what was before stays', () => {
    const one = opened();
    const plan = entry('plan-created', {
      plan: 'p1',
      by: 'Marta',
      definition: { kind: 'phased-deployment', title: 'Deploy 4.19.0' },
    });
    const start = entry('plan-started', { plan: 'p1', by: 'Marta' });
    const now = declared();
    const view = toView(fold('inc', [one, plan, start, now, signal('us-east-1', 'degraded')]));
    expect(view).toMatchObject({
      mode: 'real',
      label: 'INC-0001',
      title: 'Checkout fails',
      severity: 'SEV1',
      phase: 'investigating',
      declaredAt: now.occurredAt,
      closedAt: null,
      release: { label: 'REL-0001', title: 'checkout-api 4.19.0', openedAt: one.occurredAt },
    });
    expect(view.phases).toEqual([{ phase: 'investigating', at: now.occurredAt }]);
    expect(view.plans).toMatchObject([{ id: 'p1', state: 'running' }]);
    expect(view.affected).toHaveLength(1);
  });

  it('ended on one machine and declared on the other: the incident stands open', () => {
    for (const order of [
      [opened(), ended(), declared()],
      [opened(), declared(), ended()],
    ])
      expect(line(...order)).toMatchObject({ mode: 'real', phase: 'investigating', closedAt: null });
    const resolved = entry('phase-changed', { from: 'investigating', to: 'resolved', by: 'A' });
    expect(line(opened(), declared(), resolved, ended()).closedAt).toBe(resolved.occurredAt);
  });

  it('declared before its opening in the order of state is the incident all the same', () => {
    const first = declared();
    const view = line(first, opened());
    expect(view).toMatchObject({
      mode: 'real',
      label: 'INC-0001',
      title: 'Checkout fails',
      declaredAt: first.occurredAt,
      release: { label: 'REL-0001' },
    });
  });

  it('an end before its opening closes it; a phase that strayed in does neither open nor close it', () => {
    const end = ended();
    expect(line(end, opened())).toMatchObject({ mode: 'release', closedAt: end.occurredAt });
    const stray = entry('phase-changed', { from: 'investigating', to: 'resolved', by: 'A' });
    expect(line(opened(), stray).closedAt).toBeNull();
    const back = entry('phase-changed', { from: 'resolved', to: 'investigating', by: 'A' });
    const over = ended();
    expect(line(opened(), over, back).closedAt).toBe(over.occurredAt);
  });

  it('two openings and two declarations: the first of each counts', () => {
    const view = line(opened(), opened({}, 'REL-0002', 'other'), declared(), {
      ...declared(),
      body: { label: 'INC-0002', title: 'Other', severity: 'SEV4', by: 'B' },
    });
    expect(view).toMatchObject({ label: 'INC-0001', severity: 'SEV1', release: { label: 'REL-0001' } });
  });

  it('amending its opening corrects the title as long as it is no incident', () => {
    const one = opened();
    const amend = entry('entry-amended', { entry: one.id, text: 'checkout-api 4.19.1', reason: '', by: 'B' });
    expect(line(one, amend)).toMatchObject({ title: 'checkout-api 4.19.1' });
    expect(line(one, declared(), amend)).toMatchObject({
      title: 'Checkout fails',
      release: { title: 'checkout-api 4.19.1' },
    });
    const end = ended();
    const words = entry('entry-amended', { entry: end.id, text: 'Stopped at half', reason: '', by: 'B' });
    expect(line(one, end, words).release?.endReason).toBe('Stopped at half');
  });

  it('has words in the timeline, and the declaration says what it was', () => {
    const now = entry('declared', {
      label: 'INC-0001',
      title: 'Checkout fails',
      severity: 'SEV2',
      release: 'REL-0001',
      by: 'Marta',
    });
    const words = [opened(), ended(), ended({}, ''), now].map((one) => rowOf(one, []));
    expect(words.map((row) => `${row?.kind} | ${row?.lead} | ${row?.text}`)).toEqual([
      'release | Release REL-0001 watched | checkout-api 4.19.0',
      'release | Release ended | All regions run it.',
      'release | Release ended | It is not watched any more.',
      'declared | Declared SEV2, was REL-0001 | Checkout fails',
    ]);
  });

  it('the overview begins when it was opened, and ends where it did', () => {
    const one = opened();
    const end = ended();
    const marks = [{ lane: 'notes' as const, minute: Math.floor(Date.parse(at(600)) / 60_000), n: 1 }];
    const open = overviewOf(fold('inc', [one]), marks, at(3600));
    expect([open.from, open.to]).toEqual([one.occurredAt, at(3600)]);
    const over = overviewOf(fold('inc', [one, end]), [], at(3600));
    expect(over.to).toBe(end.occurredAt);
  });
});

// Openings, ends, declarations and phases of three machines at any place in the order of state.
const story = fc
  .array(
    fc.record({
      what: fc.constantFrom('opened', 'ended', 'ended', 'again', 'declared', 'phase', 'note'),
      ms: fc.nat({ max: 20 }),
      device: fc.constantFrom('a', 'b', 'c'),
      pick: fc.nat({ max: 3 }),
    }),
    { maxLength: 14 },
  )
  .map((rows) =>
    rows.map((row, i): FoldEntry => {
      const place = { device: row.device, seq: i + 1, hlc: hlc(row.ms, i), occurredAt: at(row.ms) };
      const phases = ['identified', 'resolved', 'investigating', 'declined'];
      if (row.what === 'opened') return opened(place, `REL-000${row.pick}`, `release ${row.pick}`);
      if (row.what === 'ended') return ended(place, `reason ${row.pick}`);
      if (row.what === 'again') return reopened(place);
      if (row.what === 'declared') return declared(place);
      if (row.what === 'note') return entry('note', { text: 'x', by: 'A' }, place);
      return entry('phase-changed', { from: 'identified', to: phases[row.pick], by: 'A' }, place);
    }),
  );

describe('for every story of openings, ends and declarations', () => {
  it('any order of arrival gives the same, and mode, label and end agree', () => {
    let seen = 0;
    fc.assert(
      fc.property(
        story.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          const incident = fold('inc', all);
          expect(fold('inc', shuffled)).toEqual(incident);
          const shown = toLine(incident);
          expect(incidentLine.parse(shown)).toEqual(shown);
          const has = (kind: string) => all.some((one) => one.kind === kind);
          const release = has('release-opened') && !has('declared');
          expect(shown.mode).toBe(release ? 'release' : 'real');
          expect(shown.label.slice(0, 3)).toBe(release ? 'REL' : has('declared') ? 'INC' : '');
          expect(shown.release !== undefined).toBe(has('release-opened'));
          const sorted = inStateOrder(all);
          if (release) {
            seen += 1;
            // The first end since it was last watched again.
            const again = sorted.findLastIndex((one) => one.kind === 'release-reopened');
            const end = sorted.slice(again + 1).find((one) => one.kind === 'release-ended');
            expect(shown.closedAt).toBe(end?.occurredAt ?? null);
          } else if (has('release-opened')) {
            const last = sorted.findLast((one) => one.kind === 'phase-changed')?.body?.['to'];
            expect(shown.closedAt !== null).toBe(last === 'resolved' || last === 'declined');
          }
        },
      ),
      { numRuns: 500 },
    );
    expect(seen).toBeGreaterThan(20);
  });
});
