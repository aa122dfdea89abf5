// Generic Atom, with a mapping of words to places and states.
import { pathOf, syndicationKind } from './define.ts';
import { readGeneric } from './generic-reading.ts';
import type { FeedKind } from './kind.ts';

export const atom: FeedKind = syndicationKind({
  kind: 'atom',
  name: 'Atom',
  reports: 'trouble-only',
  evidence: 'recorded',
  recognise: (url, payload) =>
    payload === null
      ? /\.atom$|\/atom(?:\.xml)?$/.test(pathOf(url))
      : /<(?:atom:)?feed[\s>]/.test(payload.slice(0, 4000)),
  read: (feed, context, problems) =>
    feed.format === 'atom' ? readGeneric(feed, context, problems) : { expected: 'an Atom feed' },
});
