// Prometheus Alertmanager v2, /api/v2/alerts and /api/v2/alerts/groups.
import { readAlerts } from './alertmanager-reading.ts';
import { jsonKind, pathOf } from './define.ts';
import type { FeedKind } from './kind.ts';

export const alertmanager: FeedKind = jsonKind({
  kind: 'alertmanager',
  name: 'Prometheus Alertmanager v2',
  reports: 'everything',
  evidence: 'recorded',
  recognise: (url, payload) =>
    payload === null
      ? /\/api\/v2\/alerts(?:\/groups)?$/.test(pathOf(url))
      : payload.includes('"labels"') && payload.includes('"startsAt"') && payload.includes('"alertname"'),
  read: readAlerts,
});
