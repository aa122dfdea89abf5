// The fields of a change under the names that pipelines give them. Times without a zone are UTC.

import { changeText } from '../text/ours.ts';
import { toInstant } from '../time/clock.ts';
import type { RawChange } from './types.ts';

const NAMES = {
  at: [
    'at',
    'time',
    'timestamp',
    'date',
    'finished_at',
    'finishedat',
    'deployed_at',
    'deployedat',
    'created_at',
    'createdat',
  ],
  service: ['service', 'app', 'application', 'component', 'name', 'project', 'repository'],
  version: ['version', 'release', 'tag', 'revision', 'ref', 'commit', 'sha', 'build'],
  places: ['places', 'place', 'regions', 'region', 'targets', 'target', 'environment', 'env'],
  by: ['by', 'author', 'user', 'actor', 'who', 'creator'],
  text: ['text', 'message', 'description', 'summary', 'note', 'title'],
  url: ['url', 'link', 'href'],
} as const;

type Field = keyof typeof NAMES;

const MIN_YEAR_MS = Date.UTC(2000, 0, 1);
const MAX_YEAR_MS = Date.UTC(2100, 0, 1);

const ISO =
  /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d)?(?:[.,](\d{1,9}))?\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?$/i;
/** RFC 1123, as HTTP and mail write it: `Tue, 20 Oct 2026 07:44:10 GMT`. */
const RFC =
  /^(?:[a-z]{3},\s+)?(\d{1,2}) ([a-z]{3}) (\d{4}) (\d\d:\d\d)(:\d\d)?\s+(GMT|UTC|Z|[+-]\d\d:?\d\d)$/i;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Minutes east of UTC. */
function offsetOf(zone: string): number {
  const [, sign, hours, minutes = '0'] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
  return hours === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/** Milliseconds of a day, a time and a zone; null for a day that no calendar has (30 February). */
function instantOf(day: string, time: string, fraction: string, zone: string): number | null {
  const ms = Date.parse(`${day}T${time}.${fraction.padEnd(3, '0').slice(0, 3)}Z`);
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== day) return null;
  return ms - offsetOf(zone) * 60_000;
}

function fromText(text: string): number | null {
  const iso = ISO.exec(text);
  if (iso !== null) {
    const [, day = '', time = '00:00', seconds = ':00', fraction = '', zone = 'Z'] = iso;
    return instantOf(day, `${time}${seconds}`, fraction, zone);
  }
  const [, date = '', month = '', year = '', time = '', seconds = ':00', zone = ''] = RFC.exec(text) ?? [];
  const number = MONTHS.indexOf(month.toLowerCase()) + 1;
  if (number === 0) return null;
  const day = `${year}-${String(number).padStart(2, '0')}-${date.padStart(2, '0')}`;
  return instantOf(day, `${time}${seconds}`, '', zone);
}

/**
 * Milliseconds of a time as pipelines write it: ISO 8601, RFC 3339 with a space, RFC 1123, seconds or milliseconds since 1970.
 * Null: none.
 */
export function readTime(value: unknown): number | null {
  let ms: number | null = null;
  if (typeof value === 'number' || (typeof value === 'string' && /^\d{9,13}(\.\d+)?$/.test(value.trim()))) {
    const number = Number(value);
    ms = number < 1e11 ? number * 1000 : number;
  } else if (typeof value === 'string') ms = fromText(value.trim());
  return ms !== null && ms >= MIN_YEAR_MS && ms < MAX_YEAR_MS ? Math.round(ms) : null;
}

const words = (value: unknown, max: number): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value).trim().slice(0, max)
    : '';

const list = (value: unknown): readonly string[] => {
  const parts = Array.isArray(value)
    ? value.map((one) => words(one, 240))
    : words(value, 4000).split(/[;,\s]+/);
  return [...new Set(parts.filter((one) => one !== ''))].slice(0, 60);
};

/** A change out of named values; `names` are compared without case. A text says what is missing. */
export function changeOf(values: Readonly<Record<string, unknown>>): RawChange | string {
  const byName = new Map(Object.entries(values).map(([name, value]) => [name.trim().toLowerCase(), value]));
  const get = (field: Field): unknown => {
    for (const name of NAMES[field]) {
      const value = byName.get(name);
      if (value !== undefined && value !== null && value !== '') return value;
    }
    return undefined;
  };
  const at = readTime(get('at'));
  if (at === null) return changeText.noTime;
  const service = words(get('service'), 200);
  if (service === '') return changeText.noService;
  const url = words(get('url'), 2000);
  return {
    at: toInstant(at),
    service,
    version: words(get('version'), 200),
    places: list(get('places')),
    by: words(get('by'), 200),
    text: words(get('text'), 1000),
    url: /^https?:\/\//i.test(url) ? url : '',
  };
}
