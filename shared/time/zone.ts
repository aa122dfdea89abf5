// Zones by Intl alone: offsets, what a wall clock could have meant, and the short names people use (EDT, CEST).
// No library and no table of our own: the rules are those of the machine's ICU.

const HOUR = 3_600_000;

const clocks = new Map<string, Intl.DateTimeFormat>();

function wallClock(zone: string): Intl.DateTimeFormat {
  let format = clocks.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    clocks.set(zone, format);
  }
  return format;
}

/** Asking Intl costs a tenth of a millisecond, and a list of times asks for each row. */
const known = new Map<string, boolean>();

/** Is it an IANA zone that this machine knows? */
export function isZone(zone: string): boolean {
  const held = known.get(zone);
  if (held !== undefined) return held;
  let is = zone !== '';
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone });
  } catch {
    is = false;
  }
  if (known.size < 1000) known.set(zone, is);
  return is;
}

/** The zone asked for, or the machine's own when it is empty or not known here. */
export const zoneOrOwn = (zone: string): string =>
  isZone(zone) ? zone : (new Intl.DateTimeFormat().resolvedOptions().timeZone ?? 'UTC');

/** The wall clock of a zone at an instant, written as if it were UTC: milliseconds since the epoch. */
export function wallAt(ms: number, zone: string): number {
  const part: Record<string, string> = {};
  for (const { type, value } of wallClock(zone).formatToParts(ms)) part[type] = value;
  const n = (name: string): number => Number(part[name]);
  return (
    Date.UTC(n('year'), n('month') - 1, n('day'), n('hour'), n('minute'), n('second')) +
    (((ms % 1000) + 1000) % 1000)
  );
}

/** Milliseconds that the zone is ahead of UTC at an instant (negative in the Americas). */
export const offsetAt = (ms: number, zone: string): number => wallAt(ms, zone) - ms;

/** What a wall clock reading can have been: nothing in a gap, two instants in an overlap; oldest first. */
export interface WallReadings {
  readonly instants: readonly number[];
  /** The two ways to read a time that was skipped, by the offset before and after; empty when it exists. */
  readonly skipped: readonly number[];
}

/** Reads a zone's wall clock (`wall`: as if it were UTC, milliseconds). A whole day can be skipped (Pacific/Apia, 30 December 2011). */
export function readWall(wall: number, zone: string): WallReadings {
  const offsets = new Set<number>();
  for (const far of [-36, -14, -3, 0, 3, 14, 36]) offsets.add(offsetAt(wall + far * HOUR, zone));
  const instants = [...offsets]
    .map((offset) => wall - offset)
    .filter((ms) => wallAt(ms, zone) === wall)
    .sort((a, b) => a - b);
  if (instants.length > 0) return { instants, skipped: [] };
  const tried = [...offsets].map((offset) => wall - offset).sort((a, b) => a - b);
  return { instants: [], skipped: [...new Set([tried[0]!, tried[tried.length - 1]!])] };
}

/** Does the zone change its offset between two instants? */
export const changesBetween = (from: number, to: number, zone: string): boolean => {
  const first = offsetAt(from, zone);
  for (let ms = from; ms < to; ms += HOUR) if (offsetAt(ms, zone) !== first) return true;
  return offsetAt(to, zone) !== first;
};

// ICU names a zone shortly only in an English of its part of the world: EDT in en-US, CEST in en-GB, AEST in en-AU.
const ENGLISH = ['en-US', 'en-GB', 'en-AU', 'en-NZ', 'en-IN', 'en-ZA', 'en-CA'] as const;
const names = new Map<string, Intl.DateTimeFormat[]>();

/** The zone's short name at an instant: `EDT`, `CEST`; `GMT+3` where people have no other. */
export function zoneName(ms: number, zone: string): string {
  let formats = names.get(zone);
  if (!formats) {
    formats = ENGLISH.map(
      (locale) => new Intl.DateTimeFormat(locale, { timeZone: zone, hour: '2-digit', timeZoneName: 'short' }),
    );
    names.set(zone, formats);
  }
  let fallback = 'UTC';
  for (const format of formats) {
    const name = format.formatToParts(ms).find((part) => part.type === 'timeZoneName')?.value ?? '';
    if (name !== '' && !/^(?:GMT|UTC)[+-]/.test(name)) return name;
    if (name !== '') fallback = name;
  }
  return fallback;
}

/** Offset of a short name that this zone uses in the year around `ms` (`EDT` in America/New_York); null for any other word. */
export function offsetOfName(name: string, ms: number, zone: string): number | null {
  for (let month = 0; month <= 12; month++) {
    const at = ms - (6 - month) * 30 * 24 * HOUR;
    if (zoneName(at, zone).toUpperCase() === name.toUpperCase()) return offsetAt(at, zone);
  }
  return null;
}
