// Google Cloud Atom, status.cloud.google.com/en/feed.atom: an entry per update, the incident in its id, the state as a prefix of the
// title, places and products only in the HTML, times there in US/Pacific without offset. No severity.
import { findRegion } from '../../../shared/health/regions.ts';
import type { Observation, ProviderEvent } from '../../../shared/health/types.ts';
import { feedText } from '../../../shared/text/feeds.ts';
import { type Instant, toInstant } from '../../../shared/time/clock.ts';
import { hostIs, pathOf, syndicationKind } from './define.ts';
import { distinct } from './gathering.ts';
import type { FeedKind } from './kind.ts';
import { pacificToUtc } from './pacific-zone.ts';
import { latest, readDate } from './reading/dates.ts';
import { plainLine, plainText } from './reading/html.ts';
import { lineOf } from './reading/lines.ts';
import type { Problems } from './reading/problems.ts';
import type { SyndicationItem } from './reading/syndication.ts';

const ID = /:feed:([\w-]{4,80})\.([\w-]{1,80})$/;
const PREFIX = /^\s*(resolved|update|mitigated)\s*:\s*/i;

/** The list behind a label at the end of the HTML: `<p>Affected products: A, B</p>`. */
function listed(body: string, label: string): readonly string[] {
  const at = body.lastIndexOf(label);
  if (at === -1) return [];
  const rest = body.slice(at + label.length, at + label.length + 20_000);
  const end = rest.indexOf('<');
  return plainText(end === -1 ? rest : rest.slice(0, end))
    .split(/,\s+/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

/** Pacific time behind a phrase: `began at <strong>2022-03-31 08:30</strong>`. */
function pacificTime(body: string, phrase: string, problems: Problems): Instant | null {
  const at = body.indexOf(phrase);
  if (at === -1) return null;
  const time = /^\D{0,40}(\d{4}-\d{2}-\d{2} \d{2}:\d{2})/.exec(
    body.slice(at + phrase.length, at + phrase.length + 80),
  );
  if (time === null) return null;
  const civil = readDate(`${time[1]} UTC`, phrase, problems);
  return civil === null ? null : toInstant(pacificToUtc(Date.parse(civil)));
}

function readEntry(item: SyndicationItem, id: string, problems: Problems): ProviderEvent {
  const resolved = /^\s*resolved\s*:/i.test(item.title);
  const body = item.body;
  const regions = distinct(
    listed(body, 'Affected locations:').map((name) => findRegion('gcp', name)?.code ?? plainLine(name, 80)),
  );
  const services = distinct(listed(body, 'Affected products:').map((name) => plainLine(name, 160)));
  const updatedAt = readDate(item.updated ?? item.published, 'updated', problems);
  return {
    id,
    title: lineOf(item.title.replace(PREFIX, '')) ?? 'Incident without a title',
    status: resolved ? 'resolved' : 'open',
    state: 'degraded',
    regions: regions.length === 0 ? ['global'] : regions,
    services: services.length === 0 ? ['Google Cloud'] : services,
    startedAt: pacificTime(body.slice(0, 2000), 'began at', problems),
    endedAt: resolved ? (pacificTime(body.slice(0, 2000), 'ended at', problems) ?? updatedAt) : null,
    updatedAt,
    text: plainText(body),
    ...(item.link === null ? {} : { url: item.link.slice(0, 2000) }),
  };
}

export const gcpAtom: FeedKind = syndicationKind({
  kind: 'gcp-atom',
  name: 'Google Cloud Atom',
  reports: 'trouble-only',
  evidence: 'recorded',
  recognise: (url, payload) =>
    payload === null
      ? hostIs(url, 'status.cloud.google.com') && pathOf(url).endsWith('/feed.atom')
      : payload.includes('<feed') && payload.includes('tag:status.cloud.google.com'),
  read(feed, context, problems) {
    if (feed.format !== 'atom') return { expected: 'an Atom feed' };
    const newest = new Map<string, ProviderEvent>();
    let asOf = readDate(feed.updated, 'updated of the feed', problems);
    let read = 0;
    for (const item of feed.items) {
      const id = ID.exec((item.id ?? '').slice(-200))?.[1];
      if (id === undefined) {
        problems.once('missing-field', 'id', feedText.missingField('The incident in the id of an entry'));
        continue;
      }
      read += 1;
      const event = readEntry(item, id, problems);
      asOf = latest(asOf, event.updatedAt);
      const known = newest.get(id);
      // Newest first as served; of two without a time the first stays.
      if (known === undefined || (event.updatedAt ?? '') > (known.updatedAt ?? '')) newest.set(id, event);
    }
    if (feed.items.length > 0 && read === 0) return { expected: 'an entry with an incident in its id' };
    const events = [...newest.values()];
    const observations: Observation[] = [];
    for (const event of events) {
      if (event.status === 'resolved') continue;
      for (const service of event.services) {
        for (const region of event.regions) {
          observations.push({
            provider: context.provider ?? 'gcp',
            region,
            service,
            state: event.state,
            at: event.updatedAt ?? event.startedAt,
            text: event.text ?? '',
            event: event.id,
          });
        }
      }
    }
    return { observations, events, asOf };
  },
});
