// One service of ours: how it is and why, where it runs, what it hangs on, who stops with it; override it, or ask what if it goes.
import { type ReactNode, useId } from 'react';
import { overrideWords, oursWords as words } from '../../../shared/text/ours-ui.ts';
import { ui } from '../../../shared/text/ui.ts';
import { Dialog, useDialogs } from '../../app/dialogs.tsx';
import { Button } from '../../components/Button.tsx';
import { Keys } from '../../components/Kbd.tsx';
import { Problem } from '../../components/Problem.tsx';
import { StateWord } from '../../components/St.tsx';
import { Time } from '../../components/Time.tsx';
import { OverrideDialog } from './OverrideDialog.tsx';
import { OverrideLine } from './OverrideLine.tsx';
import { money } from './ours-list.ts';
import { useOurs } from './use-ours.ts';
import { WhatIfDialog } from './WhatIfDialog.tsx';

const Line = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

export function OurServiceDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const dialogs = useDialogs();
  const heading = useId();
  const ours = useOurs();
  const service = ours.value?.services.find((s) => s.name === name);
  return (
    <Dialog className="dec fd-d" labelledBy={heading} onClose={onClose}>
      <header className="dec-h">
        <h2 id={heading}>{name}</h2>
        {service ? <StateWord state={service.state} basis={service.basis} /> : null}
        <button type="button" className="btn quiet r" onClick={onClose}>
          <span>{ui.close}</span>
          <Keys keys="Esc" />
        </button>
      </header>
      <div className="fd-b">
        <Problem text={ours.error?.message ?? null} />
        {service ? (
          <>
            {service.title && service.title !== name ? <p>{service.title}</p> : null}
            {service.override ? <OverrideLine override={service.override} /> : null}
            <dl className="kvl">
              <Line name={words.brokenBy}>
                {service.by.length ? service.by.join(', ') : service.thinner ? words.thinner : words.nothing}
              </Line>
              {service.since ? (
                <Line name={words.since}>
                  <Time at={service.since} show="day" />
                </Line>
              ) : null}
              <Line name={words.runsIn}>
                {service.where.length ? (
                  <ul>
                    {service.where.map((w) => (
                      <li key={`${w.provider}/${w.region}`} className="kv-s">
                        <span className="nb">
                          {w.provider}/{w.region}
                        </span>
                        <StateWord state={w.state} />
                      </li>
                    ))}
                  </ul>
                ) : (
                  words.nowhere
                )}
              </Line>
              <Line name={words.hangsOn}>{service.hangsOn.join(', ') || words.hangsOnNone}</Line>
              <Line name={words.stops}>{service.blast.join(', ') || words.nobody}</Line>
              <Line name={words.owner}>{service.owner || words.noOwner}</Line>
              <Line name={words.tierHead}>{service.tier}</Line>
              <Line name={words.costHead}>
                {service.costPerMinute === null
                  ? words.costUnknown
                  : words.cost(money(service.costPerMinute), ours.value?.currency ?? '')}
              </Line>
            </dl>
          </>
        ) : null}
      </div>
      {service ? (
        <footer className="dec-f">
          <Button
            onPress={() =>
              dialogs.open((close) => (
                <WhatIfDialog start={{ kind: 'ours', service: name }} onClose={close} />
              ))
            }
          >
            {words.whatIf}
          </Button>
          <Button
            onPress={() =>
              dialogs.open((close) => (
                <OverrideDialog
                  provider="ours"
                  region="global"
                  service={name}
                  name={name}
                  sources={service.override?.sources ?? service.state}
                  before={service.override}
                  onClose={close}
                />
              ))
            }
          >
            {overrideWords.set}
          </Button>
        </footer>
      ) : null}
    </Dialog>
  );
}
