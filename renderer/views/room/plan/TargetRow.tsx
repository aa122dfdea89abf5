// One target of the matrix: its name with its marks, the switch arm, a cell for each step, and what stands in the state column.
import { memo } from 'react';
import type { PlanTarget } from '../../../../shared/contract/plan.ts';
import { MARK_WORD, PLAN_STEP_WORD, TARGET_WORD, plan as text } from '../../../../shared/text/plan-ui.ts';
import { fromInstant } from '../../../../shared/time/clock.ts';
import { duration, hms } from '../../../../shared/time/format.ts';
import { S, St, StateWord } from '../../../components/St.tsx';
import { CELL_GLYPH, cellWord, type PlanStepText, stepOf, targetShows } from './model.ts';
import type { RowKey } from './rows.ts';
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

export const TargetRow = memo(function TargetRow({ target, name, cols, arm, at, onChoose }: RowProps) {
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
