// Dates in every form that feeds really use. What is no date, or lies outside 2000 to 2099, is a problem and not a time.
import { feedText } from '../../../../shared/text/feeds.ts';
import { type Instant, toInstant } from '../../../../shared/time/clock.ts';
import type { Problems } from './problems.ts';

const EARLIEST = Date.UTC(2000, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Names that providers write, in minutes east of UTC. Ambiguous ones (IST, CST outside America) are not guessed. */
const ZONES: ReadonlyMap<string, number> = new Map([
  ['z', 0],
  ['ut', 0],
  ['utc', 0],
  ['gmt', 0],
  ['pst', -480],
  ['pdt', -420],
  ['mst', -420],
  ['mdt', -360],
  ['cst', -360],
  ['cdt', -300],
  ['est', -300],
  ['edt', -240],
  ['bst', 60],
  ['cet', 60],
  ['cest', 120],
  ['eet', 120],
  ['eest', 180],
  ['jst', 540],
  ['aest', 600],
  ['aedt', 660],
]);

/** Minutes east of UTC of a zone as written (`Z`, `PDT`, `+02:00`, `-0700`); null when unknown. */
export function zoneMinutes(zone: string): number | null {
  const named = ZONES.get(zone.toLowerCase());
  if (named !== undefined) return named;
  const parts = /^([+-])(\d{2})(?::?(\d{2}))?$/.exec(zone);
  if (parts === null) return null;
  const minutes = Number(parts[2]) * 60 + Number(parts[3] ?? 0);
  return minutes > 14 * 60 ? null : parts[1] === '-' ? -minutes : minutes;
}

/** Milliseconds of a civil time, or null when there is no such day or time. Second 60 (a leap second) is taken as 59. */
function civil(
  y: number,
  mo: number,
  d: number,
  h: number,
  mi: number,
  s: number,
  zone: number,
): number | null {
  if (mo < 0 || mo > 11 || d < 1 || h > 24 || mi > 59 || s > 60) return null;
  const ms = Date.UTC(y, mo, d, h, mi, Math.min(s, 59)) - zone * 60_000;
  const days = new Date(Date.UTC(y, mo, d));
  return days.getUTCMonth() === mo && days.getUTCDate() === d ? ms : null;
}

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,12}))?)?)?\s?([A-Za-z]{1,4}|[+-]\d{2}(?::?\d{2})?)?$/;
const RFC =
  /^(?:[A-Za-z]{3,9},?\s+)?(\d{1,2})[\s-]+([A-Za-z]{3})[A-Za-z]*[\s-]+(\d{4}|\d{2})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([A-Za-z]{1,5}|[+-]\d{2}:?\d{2})?$/;
/** As people write it: `Aug 7, 2026 12:27 AM PDT`, `October 29, 2025, 16:00 UTC`. */
const WORDS =
  /^(?:[A-Za-z]{3,9},?\s+)?([A-Za-z]{3})[A-Za-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4}),?\s+(?:at\s+)?(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AaPp][Mm])?\s*([A-Za-z]{1,5}|[+-]\d{2}:?\d{2})?$/;

type Read = { readonly ms: number; readonly zoneless: boolean };

function fromText(value: string): Read | null {
  const iso = ISO.exec(value);
  if (iso !== null) {
    const zone = iso[8] === undefined ? 0 : zoneMinutes(iso[8]);
    if (zone === null) return null;
    const ms = civil(
      Number(iso[1]),
      Number(iso[2]) - 1,
      Number(iso[3]),
      Number(iso[4] ?? 0),
      Number(iso[5] ?? 0),
      Number(iso[6] ?? 0),
      zone,
    );
    if (ms === null) return null;
    const fraction = iso[7] === undefined ? 0 : Math.floor(Number(`0.${iso[7]}`) * 1000);
    return { ms: ms + fraction, zoneless: iso[8] === undefined && iso[4] !== undefined };
  }
  // The weekday is often wrong and never needed: it is not looked at.
  const rfc = RFC.exec(value);
  if (rfc === null) return fromWords(value);
  const zone = rfc[7] === undefined ? 0 : zoneMinutes(rfc[7]);
  const short = rfc[3]!.length === 2;
  if (zone === null) return null;
  const ms = civil(
    Number(rfc[3]) + (short ? 2000 : 0),
    MONTHS.indexOf(rfc[2]!.toLowerCase()),
    Number(rfc[1]),
    Number(rfc[4]),
    Number(rfc[5]),
    Number(rfc[6] ?? 0),
    zone,
  );
  return ms === null ? null : { ms, zoneless: rfc[7] === undefined };
}

function fromWords(value: string): Read | null {
  const found = WORDS.exec(value);
  if (found === null) return null;
  const [, month = '', day, year, hour, minute, second = '0', half, written] = found;
  const zone = written === undefined ? 0 : zoneMinutes(written);
  const twelve = half !== undefined;
  if (zone === null || (twelve && (Number(hour) < 1 || Number(hour) > 12))) return null;
  const hours = twelve ? (Number(hour) % 12) + (/p/i.test(half) ? 12 : 0) : Number(hour);
  const ms = civil(
    Number(year),
    MONTHS.indexOf(month.toLowerCase()),
    Number(day),
    hours,
    Number(minute),
    Number(second),
    zone,
  );
  return ms === null ? null : { ms, zoneless: written === undefined };
}

/** Epoch seconds, or milliseconds when too large to be seconds of this century. */
const fromEpoch = (value: number): Read => ({
  ms: Math.floor(Math.abs(value) >= 1e11 ? value : value * 1000),
  zoneless: false,
});

function read(value: unknown): Read | null {
  if (typeof value === 'number') return Number.isFinite(value) ? fromEpoch(value) : null;
  if (typeof value !== 'string' || value.length > 100) return null;
  // As JavaScript prints a date: `Sat Jun 11 2022 18:55:50 GMT+0000 (Coordinated Universal Time)`.
  const trimmed = value
    .trim()
    .replace(/\s*\([\p{L} ./+-]{1,60}\)$/u, '')
    .replace(/\b(?:GMT|UTC)(?=[+-]\d{2}:?\d{2}$)/, '');
  return /^-?\d{5,16}(\.\d{1,9})?$/.test(trimmed) ? fromEpoch(Number(trimmed)) : fromText(trimmed);
}

/** True for "no time yet" as Go writes it (0001-01-01T00:00:00Z), for null and for missing and empty values. */
const isNever = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (typeof value === 'string' && value.startsWith('0001-01-01'));

/** The form nearly every feed uses, in a range where nothing can be wrong: taken as it stands, without arithmetic. */
const PLAIN =
  /^(20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)(\.\d{3})?(?:Z|\+00:00)$/;

/** The same, and with milliseconds and Z: an instant already. */
const INSTANT = /^20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

function plain(value: unknown): Instant | null {
  if (typeof value !== 'string' || value.length > 29) return null;
  if (value.length === 24 && INSTANT.test(value)) return value;
  const parts = PLAIN.exec(value);
  return parts === null ? null : `${parts[1]}${parts[2] ?? '.000'}Z`;
}

/**
 * The instant that a value stands for: ISO 8601 (any offset, nanoseconds, a blank instead of T), RFC 1123 (wrong weekday, one-digit
 * day, `PDT`, ` Z`), epoch seconds or milliseconds as number or string. Null for "none"; null and a problem (`bad-date`, once per
 * `what`) for anything else, and for dates before 2000 or after 2099.
 */
export function readDate(value: unknown, what: string, problems: Problems): Instant | null {
  const quick = plain(value);
  if (quick !== null) return quick;
  if (isNever(value)) return null;
  const found = read(value);
  if (found === null || !(found.ms >= EARLIEST && found.ms < LATEST)) {
    problems.once('bad-date', what, feedText.badDate(what, value));
    return null;
  }
  if (found.zoneless) problems.once('zoneless-date', what, feedText.zonelessDate(what, value));
  return toInstant(found.ms);
}

/** The latest of some instants; null when there is none. Instants of one width sort as text. */
export function latest(...instants: readonly (Instant | null | undefined)[]): Instant | null {
  let newest: Instant | null = null;
  for (const instant of instants) {
    if (instant !== null && instant !== undefined && (newest === null || instant > newest)) newest = instant;
  }
  return newest;
}

/** The earliest of some instants; null when there is none. */
export function earliest(...instants: readonly (Instant | null | undefined)[]): Instant | null {
  let oldest: Instant | null = null;
  for (const instant of instants) {
    if (instant !== null && instant !== undefined && (oldest === null || instant < oldest)) oldest = instant;
  }
  return oldest;
}
