// AWS Health: one event as EventBridge delivers it (a file per event in a watched folder), as PutEvents entries, or as the Health API
// answers (DescribeEvents, DescribeEventDetails). Only issues say how a region is; account notices and planned changes do not.
import type { Observation, ProviderEvent, State } from '../../../shared/health/types.ts';
import { awsHealthText } from '../../../shared/text/aws-health.ts';
import { feedText } from '../../../shared/text/feeds.ts';
import type { Instant } from '../../../shared/time/clock.ts';
import { isAwsHealth } from '../aws/address.ts';
import { isResolvedTitle, regionOfArn } from './aws-words.ts';
import { jsonKind } from './define.ts';
import type { FeedKind } from './kind.ts';
import { readDate } from './reading/dates.ts';
import { clip, plainLine, plainText } from './reading/html.ts';
import { array, type Fields, isFields, object, objects, own, parseJson, text } from './reading/json.ts';
import { Refused } from './reading/limits.ts';
import { line } from './reading/lines.ts';
import type { Problems } from './reading/problems.ts';

/** One event with its description, whatever it was wrapped in. */
interface Unwrapped {
  readonly event: Fields;
  readonly description: string;
  /** Which of our resources it names; empty when nobody asked. */
  readonly affected?: string;
}

/** Resources that are written out; the others are counted. */
const NAMED = 12;

function affectedOf(entry: Fields): string {
  const names = objects(entry, 'affectedEntities').map((one) =>
    plainLine(text(one, 'entityValue') ?? '', 200),
  );
  if (names.length === 0) return '';
  const shown = names.slice(0, NAMED);
  return awsHealthText.affected(
    shown,
    own(entry, 'moreEntities') === true ? null : names.length - shown.length,
  );
}

function describe(descriptions: readonly Fields[]): string {
  const written = descriptions.filter((one) => text(one, 'latestDescription') !== null);
  const english = written.find((one) => (text(one, 'language') ?? 'en').startsWith('en'));
  return text(english ?? written[0] ?? {}, 'latestDescription') ?? '';
}

/** The detail of PutEvents entries is JSON in a text. One that is cut off takes none of the others with it. */
function detailOf(payload: Fields, problems: Problems): unknown {
  const detail = own(payload, 'detail') ?? own(payload, 'Detail');
  if (typeof detail !== 'string') return detail;
  try {
    return parseJson(detail, 'AWS Health event');
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    problems.once(error.code, 'detail', error.message);
    return null;
  }
}

function unwrap(payload: unknown, problems: Problems): readonly Unwrapped[] {
  if (Array.isArray(payload)) return payload.flatMap((one) => unwrap(one, problems));
  if (!isFields(payload)) return [];
  const failed = array(payload, 'failedSet').length;
  if (failed > 0) problems.add('not-described', feedText.failedSet(failed));
  const left = own(payload, 'leftOut');
  if (typeof left === 'number') problems.add('too-many-events', awsHealthText.leftOut(left));
  if (Array.isArray(own(payload, 'successfulSet')) || Array.isArray(own(payload, 'events'))) {
    const described = objects(payload, 'successfulSet').flatMap((one) => {
      const event = object(one, 'event');
      const description = text(object(one, 'eventDescription') ?? {}, 'latestDescription') ?? '';
      return event === null ? [] : [{ event, description, affected: affectedOf(one) }];
    });
    const bare = objects(payload, 'events').map((event) => ({ event, description: '' }));
    return [...described, ...bare];
  }
  const event = detailOf(payload, problems);
  if (!isFields(event)) return [];
  // The region of the envelope says where it was delivered, and nothing about the event.
  return [{ event, description: describe(objects(event, 'eventDescription')) }];
}

/** The level that recent descriptions begin with; anything else leaves the category to decide. */
const LEVELS: readonly (readonly [words: RegExp, state: State, informational: boolean])[] = [
  [/^operating normally/i, 'operational', false],
  [/^informational/i, 'degraded', true],
  [/^(?:impacted|degrad)/i, 'degraded', false],
  [/^disrupt/i, 'major-outage', false],
];

function levelOf(description: string, problems: Problems): { state: State; informational: boolean } | null {
  const level = /current severity level:[ \t]*([^\r\n]{1,60})/i.exec(description.slice(0, 2000))?.[1]?.trim();
  if (level === undefined) return null;
  const known = LEVELS.find(([words]) => words.test(level));
  if (known === undefined) problems.unknownCode('The severity level', level);
  return known === undefined
    ? { state: 'unknown', informational: false }
    : { state: known[1], informational: known[2] };
}

const CATEGORIES: ReadonlySet<string> = new Set([
  'issue',
  'investigation',
  'accountNotification',
  'scheduledChange',
]);
const STATUSES: ReadonlySet<string> = new Set(['open', 'closed', 'upcoming']);

/** `AWS_EC2_OPERATIONAL_ISSUE` -> `EC2 operational issue`. */
function titleOf(code: string, service: string): string {
  const rest = code
    .replace(/^AWS_/, '')
    .replace(new RegExp(`^${service.replace(/[^A-Za-z0-9]/g, '')}_`, 'i'), '');
  return plainLine(`${service} ${rest.toLowerCase().replaceAll('_', ' ')}`);
}

interface Read {
  readonly event: ProviderEvent;
  readonly observation: Observation | null;
}

function readEvent(one: Unwrapped, arn: string, provider: string, now: Instant, problems: Problems): Read {
  const { event } = one;
  const service = line(event, 'service', 120) ?? 'unnamed';
  const region = (
    line(event, 'eventRegion', 60) ??
    line(event, 'region', 60) ??
    regionOfArn(arn)
  ).toLowerCase();
  const category = text(event, 'eventTypeCategory') ?? text(event, 'category') ?? '';
  if (!CATEGORIES.has(category)) problems.unknownCode('eventTypeCategory', category);
  const status = text(event, 'statusCode') ?? 'open';
  if (!STATUSES.has(status)) problems.unknownCode('statusCode', status);
  const startedAt = readDate(own(event, 'startTime'), 'startTime', problems);
  const endTime = readDate(own(event, 'endTime'), 'endTime', problems);
  const updatedAt = readDate(own(event, 'lastUpdatedTime'), 'lastUpdatedTime', problems) ?? startedAt;
  const level = levelOf(one.description, problems);
  const health = category === 'issue' || category === 'investigation' || !CATEGORIES.has(category);
  // A sample is "open" though its text says RESOLVED and its endTime is set: any of the three words of an end counts.
  const resolved =
    status === 'closed' ||
    (health && endTime !== null && endTime <= now) ||
    level?.state === 'operational' ||
    one.description
      .slice(0, 2000)
      .split('\n')
      .some((line) => isResolvedTitle(line));
  const trouble: State = !health ? 'maintenance' : CATEGORIES.has(category) ? 'degraded' : 'unknown';
  const state = !health || level === null || level.state === 'operational' ? trouble : level.state;
  const words = plainText(one.description);
  const body = one.affected ? clip(`${one.affected}\n${words}`, 4000) : words;
  const page = text(event, 'page');
  const pages = text(event, 'totalPages');
  if (page !== null && pages !== null && Number(pages) > 1) {
    problems.add('several-pages', feedText.severalPages(clip(page, 12), clip(pages, 12)), arn.slice(0, 300));
  }
  return {
    event: {
      id: arn,
      title: titleOf(text(event, 'eventTypeCode') ?? text(event, 'typeCode') ?? 'event', service),
      status: resolved ? 'resolved' : 'open',
      state,
      regions: [region],
      services: [service.toLowerCase()],
      startedAt,
      endedAt: resolved ? (endTime ?? updatedAt) : null,
      updatedAt,
      text: body,
      ...(health && status !== 'upcoming' ? {} : { noHealth: true }),
    },
    observation:
      health && status !== 'upcoming'
        ? {
            provider,
            region,
            service: service.toLowerCase(),
            state: resolved ? 'operational' : state,
            at: resolved ? (endTime ?? updatedAt) : (updatedAt ?? startedAt),
            text: body,
            event: arn,
            ...(!resolved && (level?.informational === true || category === 'investigation')
              ? { informational: true }
              : {}),
          }
        : null,
  };
}

export const awsHealthEvent: FeedKind = jsonKind({
  kind: 'aws-health-event',
  name: 'AWS Health event',
  reports: 'trouble-only',
  evidence: 'recorded',
  recognise: (url, payload) =>
    isAwsHealth(url) ||
    (payload?.includes('arn:aws') === true &&
      (payload.includes('AWS Health Event') || payload.includes('eventTypeCategory'))),
  read(payload, context, problems) {
    const events: ProviderEvent[] = [];
    const observations: Observation[] = [];
    for (const one of unwrap(payload, problems)) {
      const arn = line(one.event, 'eventArn', 280) ?? line(one.event, 'arn', 280);
      if (arn === null) {
        problems.once('missing-field', 'arn', feedText.missingField('The arn of an event'));
        continue;
      }
      const read = readEvent(one, arn, context.provider ?? 'aws', context.now, problems);
      events.push(read.event);
      if (read.observation !== null) observations.push(read.observation);
    }
    const asked =
      isFields(payload) &&
      (Array.isArray(own(payload, 'successfulSet')) || Array.isArray(own(payload, 'events')));
    if (events.length === 0 && !asked && !(Array.isArray(payload) && payload.length === 0)) {
      return { expected: 'an event with an arn' };
    }
    const quiet = events.length - observations.length;
    if (quiet > 0) problems.add('no-health', feedText.accountEvents(quiet));
    return { observations, events, asOf: null };
  },
});
