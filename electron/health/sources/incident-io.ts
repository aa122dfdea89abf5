// incident.io status pages: the path and shape of Statuspage, with ULIDs, without groups, and with `incidents` and
// `scheduled_maintenances` left out when they are empty.
import { jsonKind } from './define.ts';
import type { FeedKind } from './kind.ts';
import { looksLikeStatuspage, readStatuspage } from './statuspage-reading.ts';

export const incidentIo: FeedKind = jsonKind({
  kind: 'incident-io',
  name: 'incident.io status page',
  reports: 'everything',
  evidence: 'recorded',
  // Its addresses are Statuspage's; only its ids (ULIDs) tell them apart.
  recognise: (_url, payload) =>
    payload !== null &&
    looksLikeStatuspage(payload) &&
    /"(?:page_)?id"\s*:\s*"0[0-9A-HJKMNP-TV-Z]{25}"/.test(payload),
  read: readStatuspage,
});
