// Deployments and configuration changes that somebody linked to the incident: what changed, when it took effect, and by whom.
import { z } from 'zod';
import { CAPS, keep } from '../fold-state.ts';
import { body, by, type Family, kind, text } from './kind.ts';

const changeLinked = kind({
  v: 1,
  schema: body({
    /** Its id where it was read; the same change has it on every machine. */
    change: text(200),
    /** "checkout-api 4.18.0 to eu-west-1, 4 min before the first signal" */
    line: text(1000),
    service: text(200).default(''),
    version: text(200).default(''),
    places: z.array(text(240)).max(60).default([]),
    /** Where it was read: a file's name, `typed`. */
    source: text(300).default(''),
    url: text(2000).default(''),
    by,
  }),
  upcasters: {},
  row: 'change',
  automatic: false,
  notRetractable: null,
  apply(incident, e) {
    const { change, line } = e.body;
    if (incident.changes.some((one) => one.change === change)) return;
    keep(incident.changes, { entry: e.id, change, at: e.occurredAt, text: line }, CAPS.changes);
  },
  words: (e) => ({ lead: 'Change', text: `${e.body.line.replace(/[.]$/, '')}.` }),
});

export type ChangeKind = 'change-linked';

export const changeKinds: Family<ChangeKind> = { 'change-linked': changeLinked };
