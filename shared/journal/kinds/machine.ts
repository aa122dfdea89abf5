// What machines write about themselves: a new key, a clock that was set, time in which nobody watched.
import { z } from 'zod';
import { entryText, retractText } from '../../text/entries.ts';
import { duration, inSentence } from '../../time/format.ts';
import { CAPS, type Incident, keep } from '../fold-state.ts';
import { body, type Family, instant, kind, noop, text } from './kind.ts';

const deviceSucceeded = kind({
  v: 1,
  schema: body({ device: text(200), seq: z.number(), hash: text(200), reason: text(2000).default('') }),
  upcasters: {},
  row: 'device',
  automatic: true,
  notRetractable: retractText.machine,
  apply: noop,
  words: (e) => entryText.deviceSucceeded(e.body.reason),
});

const clockJumped = kind({
  v: 1,
  /** `by`: milliseconds that the wall clock moved against the machine's uptime. */
  schema: body({ by: z.number() }),
  upcasters: {},
  row: 'clock',
  automatic: true,
  notRetractable: retractText.machine,
  apply: noop,
  words: (e) =>
    entryText.clockJumped(e.body.by >= 0, duration(Math.abs(e.body.by)), e.body['trusted'] !== false),
});

const gapBody = body({ from: instant, to: instant });

function applyGap(incident: Incident, from: string, to: string): void {
  if (to > from) keep(incident.notWatched, { from, to }, CAPS.notWatched);
}

const gapWords = (from: string, to: string) =>
  [inSentence(from, to), inSentence(to, to), duration(Date.parse(to) - Date.parse(from))] as const;

const notWatched = kind({
  v: 1,
  schema: gapBody,
  upcasters: {},
  row: 'not-watched',
  automatic: true,
  notRetractable: retractText.machine,
  apply(incident, e) {
    applyGap(incident, e.body.from, e.body.to);
  },
  words: (e) => entryText.notWatched(...gapWords(e.body.from, e.body.to)),
});

const machineSlept = kind({
  v: 1,
  schema: gapBody,
  upcasters: {},
  row: 'not-watched',
  automatic: true,
  notRetractable: retractText.machine,
  apply(incident, e) {
    applyGap(incident, e.body.from, e.body.to);
  },
  words: (e) => entryText.slept(...gapWords(e.body.from, e.body.to)),
});

export type MachineKind = 'device-succeeded' | 'clock-jumped' | 'not-watched' | 'machine-slept';

export const machineKinds: Family<MachineKind> = {
  'device-succeeded': deviceSucceeded,
  'clock-jumped': clockJumped,
  'not-watched': notWatched,
  'machine-slept': machineSlept,
};
