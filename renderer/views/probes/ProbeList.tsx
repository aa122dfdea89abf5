// The probes that look at a cell: what each found, over one, five and fifteen minutes, and the chart that shows why.
import { useState } from 'react';
import type { ProbeView } from '../../../shared/contract/watch.ts';
import { probeWords as words } from '../../../shared/text/ours-ui.ts';
import { duration } from '../../../shared/time/format.ts';
import { Button } from '../../components/Button.tsx';
import { Problem } from '../../components/Problem.tsx';
import { StateWord } from '../../components/St.tsx';
import { Time } from '../../components/Time.tsx';
import { useCall } from '../../state/use-call.ts';
import { probeChart } from './chart.ts';

const WIDTH = 600;
const HEIGHT = 90;
const ms = (n: number | null): string => (n === null ? '' : `${Math.round(n)}\u00a0ms`);

function ProbeChart({ probe, rev }: { probe: ProbeView; rev: number }) {
  const { value, error } = useCall('health.probe', { probe: probe.id }, rev);
  if (error) return <Problem text={error.message} />;
  if (!value) return null;
  if (!value.tries.length) return <p className="fine">{words.noTries}</p>;
  const chart = probeChart(value.tries, value.probe.anomaly, WIDTH, HEIGHT);
  const failed = value.tries.filter((t) => !t.ok).length;
  const median = value.probe.anomaly ? ms(value.probe.anomaly.median) : '';
  return (
    <figure className="pbc">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${words.chartOf(probe.name)}: ${words.chartSaid(value.tries.length, failed, median)}`}
      >
        {chart.limit === null ? null : <path className="pb-lim" d={`M0 ${chart.limit}H${WIDTH}`} />}
        {chart.median === null ? null : <path className="pb-med" d={`M0 ${chart.median}H${WIDTH}`} />}
        {chart.failed.map((f) => (
          <path key={f.at} className="pb-bad" d={`M${f.x} 0V${HEIGHT}`} />
        ))}
        <path className="pb-line" d={chart.line} />
      </svg>
      <figcaption className="fine">
        <Time at={value.tries[0]?.at ?? ''} show="day" />,{' '}
        {words.chartSaid(value.tries.length, failed, median)}
        {chart.limit === null || !value.probe.anomaly ? '' : `, ${value.probe.anomaly.method}`}
      </figcaption>
    </figure>
  );
}

export function ProbeList({ probes, rev }: { probes: readonly ProbeView[]; rev: number }) {
  const [open, setOpen] = useState<string | null>(null);
  if (!probes.length) return null;
  return (
    <section className="pbl" aria-label={words.title}>
      <h3 className="lg">{words.title}</h3>
      <ul>
        {probes.map((probe) => (
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
            <p className="fine">{probe.anomaly ? probe.anomaly.text : words.learning}</p>
            {open === probe.id ? <ProbeChart probe={probe} rev={rev} /> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
