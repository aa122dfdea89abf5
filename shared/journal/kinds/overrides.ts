// Overrides of health in the timeline: made, and ended by themselves or by somebody. They change nothing of the Incident: what the
// sources say stands in signals.
import { z } from 'zod';
import { state } from '../../contract/health.ts';
import { retractText } from '../../text/entries.ts';
import { overridePlace, overrideText } from '../../text/overrides.ts';
import { body, by, type Family, instant, kind, noop, reason, text } from './kind.ts';

const healthOverridden = kind({
  v: 1,
  schema: body({
    override: text(200),
    provider: text(120),
    region: text(120),
    service: text(200).nullable().default(null),
    state,
    /** What the sources said then. */
    sources: state,
    mode: text(40).default('locked'),
    until: instant,
    /** Null: made. Else why it ended: time, change, person, replaced, handoff, resolved. */
    ended: z.string().max(40).nullable().default(null),
    reason,
    by,
  }),
  upcasters: {},
  row: 'signal',
  automatic: false,
  notRetractable: retractText.machine,
  apply: noop,
  words(e) {
    const { state, sources, until, ended, reason } = e.body;
    const place = overridePlace(e.body);
    return {
      lead: overrideText.lead(ended !== null),
      text:
        ended === null
          ? overrideText.made(place, state, sources, until, reason)
          : overrideText.ended(place, state, sources, ended, reason),
      state: ended === null ? state : sources,
    };
  },
});

export type OverrideKind = 'health-overridden';

export const overrideKinds: Family<OverrideKind> = { 'health-overridden': healthOverridden };
