// Durations as people write them in plans and nights (`10m`, `1h30m`, `90 s`), and the offsets of a rehearsal (`+00:10:00`).

const UNIT: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const NAMES: Readonly<Record<string, string>> = {
  sec: 's',
  secs: 's',
  second: 's',
  seconds: 's',
  min: 'm',
  mins: 'm',
  minute: 'm',
  minutes: 'm',
  hour: 'h',
  hours: 'h',
  day: 'd',
  days: 'd',
};

/** The pattern of a duration, for the JSON Schema. */
export const DURATION =
  /^\s*(?:\d+(?:\.\d+)?\s*(?:s|m|h|d|secs?|seconds?|mins?|minutes?|hours?|days?)\s*)+$|^\s*0\s*$/;

const LONGEST = 366 * 86_400_000;

/** Milliseconds of `10m`, `1h30m`, `90 s`, `0`; null when it is not a duration or longer than a year. */
export function parseDuration(text: string): number | null {
  if (text.length > 40 || !DURATION.test(text)) return null;
  let total = 0;
  for (const [, number, unit] of text.matchAll(/(\d+(?:\.\d+)?)\s*([a-z]*)/g)) {
    const short = NAMES[unit ?? ''] ?? unit ?? '';
    total += Number(number) * (UNIT[short] ?? 0);
  }
  return total <= LONGEST ? Math.round(total) : null;
}

/** `10m`, `1h 30m`, `45s`, as a person would write it. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const parts: string[] = [];
  const h = Math.floor(seconds / 3600);
  const m = Math.floor((seconds % 3600) / 60);
  const s = seconds % 60;
  if (h) parts.push(`${h}h`);
  if (m) parts.push(`${m}m`);
  if (s && !h) parts.push(`${s}s`);
  return parts.length ? parts.join(' ') : '0s';
}

/** Milliseconds of `+HH:MM:SS`, `-HH:MM:SS`, or a signed duration (`+2h`, `-10m`); null when it is neither. */
export function parseOffset(text: string): number | null {
  const clock = /^\s*([+-]?)(\d{1,4}):([0-5]\d):([0-5]\d)(?:\.(\d{1,3}))?\s*$/.exec(text);
  if (clock) {
    const [, sign, h, m, s, ms] = clock;
    const value =
      Number(h) * 3_600_000 + Number(m) * 60_000 + Number(s) * 1000 + (ms ? Number(ms.padEnd(3, '0')) : 0);
    return sign === '-' ? -value : value;
  }
  const signed = /^\s*([+-]?)(.+)$/.exec(text);
  if (!signed) return null;
  const value = parseDuration(signed[2] ?? '');
  if (value === null) return null;
  return signed[1] === '-' ? -value : value;
}

/** `+HH:MM:SS` (or `-HH:MM:SS`), seconds truncated. */
export function formatOffset(ms: number): string {
  const sign = ms < 0 ? '-' : '+';
  const seconds = Math.floor(Math.abs(ms) / 1000);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${sign}${two(Math.floor(seconds / 3600))}:${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;
}
