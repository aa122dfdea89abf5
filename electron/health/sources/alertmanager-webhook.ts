// Prometheus Alertmanager's webhook (version 4), collected to a file: some alerts, firing or resolved, and nothing of all others.
import { readAlerts } from './alertmanager-reading.ts';
import { jsonKind } from './define.ts';
import type { FeedKind } from './kind.ts';
import { isFields } from './reading/json.ts';

export const alertmanagerWebhook: FeedKind = jsonKind({
  kind: 'alertmanager-webhook',
  name: 'Prometheus Alertmanager webhook',
  reports: 'trouble-only',
  evidence: 'recorded',
  recognise: (_url, payload) =>
    payload?.includes('"groupLabels"') === true &&
    payload.includes('"startsAt"') &&
    payload.includes('"receiver"'),
  read: (payload, context, problems) =>
    isFields(payload) ? readAlerts(payload, context, problems) : { expected: 'an object with alerts' },
});
