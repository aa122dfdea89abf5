// Atlassian Statuspage v2, /api/v2/summary.json (and its status, incidents and components lists).
import { jsonKind, pathOf } from './define.ts';
import type { FeedKind } from './kind.ts';
import { looksLikeStatuspage, readStatuspage } from './statuspage-reading.ts';

export const statuspage: FeedKind = jsonKind({
  kind: 'statuspage',
  name: 'Atlassian Statuspage v2',
  reports: 'everything',
  evidence: 'recorded',
  recognise: (url, payload) =>
    payload === null
      ? /\/api\/v2\/(?:summary|status|incidents|components|incidents\/unresolved|scheduled-maintenances(?:\/(?:active|upcoming))?)\.json$/.test(
          pathOf(url),
        )
      : looksLikeStatuspage(payload),
  read: readStatuspage,
});
