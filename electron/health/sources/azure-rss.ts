// Azure RSS, rssfeed.azure.status.microsoft: what is wrong now, without severity and without status. An empty channel says that
// nothing is reported, no more. The guid is a slug of the title and comes back years later: it counts together with pubDate.
import { findRegion } from '../../../shared/health/regions.ts';
import type { Observation, ProviderEvent } from '../../../shared/health/types.ts';
import { feedText } from '../../../shared/text/feeds.ts';
import { hostIs, pathOf, syndicationKind } from './define.ts';
import { distinct } from './gathering.ts';
import type { FeedKind } from './kind.ts';
import { readDate } from './reading/dates.ts';
import { plainText } from './reading/html.ts';
import { lineOf } from './reading/lines.ts';

/** Titles of texts that are written after the trouble ended. */
const OVER = /^\s*\[?(?:mitigated|resolved|rca|pir|(?:preliminary |final )?post[- ]incident review)\b/i;

/** What a title without any region or service in its categories is about. */
const PLATFORM = 'Azure';

export const azureRss: FeedKind = syndicationKind({
  kind: 'azure-rss',
  name: 'Azure RSS',
  reports: 'trouble-only',
  evidence: 'recorded',
  recognise: (url, payload) =>
    payload === null
      ? hostIs(url, 'azure.status.microsoft', 'status.azure.com') && pathOf(url).endsWith('/feed')
      : payload.includes('<rss') &&
        /<title>\s*(?:<!\[CDATA\[)?\s*Azure Status\s*(?:\]\]>)?\s*<\/title>/.test(payload),
  read(feed, context, problems) {
    if (feed.format !== 'rss') return { expected: 'an RSS channel' };
    const provider = context.provider ?? 'azure';
    const events: ProviderEvent[] = [];
    const observations: Observation[] = [];
    const builtAt = readDate(feed.updated, 'lastBuildDate', problems);
    for (const item of feed.items) {
      const title = lineOf(item.title) ?? lineOf(item.id);
      if (title === null) {
        problems.once('missing-field', 'item', feedText.missingField('The guid and title of an item'));
        continue;
      }
      const categories = item.categories.map((name) => lineOf(name, 160)).filter((name) => name !== null);
      const places = categories.map((name) => ({ name, region: findRegion('azure', name) }));
      const regions = distinct(places.flatMap(({ region }) => (region === null ? [] : [region.code])));
      const services = distinct(places.flatMap(({ name, region }) => (region === null ? [name] : [])));
      const startedAt = readDate(item.published, 'pubDate', problems);
      const text = plainText(item.body);
      const resolved = OVER.test(title);
      const event: ProviderEvent = {
        id: `${item.id ?? title}@${startedAt ?? 'undated'}`.slice(0, 280),
        title,
        status: resolved ? 'resolved' : 'open',
        state: 'degraded',
        regions: regions.length === 0 ? ['global'] : regions,
        services: services.length === 0 ? [PLATFORM] : services,
        startedAt,
        endedAt: null,
        updatedAt: startedAt,
        text,
        ...(item.link === null ? {} : { url: item.link.slice(0, 2000) }),
      };
      events.push(event);
      for (const service of event.services) {
        for (const region of event.regions) {
          // Azure gives no severity: that it is listed says degraded, and nobody guesses an outage from its words.
          const state = resolved ? 'operational' : 'degraded';
          observations.push({ provider, region, service, state, at: startedAt, text, event: event.id });
        }
      }
    }
    return { observations, events, asOf: builtAt };
  },
});
