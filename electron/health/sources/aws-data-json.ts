// AWS's old dashboard, status.aws.amazon.com/data.json: what is open now in `current`, a year of resolved events in `archive`.
// Code 0 in `current` is resolved and still listed: a word of recovery. Times of updates stand only in the HTML.
import type { Observation, ProviderEvent } from '../../../shared/health/types.ts';
import { feedText } from '../../../shared/text/feeds.ts';
import { fromInstant, type Instant, toInstant } from '../../../shared/time/clock.ts';
import { isResolvedTitle, plainTitle, severityOf, splitKey } from './aws-words.ts';
import { hostIs, jsonKind, pathOf } from './define.ts';
import type { FeedKind } from './kind.ts';
import { datedUpdates } from './pacific-times.ts';
import { latest, readDate } from './reading/dates.ts';
import { plainText } from './reading/html.ts';
import { array, asText, type Entry, type Fields, isFields, own } from './reading/json.ts';
import { lineOf } from './reading/lines.ts';
import type { Problems } from './reading/problems.ts';

const DAY = 86_400_000;
/** Resolved events keep their last words this long: milliseconds. */
const TOLD_MS = 3 * DAY;
/** What began longer before the newest entry says nothing about how recent the copy is. */
const DATED_MS = 60 * DAY;

/** Pacific calendar day (standard time): part of an event's id, because the date itself is corrected by hours while it is open. */
function dayOf(date: number | null, days: Map<number, string>): string {
  if (date === null) return 'undated';
  const number = Math.floor((date - 8 * 3_600_000) / DAY);
  let day = days.get(number);
  if (day === undefined) {
    day = toInstant(number * DAY).slice(0, 10);
    days.set(number, day);
  }
  return day;
}

/** Date of an entry, milliseconds; null, and a problem, for what is none. Nearly always whole seconds. */
type ItemEntry = Entry<'service' | 'status' | 'summary' | 'date' | 'description'>;

function dateOf(value: unknown, problems: Problems): number | null {
  const seconds = typeof value === 'string' && value.length === 10 ? Number(value) : Number.NaN;
  if (Number.isInteger(seconds) && seconds >= 1e9 && seconds < 4e9) return seconds * 1000;
  const date = readDate(value, 'date', problems);
  return date === null ? null : fromInstant(date);
}

/** Start: the earlier of the event's date and its first update, when they lie within a day (the date is sometimes hours late). */
function startOf(date: number | null, first: number | null): number | null {
  if (date === null || first === null) return date ?? first;
  return Math.abs(date - first) <= DAY ? Math.min(date, first) : date;
}

interface Dates {
  readonly startedAt: Instant | null;
  /** Of its last update. */
  readonly lastAt: Instant | null;
  readonly updatedAt: Instant | null;
  readonly lastFrom: number;
}

function datesOf(description: string, date: number | null): Dates {
  const { first, last, lastFrom } = datedUpdates(description, date);
  const start = startOf(date, first);
  const startedAt = start === null ? null : toInstant(start);
  const lastAt = last === null ? null : toInstant(last);
  return { startedAt, lastAt, updatedAt: lastAt ?? startedAt, lastFrom };
}

/** An event of long ago: years of them stand in every payload, and hardly anybody asks when one of them was updated. */
function longAgo(
  event: Omit<ProviderEvent, 'startedAt' | 'endedAt' | 'updatedAt'>,
  description: string,
  date: number | null,
): ProviderEvent {
  let known: Dates | null = null;
  const dates = (): Dates => {
    known ??= datesOf(description, date);
    return known;
  };
  return {
    ...event,
    get startedAt() {
      return dates().startedAt;
    },
    get endedAt() {
      return dates().lastAt;
    },
    get updatedAt() {
      return dates().updatedAt;
    },
  };
}

interface Item {
  readonly event: ProviderEvent;
  /** Null for what is in the archive. */
  readonly observation: Observation | null;
  /** When it was updated; null for what is too old to tell how recent the copy is. */
  readonly updatedAt: Instant | null;
}

interface Around {
  readonly archived: boolean;
  readonly provider: string;
  readonly now: number;
  /** Of the newest entry, milliseconds. */
  readonly newest: number;
  readonly days: Map<number, string>;
  /** How many entries of a service and day there were before. */
  readonly uses: Map<string, number>;
}

function readItem(item: ItemEntry, key: string, around: Around, problems: Problems): Item {
  const { archived, provider, now, uses } = around;
  const { service, region } = splitKey(key);
  const severity = severityOf(item.status, 'status', problems);
  const summary = asText(item.summary) ?? '';
  const date = dateOf(item.date, problems);
  const description = asText(item.description) ?? '';
  const resolved = archived || severity.state === 'operational' || isResolvedTitle(summary);
  const base = `${service}-${region}_${dayOf(date, around.days)}`;
  // Two events of one service on one day: the later one in the list gets a number.
  const use = (uses.get(base) ?? 0) + 1;
  uses.set(base, use);
  const id = use === 1 ? base : `${base}_${use}`;
  const event = {
    id,
    title: plainTitle(summary),
    status: resolved ? ('resolved' as const) : ('open' as const),
    // Code 0 says that it is over, not how bad it was.
    state: resolved && severity.state === 'operational' ? ('unknown' as const) : severity.state,
    regions: [region],
    services: [service],
    text: '',
  };
  if (archived && date !== null && around.newest - date > DATED_MS)
    return { event: longAgo(event, description, date), observation: null, updatedAt: null };
  const { startedAt, lastAt, updatedAt, lastFrom } = datesOf(description, date);
  const told = !archived || updatedAt === null || now - fromInstant(updatedAt) < TOLD_MS;
  const body = told ? plainText(description.slice(lastFrom)) : '';
  return {
    event: { ...event, startedAt, endedAt: resolved ? lastAt : null, updatedAt, text: body },
    observation: archived
      ? null
      : {
          provider,
          region,
          service,
          state: resolved && severity.state !== 'unknown' ? 'operational' : severity.state,
          at: updatedAt,
          text: body,
          event: id,
          ...(severity.informational && !resolved ? { informational: true } : {}),
        },
    updatedAt,
  };
}

/** Date of the newest entry that is not after now; milliseconds, 0 when there is none. */
function newestOf(payload: Fields, now: number): number {
  let newest = 0;
  for (const name of ['archive', 'current'] as const)
    for (const item of array(payload, name)) {
      const at = isFields(item) ? Number((item as ItemEntry).date) * 1000 : 0;
      if (at > newest && at <= now) newest = at;
    }
  return newest;
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
      !Array.isArray(own(payload, 'archive') ?? [])
    ) {
      return { expected: 'current and archive' };
    }
    const events: ProviderEvent[] = [];
    const observations: Observation[] = [];
    let asOf: Instant | null = null;
    const now = fromInstant(context.now);
    const shared = {
      provider: context.provider ?? 'aws',
      now,
      newest: newestOf(payload, now),
      uses: new Map<string, number>(),
      days: new Map<number, string>(),
    };
    // The archive first: an event that moves there from `current` keeps its number among those of its day.
    for (const name of ['archive', 'current'] as const) {
      const around = { ...shared, archived: name === 'archive' };
      for (const item of array(payload, name)) {
        const key = isFields(item) ? lineOf((item as ItemEntry).service, 160) : null;
        if (!isFields(item) || key === null) {
          problems.once('missing-field', name, feedText.missingField(`The service of an entry of ${name}`));
          continue;
        }
        const read = readItem(item, key, around, problems);
        events.push(read.event);
        if (read.observation !== null) observations.push(read.observation);
        // A typing error can put an update after now; it must not make the next good copy look old.
        if (read.updatedAt !== null && read.updatedAt <= context.now) asOf = latest(asOf, read.updatedAt);
      }
    }
    return { observations, events, asOf };
  },
});
