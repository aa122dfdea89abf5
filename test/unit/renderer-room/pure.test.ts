import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLink, resolvePath } from '../../../renderer/components/safe-html.ts';
import { folderOf, size, wholePath } from '../../../renderer/views/reports/path.ts';
import { asksFirst, can, confirmWord, firstOpen } from '../../../renderer/views/room/checklist/model.ts';
import { createDrafts } from '../../../renderer/views/room/composer/drafts.ts';
import { stepper } from '../../../renderer/views/room/phases.ts';
import { roleLines } from '../../../renderer/views/room/roles.ts';
import { axis, thinned } from '../../../renderer/views/room/timeline/axis.ts';
import { amended, folded, LONG } from '../../../renderer/views/room/timeline/words.ts';
import { filterRunbooks, marked, wordsOf } from '../../../renderer/views/runbooks/filter.ts';
import type { RunbookLine } from '../../../shared/contract/library.ts';
import { showHidden } from '../../../shared/runbook/hidden.ts';

const T = (time: string): string => `2026-10-20T${time}:00.000Z`;

describe('the phase stepper', () => {
  it('says what is passed, with the last time each was entered', () => {
    const lines = stepper({
      phase: 'rolling-back',
      phases: [
        { phase: 'investigating', at: T('08:12') },
        { phase: 'rolling-back', at: T('08:31') },
      ],
    });
    expect(lines.map((l) => l.state)).toEqual(['done', 'done', 'cur', 'todo', 'todo', 'todo']);
    expect(lines.map((l) => l.at)).toEqual([T('08:12'), null, T('08:31'), null, null, null]);
  });
  it('shows no time for what lies ahead again after a step back', () => {
    const lines = stepper({
      phase: 'investigating',
      phases: [
        { phase: 'investigating', at: T('08:12') },
        { phase: 'monitoring', at: T('10:00') },
        { phase: 'investigating', at: T('10:44') },
      ],
    });
    expect(lines[0]).toEqual({ phase: 'investigating', state: 'cur', at: T('10:44') });
    expect(lines[3]).toEqual({ phase: 'monitoring', state: 'todo', at: null });
  });
  it('ends with declined after what was reached', () => {
    const lines = stepper({
      phase: 'declined',
      phases: [
        { phase: 'investigating', at: T('08:12') },
        { phase: 'declined', at: T('08:20') },
      ],
    });
    expect(lines.map((l) => l.phase)).toEqual(['investigating', 'declined']);
  });
});

describe('roles', () => {
  it('lists the usual ones, filled or not, and the team’s own behind them', () => {
    const lines = roleLines([
      { role: 'Scribe', name: 'Kenji Mori', since: T('09:00') },
      { role: 'Customer liaison', name: 'Ana Costa', since: T('09:01') },
      { role: 'Deputy', name: null, since: T('09:02') },
    ]);
    expect(lines.map((l) => [l.short, l.name])).toEqual([
      ['Commander', null],
      ['Operations', null],
      ['Comms', null],
      ['Scribe', 'Kenji Mori'],
      ['Customer liaison', 'Ana Costa'],
    ]);
  });
});

describe('amended words', () => {
  it('marks the middle that changed', () => {
    expect(amended('peaked at 71 % at 08:22Z', 'peaked at 61 % at 08:22Z')).toEqual({
      before: 'peaked at ',
      removed: '71',
      added: '61',
      after: ' % at 08:22Z',
    });
  });
  it('always joins to the two texts', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (was, now) => {
        const parts = amended(was, now);
        expect(parts.before + parts.removed + parts.after).toBe(was);
        expect(parts.before + parts.added + parts.after).toBe(now);
      }),
    );
  });
  it('folds only what is long, at a space', () => {
    expect(folded('short')).toBeNull();
    const long = `${'word '.repeat(200)}end`;
    expect(folded(long)?.length).toBeLessThanOrEqual(LONG);
    expect(long.startsWith(folded(long) ?? '?')).toBe(true);
  });
});

describe('the overview’s axis', () => {
  const first = Date.parse(T('07:48'));
  it('goes from percent to time and back, with few round ticks', () => {
    for (const hours of [0.01, 0.5, 3, 30, 900, 9000]) {
      const scale = axis(first, first + hours * 3_600_000);
      expect(scale.ticks.length).toBeLessThanOrEqual(8);
      for (const percent of [0, 25, 99]) expect(scale.x(scale.time(percent))).toBeCloseTo(percent, 5);
    }
  });
  it('joins marks that cannot be told apart and loses none', () => {
    const scale = axis(first, first + 3_600_000);
    const marks = Array.from({ length: 5000 }, (_, i) => ({
      at: new Date(first + i * 700).toISOString(),
      n: 1,
    }));
    const few = thinned(marks, scale);
    expect(few.length).toBeLessThanOrEqual(401);
    expect(few.reduce((sum, mark) => sum + mark.n, 0)).toBe(5000);
  });
});

describe('a checklist’s step', () => {
  const step = {
    index: 0,
    title: 'Pause the queue',
    section: '',
    command: 'queuectl pause {{service}}',
    expect: null,
    danger: true,
    confirm: '{{region}}',
    twoPerson: false,
    state: 'todo' as const,
    by: null,
    second: null,
    at: null,
    note: null,
    entry: null,
  };
  it('asks before what is dangerous, skipped or failed, never before a start', () => {
    expect(asksFirst(step, 'done')).toBe(true);
    expect(asksFirst({ ...step, danger: false }, 'done')).toBe(false);
    expect(asksFirst({ ...step, danger: false }, 'skipped')).toBe(true);
    expect(asksFirst(step, 'doing')).toBe(false);
    expect(confirmWord(step, { region: 'eu-west-1' })).toBe('eu-west-1');
    expect(confirmWord({ ...step, confirm: null }, {})).toBeNull();
  });
  it('cannot be done twice, can be started again after a failure, and is undone from any settled state', () => {
    expect(can('done', 'done')).toBe(false);
    expect(can('failed', 'doing')).toBe(true);
    expect(can('skipped', 'undone')).toBe(true);
    expect(can('todo', 'undone')).toBe(false);
  });
  it('opens at what is being worked, else the first open one', () => {
    const at = (...states: ('todo' | 'doing' | 'done')[]) =>
      firstOpen(states.map((state) => ({ ...step, state })));
    expect(at('done', 'todo', 'doing')).toBe(2);
    expect(at('done', 'todo', 'todo')).toBe(1);
    expect(at('done', 'done')).toBe(1);
    expect(at()).toBe(0);
  });
});

describe('drafts', () => {
  it('survive in storage, and in memory where there is none or it is full', () => {
    const map = new Map<string, string>();
    const storage = {
      getItem: (k: string) => map.get(k) ?? null,
      setItem: (k: string, v: string) => void map.set(k, v),
      removeItem: (k: string) => void map.delete(k),
    } as unknown as Storage;
    createDrafts(storage).write('a', { text: 'half a line', time: '07:48' });
    expect(createDrafts(storage).read('a')).toEqual({ text: 'half a line', time: '07:48' });
    expect(createDrafts(storage).read('b')).toEqual({ text: '', time: '' });
    createDrafts(storage).write('a', { text: '', time: '' });
    expect(map.size).toBe(0);
    const full = {
      ...storage,
      setItem: () => {
        throw new Error('quota');
      },
    } as unknown as Storage;
    const drafts = createDrafts(full);
    drafts.write('a', { text: 'kept anyway', time: '' });
    expect(drafts.read('a').text).toBe('kept anyway');
    map.set('bulkhead.draft.c', '{"text":3');
    expect(createDrafts(storage).read('c')).toEqual({ text: '', time: '' });
  });
});

describe('finding runbooks', () => {
  const line = (title: string, path: string): RunbookLine => ({
    folder: 'f',
    path,
    title,
    owner: '',
    tags: ['storm'],
    steps: 0,
    bytes: 0,
    changedAt: T('06:00'),
    problem: null,
    kind: '',
  });
  it('needs every word, titles first', () => {
    const all = [line('Queue pause', 'retry/a.md'), line('Stop a retry storm', 'b.md'), line('Herd', 'c.md')];
    expect(filterRunbooks(all, 'RETRY storm').map((l) => l.path)).toEqual(['b.md', 'retry/a.md']);
    expect(filterRunbooks(all, '')).toBe(all);
  });
  it('marks without losing a letter', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, typed) => {
        expect(
          marked(text, wordsOf(typed))
            .map((p) => p.text)
            .join(''),
        ).toBe(text);
      }),
    );
    expect(marked('Stop a retry storm', ['retry'])).toEqual([
      { text: 'Stop a ', hit: false },
      { text: 'retry', hit: true },
      { text: ' storm', hit: false },
    ]);
  });
});

describe('links of other people’s text (robustness A9 to A12, B25, B26)', () => {
  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    'java\tscript:alert(1)',
    '\u0000javascript:alert(1)',
    ' https://ok.example',
    'data:text/html,<b>',
    'vbscript:x',
    'file:///etc/passwd',
    '\\\\host\\share',
    '//evil.example/x',
    'http://plain.example',
    'https://ok@evil.example',
    'smb://host/x',
    'ms-settings:x',
    'search-ms:query=x',
    'mailto:a@b.example',
    '/etc/passwd',
    'picture.png',
    '',
  ])('%j is dead', (href) => {
    expect(readLink(href)).toBeNull();
  });
  it('https goes outside, Markdown opens here, parts scroll', () => {
    expect(readLink('https://example.org/a?b#c')).toEqual({ kind: 'web', url: 'https://example.org/a?b#c' });
    expect(readLink('#rb-steps')).toEqual({ kind: 'part', id: 'rb-steps' });
    expect(readLink('../data/x%20y.md#part')).toEqual({
      kind: 'runbook',
      folder: null,
      path: '../data/x y.md',
    });
    expect(readLink('#/runbook/f1/data%2Fx.md')).toEqual({
      kind: 'runbook',
      folder: 'f1',
      path: 'data/x.md',
    });
    expect(readLink('#/runbook/f1/%E0%A4%A')).toBeNull();
  });
  it('never leads out of the folder, and shows hidden characters', () => {
    expect(resolvePath('traffic/a.md', '../data/b.md')).toBe('data/b.md');
    expect(resolvePath('a.md', '../../etc/x.md')).toBeNull();
    expect(showHidden('rm\u202egnp.sh')).toBe('rm[U+202E]gnp.sh');
  });
});

describe('where a document goes', () => {
  it('takes whole paths only, and adds the name to a folder', () => {
    expect(wholePath('x.md', 'n.md')).toBeNull();
    expect(wholePath(' /home/marta/x.md ', 'n.md')).toBe('/home/marta/x.md');
    expect(wholePath('/home/marta/', 'n.md')).toBe('/home/marta/n.md');
    expect(wholePath('C:\\out\\', 'n.md')).toBe('C:\\out\\n.md');
    expect(wholePath('\\\\host\\share\\x.md', 'n.md')).toBe('\\\\host\\share\\x.md');
    expect(folderOf('/home/marta/x.md')).toBe('/home/marta/');
  });
  it('writes sizes truncated', () => {
    expect([size(1), size(812), size(14_999), size(3_290_000)]).toEqual([
      '1\u00a0byte',
      '812\u00a0bytes',
      '14\u00a0kB',
      '3.2\u00a0MB',
    ]);
  });
});
