// If nothing holds: each wave's work and bake on one axis from now, and when the last one would be through.
import { plan as text } from '../../../shared/text/plan-ui.ts';
import { toInstant } from '../../../shared/time/clock.ts';
import { duration, hms } from '../../../shared/time/format.ts';
import { useNow } from '../../app/services.ts';
import { Time } from '../../components/Time.tsx';
import type { Draft } from './draft.ts';
import { forecast, marks } from './forecast.ts';

const words = text.make;
const MINUTE = 60_000;

export function IfNothingHolds({ draft }: { draft: Draft }) {
  // From the minute on: it is no countdown.
  const start = Math.floor(useNow() / MINUTE) * MINUTE;
  const found = forecast(draft);
  if (found === null) return null;
  const part = (ms: number): string => `${(ms / Math.max(1, found.end)) * 100}%`;
  const at = (ms: number) => toInstant(start + ms);
  const said = found.waves
    .map((one) => words.waveUntil(one.name, `${hms(at(one.from + one.worked + one.baked), 'minute')}Z`))
    .join(', ');
  return (
    <figure className="pm-h" aria-label={`${words.ifNothing}: ${said}`}>
      <figcaption>
        <b>{words.ifNothing}</b> <span className="dim">{words.ifNothingWhy}</span>
        <span className="r dim">
          {words.doneAt} <Time at={at(found.end)} show="zm" />, {duration(found.end)}
        </span>
      </figcaption>
      <div aria-hidden="true">
        {found.waves.map((one) => (
          <p key={one.name}>
            <span className="cut">{one.name}</span>
            <span className="pm-hb">
              <i style={{ left: part(one.from), width: part(one.worked) }} />
              <i className="bk" style={{ left: part(one.from + one.worked), width: part(one.baked) }} />
            </span>
          </p>
        ))}
        <p className="pm-hx">
          <span />
          <span>
            {marks(found.end).map((ms) => (
              <em key={ms} style={{ left: part(ms) }}>
                {hms(at(ms), 'minute')}
              </em>
            ))}
          </span>
        </p>
      </div>
      {found.untold > 0 ? <p className="dim">{words.untold(found.untold)}</p> : null}
    </figure>
  );
}
