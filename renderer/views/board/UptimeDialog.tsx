// Uptime per region from our own record, with the time that nobody watched: what was not watched is neither well nor broken.
import { useId, useState } from 'react';
import { pastWords as words } from '../../../shared/text/ours-ui.ts';
import { ui } from '../../../shared/text/ui.ts';
import { day, duration, utc } from '../../../shared/time/format.ts';
import { Dialog } from '../../app/dialogs.tsx';
import { Keys } from '../../components/Kbd.tsx';
import { Problem } from '../../components/Problem.tsx';
import { Segment } from '../../components/Segment.tsx';
import { StateWord } from '../../components/St.tsx';
import { useCall } from '../../state/use-call.ts';
import { isTrouble } from './marks.ts';

const HOURS = ['24', '168', '720'] as const;
type Hours = (typeof HOURS)[number];

/** `99.93 %`, truncated: what was not whole is never rounded up to 100. */
export const percent = (share: number): string =>
  share === 1 ? '100\u00a0%' : `${(Math.floor(share * 10_000) / 100).toFixed(2)}\u00a0%`;

const when = (at: string): string => `${day(at)}, ${utc(at, 'minute')}`;

export function UptimeDialog({ onClose }: { onClose: () => void }) {
  const heading = useId();
  const [hours, setHours] = useState<Hours>('24');
  const { value, error } = useCall('health.uptime', { hours: Number(hours) });
  return (
    <Dialog className="dec wide-d" labelledBy={heading} onClose={onClose}>
      <header className="dec-h">
        <h2 id={heading}>{words.uptimeTitle}</h2>
        <Segment
          label={words.range}
          value={hours}
          options={HOURS.map((id) => ({ id, label: words.hours[id] }))}
          onChange={setHours}
        />
        {value ? <span className="dim cut">{words.span(when(value.from), when(value.until))}</span> : null}
        <button type="button" className="btn quiet r" onClick={onClose}>
          <span>{ui.close}</span>
          <Keys keys="Esc" />
        </button>
      </header>
      <section className="scroll d-scroll" tabIndex={0} aria-label={words.uptimeTitle}>
        {error ? <Problem text={error.message} className="none" /> : null}
        {value?.regions.length ? <p className="fine upt-w">{words.uptimeWhy}</p> : null}
        {value && !value.regions.length ? <p className="none">{words.none}</p> : null}
        {value?.regions.length ? (
          <table className="svt upt">
            <thead>
              <tr>
                <th scope="col">{words.region}</th>
                <th scope="col">{words.share}</th>
                <th scope="col">{words.broken}</th>
                <th scope="col">{words.incidents}</th>
                <th scope="col">{words.worst}</th>
                <th scope="col">{words.notWatchedHead}</th>
              </tr>
            </thead>
            <tbody>
              {value.regions.map((r) => (
                <tr key={`${r.provider}/${r.region}`}>
                  <th scope="row">
                    <span className="nb">
                      {r.provider}/{r.region}
                    </span>{' '}
                    {r.ours ? <em className="newr">{words.ours}</em> : null}
                  </th>
                  <td>
                    {r.uptime === null ? <span className="dim">{words.never}</span> : percent(r.uptime)}
                  </td>
                  <td>{r.brokenMs ? duration(r.brokenMs) : ''}</td>
                  <td>{r.incidents || ''}</td>
                  <td>{r.worst && isTrouble(r.worst) ? <StateWord state={r.worst} /> : null}</td>
                  <td className="dim">{r.notWatchedMs >= 1000 ? duration(r.notWatchedMs) : ''}</td>
                </tr>
              ))}
            </tbody>
          </table>
        ) : null}
      </section>
    </Dialog>
  );
}
