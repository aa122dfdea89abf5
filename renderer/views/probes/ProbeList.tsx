// The probes that look at a cell: what each found, over one, five and fifteen minutes, and the chart that shows why.
import { useState } from 'react';
import type { ProbeView } from '../../../shared/contract/watch.ts';
import { probeListWords } from '../../../shared/text/board-more.ts';
import { probeWords as words } from '../../../shared/text/ours-ui.ts';
import { duration } from '../../../shared/time/format.ts';
import { Button } from '../../components/Button.tsx';
import { StateWord } from '../../components/St.tsx';
import { ms, ProbeChart } from './ProbeChart.tsx';

/** More of one cell are in the list of all. */
const SHOWN = 20;

export function ProbeList({ probes, rev }: { probes: readonly ProbeView[]; rev: number }) {
  const [open, setOpen] = useState<string | null>(null);
  if (!probes.length) return null;
  return (
    <section className="pbl" aria-label={words.title}>
      <h3 className="lg">{words.title}</h3>
      <ul>
        {probes.slice(0, SHOWN).map((probe) => (
          <li key={probe.id}>
            <p className="src-h">
              <StateWord state={probe.state} />
              <b>{probe.name}</b>
              <span className="dim mono cut" title={probe.target}>
                {probe.target}
              </span>
              <span className="dim">{words.every(duration(probe.intervalMs))}</span>
              <Button
                look="tiny"
                className="r"
                expanded={open === probe.id}
                onPress={() => setOpen(open === probe.id ? null : probe.id)}
              >
                {words.chart}
              </Button>
            </p>
            <p>{probe.text}</p>
            <p className="fine">
              {probe.windows
                .map((w) =>
                  words.errors(w.minutes, w.errorRate === null ? words.noTry : words.errorRate(w.errorRate)),
                )
                .join(', ')}
              {probe.windows.at(-1)?.p50 == null
                ? ''
                : `; ${words.latency(ms(probe.windows.at(-1)?.p50 ?? null), ms(probe.windows.at(-1)?.p95 ?? null))}`}
              {probe.certificateDays === null ? '' : `; ${words.certificate(probe.certificateDays)}`}
            </p>
            {probe.anomaly?.anomalous ? <p className="pb-odd">{probe.anomaly.text}</p> : null}
            {open === probe.id ? <ProbeChart probe={probe} rev={rev} /> : null}
          </li>
        ))}
      </ul>
      {probes.length > SHOWN ? <p className="fine">{probeListWords.shown(SHOWN, probes.length)}</p> : null}
    </section>
  );
}
