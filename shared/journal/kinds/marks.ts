// Entries about other entries: amended, retracted, pinned, erased. The original stays; what counts now follows from both.
import { z } from 'zod';
import { precision } from '../../contract/room.ts';
import { retractText } from '../../text/entries.ts';
import { amendItem, retractItem } from '../fold-items.ts';
import { CAPS, keep } from '../fold-state.ts';
import { body, by, type Family, instant, kind, noop, reason, text } from './kind.ts';

const target = text(200).min(1);
const noWords = () => ({ lead: '', text: '' });

const amended = kind({
  v: 1,
  schema: body({
    entry: target,
    text: text(20_000),
    reason,
    by,
    /** A corrected time; null leaves it as it was. */
    occurredAt: instant.nullable().default(null),
    precision: precision.nullable().default(null),
  }),
  upcasters: {},
  row: null,
  automatic: false,
  notRetractable: retractText.mark,
  apply(incident, e) {
    const { entry, text, occurredAt, precision } = e.body;
    const change = { op: 'amend', target: entry, text, at: occurredAt, precision } as const;
    if (!amendItem(incident, change)) keep(incident.early, change, CAPS.early);
  },
  words: noWords,
});

const retracted = kind({
  v: 1,
  schema: body({ entry: target, reason, by }),
  upcasters: {},
  row: null,
  automatic: false,
  notRetractable: retractText.mark,
  apply(incident, e) {
    const change = { op: 'retract', target: e.body.entry } as const;
    if (!retractItem(incident, e.body.entry)) keep(incident.early, change, CAPS.early);
  },
  words: noWords,
});

const pin = kind({
  v: 1,
  schema: body({ entry: target, by }),
  upcasters: {},
  row: null,
  automatic: false,
  notRetractable: retractText.mark,
  apply: noop,
  words: noWords,
});

/** Its target's body is gone on every machine that has read this; there is nothing left here to apply. */
const erased = kind({
  v: 1,
  schema: z.looseObject({ entry: target, reason, by }),
  upcasters: {},
  row: null,
  automatic: false,
  notRetractable: retractText.mark,
  apply: noop,
  words: noWords,
});

export type MarkKind = 'entry-amended' | 'entry-retracted' | 'entry-pinned' | 'entry-unpinned' | 'erased';

export const markKinds: Family<MarkKind> = {
  'entry-amended': amended,
  'entry-retracted': retracted,
  'entry-pinned': pin,
  'entry-unpinned': pin,
  erased,
};
