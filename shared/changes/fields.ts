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

/** Milliseconds of a time as pipelines write it: ISO 8601, RFC 3339 with a space, seconds or milliseconds since 1970. Null: none. */
export function readTime(value: unknown): number | null {
  let ms = Number.NaN;
  if (typeof value === 'number' || (typeof value === 'string' && /^\d{9,13}(\.\d+)?$/.test(value.trim()))) {
    const number = Number(value);
    ms = number < 1e11 ? number * 1000 : number;
  } else if (typeof value === 'string') {
    const text = value.trim();
    const iso =
      /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)\s*(Z|UTC|[+-]\d\d:?\d\d)?)?$/i.exec(text);
    if (iso !== null) {
      const [, day, time = '00:00:00', zone = 'Z'] = iso;
      const clock = time.length === 5 ? `${time}:00` : time.slice(0, 12);
      const offset = /^utc$/i.test(zone) ? 'Z' : zone.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2').toUpperCase();
      ms = Date.parse(`${day}T${clock}${offset}`);
    }
  }
  return Number.isFinite(ms) && ms >= MIN_YEAR_MS && ms < MAX_YEAR_MS ? Math.round(ms) : null;
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
