// A time as it stands on screen: UTC, with the full instant and the local time as tooltip.

import { ui } from '../../shared/text/ui.ts';
import type { Instant } from '../../shared/time/clock.ts';
import { fromInstant, toInstant } from '../../shared/time/clock.ts';
import { hms, inSentence, local, utc } from '../../shared/time/format.ts';
import { useServices, useZone } from '../app/services.ts';

export interface TimeProps {
  readonly at: Instant | number;
  /** `hms` 09:14:27, `hm` 09:14 (a column's head carries the Z), `z` 09:14:27Z, `zm` 09:14Z, `day` adds the day when not today's. */
  readonly show?: 'hms' | 'hm' | 'z' | 'zm' | 'day';
  /** Now, for `day`; the window's clock as it was when this was drawn, when left out. */
  readonly now?: number;
  readonly className?: string;
}

export function Time({ at, show = 'z', now, className }: TimeProps) {
  const zone = useZone();
  const { clock } = useServices();
  const ms = typeof at === 'number' ? at : fromInstant(at);
  if (Number.isNaN(ms)) return <span className={className}>{String(at)}</span>;
  const there = local(ms, zone, true);
  const iso = toInstant(ms);
  const words =
    show === 'hms'
      ? hms(ms)
      : show === 'hm'
        ? hms(ms, 'minute')
        : show === 'zm'
          ? utc(ms, 'minute')
          : show === 'day'
            ? inSentence(ms, now ?? clock.now())
            : utc(ms);
  return (
    <time className={className} dateTime={iso} title={`${iso} (${ui.local(there)})`}>
      {words}
    </time>
  );
}
