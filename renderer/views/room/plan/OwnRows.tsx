// Rows of the plan's own steps in the matrix: the heads of Before and Finally, and one row for each step, across all columns.
import { calledBy } from '../../../../shared/text/people.ts';
import { PLAN_STEP_WORD, plan as text } from '../../../../shared/text/plan-ui.ts';
import { St } from '../../../components/St.tsx';
import { Time } from '../../../components/Time.tsx';
import { CELL_GLYPH, settled, textOf } from './model.ts';
import { finallyDue, type GridRow, leftOf, type RowKey } from './rows.ts';
import { usePlan } from './store.ts';

interface Props<K extends GridRow['kind']> {
  readonly row: Extract<GridRow, { kind: K }>;
  readonly span: number;
  readonly at: boolean;
  readonly onChoose: (row: RowKey, col: number) => void;
}

export function OwnHead({
  row,
  span,
  at,
  onChoose,
  onFold,
}: Props<'head'> & { readonly onFold: () => void }) {
  const { view } = usePlan();
  const own = view[row.section];
  const all = own.steps.length;
  const left = leftOf(own);
  const name = text.own[row.section];
  const later = row.section === 'finally' && !finallyDue(view) && left === all;
  return (
    <tr className={row.open ? 'wv own' : 'wv own fold1'} aria-selected={at}>
      <th colSpan={span} scope="rowgroup" className={at ? 'at' : undefined}>
        <button
          type="button"
          data-cell={`${row.key} 0`}
          data-pane-focus={at || undefined}
          tabIndex={at ? 0 : -1}
          aria-expanded={row.open}
          title={row.open ? text.hideOwn(name) : text.showOwn(name)}
          onFocus={() => onChoose(row.key, 0)}
          onClick={() => {
            onChoose(row.key, 0);
            onFold();
          }}
        >
          <b>{name}</b>
          {left === 0 ? <St kind="done" /> : null}
          <span>{later ? text.ownLater(all) : text.ownCount(all - left, all)}</span>
        </button>
      </th>
    </tr>
  );
}

export function OwnRow({ row, span, at, onChoose }: Props<'own'>) {
  const { view } = usePlan();
  const { section, wave, step } = row.own;
  const title = textOf(view, section, step.number)?.title ?? String(step.number);
  const touched = step.at !== null && step.state !== 'todo';
  return (
    <tr className={`own-r ${step.state}`} aria-selected={at}>
      <th colSpan={span} scope="row" className={at ? 'at' : undefined}>
        <button
          type="button"
          data-cell={`${row.key} 0`}
          data-pane-focus={at || undefined}
          tabIndex={at ? 0 : -1}
          title={title}
          onFocus={() => onChoose(row.key, 0)}
          onClick={() => onChoose(row.key, 0)}
        >
          <St kind={CELL_GLYPH[step.state]} label={PLAN_STEP_WORD[step.state]} />
          <span className={settled(step) ? 'cut dim' : 'cut'}>{title}</span>
          {step.disputed ? <em className="mk">{text.disputedShort}</em> : null}
          <span className="r">
            {touched && step.at !== null ? (
              <>
                {step.by.map(calledBy).join(', ')} <Time at={step.at} show="zm" />
              </>
            ) : section === 'after' ? (
              text.ownPlace(section, wave)
            ) : (
              <span className="vh">{text.ownPlace(section, wave)}</span>
            )}
          </span>
        </button>
      </th>
    </tr>
  );
}
