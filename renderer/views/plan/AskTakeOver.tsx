// A new plan beside one that runs: does it take over the targets that are pending there (rule 10)? Asked before it is made, with the effect.
import { useState } from 'react';
import type { Output } from '../../../shared/contract/index.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { plan as text } from '../../../shared/text/plan-ui.ts';
import { Ask, AskChoice } from '../../components/Ask.tsx';

const words = text.takeOver;
export type Overlap = Output<'plan.overlap'>['plans'][number];
const NONE = 'none';

export function AskTakeOver(props: {
  readonly plans: readonly Overlap[];
  readonly onClose: () => void;
  /** Makes the plan. A refusal stays in the question. */
  readonly make: (takesOver: string | undefined) => Promise<Result<unknown>>;
}) {
  const { plans } = props;
  const [chosen, setChosen] = useState<string | null>(null);
  const one = plans.find((plan) => plan.plan === chosen) ?? null;
  return (
    <Ask
      title={plans.length === 1 ? words.title(plans[0]?.title ?? '') : words.titleMany}
      effect={words.effect}
      yes={chosen === NONE ? words.yesNone : words.yes}
      wide
      blocked={chosen === null ? words.choose : null}
      onClose={props.onClose}
      onYes={() =>
        chosen === null ? Promise.resolve(ok(null)) : props.make(chosen === NONE ? undefined : chosen)
      }
    >
      <AskChoice
        legend={words.choose}
        first
        value={chosen}
        onChange={setChosen}
        options={[
          ...plans.map((plan) => ({
            id: plan.plan,
            label: words.take(plan.taken.length, plan.title),
            help: words.takeHelp(plan.left),
          })),
          { id: NONE, label: words.none, help: words.noneHelp },
        ]}
      />
      {one ? (
        <>
          <ul className="ask-l" aria-label={words.taken}>
            {one.taken.map((target) => (
              <li key={target}>
                <b>{target}</b> {words.moves}
              </li>
            ))}
            {one.stay.map((target) => (
              <li key={target}>
                <b>{target}</b> {words.stays}
              </li>
            ))}
          </ul>
          {one.stay.length > 0 ? <p className="near">{words.stayWhy(one.stay.length)}</p> : null}
        </>
      ) : null}
    </Ask>
  );
}
