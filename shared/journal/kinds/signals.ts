// What is affected and how badly: signals copied with their evidence, regions by hand, impact, data integrity.
// Folds read health only from entries: the evidence stands in the body, cut to 4 kB.
import { z } from 'zod';
import { state } from '../../contract/health.ts';
import { integrity } from '../../contract/room.ts';
import { entryText, providerWord, retractText } from '../../text/entries.ts';
import { CAPS, type Incident, regionOf, settleRegion } from '../fold-state.ts';
import { body, by, type Family, instant, type KnownEntry, kind, reason, text } from './kind.ts';

/** A signal as it stands in an entry. Health's own line, without what only the board needs, and with its evidence. */
export const linkedSignal = z.looseObject({
  id: text(200),
  at: instant,
  began: instant.nullable().default(null),
  provider: text(120),
  region: text(120),
  service: text(200).default(''),
  from: state.nullable().default(null),
  to: state,
  feed: text(200).default(''),
  source: text(120).default(''),
  event: text(300).nullable().default(null),
  text: text(1000).default(''),
  regions: z.array(text(120)).max(60).default([]),
  services: z.array(text(200)).max(400).default([]),
  kind: z.string().default('worse'),
  fetchedAt: instant.nullable().default(null),
  /** What the source said, as fetched. */
  excerpt: text(4096).default(''),
});
export type LinkedSignal = z.output<typeof linkedSignal>;

/** Signals of feeds and of our own link say something about who watches, not about a region. */
const aboutHealth = (signal: LinkedSignal): boolean => !['feed', 'path', 'info'].includes(signal.kind);

function applySignal(incident: Incident, e: KnownEntry<{ signal: LinkedSignal }>): void {
  const signal = e.body.signal;
  if (!aboutHealth(signal)) return;
  const named = signal.service === '' ? signal.services : [signal.service, ...signal.services];
  const services = named.length === 0 ? [''] : [...new Set(named)].slice(0, CAPS.services);
  for (const name of new Set([signal.region, ...signal.regions])) {
    const region = regionOf(incident, signal.provider, name, e.occurredAt, e.id);
    for (const service of services) {
      const found = region.services.find((s) => s.service === service);
      if (found) {
        if (found.state !== signal.to) found.turns += 1;
        found.state = signal.to;
        found.at = e.occurredAt;
        found.entry = e.id;
      } else {
        if (region.services.length >= CAPS.services) {
          const well = region.services.findIndex((s) => s.state === 'operational');
          region.services.splice(well < 0 ? 0 : well, 1);
        }
        region.services.push({ service, state: signal.to, at: e.occurredAt, entry: e.id, turns: 1 });
      }
    }
    settleRegion(region, e.occurredAt, e.id);
  }
}

const signalLinked = kind({
  v: 1,
  schema: body({ signal: linkedSignal, by }),
  upcasters: {},
  row: 'signal',
  automatic: true,
  notRetractable: null,
  apply: applySignal,
  words: (e) => {
    const s = e.body.signal;
    return {
      lead: providerWord(s.provider),
      text: entryText.signal(s.service, s.region, s.to, aboutHealth(s), s.text),
      state: aboutHealth(s) ? s.to : null,
    };
  },
});

const affectedChanged = kind({
  v: 1,
  schema: body({
    provider: text(120),
    region: text(120),
    state,
    services: z.array(text(200)).max(60).default([]),
    reason,
    by,
  }),
  upcasters: {},
  row: 'impact',
  automatic: false,
  notRetractable: null,
  apply(incident, e) {
    const { provider, region, state, services } = e.body;
    const found = regionOf(incident, provider, region, e.occurredAt, e.id);
    found.manual = { state, services: [...services], at: e.occurredAt, entry: e.id };
    settleRegion(found, e.occurredAt, e.id);
  },
  words: (e) => ({
    ...entryText.affected(e.body.provider, e.body.region, e.body.state, e.body.services, e.body.reason),
    state: e.body.state,
  }),
});

const impactSet = kind({
  v: 1,
  schema: body({ text: text(4000), by }),
  upcasters: {},
  row: 'impact',
  automatic: false,
  notRetractable: retractText.impact,
  apply(incident, e) {
    incident.impact = { text: e.body.text, entry: e.id };
  },
  words: (e) => entryText.impact(e.body.text),
});

const integritySet = kind({
  v: 1,
  schema: body({ state: integrity, basis: text(2000).default(''), by }),
  upcasters: {},
  row: 'integrity',
  automatic: false,
  notRetractable: retractText.integrity,
  apply(incident, e) {
    incident.integrity = { state: e.body.state, basis: e.body.basis, by: e.body.by, entry: e.id };
  },
  words: (e) => entryText.integrity(e.body.state, e.body.basis),
});

export type SignalKind = 'signal-linked' | 'affected-changed' | 'impact-set' | 'integrity-set';

export const signalKinds: Family<SignalKind> = {
  'signal-linked': signalLinked,
  'affected-changed': affectedChanged,
  'impact-set': impactSet,
  'integrity-set': integritySet,
};
