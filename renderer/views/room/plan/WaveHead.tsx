// The head of a wave in the matrix: folded with its gate once it has passed, else with its pace and what forbids its start.

import type { PlanWave } from '../../../../shared/contract/plan.ts';
import { calledBy } from '../../../../shared/text/people.ts';
import { plan as text } from '../../../../shared/text/plan-ui.ts';
import { St } from '../../../components/St.tsx';
import { Time } from '../../../components/Time.tsx';
import { paceWords } from './hand.ts';
import { counted, gateShows, shortName } from './model.ts';
import { leftOf, type RowKey } from './rows.ts';
import { usePlan } from './store.ts';

export function WaveHead(props: {
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
  // The wave before comes first: while its gate is shut, whatever else holds this one is not yet its turn.
  const first = forbids.find((one) => one.code === 'wave-before-not-passed' && before) ?? forbids[0];
  const note =
    view.startedAt === null || wave.startedAt !== null
      ? null
      : first === undefined
        ? text.mayStart
        : first.code === 'wave-before-not-passed' && before
          ? text.waitsForGate(before.name)
          : first.code === 'breaker-open'
            ? text.waitsForBreaker
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
                {left > 0 ? (
                  <>
                    , <span title={text.afterLeft(left, wave.name)}>{text.left(left)}</span>
                  </>
                ) : null}
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
                {wave.gate.passedBy === null ? text.byItself : calledBy(wave.gate.passedBy)}
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
