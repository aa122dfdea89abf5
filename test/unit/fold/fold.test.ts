import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { incidentLine, incident as incidentSchema } from '../../../shared/contract/room.ts';
import { apply, emptyIncident, fold, inStateOrder, toLine, toView } from '../../../shared/journal/fold.ts';
import { kindOf, kindVersion, readEntry } from '../../../shared/journal/kinds/index.ts';
import type { FoldEntry } from '../../../shared/journal/types.ts';
import { at, declared, entry, journal, signal } from './entries.ts';

const folded = (...entries: FoldEntry[]) => toView(fold('inc', entries));

describe('the fold', () => {
  it('any order of arrival gives the same incident', () => {
    fc.assert(
      fc.property(
        journal.chain((entries) =>
          fc.tuple(fc.constant(entries), fc.shuffledSubarray(entries, { minLength: entries.length })),
        ),
        ([entries, shuffled]) => {
          expect(fold('inc', shuffled)).toEqual(fold('inc', entries));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('never throws, counts every entry, and its view is always what the contract says', () => {
    fc.assert(
      fc.property(journal, (entries) => {
        const incident = fold('inc', entries);
        expect(incident.entries).toBe(entries.length);
        const view = toView(incident);
        expect(incidentSchema.parse(view)).toEqual(view);
        expect(incidentLine.parse(toLine(incident))).toEqual(toLine(incident));
      }),
      { numRuns: 200 },
    );
  });

  it('survives a checkpoint at any place: what is stored as JSON goes on as if nothing had been', () => {
    fc.assert(
      fc.property(journal, fc.nat({ max: 40 }), (entries, stop) => {
        const sorted = inStateOrder(entries);
        let incident = emptyIncident('inc');
        sorted.forEach((e, i) => {
          if (i === stop) incident = JSON.parse(JSON.stringify(incident));
          apply(incident, e);
        });
        expect(incident).toEqual(fold('inc', entries));
      }),
      { numRuns: 200 },
    );
  });

  it('an amendment that stands before its target in the order of state still counts', () => {
    const target = entry(
      'fact',
      { text: 'wrong', state: 'confirmed', by: 'A' },
      { hlc: 'f'.repeat(16), device: 'z' },
    );
    const amend = entry('entry-amended', { entry: target.id, text: 'right', reason: '', by: 'B' });
    expect(folded(declared(), amend, target).facts[0]?.text).toBe('right');
    const retract = entry('entry-retracted', { entry: target.id, reason: 'no', by: 'B' });
    expect(folded(declared(), retract, target).facts).toEqual([]);
  });

  it('keeps and counts what it does not know: kinds, versions, bodies that are not as their kind says', () => {
    const view = folded(
      declared(),
      entry('wave-started', { plan: 'p' }),
      entry('note', { text: 'x' }, { v: 99 }),
      entry('note', { text: 7 }),
      entry('constructor', {}),
      entry('__proto__', {}),
    );
    expect(view.unknownEntries).toBe(5);
    expect(view.entries).toBe(6);
  });

  it('a withheld body is neither applied nor called unknown', () => {
    const view = folded(declared(), entry('decision', null));
    expect(view.unknownEntries).toBe(0);
    expect(view.decisions).toEqual([]);
  });

  it('what one entry erases counts on no machine, whether its body is already gone or not', () => {
    const secret = entry('fact', { text: 'hunter2', state: 'confirmed', by: 'A' });
    const erase = entry('erased', { entry: secret.id, reason: 'password', by: 'B' });
    const start = declared();
    const here = fold('inc', [start, secret, erase]);
    expect(here).toEqual(fold('inc', [start, { ...secret, body: null }, erase]));
    expect(JSON.stringify(here)).not.toContain('hunter2');
  });

  it('no list grows without bound', () => {
    const many = Array.from({ length: 600 }, (_, i) => [
      entry('decision', { text: `d${i}`, by: 'A' }),
      entry('fact', { text: `f${i}`, state: 'confirmed', by: 'A' }),
      entry('question', { text: `q${i}`, by: 'A' }),
      entry('action-opened', { text: `a${i}`, by: 'A' }),
      entry('role-assigned', { role: `r${i}`, name: 'X', by: 'A' }),
      entry('phase-changed', { from: 'identified', to: 'monitoring', by: 'A' }),
      entry('milestone-set', { name: 'detected', by: 'A' }),
      entry('not-watched', { from: at(i), to: at(i + 1) }),
      entry('entry-amended', { entry: `nowhere${i}`, text: 'x', by: 'A' }),
      signal(`region-${i}`, 'degraded', { key: `k${i}` }, { services: [`s${i}`] }),
      signal('one', i % 2 ? 'degraded' : 'operational', { key: `o${i}` }, { service: `s${i}` }),
    ]).flat();
    const incident = fold('inc', [declared(), ...many]);
    const view = toView(incident);
    expect(incidentSchema.safeParse(view).success).toBe(true);
    expect(view.totalActions).toBe(600);
    expect(view.openActions).toBe(600);
    expect(view.milestones.find((m) => m.name === 'detected')?.values).toBe(600);
    expect(JSON.stringify(incident).length).toBeLessThan(400_000);
  });
});

describe('what entries mean', () => {
  let start: FoldEntry;
  beforeEach(() => {
    start = declared();
  });

  it('confirmations of a key change nothing: an old signal told again does not bring the trouble back', () => {
    const bad = signal('us-east-1', 'degraded');
    const good = signal('us-east-1', 'operational');
    const again = signal('us-east-1', 'degraded', { device: 'dev-b' });
    const view = folded(start, bad, good, again);
    expect(view.affected).toMatchObject([{ provider: 'aws', region: 'us-east-1', state: 'operational' }]);
    expect(view.counts['signal-linked']).toBe(2);
  });

  it('a region is as bad as its worst service, and a person may say otherwise', () => {
    const a = signal('us-east-1', 'degraded', { key: 'a' });
    const b = signal('us-east-1', 'major-outage', { key: 'b' }, { service: 'lambda' });
    expect(folded(start, a, b).affected[0]).toMatchObject({
      state: 'major-outage',
      services: ['dynamodb', 'lambda'],
    });
    const by = { provider: 'aws', region: 'us-east-1', state: 'partial-outage', services: [], by: 'Marta' };
    const manual = entry('affected-changed', by);
    expect(folded(start, a, b, manual).affected[0]).toMatchObject({ state: 'partial-outage' });
    const back = entry('entry-retracted', { entry: manual.id, reason: 'no', by: 'Marta' });
    expect(folded(start, a, b, manual, back).affected[0]).toMatchObject({ state: 'major-outage' });
  });

  it('impact started is never filled in', () => {
    const view = folded(start, signal('us-east-1', 'major-outage'));
    expect(view.impactStartedAt).toBeNull();
    expect(view.milestones).toEqual([]);
  });

  it('a milestone keeps every value; the last counts, and a retracted one gives way to the one before', () => {
    const one = entry('milestone-set', { name: 'impact-started', by: 'A' }, { occurredAt: at(-60) });
    const two = entry(
      'milestone-set',
      { name: 'impact-started', by: 'B', when: { precision: 'minute', typed: '07:45' } },
      { occurredAt: at(-200) },
    );
    expect(folded(start, one, two)).toMatchObject({
      impactStartedAt: at(-200),
      milestones: [{ name: 'impact-started', values: 2, precision: 'minute', by: 'B' }],
    });
    const back = entry('entry-retracted', { entry: two.id, reason: 'no', by: 'A' });
    expect(folded(start, one, two, back).impactStartedAt).toBe(at(-60));
  });

  it('phases go forward and back; closing and reopening', () => {
    const to = (from: string, next: string) => entry('phase-changed', { from, to: next, by: 'A' });
    const resolved = to('investigating', 'resolved');
    const view = folded(start, resolved, to('resolved', 'investigating'));
    expect(view.closedAt).toBeNull();
    expect(view.phases.map((p) => p.phase)).toEqual(['investigating', 'resolved', 'investigating']);
    const reopened = to('resolved', 'investigating');
    const again = to('investigating', 'resolved');
    const end = folded(start, resolved, reopened, again, to('resolved', 'reviewed'));
    expect(end.closedAt).toBe(again.occurredAt);
    expect(end.milestones).toMatchObject([{ name: 'resolved', values: 2, at: again.occurredAt }]);
  });

  it('actions open, are done, open again; questions are answered', () => {
    const action = entry('action-opened', { text: 'Cap retries', owner: 'Priya', due: at(90), by: 'A' });
    const done = entry('action-done', { action: action.id, by: 'A' });
    const question = entry('question', { text: 'Who?', by: 'A' });
    const answer = entry('answer', { question: question.id, text: 'You.', by: 'B' });
    expect(folded(start, action, done)).toMatchObject({ openActions: 0, totalActions: 1 });
    expect(
      folded(start, action, done, done, entry('action-reopened', { action: action.id, by: 'A' })),
    ).toMatchObject({
      openActions: 1,
    });
    expect(folded(start, question).questions).toHaveLength(1);
    expect(folded(start, question, answer).questions).toEqual([]);
    const back = entry('entry-retracted', { entry: answer.id, reason: 'no', by: 'B' });
    expect(folded(start, question, answer, back).questions).toHaveLength(1);
  });

  it('steps of checklists count, steps of plans are left alone', () => {
    const list = entry('checklist-started', {
      checklist: 'c1',
      title: 'Fail over',
      path: 'failover.md',
      revision: 'r',
      steps: [
        { index: 0, title: 'One' },
        { index: 1, title: 'Two' },
      ],
      values: { region: 'us-east-1' },
      by: 'A',
    });
    const done = entry('step-done', {
      checklist: 'c1',
      step: 0,
      title: 'One',
      by: 'Priya',
      second: 'Tom, by phone',
    });
    const plan = entry('step-done', { plan: 'p1', target: 'aws/us-west-2', step: 1, by: 'Priya' });
    const nowhere = entry('step-done', { checklist: 'c1', step: 77, by: 'Priya' });
    const view = folded(start, list, done, plan, nowhere);
    expect(view.checklists[0]).toMatchObject({ total: 2, settled: 1, values: { region: 'us-east-1' } });
    expect(view.checklists[0]?.steps[0]).toMatchObject({
      state: 'done',
      by: 'Priya',
      second: 'Tom, by phone',
      entry: done.id,
    });
    expect(view.checklists[0]?.steps[1]?.state).toBe('todo');
    expect(view.unknownEntries).toBe(0);
    const undone = entry('step-undone', { checklist: 'c1', step: 0, by: 'Priya' });
    expect(folded(start, list, done, undone).checklists[0]).toMatchObject({ settled: 0 });
  });

  it('the commander is whoever holds the role, however it is written', () => {
    const one = entry('role-assigned', { role: 'Incident commander', name: 'Marta', by: 'Marta' });
    expect(folded(start, one).commander).toBe('Marta');
    const nobody = entry('role-assigned', { role: 'Incident commander', name: null, by: 'Marta' });
    expect(folded(start, one, nobody).commander).toBeNull();
  });
});

describe('the registry', () => {
  it('reads a body through its kind and forgets no unknown field', () => {
    const read = readEntry(entry('note', { text: 'x', by: 'A', fromTheFuture: 1 }));
    expect(read.is === 'known' && read.entry.body).toMatchObject({ fromTheFuture: 1 });
  });
  it('knows versions, and nothing that only looks like a kind', () => {
    expect(kindVersion('note')).toBe(1);
    expect(kindVersion('plan-created')).toBe(1);
    expect(kindOf('toString')).toBeNull();
  });
});
