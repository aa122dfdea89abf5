// The last tries of a probe as a line, with the median it is held against and the limit from which on it is called unusual: the chart that shows why.
import type { ReactNode } from 'react';
import type { ProbeView } from '../../../shared/contract/watch.ts';
import { probeListWords as words } from '../../../shared/text/board-more.ts';
import { probeWords } from '../../../shared/text/ours-ui.ts';
import { Problem } from '../../components/Problem.tsx';
import { Time } from '../../components/Time.tsx';
import { useCall } from '../../state/use-call.ts';
import { probeChart } from './chart.ts';

const WIDTH = 600;
const HEIGHT = 90;

/** Milliseconds as people read them; empty for none. */
export const ms = (n: number | null): string =>
  n === null ? '' : n >= 1000 ? `${(n / 1000).toFixed(1)}\u00a0s` : `${Math.round(n)}\u00a0ms`;

const Key = ({ cls, children }: { cls: string; children: ReactNode }) => (
  <li>
    <svg viewBox="0 0 20 8" aria-hidden="true">
      <path className={cls} d={cls === 'pb-bad' ? 'M10 0V8' : 'M0 4H20'} />
    </svg>
    {children}
  </li>
);

export function ProbeChart({ probe, rev }: { probe: Pick<ProbeView, 'id' | 'name'>; rev: number }) {
  const { value, error } = useCall('health.probe', { probe: probe.id }, rev);
  if (error) return <Problem text={error.message} />;
  if (!value) return null;
  const { tries } = value;
  const last = tries.at(-1);
  if (!tries[0] || !last) return <p className="fine">{probeWords.noTries}</p>;
  const { anomaly } = value.probe;
  const chart = probeChart(tries, anomaly, WIDTH, HEIGHT);
  const failed = tries.filter((t) => !t.ok).length;
  const median = anomaly ? ms(anomaly.median) : null;
  const said = probeWords.chartSaid(tries.length, failed, median);
  return (
    <figure className="pbc">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${probeWords.chartOf(probe.name)}: ${said}`}
      >
        {anomaly ? (
          <rect
            className={anomaly.anomalous ? 'pb-now odd' : 'pb-now'}
            x={chart.judgedFrom}
            width={WIDTH - chart.judgedFrom}
            height={HEIGHT}
          />
        ) : null}
        {chart.limit === null ? null : <path className="pb-lim" d={`M0 ${chart.limit}H${WIDTH}`} />}
        {chart.median === null ? null : <path className="pb-med" d={`M0 ${chart.median}H${WIDTH}`} />}
        {chart.failed.map((f) => (
          <path key={f.at} className="pb-bad" d={`M${f.x} 0V${HEIGHT}`} />
        ))}
        <path className="pb-line" d={chart.line} />
      </svg>
      <figcaption className="fine">
        <Time at={tries[0].at} show="day" /> <span aria-hidden="true">{'\u2013'}</span>
        <span className="vh">to</span> <Time at={last.at} show="day" />, {said}
        {tries.some((t) => t.ms !== null) ? `; ${words.top(ms(chart.top))}` : ''}
      </figcaption>
      <ul className="pb-key fine" aria-hidden="true">
        <Key cls="pb-line">{words.legend.line}</Key>
        {failed ? <Key cls="pb-bad">{words.legend.failed}</Key> : null}
        {anomaly ? (
          <>
            <Key cls="pb-med">
              {words.legend.median} {median}
            </Key>
            <Key cls="pb-lim">
              {words.legend.limit} {ms(chart.limitMs)}
            </Key>
            <Key cls="pb-nowk">{words.legend.now}</Key>
          </>
        ) : null}
      </ul>
      {anomaly ? (
        <>
          <p className={anomaly.anomalous ? 'pb-odd' : undefined}>
            {words.judged(ms(anomaly.value), ms(anomaly.median), ms(chart.limitMs))}{' '}
            {words.score(anomaly.score.toFixed(1), anomaly.limit)}
          </p>
          <p className="fine">{words.method(anomaly.method, anomaly.tries)}</p>
        </>
      ) : (
        <p className="fine">{probeWords.learning}</p>
      )}
    </figure>
  );
}
