// The forms in which people write times (domain notes, Timeline), taken apart. No clock and no zone rules here: what a form
// means at a given moment is decided in parse.ts.
import { timeText } from '../text/time.ts';
import { MONTH, type Precision } from './format.ts';

/** Time of day in milliseconds since midnight; `24:10` has 24 hours and some and belongs to the next day. */
export interface TimeOfDay {
  readonly ms: number;
  readonly precision: Precision;
  /** As echoed in questions: `05:02`. */
  readonly typed: string;
}

export type DayWord =
  | { readonly kind: 'date'; readonly utcMidnight: number }
  | { readonly kind: 'day'; readonly offset: -1 | 0 | 1 }
  /** Day and month without a year. */
  | { readonly kind: 'no-year'; readonly day: number; readonly month: number };

export type ZoneWord =
  | { readonly kind: 'offset'; readonly ms: number }
  | { readonly kind: 'local' }
  | { readonly kind: 'name'; readonly name: string };

export type Form =
  | { readonly kind: 'now' }
  /** Milliseconds from now; negative lies back. */
  | { readonly kind: 'relative'; readonly by: number; readonly precision: Precision }
  | {
      readonly kind: 'clock';
      readonly day: DayWord | null;
      readonly time: TimeOfDay;
      readonly zone: ZoneWord | null;
      /** The second time of a range, as typed. */
      readonly until: string | null;
    }
  | { readonly kind: 'wrong'; readonly text: string };

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const wrong = (text: string): Form => ({ kind: 'wrong', text });
const two = (n: number): string => String(n).padStart(2, '0');

const TIME = String.raw`\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d{1,9})?)?(?:\s*[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?|\d{1,2}h\d{2}|\d{4}`;
const ONLY_TIME = new RegExp(`^(?:${TIME})$`, 'i');
const RANGE = /^(\d{1,2}:\d{2}(?::\d{2})?)\s*(?:-|to|\.{2,3})\s*(\d{1,2}:\d{2}(?::\d{2})?)$/i;

/** Reads a time of day, or says that no clock shows it; null when it is not of that form at all. */
function timeOfDay(text: string): TimeOfDay | string | null {
  if (!ONLY_TIME.test(text)) return null;
  const half = /([ap])\.?m\.?$/i.exec(text)?.[1]?.toLowerCase();
  const digits = text.replace(/\s*[ap]\.?m\.?$/i, '');
  const parts = /^\d{4}$/.test(digits) ? [digits.slice(0, 2), digits.slice(2)] : digits.split(/[:.,h]/i);
  let hours = Number(parts[0]);
  const minutes = Number(parts[1] ?? '0');
  const seconds = parts[2] === undefined ? null : Number(parts[2]);
  const fraction = parts[3] === undefined ? 0 : Number(parts[3].slice(0, 3).padEnd(3, '0'));
  if (half !== undefined) {
    if (hours < 1 || hours > 12) return timeText.noSuchTime(text);
    hours = (hours % 12) + (half === 'p' ? 12 : 0);
  }
  if (hours > 24 || minutes > 59 || (seconds ?? 0) > 59) return timeText.noSuchTime(text);
  return {
    ms: hours * HOUR + minutes * MINUTE + (seconds ?? 0) * SECOND + fraction,
    precision: seconds === null ? 'minute' : 'second',
    typed: `${two(hours)}:${two(minutes)}${seconds === null ? '' : `:${two(seconds)}`}`,
  };
}

const monthOf = (word: string): number =>
  MONTH.findIndex((m) => word.toLowerCase().startsWith(m.toLowerCase()));
const MONTHS = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?';

function date(year: number, month: number, dayOfMonth: number, typed: string): DayWord | string {
  const ms = Date.UTC(year, month, dayOfMonth);
  const d = new Date(ms);
  if (Number.isNaN(ms) || d.getUTCMonth() !== month || d.getUTCDate() !== dayOfMonth) {
    return timeText.noSuchDate(typed);
  }
  if (year < 1970 || year > 2100) return timeText.outOfRange(typed);
  return { kind: 'date', utcMidnight: ms };
}

/** Reads what stands before the time of day; null when nobody writes days like that. */
function dayWord(text: string): DayWord | string | null {
  const word = text.replace(/,/g, ' ').replace(/\s+/g, ' ').trim().toLowerCase();
  if (word === 'today') return { kind: 'day', offset: 0 };
  if (word === 'yesterday' || word === 'yest') return { kind: 'day', offset: -1 };
  if (word === 'tomorrow') return { kind: 'day', offset: 1 };
  const bare = word.replace(/^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?\s+/, '');
  let m = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/.exec(bare);
  if (m) return date(Number(m[1]), Number(m[2]) - 1, Number(m[3]), text);
  m = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(bare);
  if (m) return date(Number(m[3]), Number(m[2]) - 1, Number(m[1]), text);
  if (/^\d{1,2}\/\d{1,2}\/\d{2,4}$/.test(bare)) return timeText.whichOrder(text);
  m = new RegExp(`^${MONTHS} (\\d{1,2})(?:st|nd|rd|th)?(?: (\\d{4}))?$`).exec(bare);
  const named = m
    ? { month: m[1]!, day: m[2]!, year: m[3] }
    : (() => {
        const n = new RegExp(`^(\\d{1,2})(?:st|nd|rd|th)? ${MONTHS}(?: (\\d{4}))?$`).exec(bare);
        return n ? { month: n[2]!, day: n[1]!, year: n[3] } : null;
      })();
  if (!named) return null;
  const month = monthOf(named.month);
  if (named.year !== undefined) return date(Number(named.year), month, Number(named.day), text);
  // A leap year, so that 29 Feb may be written without its year.
  const check = date(2024, month, Number(named.day), text);
  return typeof check === 'string' ? check : { kind: 'no-year', day: Number(named.day), month };
}

function relative(text: string): Form | null {
  const m =
    /^(?:(in)\s+)?([+-])?\s*(?:(\d{1,4})\s*d(?:ays?)?)?\s*(?:(\d{1,4})\s*h(?:ours?|rs?)?)?\s*(?:(\d{1,5})\s*m(?:in(?:utes?|s)?)?)?\s*(?:(\d{1,6})\s*s(?:ec(?:onds?|s)?)?)?\s*(ago)?$/i.exec(
      text,
    );
  if (!m) return null;
  const [, ahead, sign, d, h, min, s, ago] = m;
  if (d === undefined && h === undefined && min === undefined && s === undefined) return null;
  // `12m` alone says neither before nor after.
  if (ahead === undefined && sign === undefined && ago === undefined) return null;
  if ((ahead !== undefined || sign === '+') && ago !== undefined) return null;
  const length =
    Number(d ?? 0) * DAY + Number(h ?? 0) * HOUR + Number(min ?? 0) * MINUTE + Number(s ?? 0) * SECOND;
  const back = sign === '-' || ago !== undefined;
  return { kind: 'relative', by: back ? -length : length, precision: s === undefined ? 'minute' : 'second' };
}

/** Takes the zone off the end: `Z`, `UTC`, `+02:00`, `local`, `EDT`. */
function takeZone(text: string): { rest: string; zone: ZoneWord | null } {
  let m = /^(.*\d(?:\s*[ap]\.?m\.?)?)\s*(?:z|utc|gmt)$/i.exec(text);
  if (m) return { rest: m[1]!.trim(), zone: { kind: 'offset', ms: 0 } };
  m = /^(.*\d(?:\s*[ap]\.?m\.?)?)\s*(?:utc|gmt)?([+-])(\d{1,2}):?(\d{2})$/i.exec(text);
  if (m && Number(m[3]) <= 14 && Number(m[4]) < 60 && /[:.]\d{2}/.test(m[1]!)) {
    const offset = (Number(m[3]) * HOUR + Number(m[4]) * MINUTE) * (m[2] === '-' ? -1 : 1);
    return { rest: m[1]!.trim(), zone: { kind: 'offset', ms: offset } };
  }
  m = /^(.*\d(?:\s*[ap]\.?m\.?)?)\s+local(?:\s+time)?$/i.exec(text);
  if (m) return { rest: m[1]!.trim(), zone: { kind: 'local' } };
  m = /^(.*\d)\s*([a-z]{3,5})$/i.exec(text);
  if (m && monthOf(m[2]!) < 0 && !/^(?:mins?|hrs?|secs?|days?|ago|am|pm)$/i.test(m[2]!)) {
    return { rest: m[1]!.trim(), zone: { kind: 'name', name: m[2]!.toUpperCase() } };
  }
  return { rest: text, zone: null };
}

const secondsOf = (text: string): number => {
  const [h = '0', m = '0', s = '0'] = text.split(':');
  return Number(h) * 3600 + Number(m) * 60 + Number(s);
};

/** Takes a typed time apart. Never throws; what it cannot read comes back as `wrong` with the sentence to show. */
export function readForm(typed: string): Form {
  if (typed.length > 200) return wrong(timeText.tooLong);
  const clean = typed
    .normalize('NFKC')
    .replace(/[\u2212\u2010-\u2015]/g, '-')
    .replace(/\s+/g, ' ')
    .trim();
  if (clean === '' || /^now$/i.test(clean)) return { kind: 'now' };
  const about = /^(?:~|ca\.?(?=[\s\d])|circa\b|about\b|around\b|c\.)\s*/i.exec(clean);
  const body = about ? clean.slice(about[0].length) : clean;
  const soft = (precision: Precision): Precision => (about ? 'about' : precision);

  const back = relative(body);
  if (back?.kind === 'relative') return { ...back, precision: soft(back.precision) };

  // 07:40-07:50 is a range; 07:40-04:00 is a time with an offset, because a range does not end before it begins.
  const bare = /^(.*\d)\s*(?:z|utc|gmt)$/i.exec(body);
  const range = RANGE.exec(bare ? bare[1]!.trim() : body);
  if (range && secondsOf(range[2]!) > secondsOf(range[1]!)) {
    const first = timeOfDay(range[1]!);
    const last = timeOfDay(range[2]!);
    if (first === null || last === null) return wrong(timeText.notATime(typed));
    if (typeof first === 'string') return wrong(first);
    if (typeof last === 'string') return wrong(last);
    return {
      kind: 'clock',
      day: null,
      time: { ...first, precision: 'about' },
      zone: bare ? { kind: 'offset', ms: 0 } : null,
      until: last.typed,
    };
  }

  const { rest, zone } = takeZone(body);
  const split = new RegExp(`^(?:(.*?)(?:\\s*T(?=\\d)|,?\\s+(?:at\\s+)?|^))?(${TIME})$`, 'i').exec(rest);
  const before = (split?.[1] ?? '').trim();
  const whole = dayWord(rest);
  if (
    whole !== null &&
    (!split || before === '' || !ONLY_TIME.test(split[2]!) || /^\d{4}$/.test(split[2]!))
  ) {
    // Only a day: `2026-10-20`, or `Sep 27 2017`, whose year is no time of day.
    if (before === '' || typeof whole === 'string' || whole.kind !== 'day') {
      return wrong(typeof whole === 'string' ? whole : timeText.needsTime(rest));
    }
  }
  if (!split) return wrong(timeText.notATime(typed));
  const time = timeOfDay(split[2]!);
  if (time === null) return wrong(timeText.notATime(typed));
  if (typeof time === 'string') return wrong(time);
  const day = before === '' ? null : dayWord(before);
  if (typeof day === 'string') return wrong(day);
  if (before !== '' && day === null) return wrong(timeText.notATime(typed));
  return { kind: 'clock', day, time: { ...time, precision: soft(time.precision) }, zone, until: null };
}
