// Rows of the timeline: one entry and everything later entries say about it, in words. Pure. Which rows there are, in which
// order and in which filters is decided here; the index in main only stores the answers.
import type { Overview, TimelineRow } from '../contract/room.ts';
import type { FILTERS } from '../incident/words.ts';
import { entryText } from '../text/entries.ts';
import type { Instant } from '../time/clock.ts';
import type { Precision } from '../time/format.ts';
import { kindOf, readEntry } from './kinds/index.ts';
import type { Body, RowKind, Words } from './kinds/kind.ts';
import type { LinkedSignal } from './kinds/signals.ts';
import { compareForState, type FoldEntry } from './types.ts';

export type FilterName = (typeof FILTERS)[number];
export type Lane = Overview['marks'][number]['lane'];

/** An entry about another one, with its place in the order of state. */
export interface Mark {
  readonly id: string;
  readonly target: string;
  readonly op: 'amend' | 'retract' | 'pin' | 'unpin' | 'erase';
  readonly text: string;
  readonly reason: string;
  readonly by: string;
  readonly recordedAt: Instant;
  /** A corrected time; null when the time stays. */
  readonly at: Instant | null;
  readonly precision: Precision | null;
  readonly hlc: string;
  readonly device: string;
  readonly seq: number;
}

const OPS: Readonly<Record<string, Mark['op']>> = {
  'entry-amended': 'amend',
  'entry-retracted': 'retract',
  'entry-pinned': 'pin',
  'entry-unpinned': 'unpin',
  erased: 'erase',
};

const str = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Reads an entry about another one; null for every other kind, and for one whose own body is gone or not readable. */
export function markOf(entry: FoldEntry): Mark | null {
  const op = Object.hasOwn(OPS, entry.kind) ? OPS[entry.kind]! : null;
  if (op === null) return null;
  const read = readEntry(entry);
  if (read.is !== 'known') return null;
  const body = read.entry.body as Body;
  const { id, recordedAt, hlc, device, seq } = entry;
  return {
    id,
    target: str(body['entry']),
    op,
    text: str(body['text']),
    reason: str(body['reason']),
    by: str(body['by']),
    recordedAt,
    at: (body['occurredAt'] as Instant | null | undefined) ?? null,
    precision: (body['precision'] as Precision | null | undefined) ?? null,
    hlc,
    device,
    seq,
  };
}

/** A row before the index adds repeats and confirmations. */
export type Row = Omit<TimelineRow, 'count' | 'seenBy'>;

const MAX_TEXT = 20_000;
const cut = (text: string, max: number): string => (text.length <= max ? text : `${text.slice(0, max - 1)}…`);

interface Said {
  readonly words: Words;
  readonly kind: RowKind;
  readonly automatic: boolean;
  readonly by: string;
  readonly precision: Precision;
}

/** What the entry itself says; null when it has no line of its own. */
function said(entry: FoldEntry): Said | null {
  const read = readEntry(entry);
  if (read.is === 'unknown') {
    const text =
      read.why === 'kind'
        ? entryText.unknownKind(entry.v)
        : read.why === 'version'
          ? entryText.newerVersion(entry.v)
          : entryText.notReadable;
    return {
      words: { lead: entry.kind, text },
      kind: 'unknown',
      automatic: false,
      by: '',
      precision: 'second',
    };
  }
  if (read.is === 'withheld') {
    if (read.kind !== null && read.kind.row === null) return null;
    const words = { lead: entry.kind, text: entryText.withheld };
    return { words, kind: 'erased', automatic: read.kind?.automatic ?? false, by: '', precision: 'second' };
  }
  if (read.kind.row === null) return null;
  const body = read.entry.body as Body;
  const words = read.kind.words(read.entry);
  const when = body['when'] as { precision?: Precision } | undefined;
  return {
    words,
    kind: words.row ?? read.kind.row,
    automatic: read.kind.automatic,
    // `by` of a clock that was set is a number of milliseconds, nobody's name.
    by: str(body['by']),
    precision: when?.precision ?? 'second',
  };
}

/** The row of an entry under its marks (any order); null for an entry without a line of its own. */
export function rowOf(entry: FoldEntry, marks: readonly Mark[]): Row | null {
  const base = said(entry);
  if (base === null) return null;
  const sorted = marks.length > 1 ? [...marks].sort(compareForState) : marks;
  const amendments = sorted.filter((m) => m.op === 'amend');
  const last = amendments.at(-1);
  const timed = amendments.findLast((m) => m.at !== null);
  const retraction = sorted.findLast((m) => m.op === 'retract');
  const erasure = sorted.findLast((m) => m.op === 'erase');
  const pin = sorted.findLast((m) => m.op === 'pin' || m.op === 'unpin');
  const erased = erasure !== undefined || entry.body === null;
  const version = (mark: Mark | undefined): string => (mark === undefined ? base.words.text : mark.text);
  const text = erased
    ? erasure
      ? entryText.erased(erasure.by, erasure.reason)
      : base.words.text
    : version(last);
  return {
    id: entry.id,
    kind: erased ? 'erased' : base.kind,
    entryKind: cut(entry.kind, 80),
    occurredAt: timed?.at ?? entry.occurredAt,
    recordedAt: entry.recordedAt,
    precision: timed?.precision ?? base.precision,
    lead: cut(erased ? erasedLead(entry) : base.words.lead, 200),
    text: cut(text, MAX_TEXT),
    state: erased ? null : (base.words.state ?? null),
    by: cut(base.by, 120),
    automatic: base.automatic,
    pinned: pin?.op === 'pin',
    retracted: retraction !== undefined,
    erased,
    versions: 1 + amendments.length,
    was: erased || last === undefined ? null : cut(version(amendments.at(-2)), MAX_TEXT),
    amendedBy: last === undefined ? null : cut(last.by, 120),
    amendedAt: last?.recordedAt ?? null,
    amendReason: last === undefined ? null : cut(last.reason, 2000),
    retractReason: retraction === undefined ? null : cut(retraction.reason, 2000),
  };
}

/** The kind's own word where its body is gone: "Note", else the journal's name of it. */
const erasedLead = (entry: FoldEntry): string => {
  const row = kindOf(entry.kind)?.row;
  return row ? row.charAt(0).toUpperCase() + row.slice(1) : entry.kind;
};

export interface Version {
  readonly at: Instant;
  readonly by: string;
  readonly text: string;
  readonly reason: string | null;
  readonly what: string;
}

const WHAT: Record<Mark['op'], string> = {
  amend: 'amended',
  retract: 'retracted',
  pin: 'pinned',
  unpin: 'unpinned',
  erase: 'erased',
};

/** Everything that was ever said in a row, oldest first: as written, then each change. At most 500. */
export function historyOf(entry: FoldEntry, marks: readonly Mark[]): Version[] {
  const base = said(entry);
  if (base === null) return [];
  const written: Version = {
    at: entry.recordedAt,
    by: cut(base.by, 120),
    text: cut(base.words.text, MAX_TEXT),
    reason: null,
    what: 'written',
  };
  const changes = [...marks].sort(compareForState).map(
    (m): Version => ({
      at: m.recordedAt,
      by: cut(m.by, 120),
      text: m.op === 'amend' ? cut(m.text, MAX_TEXT) : '',
      reason: m.reason === '' ? null : cut(m.reason, 2000),
      what: WHAT[m.op],
    }),
  );
  return [written, ...changes.slice(-499)];
}

const HOUR = 3_600_000;

/**
 * Signals with the same group are one line with a count: the same provider event (or place) going to the same state within the
 * same hour of the clock. Fixed hours, so that the answer does not depend on the order of arrival; a relapse hours later is a
 * line of its own. Signals that only carry new words of the provider fold when the words are the same. Null: never folded.
 */
export function groupOf(entry: FoldEntry): string | null {
  if (entry.kind !== 'signal-linked') return null;
  const read = readEntry(entry);
  if (read.is !== 'known') return null;
  const s = (read.entry.body as unknown as { signal: LinkedSignal }).signal;
  const hour = Math.floor(Date.parse(entry.occurredAt) / HOUR);
  const what = s.event === null ? `${s.region}\n${s.service}` : s.event;
  return [s.provider, what, s.kind === 'info' ? s.text : s.kind, s.to, hour].join('\n');
}

const IN: Partial<Record<RowKind, FilterName>> = {
  signal: 'signals',
  step: 'steps',
  checklist: 'steps',
  note: 'notes',
  question: 'notes',
  answer: 'notes',
  imported: 'notes',
  decision: 'decisions',
  fact: 'facts',
  action: 'actions',
};

/** Which filters show this row; `all` is always among them. */
export function filtersOf(row: Pick<Row, 'kind' | 'pinned'>): FilterName[] {
  const own = IN[row.kind];
  return ['all', ...(own ? [own] : []), ...(row.pinned ? (['pinned'] as const) : [])];
}

const LANES: Partial<Record<RowKind, Lane>> = {
  signal: 'signals',
  step: 'steps',
  checklist: 'steps',
  decision: 'decisions',
  update: 'updates',
  note: 'notes',
  fact: 'notes',
  question: 'notes',
  answer: 'notes',
  action: 'notes',
  imported: 'notes',
};

/** Lane of the overview in which this row makes a mark; null for rows that make none, and for retracted ones. */
export const laneOf = (row: Pick<Row, 'kind' | 'retracted'>): Lane | null =>
  row.retracted ? null : (LANES[row.kind] ?? null);

/** What find looks in: lead, text and name, lower case. */
export const findable = (row: Pick<Row, 'lead' | 'text' | 'by'>): string =>
  `${row.lead}\n${row.text}\n${row.by}`.toLowerCase();

/** The words that must all occur, lower case; none for an empty search. */
export const findWords = (find: string): string[] =>
  find
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
