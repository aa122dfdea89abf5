import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IncidentView, TimelineRow } from '../../../shared/contract/room.ts';
import { seal } from '../../../shared/journal/chain.ts';
import type { Entry } from '../../../shared/journal/types.ts';
import { verifyEntries } from '../../../shared/journal/verify.ts';
import { type ExportHead, exportSchema, jsonPieces } from '../../../shared/report/export-json.ts';
import { cellText } from '../../../shared/report/markdown-text.ts';
import { metrics } from '../../../shared/report/metrics.ts';
import { type MarkdownOptions, timelineMarkdown } from '../../../shared/report/timeline-md.ts';
import { createMarkdown } from '../../../shared/runbook/markdown.ts';

const head: ExportHead = {
  format: 'bulkhead-incident',
  version: 1,
  bulkhead: '0.1.0',
  exportedAt: '2026-10-20T12:00:00.000Z',
  incident: {
    id: 'i1',
    label: 'INC-0001',
    title: 'Checkout failing',
    severity: 'SEV1',
    phase: 'investigating',
    mode: 'real',
    declaredAt: '2026-10-20T08:12:00.000Z',
    impactStartedAt: null,
    closedAt: null,
  },
};

function chain(bodies: readonly string[]): Entry[] {
  let prev = '';
  return bodies.map((text, i) => {
    const entry = seal({
      id: `00000000-0000-7000-8000-00000000000${i}`,
      incident: 'i1',
      kind: 'note',
      v: 1,
      key: null,
      body: JSON.stringify({ text }),
      actor: 'a',
      device: 'd'.repeat(64),
      seq: i + 1,
      hlc: `${(1_792_483_200_000 + i).toString(16).padStart(12, '0')}0000`,
      occurredAt: '2026-10-20T08:00:00.000Z',
      recordedAt: '2026-10-20T08:00:00.000Z',
      prev,
      salt: '00'.repeat(16),
    });
    prev = entry.hash;
    return entry;
  });
}

const incident: IncidentView = {
  ...head.incident,
  severity: 'SEV1',
  phase: 'investigating',
  mode: 'real',
  commander: 'Marta',
  entries: 2,
  phases: [],
  milestones: [],
  roles: [],
  affected: [],
  facts: [],
  actions: [],
  openActions: 0,
  totalActions: 0,
  questions: [],
  decisions: [],
  integrity: { state: 'unknown', basis: '', by: '' },
  impact: '',
  checklists: [],
  counts: {},
  lastEntryAt: null,
  unknownEntries: 0,
  plans: [],
  notWatched: [],
};
const row = (part: Partial<TimelineRow>): TimelineRow => ({
  id: 'e1',
  kind: 'note',
  entryKind: 'note',
  occurredAt: '2026-10-20T07:48:20.000Z',
  recordedAt: '2026-10-20T07:48:20.000Z',
  precision: 'second',
  lead: 'Note',
  text: 'text',
  state: null,
  by: 'Marta',
  automatic: false,
  pinned: false,
  retracted: false,
  erased: false,
  versions: 1,
  was: null,
  amendedBy: null,
  amendedAt: null,
  amendReason: null,
  retractReason: null,
  count: 1,
  seenBy: 1,
  ...part,
});
const options: MarkdownOptions = {
  automatic: true,
  retracted: true,
  pinnedOnly: false,
  zone: '',
  version: '0.1.0',
  madeAt: '2026-10-20T12:00:00.000Z',
};
const markdown = (rows: TimelineRow[], o: Partial<MarkdownOptions> = {}): string =>
  [...timelineMarkdown(incident, rows, { ...options, ...o })].join('');

describe('JSON', () => {
  it('is one document that the published schema takes and whose chain verifies, erased bodies too', () => {
    const [a, b, c] = chain(['one', 'two "quoted"\n', 'three']);
    const text = [...jsonPieces(head, [a!, { ...b!, erased: true }, c!])].join('');
    const data = JSON.parse(text);
    const schema = JSON.parse(
      readFileSync(join(import.meta.dirname, '../../../schemas/incident-export.schema.json'), 'utf8'),
    );
    const check = new Ajv2020({ strict: false }).compile(schema);
    expect(check(data), JSON.stringify(check.errors)).toBe(true);
    const proof = verifyEntries(data.entries);
    expect(proof.breaks).toEqual([]);
    expect(proof.withheld).toBe(1);
    data.entries[2].body = '{"text":"thre3"}';
    expect(verifyEntries(data.entries).breaks.map((x) => [x.code, x.seq])).toEqual([['body', 3]]);
  });
  it('without entries is a document too', () => {
    expect(JSON.parse([...jsonPieces(head, [])].join('')).entries).toEqual([]);
  });
  it('the published schema is the one in the code', () => {
    const published = JSON.parse(
      readFileSync(join(import.meta.dirname, '../../../schemas/incident-export.schema.json'), 'utf8'),
    );
    expect(published).toEqual(JSON.parse(JSON.stringify(exportSchema())));
  });
});

describe('Markdown', () => {
  it('lists by day with times as exactly as they are known, who, and what became of a row', () => {
    const text = markdown([
      row({
        occurredAt: '2026-10-19T23:50:00.000Z',
        recordedAt: '2026-10-20T00:10:00.000Z',
        precision: 'minute',
        text: 'Late note',
      }),
      row({ automatic: true, lead: 'AWS', text: 'dynamodb us-east-1: Outage', count: 41, seenBy: 3 }),
      row({ retracted: true, retractReason: 'wrong region', text: 'No' }),
      row({ was: '71 %', amendedBy: 'Tom', text: '61 %', pinned: true }),
      row({ erased: true, text: 'secret' }),
    ]);
    expect(text).toContain('### Mon 19 Oct 2026');
    expect(text).toContain('| 23:50 | **Note** Late note recorded 00:10:00Z | Marta |');
    expect(text).toContain('| 07:48:20 | **AWS** dynamodb us-east-1: Outage x41 seen by 3 | automatic |');
    expect(text).toContain('~~Note No~~ (retracted: wrong region)');
    expect(text).toContain('(amended by Tom; before: 71 %) pinned');
    expect(text).not.toContain('secret');
  });
  it('says what was left out, and "none" where nothing is', () => {
    const text = markdown([row({ automatic: true })], { automatic: false, pinnedOnly: true });
    expect(text).toContain('Left out of this export: automatic rows, rows that are not pinned.');
    expect(text.trim().endsWith('none')).toBe(true);
  });
  it('a second column has the local time without moving the instant', () => {
    expect(markdown([row({})], { zone: 'America/New_York' })).toContain(
      '| 07:48:20 | 03:48:20 EDT | **Note**',
    );
  });
  it('text of people stays text: no markup, one cell', () => {
    const md = createMarkdown();
    fc.assert(
      fc.property(
        fc
          .array(
            fc.oneof(
              fc.string({ unit: 'binary', maxLength: 20 }),
              fc.constantFrom(
                '|',
                '<b>',
                '![x](https://e/x)',
                '[a](b)',
                '\n',
                '*',
                '_',
                '`',
                '~~',
                '\\',
                '&lt;',
                '# ',
                '- ',
              ),
            ),
          )
          .map((p) => p.join('')),
        (text) => {
          const html = md.render(`| a | b |\n| - | - |\n| ${cellText(text)} | end |\n`);
          expect(html.match(/<td/g)).toHaveLength(2);
          expect(html).not.toMatch(/<(?:a|img|em|strong|code|s|script)\b/);
          expect(html).toContain('<td>end</td>');
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('metrics', () => {
  const at = (
    name: IncidentView['milestones'][number]['name'],
    time: string,
    precision: 'second' | 'minute' = 'second',
  ) => ({
    name,
    at: `2026-10-20T${time}.000Z`,
    precision,
    by: 'Marta',
    values: 1,
    entry: name,
  });
  it('are recorded, pending, invalid or not applicable', () => {
    const milestones = [
      at('impact-started', '07:48:00', 'minute'),
      at('detected', '07:50:40'),
      at('mitigated', '07:00:00'),
    ];
    const states = (closedAt: string | null) =>
      metrics({ milestones, closedAt }).map((m) => [m.name, m.state, m.ms, m.about]);
    expect(states(null)).toEqual([
      ['detect', 'recorded', 160_000, true],
      ['acknowledge', 'pending', null, false],
      ['mitigate', 'invalid', null, true],
      ['resolve', 'pending', null, true],
    ]);
    expect(states('2026-10-20T12:00:00.000Z')[3]![1]).toBe('not-applicable');
  });
});
