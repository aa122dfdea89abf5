// The gate of a wave: its word, its conditions counted one by one, the sentences of those that are not met, and the bake.
import type { PlanWave } from '../../../../shared/contract/plan.ts';
import { CONDITION_WORD, plan as text } from '../../../../shared/text/plan-ui.ts';
import { fromInstant } from '../../../../shared/time/clock.ts';
import { elapsed } from '../../../../shared/time/format.ts';
import { Nb } from '../../../components/Nb.tsx';
import { St } from '../../../components/St.tsx';
import { BakeBar } from './Bake.tsx';
import { counted, GATE_GLYPH, gateShows, watchedAt } from './model.ts';
import { usePlan, usePlanNow } from './store.ts';

const WORD = {
  passed: text.gatePassed,
  overridden: text.gateOverridden,
  waits: text.gateWaitsShort,
  held: text.gateHeld,
  baking: text.gateBaking,
  shut: text.gateShut,
} as const;

function BakeWord({ wave }: { wave: PlanWave }) {
  const now = usePlanNow();
  const { view } = usePlan();
  return (
    <>{text.bakeOf(elapsed(watchedAt(wave.bake, fromInstant(view.now), now)), elapsed(wave.bake.neededMs))}</>
  );
}

export function GateRow({ wave, span, terse }: { wave: PlanWave; span: number; terse: boolean }) {
  const shows = gateShows(wave);
  const { met, all } = counted(wave);
  const open = shows === 'passed' || shows === 'overridden';
  const missing = wave.gate.conditions.filter(
    (one) => !one.met && !one.overridden && one.code !== 'bake-not-full' && one.code !== 'breaker-open',
  );
  return (
    <tr className={open ? 'gt gt-open' : shows === 'waits' || shows === 'held' ? 'gt gt-shut' : 'gt'}>
      <td colSpan={span}>
        <div className="gt-h">
          <St kind={GATE_GLYPH[shows]} />
          <b>{WORD[shows]}</b>
          {all > 0 ? <span>{text.conditions(met, all)}</span> : null}
          <span className="r">{wave.gate.kind === 'health' ? text.byHealth : text.byPerson}</span>
        </div>
        {all > 0 ? (
          <ul className="gc" aria-label={text.conditionsOf(wave.name)}>
            {wave.gate.conditions.map((one) => {
              const fine = one.met || one.overridden;
              const word = CONDITION_WORD[one.code];
              return (
                <li key={one.code} className={fine ? 'ok' : 'no'} title={one.text}>
                  <St
                    kind={one.overridden ? 'skipped' : one.met ? 'done' : 'todo'}
                    label={one.overridden ? text.overridden : one.met ? text.met : text.notMet}
                  />
                  <span>
                    {one.code === 'bake-not-full' && wave.bake.neededMs > 0 ? (
                      <BakeWord wave={wave} />
                    ) : word ? (
                      one.overridden ? (
                        word.not
                      ) : one.met ? (
                        word.met
                      ) : (
                        word.not
                      )
                    ) : (
                      one.text
                    )}
                  </span>
                </li>
              );
            })}
          </ul>
        ) : null}
        {terse || open || missing.length === 0 || wave.startedAt === null ? null : (
          <ul className="gn">
            {missing.map((one) => (
              <li key={one.code}>
                <Nb>{one.text}</Nb>
              </li>
            ))}
          </ul>
        )}
        {open ? null : <BakeBar wave={wave} />}
      </td>
    </tr>
  );
}
