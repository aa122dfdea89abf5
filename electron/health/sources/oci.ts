// Oracle Cloud Infrastructure, ocistatus.oraclecloud.com: Statuspage's shape; a group per service, a child per region, whose name is
// spelled in three ways ("us-ashburn-1 region", "us-ashburn-1", "US East (Ashburn)").
import { hostIs, jsonKind, pathOf } from './define.ts';
import type { FeedKind } from './kind.ts';
import { isPageOf, looksLikeStatuspage, readStatuspage } from './statuspage-reading.ts';

export const oci: FeedKind = jsonKind({
  kind: 'oci',
  name: 'Oracle Cloud Infrastructure',
  reports: 'everything',
  evidence: 'recorded',
  recognise: (url, payload) =>
    payload === null
      ? hostIs(url, 'ocistatus.oraclecloud.com') && pathOf(url).startsWith('/api/v2/')
      : looksLikeStatuspage(payload) && isPageOf(payload, 'ocistatus.oraclecloud.com'),
  read: readStatuspage,
});
