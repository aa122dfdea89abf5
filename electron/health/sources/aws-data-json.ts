// AWS's old dashboard, status.aws.amazon.com/data.json: what is open now in `current`, a year of resolved events in `archive`.
// Code 0 in `current` is resolved and still listed: a word of recovery. Times of updates stand only in the HTML.
import type { Observation, ProviderEvent } from '../../../shared/health/types.ts';
import { feedText } from '../../../shared/text/feeds.ts';
import { fromInstant, type Instant, toInstant } from '../../../shared/time/clock.ts';
import { isResolvedTitle, plainTitle, severityOf, splitKey } from './aws-words.ts';
import { hostIs, jsonKind, pathOf } from './define.ts';
import type { FeedKind } from './kind.ts';
import { datedUpdates } from './pacific-times.ts';
import { earliest, latest, readDate } from './reading/dates.ts';
import { plainText } from './reading/html.ts';
import { array, type Fields, isFields, own, text } from './reading/json.ts';
import type { Problems } from './reading/problems.ts';

const DAY = 86_400_000;
/** Resolved events keep their last words this long: milliseconds. */
const TOLD_MS = 3 * DAY;

/** Pacific calendar day (standard time): part of an event's id, because the date itself is corrected by hours while it is open. */
const dayOf = (date: number | null): string =>
  date === null ? 'undated' : toInstant(date - 8 * 3_600_000).slice(0, 10);

/** Start: the earlier of the event's date and its first update, when they lie within a day (the date is sometimes hours late). */
function startOf(date: Instant | null, first: Instant | null): Instant | null {
  if (date === null || first === null || date === first) return date ?? first;
  return Math.abs(fromInstant(date) - fromInstant(first)) <= DAY ? earliest(date, first) : date;
}

interface Item {
  readonly event: ProviderEvent;
  readonly observation: Observation;
}

function readItem(
  item: Fields,
  key: string,
  archived: boolean,
  provider: string,
  uses: Map<string, number>,
  now: Instant,
  problems: Problems,
): Item {
  const { service, region } = splitKey(key);
  const severity = severityOf(own(item, 'status'), 'status', problems);
  const summary = text(item, 'summary') ?? '';
  const date = readDate(own(item, 'date'), 'date', problems);
  const description = text(item, 'description') ?? '';
  const dateMs = date === null ? null : fromInstant(date);
  const times = datedUpdates(description, dateMs);
  const resolved = archived || severity.state === 'operational' || isResolvedTitle(summary);
  const base = `${service}-${region}_${dayOf(dateMs)}`;
  // Two events of one service on one day: the later one in the list gets a number.
  const use = (uses.get(base) ?? 0) + 1;
  uses.set(base, use);
  const id = use === 1 ? base : `${base}_${use}`;
  const startedAt = startOf(date, times.first);
  const updatedAt = latest(times.last, times.last === null ? startedAt : null);
  // Nobody reads the words of what was over days ago, and a year of it stands in every payload.
  const told = !archived || updatedAt === null || fromInstant(now) - fromInstant(updatedAt) < TOLD_MS;
  const body = told ? plainText(description.slice(times.lastFrom)) : '';
  return {
    event: {
      id,
      title: plainTitle(summary),
      status: resolved ? 'resolved' : 'open',
      // Code 0 says that it is over, not how bad it was.
      state: resolved && severity.state === 'operational' ? 'unknown' : severity.state,
      regions: [region],
      services: [service],
      startedAt,
      endedAt: resolved ? times.last : null,
      updatedAt,
      text: body,
    },
    observation: {
      provider,
      region,
      service,
      state: resolved && severity.state !== 'unknown' ? 'operational' : severity.state,
      at: updatedAt ?? startedAt,
      text: body,
      event: id,
      ...(severity.informational && !resolved ? { informational: true } : {}),
    },
  };
}

export const awsDataJson: FeedKind = jsonKind({
  kind: 'aws-data-json',
  name: 'AWS data.json (old dashboard)',
  reports: 'trouble-only',
  evidence: 'recorded',
  recognise: (url, payload) =>
    payload === null
      ? hostIs(url, 'status.aws.amazon.com') && pathOf(url).endsWith('/data.json')
      : payload.includes('"archive"') && payload.includes('"current"') && payload.trimStart().startsWith('{'),
  read(payload, context, problems) {
    if (
      !isFields(payload) ||
      !Array.isArray(own(payload, 'current')) ||
      !Array.isArray(own(payload, 'archive'))
    ) {
      return { expected: 'current and archive' };
    }
    const events: ProviderEvent[] = [];
    const observations: Observation[] = [];
    const uses = new Map<string, number>();
    let asOf: Instant | null = null;
    // The archive first: an event that moves there from `current` keeps its number among those of its day.
    for (const name of ['archive', 'current'] as const) {
      for (const item of array(payload, name)) {
        const key = isFields(item) ? text(item, 'service') : null;
        if (!isFields(item) || key === null) {
          problems.once('missing-field', name, feedText.missingField(`The service of an entry of ${name}`));
          continue;
        }
        const read = readItem(
          item,
          key,
          name === 'archive',
          context.provider ?? 'aws',
          uses,
          context.now,
          problems,
        );
        events.push(read.event);
        if (name === 'current') observations.push(read.observation);
        // A typing error can put an update after now; it must not make the next good copy look old.
        const newest = read.event.updatedAt ?? null;
        if (newest !== null && newest <= context.now) asOf = latest(asOf, newest);
      }
    }
    return { observations, events, asOf };
  },
});
