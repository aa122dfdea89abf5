// Alerts of Prometheus Alertmanager in its three shapes: /api/v2/alerts, /api/v2/alerts/groups (the same alert in several groups) and
// the webhook. Silence is health only while the dead man's switch fires: without it what this Alertmanager watches is unknown.
import type { Observation, ProviderEvent, State } from '../../../shared/health/types.ts';
import { feedText } from '../../../shared/text/feeds.ts';
import type { Instant } from '../../../shared/time/clock.ts';
import { firstLabel, labelsOf, placeOf } from './alertmanager-places.ts';
import type { Reading, WrongKind } from './define.ts';
import type { FeedMapping, ParseContext } from './kind.ts';
import { readDate } from './reading/dates.ts';
import { clip, plainLine, plainText } from './reading/html.ts';
import { array, type Fields, isFields, object, own, text } from './reading/json.ts';
import type { Problems } from './reading/problems.ts';

const SEVERITY_LABELS = ['severity', 'level', 'priority'];
const WATCHDOG = 'Watchdog';

const SEVERITIES: ReadonlyMap<string, State> = new Map([
  ['critical', 'major-outage'],
  ['page', 'major-outage'],
  ['emergency', 'major-outage'],
  ['error', 'partial-outage'],
  ['high', 'partial-outage'],
  ['major', 'partial-outage'],
  ['warning', 'degraded'],
  ['warn', 'degraded'],
  ['medium', 'degraded'],
  ['minor', 'degraded'],
  ['low', 'degraded'],
  ['info', 'degraded'],
  ['informational', 'degraded'],
  ['notice', 'degraded'],
  ['none', 'degraded'],
]);
const INFORMATIONAL: ReadonlySet<string> = new Set(['info', 'informational', 'notice', 'none', 'low']);

type AlertState = 'active' | 'suppressed' | 'resolved' | 'unknown';

interface Alert {
  readonly id: string;
  readonly name: string;
  readonly labels: Fields;
  readonly annotations: Fields;
  readonly state: AlertState;
  readonly startedAt: Instant | null;
  readonly updatedAt: Instant | null;
  readonly endsAt: Instant | null;
}

/** Alerts of any of the three shapes; null when the payload is none of them. */
function alertsIn(payload: unknown): readonly unknown[] | null {
  if (isFields(payload)) return Array.isArray(own(payload, 'alerts')) ? array(payload, 'alerts') : null;
  if (!Array.isArray(payload)) return null;
  return payload.flatMap((one: unknown) =>
    // A group, even one without any alert in it.
    isFields(one) && (Object.hasOwn(one, 'alerts') || Object.hasOwn(one, 'receiver'))
      ? array(one, 'alerts')
      : [one],
  );
}

function stateOf(alert: Fields, problems: Problems): AlertState {
  const status = own(alert, 'status');
  // The webhook writes a word where the API writes an object.
  const word = isFields(status) ? own(status, 'state') : status;
  if (word === 'active' || word === 'unprocessed' || word === 'firing') return 'active';
  if (word === 'suppressed' || word === 'resolved') return word;
  problems.unknownCode('The state of an alert', word);
  return 'unknown';
}

/** Labels as one text: the identity of an alert whose server sends no fingerprint. */
const identity = (labels: Fields): string =>
  Object.keys(labels)
    .sort()
    .map((name) => `${name}=${text(labels, name) ?? ''}`)
    .join(',');

function readAlert(alert: unknown, problems: Problems): Alert | null {
  const labels = isFields(alert) ? object(alert, 'labels') : null;
  if (!isFields(alert) || labels === null) return null;
  const name = plainLine(text(labels, 'alertname') ?? '', 160) || 'Alert without a name';
  return {
    // Neither a fingerprint nor a label: alerts of that kind are told apart by nothing.
    id: plainLine(text(alert, 'fingerprint') ?? '', 280) || plainLine(identity(labels), 280) || name,
    name,
    labels,
    annotations: object(alert, 'annotations') ?? {},
    state: stateOf(alert, problems),
    startedAt: readDate(own(alert, 'startsAt'), 'startsAt', problems),
    updatedAt: readDate(own(alert, 'updatedAt'), 'updatedAt', problems),
    endsAt: readDate(own(alert, 'endsAt'), 'endsAt', problems),
  };
}

/** An alert without a severity is degraded; one with a severity that nobody mapped is unknown. */
function severityOf(
  alert: Alert,
  mapping: FeedMapping,
  problems: Problems,
): { state: State; informational: boolean } {
  const label = firstLabel(alert.labels, mapping.severityLabels ?? SEVERITY_LABELS)?.value ?? null;
  if (label === null)
    return { state: alert.state === 'unknown' ? 'unknown' : 'degraded', informational: false };
  const mine = mapping.severities;
  const mapped =
    mine !== undefined && Object.hasOwn(mine, label) ? mine[label] : SEVERITIES.get(label.toLowerCase());
  if (mapped === undefined) problems.unknownCode('The severity of an alert', label);
  const state = alert.state === 'unknown' ? 'unknown' : (mapped ?? 'unknown');
  return { state, informational: INFORMATIONAL.has(label.toLowerCase()) };
}

/** Alerts of the API, of its groups or of the webhook, as observations of the places that their labels name. */
export function readAlerts(payload: unknown, context: ParseContext, problems: Problems): Reading | WrongKind {
  const entries = alertsIn(payload);
  if (entries === null) return { expected: 'a list of alerts or groups' };
  const mapping = context.mapping ?? {};
  const provider = context.provider ?? 'alertmanager';
  const watchdog = mapping.watchdog ?? WATCHDOG;
  const alerts = new Map<string, Alert>();
  for (const entry of entries) {
    const alert = readAlert(entry, problems);
    if (alert === null)
      problems.once('missing-field', 'labels', feedText.missingField('The labels of an alert'));
    else if (!alerts.has(alert.id)) alerts.set(alert.id, alert);
  }
  if (entries.length > 0 && alerts.size === 0) return { expected: 'an alert with labels' };
  const events: ProviderEvent[] = [];
  const observations: Observation[] = [];
  let watched = false;
  for (const alert of alerts.values()) {
    if (alert.name === watchdog) {
      watched ||= alert.state === 'active' || alert.state === 'suppressed';
      continue;
    }
    const place = placeOf(alert.labels, mapping, provider, alert.name);
    const { state, informational } = severityOf(alert, mapping, problems);
    const words =
      text(alert.annotations, 'summary') ??
      text(alert.annotations, 'description') ??
      text(alert.annotations, 'message');
    const body = plainText(words ?? alert.name);
    const resolved = alert.state === 'resolved';
    const labels = labelsOf(alert.labels, mapping, provider, place);
    events.push({
      id: alert.id,
      ...(place.provider === provider ? {} : { provider: place.provider }),
      title: plainLine(words === null ? alert.name : `${alert.name}: ${clip(body, 200)}`),
      status: resolved ? 'resolved' : 'open',
      state,
      regions: [place.region],
      services: [place.service],
      startedAt: alert.startedAt,
      endedAt: resolved ? alert.endsAt : null,
      updatedAt: alert.updatedAt ?? alert.startedAt,
      text: alert.state === 'suppressed' ? `Silenced or inhibited: ${body}` : body,
      labels,
      ...(alert.state === 'suppressed' ? { silenced: true } : {}),
    });
    // Somebody silenced it: it is listed, and says nothing about health until the silence ends.
    if (alert.state === 'suppressed') continue;
    observations.push({
      ...place,
      state: resolved ? 'operational' : state,
      at: resolved ? alert.endsAt : alert.startedAt,
      text: body,
      event: alert.id,
      ...(informational && !resolved ? { informational: true } : {}),
    });
  }
  const webhook = isFields(payload);
  if (!webhook) {
    const at = watched ? context.now : null;
    const said = watched ? `${watchdog} fires` : feedText.watchdogMissing(watchdog);
    const state: State = watched ? 'operational' : 'unknown';
    observations.push({ provider, region: 'global', service: 'alertmanager', state, at, text: said });
    if (!watched) problems.add('watchdog-missing', feedText.watchdogMissing(watchdog));
  }
  return { observations, events, asOf: null, statesAll: watched };
}
