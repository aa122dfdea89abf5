// Statuspage history.atom: an entry per incident, its updates as HTML, newest first, with times that have no year. It names no
// component and no impact, so an open incident stands on the page as a whole, as degraded.
import type { Observation, ProviderEvent } from '../../../shared/health/types.ts';
import { feedText } from '../../../shared/text/feeds.ts';
import { fromInstant, type Instant, toInstant } from '../../../shared/time/clock.ts';
import { pathOf, slug, syndicationKind } from './define.ts';
import type { FeedKind } from './kind.ts';
import { latest, readDate, zoneMinutes } from './reading/dates.ts';
import { plainLine, plainText } from './reading/html.ts';
import { lineOf } from './reading/lines.ts';
import type { Problems } from './reading/problems.ts';
import type { SyndicationItem } from './reading/syndication.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const TIME = /^([A-Z][a-z]{2})[a-z]* (\d{1,2}), (\d{1,2}):(\d{2}) ([A-Z]{1,5})$/;

const OVER: ReadonlySet<string> = new Set(['resolved', 'postmortem', 'completed']);
const OPEN: ReadonlySet<string> = new Set([
  'investigating',
  'identified',
  'monitoring',
  'in progress',
  'verifying',
]);

/** Time of an update, with the year that lies nearest to a time known with its year. */
function timeOf(small: string, near: Instant | null): Instant | null {
  const parts = TIME.exec(plainLine(small, 60));
  const month = parts === null ? -1 : MONTHS.indexOf(parts[1]!);
  const zone = parts === null ? null : zoneMinutes(parts[5]!);
  if (parts === null || month < 0 || zone === null || near === null) return null;
  const anchor = fromInstant(near);
  const year = new Date(anchor).getUTCFullYear();
  const at = [year - 1, year, year + 1]
    .map((one) => Date.UTC(one, month, Number(parts[2]), Number(parts[3]), Number(parts[4])) - zone * 60_000)
    .reduce((best, one) => (Math.abs(one - anchor) < Math.abs(best - anchor) ? one : best));
  return toInstant(at);
}

/** Text between two marks after `from`; null when they are not there. */
function between(
  body: string,
  open: string,
  close: string,
  from: number,
): { text: string; end: number } | null {
  const start = body.indexOf(open, from);
  if (start === -1) return null;
  const end = body.indexOf(close, start + open.length);
  return end === -1 ? null : { text: body.slice(start + open.length, end), end: end + close.length };
}

interface Updates {
  /** Status words, newest first, lower case. */
  readonly words: readonly string[];
  readonly first: Instant | null;
  readonly text: string;
}

function readUpdates(body: string, near: Instant | null): Updates {
  const words: string[] = [];
  let first: Instant | null = null;
  let text = '';
  let from = 0;
  // Real histories have tens of updates; a body of thousands of marks is cut.
  for (let count = 0; count < 500; count += 1) {
    const small = between(body, '<small>', '</small>', from);
    const strong = small === null ? null : between(body, '<strong>', '</strong>', small.end);
    if (small === null || strong === null) break;
    words.push(plainLine(strong.text, 60).toLowerCase());
    first = timeOf(small.text, near) ?? first;
    const next = body.indexOf('<small>', strong.end);
    if (count === 0)
      text = plainText(body.slice(strong.end, next === -1 ? undefined : next)).replace(/^\s*-\s*/, '');
    from = strong.end;
  }
  return { words, first, text };
}

function readEntry(
  item: SyndicationItem,
  id: string,
  page: string,
  problems: Problems,
): ProviderEvent | null {
  const updatedAt = readDate(item.updated ?? item.published, 'updated', problems);
  const published = readDate(item.published, 'published', problems);
  const { words, first, text } = readUpdates(item.body, published ?? updatedAt);
  // "Update" says nothing about the status: the newest word that does, decides.
  const word = words.find((one) => one !== 'update');
  if (word === 'scheduled') return null;
  if (word !== undefined && !OVER.has(word) && !OPEN.has(word))
    problems.unknownCode('The status of an update', word);
  const resolved = word !== undefined && OVER.has(word);
  const maintenance = words.some(
    (one) => one === 'in progress' || one === 'completed' || one === 'verifying',
  );
  return {
    id,
    title: lineOf(item.title) ?? 'Incident without a title',
    status: resolved ? 'resolved' : 'open',
    state:
      word !== undefined && !OVER.has(word) && !OPEN.has(word)
        ? 'unknown'
        : maintenance
          ? 'maintenance'
          : 'degraded',
    regions: ['global'],
    services: [page],
    startedAt: first ?? published,
    endedAt: resolved ? (published ?? updatedAt) : null,
    updatedAt,
    text: text === '' ? plainText(item.body) : text,
    ...(item.link === null ? {} : { url: item.link.slice(0, 2000) }),
  };
}

export const statuspageAtom: FeedKind = syndicationKind({
  kind: 'statuspage-atom',
  name: 'Statuspage Atom history',
  reports: 'trouble-only',
  evidence: 'recorded',
  recognise: (url, payload) =>
    payload === null
      ? pathOf(url).endsWith('/history.atom')
      : payload.includes('<feed') && /<id>\s*tag:[^<]{1,200}:\/history\s*<\/id>/.test(payload),
  read(feed, context, problems) {
    if (feed.format !== 'atom') return { expected: 'an Atom feed' };
    const name = plainLine(
      feed.title.replace(/\s*-\s*Incident History\s*$/i, '').replace(/\s*Status\s*$/i, ''),
      120,
    );
    const page = slug(name === '' ? (context.provider ?? 'page') : name);
    const events: ProviderEvent[] = [];
    const observations: Observation[] = [];
    let asOf = readDate(feed.updated, 'updated of the feed', problems);
    for (const item of feed.items) {
      const id = lineOf(item.id, 280);
      if (id === null) {
        problems.once('missing-field', 'id', feedText.missingField('The id of an entry'));
        continue;
      }
      const event = readEntry(item, id, page, problems);
      if (event === null) continue;
      events.push(event);
      asOf = latest(asOf, event.updatedAt);
      if (event.status === 'resolved') continue;
      observations.push({
        provider: context.provider ?? page,
        region: 'global',
        service: page,
        state: event.state,
        at: event.updatedAt ?? event.startedAt,
        text: event.text ?? '',
        event: event.id,
      });
    }
    if (feed.items.length > 0 && events.length === 0 && feed.items.every((item) => item.id === null)) {
      return { expected: 'an entry with an id' };
    }
    return { observations, events, asOf };
  },
});
