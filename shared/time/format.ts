// How times are written wherever people read them (interface notes, Time): UTC first, durations truncated and never rounded,
// a non-breaking space before each unit. Arguments are instants or milliseconds; nothing here reads a clock.
import type { Instant } from './clock.ts';
import { wallAt, zoneName, zoneOrOwn } from './zone.ts';

/** How exactly a time is known: seconds not typed are unknown, `about` for ca., ~ and ranges. */
export type Precision = 'second' | 'minute' | 'about';

const NB = '\u00a0';
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const ms = (at: Instant | number): number => (typeof at === 'number' ? at : Date.parse(at));
const two = (n: number): string => String(n).padStart(2, '0');

const WEEKDAY = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
export const MONTH = [
  'Jan',
  'Feb',
  'Mar',
  'Apr',
  'May',
  'Jun',
  'Jul',
  'Aug',
  'Sep',
  'Oct',
  'Nov',
  'Dec',
] as const;

/** `07:48:20`, `07:48` when the seconds are not known, `~07:48` when it is about. For columns whose head says UTC. */
export function hms(at: Instant | number, precision: Precision = 'second'): string {
  const iso = new Date(ms(at)).toISOString();
  const time = precision === 'second' ? iso.slice(-13, -5) : iso.slice(-13, -8);
  return precision === 'about' ? `~${time}` : time;
}

/** `07:48:20Z`, `07:48Z`, `~07:48Z`. */
export const utc = (at: Instant | number, precision: Precision = 'second'): string =>
  `${hms(at, precision)}Z`;

/** `05:14 EDT`; with seconds `05:14:27 EDT`. An empty or unknown zone is the machine's own. */
export function local(at: Instant | number, zone: string, seconds = false): string {
  const known = zoneOrOwn(zone);
  const iso = new Date(wallAt(ms(at), known)).toISOString();
  return `${seconds ? iso.slice(-13, -5) : iso.slice(-13, -8)} ${zoneName(ms(at), known)}`;
}

/** `Tue 20 Oct 2026`, of the UTC day; of the zone's day when one is given. */
export function day(at: Instant | number, zone?: string): string {
  const d = new Date(zone === undefined ? ms(at) : wallAt(ms(at), zoneOrOwn(zone)));
  return `${WEEKDAY[d.getUTCDay()]} ${d.getUTCDate()} ${MONTH[d.getUTCMonth()]} ${d.getUTCFullYear()}`;
}

/** `Tue 20 Oct`. */
export const dayShort = (at: Instant | number): string => day(at).split(' ').slice(0, 3).join(' ');

/** `2026-10-20 07:48:20Z`: for documents and the command line, where the day matters. */
export const stamp = (at: Instant | number, precision: Precision = 'second'): string => {
  const iso = new Date(ms(at)).toISOString();
  return `${iso.slice(0, iso.indexOf('T'))} ${utc(at, precision)}`;
};

export const sameDay = (a: Instant | number, b: Instant | number): boolean =>
  Math.floor(ms(a) / DAY) === Math.floor(ms(b) / DAY);

/** A time in a sentence: the day is named when it is not the day of `now`. `07:48:20Z`, `Mon 19 Oct 22:44Z`. */
export const inSentence = (
  at: Instant | number,
  now: Instant | number,
  precision: Precision = 'second',
): string => (sameDay(at, now) ? utc(at, precision) : `${dayShort(at)} ${utc(at, precision)}`);

/**
 * `14 s`, `2 min 40 s`, `1 h 57 min`, `2 d 4 h`: two units at most, seconds dropped from an hour on, truncated.
 * `about`: one of its ends has no seconds, so none are claimed and the word says so.
 */
export function duration(length: number, about = false): string {
  const whole = Math.max(0, Math.floor(length));
  const unit = (n: number, name: string): string => `${n}${NB}${name}`;
  const pair = (big: number, bigName: string, small: number, smallName: string): string =>
    small === 0 ? unit(big, bigName) : `${unit(big, bigName)} ${unit(small, smallName)}`;
  const words =
    whole < MINUTE && !about
      ? unit(Math.floor(whole / SECOND), 's')
      : whole < HOUR
        ? pair(Math.floor(whole / MINUTE), 'min', about ? 0 : Math.floor((whole % MINUTE) / SECOND), 's')
        : whole < DAY
          ? pair(Math.floor(whole / HOUR), 'h', Math.floor((whole % HOUR) / MINUTE), 'min')
          : pair(Math.floor(whole / DAY), 'd', Math.floor((whole % DAY) / HOUR), 'h');
  return about ? `about ${words}` : words;
}

/** A running clock: `03:33`; over an hour `1:26:27`; over a day `2 d 04:10`. Negative counts as late: `+02:10`. */
export function elapsed(length: number): string {
  const late = length < 0 ? '+' : '';
  const s = Math.floor(Math.abs(length) / SECOND);
  const h = Math.floor(s / 3600);
  if (h >= 24) return `${late}${Math.floor(h / 24)}${NB}d ${two(h % 24)}:${two(Math.floor(s / 60) % 60)}`;
  const rest = `${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
  return late + (h > 0 ? `${h}:${rest}` : rest);
}

/** `12 min ago`, `25 min ahead`, `now` within a second. Only ever beside an absolute time; `minutes`: without seconds. */
export function distance(at: Instant | number, now: Instant | number, minutes = false): string {
  const away = ms(at) - ms(now);
  const length = Math.abs(away);
  if (length < SECOND) return 'now';
  const words = duration(minutes && length >= MINUTE ? Math.floor(length / MINUTE) * MINUTE : length);
  return away < 0 ? `${words} ago` : `${words} ahead`;
}
