// The dateless 12-hour times of AWS's old dashboard (`<span class="yellowfg"> 9:06 PM PDT</span>`): placed on days by the
// event's own date, and forwards from one update to the next. The date is only sometimes written ("Aug 7, 12:27 AM PDT").
import { zoneMinutes } from './reading/dates.ts';

const DAY = 86_400_000;
/** An update a little before the one above it was typed out of order; further back means the next day. */
const OUT_OF_ORDER = 3 * 3_600_000;

const MARK = 'yellowfg">';
const TIME = /^ ?(?:([A-Z][a-z]{2})[a-z]* (\d{1,2}), )?(\d{1,2}):(\d{2}) ?([AP])M (P[SD]T)$/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export interface DatedUpdates {
  /** Milliseconds. */
  readonly first: number | null;
  readonly last: number | null;
  /** Where the text of the last update begins in the description; 0 when no time was found. */
  readonly lastFrom: number;
}

const nearest = (candidates: readonly number[], to: number): number =>
  candidates.reduce((best, one) => (Math.abs(one - to) < Math.abs(best - to) ? one : best));

/** Times of the updates in a description, near `near` (milliseconds; the event's date). Linear in the length. */
export function datedUpdates(description: string, near: number | null): DatedUpdates {
  let previous: number | null = null;
  let first: number | null = null;
  let last: number | null = null;
  let lastFrom = 0;
  for (let at = description.indexOf(MARK); at !== -1; at = description.indexOf(MARK, at + MARK.length)) {
    const from = at + MARK.length;
    // A time is short; what is longer is not one, and is not searched to the end of the text.
    const span = description.slice(from, from + 40);
    const end = span.indexOf('<');
    const written = end === -1 ? span : span.slice(0, end);
    const parts = TIME.exec(written) ?? TIME.exec(written.replace(/\s+/g, ' ').trim());
    if (parts === null) continue;
    lastFrom = from + Math.max(end, 0);
    const anchor: number | null = previous ?? near;
    if (anchor === null) continue;
    const offset = (zoneMinutes(parts[6]!) ?? -480) * 60_000;
    const hour = (Number(parts[3]) % 12) + (parts[5] === 'P' ? 12 : 0);
    const time = (hour * 60 + Number(parts[4])) * 60_000;
    const local = anchor + offset;
    let placed: number;
    const month = parts[1] === undefined ? -1 : MONTHS.indexOf(parts[1]);
    if (month >= 0) {
      const year = new Date(local).getUTCFullYear();
      const days = [year - 1, year, year + 1].map((one) => Date.UTC(one, month, Number(parts[2])) + time);
      placed = nearest(days, local);
    } else {
      const day = Math.floor(local / DAY) * DAY + time;
      if (previous === null) placed = nearest([day - DAY, day, day + DAY], local);
      else placed = day < local - OUT_OF_ORDER ? day + DAY : day;
    }
    previous = placed - offset;
    first ??= previous;
    last = Math.max(last ?? previous, previous);
  }
  return { first, last, lastFrom };
}
