// What everything hangs on: single points of failure, control planes that live in one region, and the loss of each provider and region.
import { useId, useState } from 'react';
import type { WhatIfView } from '../../../shared/contract/ours.ts';
import { oursWords as words } from '../../../shared/text/ours-ui.ts';
import { ui } from '../../../shared/text/ui.ts';
import { Dialog } from '../../app/dialogs.tsx';
import { Keys } from '../../components/Kbd.tsx';
import { Problem } from '../../components/Problem.tsx';
import { Segment } from '../../components/Segment.tsx';
import { useCall } from '../../state/use-call.ts';
import { money } from './ours-list.ts';

const TABS = ['single', 'planes', 'providers', 'regions'] as const;
type Tab = (typeof TABS)[number];

const nameOf = ({ loss }: WhatIfView): string =>
  loss.kind === 'ours'
    ? loss.service
    : loss.kind === 'provider'
      ? loss.provider
      : loss.kind === 'region'
        ? `${loss.provider}/${loss.region}`
        : `${loss.provider}/${loss.region}/${loss.service}`;

function Losses(props: { list: readonly WhatIfView[]; currency: string; none: string }) {
  if (!props.list.length) return <p className="none">{props.none}</p>;
  return (
    <ul className="pts">
      {props.list.map((one) => (
        <li key={nameOf(one)}>
          <p>
            <b className="nb">{nameOf(one)}</b>
            <span className={one.lost.length ? 'w-outage' : 'dim'}>{words.lostCount(one.lost.length)}</span>
            <span className="dim">{words.survives(one.survive.length)}</span>
            {one.costPerMinute > 0 ? (
              <span className="dim r">{words.cost(money(one.costPerMinute), props.currency)}</span>
            ) : null}
          </p>
          {one.text === nameOf(one) ? null : <p className="dim">{one.text}</p>}
          {one.lost.length ? (
            <p className="fine wrap">
              {words.lost}: {one.lost.join(', ')}
            </p>
          ) : null}
          {one.thinner.length ? (
            <p className="fine wrap">
              {words.thin}: {one.thinner.join(', ')}
            </p>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

export function PointsDialog({ onClose }: { onClose: () => void }) {
  const heading = useId();
  const [tab, setTab] = useState<Tab>('single');
  const { value, error } = useCall('ours.points', {});
  return (
    <Dialog className="dec wide-d" labelledBy={heading} onClose={onClose}>
      <header className="dec-h">
        <h2 id={heading}>{words.pointsTitle}</h2>
        <Segment
          label={words.pointsTitle}
          value={tab}
          options={TABS.map((id) => ({ id, label: words.tabs[id] }))}
          onChange={setTab}
        />
        <button type="button" className="btn quiet r" onClick={onClose}>
          <span>{ui.close}</span>
          <Keys keys="Esc" />
        </button>
      </header>
      <section className="scroll d-scroll" tabIndex={0} aria-label={words.tabs[tab]}>
        {error ? <Problem text={error.message} className="none" /> : null}
        {!value && !error ? <p className="none">{words.reading}</p> : null}
        {value && tab === 'single' ? (
          <Losses list={value.single} currency={value.currency} none={words.singleNone} />
        ) : null}
        {value && tab === 'providers' ? (
          <Losses list={value.providers} currency={value.currency} none={words.lossNone} />
        ) : null}
        {value && tab === 'regions' ? (
          <Losses list={value.regions} currency={value.currency} none={words.lossNone} />
        ) : null}
        {value && tab === 'planes' ? (
          value.controlPlanes.length ? (
            <ul className="pts">
              {value.controlPlanes.map((p) => (
                <li key={`${p.service} ${p.needs} ${p.region}`}>
                  <p>
                    <b className="nb">{p.service}</b> <span>{p.needs}</span>
                  </p>
                  <p className="dim">{words.plane(p.what, p.region)}</p>
                </li>
              ))}
            </ul>
          ) : (
            <p className="none">{words.planesNone}</p>
          )
        ) : null}
      </section>
    </Dialog>
  );
}
