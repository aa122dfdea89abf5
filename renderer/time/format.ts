// How times are written on screen (ui notes, Time): UTC first with a Z, countdowns with colons, durations in words with a
// non-breaking space before the unit, truncated and never rounded. All arguments are milliseconds since the epoch or of length.

const NB = '\u00a0';
const two = (n: number): string => String(n).padStart(2, '0');

/** `09:14:27` */
export const hms = (ms: number): string => new Date(ms).toISOString().slice(11, 19);
/** `09:14` */
export const hm = (ms: number): string => new Date(ms).toISOString().slice(11, 16);
/** `09:14:27Z`, or `09:14Z` where seconds are not known or not wanted. */
export const utc = (ms: number, seconds = true): string => `${seconds ? hms(ms) : hm(ms)}Z`;

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** `Tue 20 Oct` of the UTC day */
export const dayShort = (ms: number): string => {
  const d = new Date(ms);
  return `${DAYS[d.getUTCDay()]} ${d.getUTCDate()} ${MONTHS[d.getUTCMonth()]}`;
};
/** `Tue 20 Oct 2026` */
export const day = (ms: number): string => `${dayShort(ms)} ${new Date(ms).getUTCFullYear()}`;
/** Are two instants on one UTC day? */
export const sameDay = (a: number, b: number): boolean =>
  Math.floor(a / 86_400_000) === Math.floor(b / 86_400_000);

/** A time as it stands in a sentence: the day is added when it is not today's. `07:48:20Z`, `19 Oct 22:44Z`. */
export const sentence = (ms: number, now: number, seconds = true): string => {
  if (sameDay(ms, now)) return utc(ms, seconds);
  const d = new Date(ms);
  const year = d.getUTCFullYear() === new Date(now).getUTCFullYear() ? '' : ` ${d.getUTCFullYear()}`;
  return `${d.getUTCDate()} ${MONTHS[d.getUTCMonth()]}${year} ${utc(ms, false)}`;
};

/** `03:33`; over an hour `1:26:27`; over a day `2 d 04:10`; late `+02:10`. Negative is late. */
export const countdown = (ms: number): string => {
  const late = ms < 0 ? '+' : '';
  const s = Math.floor(Math.abs(ms) / 1000);
  const h = Math.floor(s / 3600);
  if (h >= 24) return `${late}${Math.floor(h / 24)}${NB}d ${two(h % 24)}:${two(Math.floor(s / 60) % 60)}`;
  const rest = `${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
  return late + (h ? `${h}:${rest}` : rest);
};

/** `14 s`, `2 min 40 s`, `1 h 26 min`, `2 d 4 h`: two units at most, seconds dropped over an hour. */
export const duration = (ms: number): string => {
  const s = Math.floor(Math.max(0, ms) / 1000);
  const m = Math.floor(s / 60);
  const h = Math.floor(m / 60);
  if (s < 60) return `${s}${NB}s`;
  if (m < 60) return `${m}${NB}min${s % 60 ? ` ${s % 60}${NB}s` : ''}`;
  if (h < 24) return `${h}${NB}h${m % 60 ? ` ${m % 60}${NB}min` : ''}`;
  return `${Math.floor(h / 24)}${NB}d${h % 24 ? ` ${h % 24}${NB}h` : ''}`;
};

/** The machine's zone when `zone` is empty or not known here. */
export const zoneOrOwn = (zone: string): string => {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!zone) return own;
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: zone });
    return zone;
  } catch {
    return own;
  }
};

const formats = new Map<string, Intl.DateTimeFormat>();
const format = (zone: string, seconds: boolean): Intl.DateTimeFormat => {
  const key = `${zone}|${seconds}`;
  let f = formats.get(key);
  if (!f) {
    f = new Intl.DateTimeFormat('en-US', {
      timeZone: zoneOrOwn(zone),
      hour: '2-digit',
      minute: '2-digit',
      ...(seconds ? { second: '2-digit' as const } : {}),
      hourCycle: 'h23',
      timeZoneName: 'short',
    });
    formats.set(key, f);
  }
  return f;
};

/** Local wall time and the zone's short name: `{time: '05:14', zone: 'EDT'}`. */
export const local = (ms: number, zone: string, seconds = false): { time: string; zone: string } => {
  const parts = format(zone, seconds).formatToParts(ms);
  const pick = (type: string): string => parts.find((p) => p.type === type)?.value ?? '';
  const clock = [pick('hour'), pick('minute'), ...(seconds ? [pick('second')] : [])].join(':');
  return { time: clock, zone: pick('timeZoneName') };
};
