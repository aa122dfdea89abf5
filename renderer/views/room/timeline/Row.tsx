// One entry of the timeline. Automatic ones recede, human ones stand, decisions carry a bar; what was amended or retracted says so.
import { memo, type ReactNode, useState } from 'react';
import type { TimelineRow } from '../../../../shared/contract/room.ts';
import { ROW_WORD, room } from '../../../../shared/text/room-ui.ts';
import { stateWord } from '../../../../shared/text/ui.ts';
import { fromInstant } from '../../../../shared/time/clock.ts';
import { hms, utc } from '../../../../shared/time/format.ts';
import { Icon, type IconName } from '../../../components/Icon.tsx';
import { Nb } from '../../../components/Nb.tsx';
import { type Glyph, St, stateGlyph } from '../../../components/St.tsx';
import { Time } from '../../../components/Time.tsx';
import { amended, folded } from './words.ts';

const text = room.timeline;
/** Recorded later than this after it happened, the row says when, in milliseconds. */
const LATE = 60_000;

type Kind = TimelineRow['kind'];
const GLYPH: Partial<Record<Kind, Glyph>> = {
  step: 'done',
  checklist: 'todo',
  gate: 'gate-wait',
  breaker: 'brk-open',
  plan: 'todo',
  unknown: 'unknown',
  signal: 'info',
};
const ICON: Partial<Record<Kind, IconName>> = {
  declared: 'siren',
  severity: 'siren',
  phase: 'arrow-right',
  milestone: 'clock',
  role: 'user',
  note: 'message-square',
  decision: 'gavel',
  fact: 'check',
  question: 'search',
  answer: 'message-square',
  action: 'play',
  change: 'radio',
  update: 'megaphone',
  handoff: 'arrow-right',
  attachment: 'paperclip',
  integrity: 'hard-drive',
  impact: 'radio',
  'not-watched': 'moon',
  clock: 'clock',
  device: 'hard-drive',
  erased: 'trash-2',
  imported: 'file-text',
  release: 'radio',
};
/** What the breaker and the gates do is drawn by what it was: only an open breaker is alarm, what a person chose is a decision. */
const OF_ENTRY: Readonly<
  Record<string, { readonly glyph?: Glyph; readonly icon?: IconName; readonly look: string }>
> = {
  'breaker-half-opened': { glyph: 'brk-half', look: 'en-dec' },
  'breaker-closed': { glyph: 'brk-closed', look: '' },
  'trip-accepted': { icon: 'gavel', look: 'en-dec' },
  'trip-noted': { glyph: 'brk-open', look: 'en-sig' },
  'late-news': { glyph: 'info', look: 'en-sig' },
  'gate-waiting': { glyph: 'gate-wait', look: 'en-late1' },
  'gate-passed': { glyph: 'gate-open', look: '' },
  'hold-overridden': { icon: 'gavel', look: 'en-dec' },
  'bake-started': { icon: 'clock', look: 'en-sig' },
  'bake-ended': { icon: 'clock', look: 'en-sig' },
  'bake-gap': { icon: 'moon', look: 'en-sig' },
  'target-reverting': { glyph: 'reverting', look: 'en-dec' },
  'target-reverted': { glyph: 'reverted', look: '' },
};

/** A step's row is drawn by what became of it; the journal's kind says which. */
const stepGlyph = (entryKind: string): Glyph =>
  /fail/.test(entryKind)
    ? 'failed'
    : /skip/.test(entryKind)
      ? 'skipped'
      : /undo/.test(entryKind)
        ? 'reverting'
        : /start|doing/.test(entryKind)
          ? 'doing'
          : /done|complete/.test(entryKind)
            ? 'done'
            : 'todo';

function Mark({ row }: { row: TimelineRow }) {
  if (row.state) return <St kind={stateGlyph(row.state)} label={stateWord(row.state)} />;
  const own = row.amendedAt ? undefined : OF_ENTRY[row.entryKind];
  if (own?.icon) return <Icon name={own.icon} />;
  if (own?.glyph) return <St kind={own.glyph} label={ROW_WORD[row.kind]} />;
  if (row.kind === 'step') return <St kind={stepGlyph(`${row.entryKind} ${row.lead.toLowerCase()}`)} />;
  const icon = row.amendedAt ? 'pencil-line' : ICON[row.kind];
  if (icon) return <Icon name={icon} />;
  return <St kind={GLYPH[row.kind] ?? 'info'} label={ROW_WORD[row.kind]} />;
}

const CLASS: Partial<Record<Kind, string>> = {
  decision: 'en-dec',
  step: 'en-step',
  checklist: 'en-step',
  breaker: 'en-bad',
};

export function rowClass(row: TimelineRow): string {
  const base =
    OF_ENTRY[row.entryKind]?.look ??
    CLASS[row.kind] ??
    (row.automatic || row.kind === 'not-watched' ? 'en-sig' : '');
  return ['en', base, row.retracted ? 'en-gone' : '', row.versions > 1 && row.was !== null ? 'en-amend' : '']
    .filter(Boolean)
    .join(' ');
}

function Body({ row }: { row: TimelineRow }) {
  const [open, setOpen] = useState(false);
  if (row.erased) return <span className="dim">{text.erased}</span>;
  if (row.kind === 'unknown' && row.text === '') return <span className="dim">{text.unknownKind}</span>;
  if (row.was !== null && !row.retracted) {
    const parts = amended(row.was, row.text);
    return (
      <>
        {parts.before}
        {parts.removed ? <del>{parts.removed}</del> : null}
        {parts.removed && parts.added ? ' ' : null}
        {parts.added ? <ins>{parts.added}</ins> : null}
        {parts.after}
      </>
    );
  }
  const short = open ? null : folded(row.text);
  const words = <Nb>{short ?? row.text}</Nb>;
  return (
    <>
      {row.retracted ? <s>{words}</s> : words}
      {short !== null || open ? (
        <>
          {short !== null ? '… ' : ' '}
          <button type="button" className="fold" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? room.timeline.foldLess : room.timeline.foldMore(row.text.length)}
          </button>
        </>
      ) : null}
    </>
  );
}

function Extra({ row, onVersions }: { row: TimelineRow; onVersions: (row: TimelineRow) => void }): ReactNode {
  const versions =
    row.versions > 1 ? (
      <button type="button" className="fold" onClick={() => onVersions(row)}>
        {text.versions(row.versions)}
      </button>
    ) : null;
  if (row.retracted)
    return (
      <p className="en-x">
        <Icon name="undo-2" />
        <span>
          {text.retracted}
          {row.retractReason ? `: “${row.retractReason}”` : ''} {versions}
        </span>
      </p>
    );
  if (row.amendedAt === null) return versions ? <p className="en-x">{versions}</p> : null;
  return (
    <p className="en-x">
      <Icon name="history" />
      <span>
        {text.amended} <Time at={row.amendedAt} />
        {row.amendedBy ? ` ${text.by} ${row.amendedBy}` : ''}
        {row.amendReason ? `: “${row.amendReason}”` : ''} {versions}
      </span>
    </p>
  );
}

export interface RowProps {
  readonly row: TimelineRow;
  readonly index: number;
  readonly total: number;
  /** The one tab stop of the list. */
  readonly current: boolean;
  /** A person moved here. */
  readonly chosen: boolean;
  readonly onVersions: (row: TimelineRow) => void;
  readonly onFocus: (index: number) => void;
  readonly actions: ReactNode;
}

export const Row = memo(function Row({
  row,
  index,
  total,
  current,
  chosen,
  onVersions,
  onFocus,
  actions,
}: RowProps) {
  const late = fromInstant(row.recordedAt) - fromInstant(row.occurredAt) > LATE;
  return (
    <article
      aria-posinset={index + 1}
      aria-setsize={total}
      aria-label={`${utc(row.occurredAt, row.precision)} ${row.lead || ROW_WORD[row.kind]}`}
      tabIndex={current ? 0 : -1}
      className={chosen ? 'cur' : undefined}
      onFocus={() => onFocus(index)}
    >
      <div className="en-t">
        {row.precision === 'about' ? '~' : ''}
        <Time at={row.occurredAt} show={row.precision === 'second' ? 'hms' : 'hm'} />
        {late ? (
          <span className="rec" title={`${row.recordedAt}`}>
            {text.recorded(hms(row.recordedAt))}
          </span>
        ) : null}
      </div>
      <div className="en-g">
        <Mark row={row} />
      </div>
      <div className="en-b">
        <p>
          <b className="en-k">{row.lead || ROW_WORD[row.kind]}</b> <Body row={row} />
          {row.count > 1 ? (
            <span className="xn" title={text.seenTitle(row.count)}>
              {text.seen(row.count)}
            </span>
          ) : null}
        </p>
        <Extra row={row} onVersions={onVersions} />
      </div>
      <div className="en-w">
        {row.pinned ? (
          <span className="pin" title={text.pinned}>
            <Icon name="pin" />
            <span className="vh">{text.pinned}</span>
          </span>
        ) : null}
        <span>{row.automatic ? text.automatic : row.by}</span>
      </div>
      {actions}
    </article>
  );
});
