// AWS RSS, status.aws.amazon.com/rss/*.rss: one item per update, the state only as a prefix of the title. Items are grouped by the
// service in their guid (`...#<service>-<region>_<epoch>`) and by the gaps that a resolution leaves; the newest item decides.
import type { Observation, ProviderEvent } from '../../../shared/health/types.ts';
import { feedText } from '../../../shared/text/feeds.ts';
import type { Instant } from '../../../shared/time/clock.ts';
import { isResolvedTitle, plainTitle, type Severity, splitKey } from './aws-words.ts';
import { hostIs, pathOf, syndicationKind } from './define.ts';
import { worstItWas } from './gathering.ts';
import type { FeedKind } from './kind.ts';
import { latest, readDate } from './reading/dates.ts';
import { plainText } from './reading/html.ts';
import type { Problems } from './reading/problems.ts';
import type { SyndicationItem } from './reading/syndication.ts';

const PREFIXES: readonly (readonly [prefix: string, severity: Severity])[] = [
  ['service is operating normally', { state: 'operational', informational: false }],
  ['informational message', { state: 'degraded', informational: true }],
  ['service impact', { state: 'degraded', informational: false }],
  ['service degradation', { state: 'degraded', informational: false }],
  ['performance issues', { state: 'degraded', informational: false }],
  ['service disruption', { state: 'major-outage', informational: false }],
];

interface Update {
  readonly key: string;
  readonly at: Instant | null;
  /** Title without prefixes. */
  readonly title: string;
  readonly severity: Severity;
  readonly resolved: boolean;
  readonly item: SyndicationItem;
}

function readTitle(written: string, problems: Problems): Pick<Update, 'title' | 'severity' | 'resolved'> {
  const lower = written.toLowerCase().trimStart();
  for (const [prefix, severity] of PREFIXES) {
    if (!lower.startsWith(prefix)) continue;
    const rest = written
      .trimStart()
      .slice(prefix.length)
      .replace(/^\s*:\s*/, '');
    return {
      title: plainTitle(rest === '' ? written : rest),
      severity,
      resolved: severity.state === 'operational' || isResolvedTitle(rest),
    };
  }
  if (isResolvedTitle(written)) {
    return {
      title: plainTitle(written),
      severity: { state: 'operational', informational: false },
      resolved: true,
    };
  }
  problems.unknownCode('The prefix of a title', written.split(':')[0]?.slice(0, 60) ?? '');
  return {
    title: plainTitle(written),
    severity: { state: 'unknown', informational: false },
    resolved: false,
  };
}

/** Service key and time of `https://status.aws.amazon.com/#ec2-us-east-1_1787025679`; null when the guid is of another form. */
function readGuid(guid: string): { key: string; epoch: string } | null {
  const parts = /#([^#_]{1,160})_(\d{9,13})$/.exec(guid.slice(-200));
  return parts === null ? null : { key: parts[1]!, epoch: parts[2]! };
}

function readUpdate(item: SyndicationItem, problems: Problems): Update | null {
  const guid = item.id === null ? null : readGuid(item.id);
  if (guid === null) {
    problems.once('missing-field', 'guid', feedText.missingField('The service in the guid of an item'));
    return null;
  }
  const published = readDate(item.published, 'pubDate', problems);
  return {
    key: guid.key,
    at: published ?? readDate(guid.epoch, 'guid', problems),
    ...readTitle(item.title, problems),
    item,
  };
}

/** Updates of one service, newest first, cut into events: after a resolution, the next older update ends an earlier event. */
function eventsOf(updates: readonly Update[]): readonly (readonly Update[])[] {
  const events: Update[][] = [];
  for (const update of updates) {
    const open = events.at(-1);
    if (open === undefined || (update.resolved && !open.at(-1)?.resolved)) events.push([update]);
    else open.push(update);
  }
  return events;
}

export const awsRss: FeedKind = syndicationKind({
  kind: 'aws-rss',
  name: 'AWS RSS',
  reports: 'trouble-only',
  evidence: 'recorded',
  recognise: (url, payload) =>
    payload === null
      ? hostIs(url, 'status.aws.amazon.com') && pathOf(url).endsWith('.rss')
      : payload.includes('<rss') &&
        (/<guid[^>]{0,80}>\s*(?:<!\[CDATA\[)?\s*https?:\/\/status\.aws\.amazon\.com\/#/.test(payload) ||
          payload.includes('AWS Service Health Dashboard RSS')),
  read(feed, context, problems) {
    if (feed.format !== 'rss') return { expected: 'an RSS channel' };
    const byKey = new Map<string, Update[]>();
    for (const item of feed.items) {
      const update = readUpdate(item, problems);
      if (update === null) continue;
      const known = byKey.get(update.key);
      if (known === undefined) byKey.set(update.key, [update]);
      else known.push(update);
    }
    if (feed.items.length > 0 && byKey.size === 0) return { expected: 'an item with a service in its guid' };
    const events: ProviderEvent[] = [];
    const observations: Observation[] = [];
    let asOf = readDate(feed.updated, 'lastBuildDate', problems);
    for (const [key, updates] of byKey) {
      const { service, region } = splitKey(key);
      updates.sort((a, b) => ((a.at ?? '') < (b.at ?? '') ? 1 : (a.at ?? '') > (b.at ?? '') ? -1 : 0));
      asOf = latest(asOf, updates[0]?.at);
      eventsOf(updates).forEach((one, index) => {
        const newest = one[0]!;
        const oldest = one.at(-1)!;
        // The list keeps 50 updates: the first of a long event drops out, so it cannot be part of the id.
        const id = index === 0 ? key : `${key}_${newest.at ?? index}`;
        const text = plainText(newest.item.body);
        events.push({
          id,
          title: newest.title,
          status: newest.resolved ? 'resolved' : 'open',
          state: newest.resolved
            ? worstItWas(one.map((update) => update.severity.state))
            : newest.severity.state,
          regions: [region],
          services: [service],
          startedAt: oldest.at,
          endedAt: newest.resolved ? newest.at : null,
          updatedAt: newest.at,
          text,
          ...(newest.item.link === null ? {} : { url: newest.item.link.slice(0, 2000) }),
        });
        // Only the newest event of a service says how it is now.
        if (index > 0) return;
        observations.push({
          provider: context.provider ?? 'aws',
          region,
          service,
          state: newest.resolved ? 'operational' : newest.severity.state,
          at: newest.at,
          text,
          event: id,
          ...(newest.severity.informational && !newest.resolved ? { informational: true } : {}),
        });
      });
    }
    return { observations, events, asOf };
  },
});
