// Generic RSS (2.0 and 1.0), with a mapping of words to places and states.
import { pathOf, syndicationKind } from './define.ts';
import { readGeneric } from './generic-reading.ts';
import type { FeedKind } from './kind.ts';

export const rss: FeedKind = syndicationKind({
  kind: 'rss',
  name: 'RSS',
  reports: 'trouble-only',
  evidence: 'recorded',
  recognise: (url, payload) =>
    payload === null
      ? /\.rss$|\/rss(?:\.xml)?$/.test(pathOf(url))
      : /<(?:rss|rdf:RDF)[\s>]/.test(payload.slice(0, 4000)),
  read: (feed, context, problems) =>
    feed.format === 'rss' ? readGeneric(feed, context, problems) : { expected: 'an RSS channel' },
});
