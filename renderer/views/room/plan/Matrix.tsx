// Waves by targets: one tab stop, arrows by cell. Steps keep their marks whatever the breaker says; the switch arm stands beside the target that tripped it.
import { memo, useCallback, useEffect, useMemo, useRef } from 'react';
import type { PlanTarget, PlanWave } from '../../../../shared/contract/plan.ts';
import { MARK_WORD, PLAN_STEP_WORD, TARGET_WORD, plan as text } from '../../../../shared/text/plan-ui.ts';
import { fromInstant } from '../../../../shared/time/clock.ts';
import { duration, hms } from '../../../../shared/time/format.ts';
import { S, St, StateWord } from '../../../components/St.tsx';
import { Time } from '../../../components/Time.tsx';
import { GateRow } from './Gate.tsx';
import { type Chosen, paceWords } from './hand.ts';
import {
  CELL_GLYPH,
  cellWord,
  counted,
  gateShows,
  type PlanStepText,
  shortName,
  stepOf,
  targetShows,
} from './model.ts';
import { OwnHead, OwnRow } from './OwnRows.tsx';
import { type GridRow, leftOf, type RowKey } from './rows.ts';
import { usePlan, usePlanNow } from './store.ts';

const ARM = { closed: 'brk-closed', open: 'brk-open', 'half-open': 'brk-half' } as const;

function Silent({ target }: { target: PlanTarget }) {
  const now = usePlanNow();
  const { view } = usePlan();
  if (view.startedAt === null) return null;
  if (!target.heard) return <em className="mk">{text.neverHeard}</em>;
  if (target.silentSince === null) return null;
  return (
    <em className="mk">{text.silentFor(duration(Math.max(0, now - fromInstant(target.silentSince))))}</em>
  );
}

function Shows({ target }: { target: PlanTarget }) {
  const shows = targetShows(target);
  switch (shows.what) {
    case 'worse':
      return <S kind="outage">{text.worse}</S>;
    case 'no-better':
      return <S kind="held">{text.noBetter}</S>;
    case 'health':
      return <StateWord state={shows.state} />;
    case 'state':
      return <S kind={shows.glyph}>{TARGET_WORD[target.state]}</S>;
  }
}

interface RowProps {
  readonly target: PlanTarget;
  readonly name: string;
  readonly cols: readonly PlanStepText[];
  readonly arm: 'closed' | 'open' | 'half-open' | null;
  /** The chosen column, or -1. */
  readonly at: number;
  readonly onChoose: (row: RowKey, col: number) => void;
}

const TargetRow = memo(function TargetRow({ target, name, cols, arm, at, onChoose }: RowProps) {
  const key: RowKey = `t:${target.id}`;
  const worse = target.marks.includes('worse');
  const cls = [
    worse && target.state !== 'reverting' && arm !== 'half-open' ? 'bad' : '',
    arm === 'half-open' || target.state === 'reverting' ? 'bad h' : '',
    target.marks.includes('no-better') ? 'nob' : '',
    target.state === 'failed' ? 'bad' : '',
  ]
    .filter(Boolean)
    .join(' ');
  const tab = (col: number): 0 | -1 => (at === col ? 0 : -1);
  const marks = target.marks.filter((mark) => mark !== 'worse' && mark !== 'no-better');
  return (
    <tr className={cls || undefined} aria-selected={at >= 0}>
      <th scope="row" className={at === 0 ? 'at' : undefined}>
        <button
          type="button"
          data-cell={`${key} 0`}
          data-pane-focus={at === 0 || undefined}
          tabIndex={tab(0)}
          title={target.id}
          onFocus={() => onChoose(key, 0)}
          onClick={() => onChoose(key, 0)}
        >
          <span className="tg">{name}</span>
          {marks.map((mark) => (
            <em className="mk" key={mark}>
              {MARK_WORD[mark]}
            </em>
          ))}
          <Silent target={target} />
        </button>
      </th>
      <td className="bk">{arm ? <St kind={ARM[arm]} label={text.tripped} /> : null}</td>
      {cols.map((column, i) => {
        const step = stepOf(target, column.section, column.number);
        const word = cellWord(target, step);
        const time = step?.at && word !== 'todo' && word !== 'locked' ? hms(step.at, 'minute') : null;
        return (
          <td key={`${column.section} ${column.number}`} className={`sc sc-${word}`}>
            <button
              type="button"
              data-cell={`${key} ${i + 1}`}
              data-pane-focus={at === i + 1 || undefined}
              tabIndex={tab(i + 1)}
              className={[step?.disputed ? 'dis' : '', at === i + 1 ? 'at' : ''].filter(Boolean).join(' ')}
              title={column.title}
              aria-label={text.cell(column.title, target.id, PLAN_STEP_WORD[word], time)}
              onFocus={() => onChoose(key, i + 1)}
              onClick={() => onChoose(key, i + 1)}
            >
              <St kind={CELL_GLYPH[word]} />
              <span className="sc-h">{word === 'skipped' ? text.skip : (time ?? '')}</span>
            </button>
          </td>
        );
      })}
      <td className={at === cols.length + 1 ? 'rs at' : 'rs'}>
        <button
          type="button"
          data-cell={`${key} ${cols.length + 1}`}
          data-pane-focus={at === cols.length + 1 || undefined}
          tabIndex={tab(cols.length + 1)}
          onFocus={() => onChoose(key, cols.length + 1)}
          onClick={() => onChoose(key, cols.length + 1)}
        >
          <Shows target={target} />
        </button>
      </td>
    </tr>
  );
});

function WaveHead(props: {
  readonly wave: PlanWave;
  readonly before: PlanWave | null;
  readonly span: number;
  readonly folded: boolean;
  readonly at: boolean;
  readonly onChoose: (row: RowKey, col: number) => void;
  readonly onFold: () => void;
}) {
  const { wave, before } = props;
  const { view } = usePlan();
  const key: RowKey = `w:${wave.name}`;
  const shows = gateShows(wave);
  const passed = shows === 'passed' || shows === 'overridden';
  const { met, all } = counted(wave);
  const pace = paceWords(view);
  const left = passed ? leftOf(wave.after) : 0;
  const forbids = wave.startForbids;
  const first = forbids[0];
  const note =
    view.startedAt === null || wave.startedAt !== null
      ? null
      : first === undefined
        ? text.mayStart
        : first.code === 'wave-before-not-passed' && before
          ? text.waitsForGate(before.name)
          : first.text;
  return (
    <tr className={props.folded ? 'wv fold1' : 'wv'} aria-selected={props.at}>
      <th colSpan={props.span} scope="rowgroup" className={props.at ? 'at' : undefined}>
        <button
          type="button"
          data-cell={`${key} 0`}
          data-pane-focus={props.at || undefined}
          tabIndex={props.at ? 0 : -1}
          aria-expanded={passed ? !props.folded : undefined}
          title={passed ? (props.folded ? text.show(wave.name) : text.hide(wave.name)) : undefined}
          onFocus={() => props.onChoose(key, 0)}
          onClick={() => {
            props.onChoose(key, 0);
            if (passed) props.onFold();
          }}
        >
          <b>{wave.name}</b>
          {props.folded ? (
            <>
              <St kind="gate-open" />
              <span className="cut">
                {shows === 'overridden' ? text.gateOverridden : text.gatePassed},{' '}
                {wave.targets.length === 1
                  ? shortName(wave.targets[0] ?? '', view.targets)
                  : text.waveTargets(wave.targets.length)}
                , {text.counted(met, all)}
                {left > 0 ? `, ${text.afterLeft(left, wave.name)}` : ''}
              </span>
            </>
          ) : (
            <span>
              {text.waveTargets(wave.targets.length)}
              {wave.alone
                ? `, ${text.aloneWave}`
                : pace !== '' && wave.targets.length > 1 && !passed
                  ? `, ${pace}`
                  : ''}
            </span>
          )}
          <span className="r">
            {wave.gate.passedAt !== null ? (
              <>
                <Time at={wave.gate.passedAt} show="zm" />{' '}
                {wave.gate.passedBy === null ? text.byItself : wave.gate.passedBy.split(' ')[0]}
              </>
            ) : wave.startedAt !== null ? (
              <Time at={wave.startedAt} show="zm" />
            ) : note !== null && note.length <= 40 ? (
              note
            ) : null}
          </span>
          {note !== null && note.length > 40 && !passed ? <span className="wv-n">{note}</span> : null}
        </button>
      </th>
    </tr>
  );
}

export function Matrix(props: {
  readonly rows: readonly GridRow[];
  readonly prepare: readonly PlanStepText[];
  readonly each: readonly PlanStepText[];
  readonly chosen: Chosen;
  readonly onChoose: (row: RowKey, col: number) => void;
  readonly folded: (wave: PlanWave) => boolean;
  /** A wave's name, or the key of a head. */
  readonly onFold: (what: string) => void;
  readonly onEnter: () => void;
  readonly focus: boolean;
  /** The panel below says what is missing, so the gate only counts. */
  readonly terse: boolean;
}) {
  const { view } = usePlan();
  const { chosen, prepare, each } = props;
  const table = useRef<HTMLTableElement>(null);
  const cols = useMemo(() => [...prepare, ...each], [prepare, each]);
  const span = cols.length + 3;
  // Names take what the steps leave. From six steps on it scrolls sideways anyway: then they have the room they need.
  const wide = cols.length > 5;
  const step = cols.length <= 3 ? 3.25 : 2.75;
  const names = wide ? 10 : Math.max(6.25, Math.min(12, 19.25 - cols.length * step));
  // The same function as long as the matrix lives, so that a row is drawn again only when something of it changed.
  const choose = useRef(props.onChoose);
  choose.current = props.onChoose;
  const onChoose = useCallback((row: RowKey, col: number) => choose.current(row, col), []);
  const ownRow = (row: GridRow) =>
    row.kind === 'own' ? (
      <OwnRow key={row.key} row={row} span={span} at={chosen.row === row.key} onChoose={props.onChoose} />
    ) : null;
  const ownPart = (section: 'before' | 'finally') => {
    const head = props.rows.find((row) => row.kind === 'head' && row.section === section);
    if (head?.kind !== 'head') return null;
    return (
      <tbody>
        <OwnHead
          row={head}
          span={span}
          at={chosen.row === head.key}
          onChoose={props.onChoose}
          onFold={() => props.onFold(head.key)}
        />
        {props.rows.filter((row) => row.kind === 'own' && row.own.section === section).map(ownRow)}
      </tbody>
    );
  };
  const armOf = (id: string): 'closed' | 'open' | 'half-open' | null => {
    if (view.breaker.tripped?.target === id) return view.breaker.state;
    return view.breaker.trips.some((trip) => trip.target === id && trip.opened) ? 'closed' : null;
  };
  const cell = `${chosen.row} ${chosen.row.startsWith('t:') ? chosen.col : 0}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a panel that comes at the bottom takes room, and the cell in hand stays in view
  useEffect(() => {
    const node = table.current?.querySelector<HTMLElement>(`[data-cell="${CSS.escape(cell)}"]`);
    if (!node) return;
    node.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    // A row that folds away or begins to revert moves the hand, but never takes the focus from where somebody types.
    const at = document.activeElement;
    const ours = at === null || at === document.body || table.current?.contains(at);
    if (props.focus && ours && at !== node) node.focus({ preventScroll: true });
  }, [cell, props.focus, props.terse]);
  return (
    <table
      className="mx"
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid of buttons, one tab stop
      role="grid"
      aria-label={text.matrix}
      ref={table}
      // A cell is a button: Enter would press it. What folds is pressed; everything else is changed.
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
        if (!(event.target instanceof HTMLElement) || event.target.hasAttribute('aria-expanded')) return;
        event.preventDefault();
        props.onEnter();
      }}
      // More steps than the pane is wide for scroll sideways instead of shrinking.
      style={{ minWidth: `calc(${names + 7}rem + ${cols.length} * ${step}rem)` }}
    >
      <colgroup>
        <col style={{ width: `${names}rem` }} />
        <col className="c-b" />
        {cols.map((one) => (
          <col key={`${one.section} ${one.number}`} style={{ width: `${step}rem` }} />
        ))}
        <col className="c-r" />
      </colgroup>
      <thead>
        <tr className="mx-g">
          <td colSpan={2} />
          {prepare.length > 0 ? (
            <th colSpan={prepare.length} scope="colgroup">
              <span title={text.prepare}>{prepare.length === 1 ? text.prepareOne : text.prepare}</span>
            </th>
          ) : null}
          {each.length > 0 ? (
            <th colSpan={each.length} scope="colgroup">
              <span title={text.each}>{each.length === 1 ? text.eachOne : text.each}</span>
            </th>
          ) : null}
          <td />
        </tr>
        <tr>
          <th scope="col" className="l">
            {text.target}
          </th>
          <th scope="col">
            <span className="vh">{text.tripped}</span>
          </th>
          {cols.map((step) => (
            <th
              scope="col"
              key={`${step.section} ${step.number}`}
              title={step.title}
              className={step.title.length > 9 ? 'lt' : undefined}
            >
              {step.title}
            </th>
          ))}
          <th scope="col" className="l">
            {text.state}
          </th>
        </tr>
      </thead>
      {ownPart('before')}
      {view.waves.map((wave, i) => {
        const folded = props.folded(wave);
        const after = props.rows.filter((row) => row.kind === 'own' && row.own.wave === wave.name);
        return (
          <tbody key={wave.name}>
            <WaveHead
              wave={wave}
              before={view.waves[i - 1] ?? null}
              span={span}
              folded={folded}
              at={chosen.row === `w:${wave.name}`}
              onChoose={props.onChoose}
              onFold={() => props.onFold(wave.name)}
            />
            {props.rows.map((row) =>
              row.kind === 'target' && row.wave.name === wave.name ? (
                <TargetRow
                  key={row.key}
                  target={row.target}
                  name={shortName(row.target.id, view.targets)}
                  cols={cols}
                  arm={armOf(row.target.id)}
                  at={chosen.row === row.key ? chosen.col : -1}
                  onChoose={onChoose}
                />
              ) : null,
            )}
            {folded || (wave.startedAt === null && wave.gate.state !== 'waiting') ? null : (
              <GateRow wave={wave} span={span} terse={props.terse} />
            )}
            {after.map(ownRow)}
          </tbody>
        );
      })}
      {ownPart('finally')}
    </table>
  );
}
