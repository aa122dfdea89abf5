// A gate that waits for a person, at the plan's bottom edge: what is not met, then pass it with a reason.
import { useId, useState } from 'react';
import type { PlanWave } from '../../../../shared/contract/plan.ts';
import { CONDITION_WORD, plan as text } from '../../../../shared/text/plan-ui.ts';
import { Button } from '../../../components/Button.tsx';
import { Nb } from '../../../components/Nb.tsx';
import { St } from '../../../components/St.tsx';
import type { Alarm } from './alarm.ts';
import { shortName } from './model.ts';
import { Act, Have, Since, Whys } from './panel-parts.tsx';
import { usePlan } from './store.ts';
import type { Acts } from './use-acts.tsx';

export function GatePanel({ wave, acts, alarm }: { wave: PlanWave; acts: Acts; alarm: Alarm }) {
  const { view } = usePlan();
  const [problem, setProblem] = useState<string | null>(null);
  const [folded, setFolded] = useState(false);
  const whyId = useId();
  const missing = wave.gate.conditions.filter((one) => !one.met && !one.overridden);
  const pass = wave.passForbids.map((one) => one.text).join(' ');
  const worst =
    view.targets.find((one) => wave.targets.includes(one.id) && one.marks.includes('no-better')) ?? null;
  const noRevert = worst?.revertForbids.some((one) => one.code === 'no-revert-steps')
    ? text.noRevert
    : (worst?.revertForbids[0]?.text ?? null);
  return (
    <section className="brk wait" aria-labelledby="brk-h" data-breaker tabIndex={-1}>
      <h3 id="brk-h">
        <St kind="gate-wait" />
        <span className="cut">{text.gateWaitsTitle(wave.name)}</span>
        {alarm.stands && alarm.had === null ? <Have alarm={alarm} onProblem={setProblem} /> : null}
        <Since at={wave.gate.waitingSince} />
      </h3>
      {folded ? null : (
        <dl className="ev">
          {missing.slice(0, 4).map((one) => (
            <div key={one.code} className="two">
              <dt className="wrap">
                {one.target
                  ? shortName(one.target, view.targets)
                  : (CONDITION_WORD[one.code]?.not ?? wave.name)}
              </dt>
              <dd className="wrap">
                <Nb>{one.text}</Nb>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {problem ? <p className="err">{problem}</p> : null}
      <div className="brk-a">
        <Act why={pass === '' ? null : pass} whyId={whyId} primary keys="G" onPress={() => acts.gate(wave)}>
          {text.passGateShort}
        </Act>
        <Button onPress={() => setFolded(!folded)} expanded={!folded}>
          {text.keepHolding}
        </Button>
        {worst ? (
          <Act why={noRevert} whyId={whyId} keys="V" onPress={() => acts.revert(worst.id)}>
            {text.revertOf(shortName(worst.id, view.targets))}
          </Act>
        ) : null}
      </div>
      <Whys
        id={whyId}
        list={[
          ...(pass === '' ? [] : [{ what: text.passGate(wave.name), why: pass }]),
          ...(noRevert === null || worst === null ? [] : [{ what: text.revertOf(worst.id), why: noRevert }]),
        ]}
      />
      <p className="fine">
        {text.fineGate} {alarm.had ? <Have alarm={alarm} onProblem={setProblem} /> : null}
      </p>
    </section>
  );
}
