// A typed time and what it means now (domain notes, Timeline). What is not certain is asked, what cannot be is refused, and
// everything is echoed in UTC and local before it is kept. Pure: the clock's reading is handed in.
import { timeText } from '../text/time.ts';
import { type Instant, toInstant } from './clock.ts';
import { day, dayShort, distance, local, type Precision, sameDay, utc } from './format.ts';
import { type DayWord, readForm, type TimeOfDay, type ZoneWord } from './grammar.ts';
import { changesBetween, offsetAt, offsetOfName, readWall, wallAt, zoneOrOwn } from './zone.ts';

export interface TimeContext {
  readonly now: Instant;
  /** IANA zone of the second clock; empty: the machine's own. */
  readonly zone: string;
  /** What happened lies back; what is due may lie ahead. */
  readonly purpose: 'happened' | 'due';
  /** For the echo only ("before impact"). */
  readonly impactStarted?: Instant | null;
}

export interface Reading {
  readonly instant: Instant;
  readonly precision: Precision;
  /** `07:48Z, 03:48 EDT, 12 min ago`. */
  readonly echo: string;
}

export type TimeEntry =
  | ({ readonly kind: 'at' } & Reading)
  /** None is chosen for the person; `question` stands beside the blocked button. */
  | { readonly kind: 'ask'; readonly question: string; readonly choices: readonly Reading[] }
  | { readonly kind: 'refused'; readonly text: string };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Further back than this, a reading in UTC is no longer taken for granted when the local one is nearer. */
const CERTAIN = 90 * MINUTE;
/** A time of day is never taken to lie further away than this without a question. */
const HALF_A_DAY = 12 * HOUR;

interface Moment {
  readonly now: number;
  readonly zone: string;
  readonly due: boolean;
  readonly impact: number | null;
  /** `24:10` was typed: the echo names the day it falls on. */
  readonly past24: boolean;
}

function echo(at: number, precision: Precision, moment: Moment, asLocal: boolean): string {
  const date = sameDay(at, moment.now) && !moment.past24 ? '' : `, ${day(at)}`;
  const here = local(at, moment.zone, precision === 'second');
  const said = asLocal
    ? `${timeText.equals(here, utc(at, precision))}${date}`
    : `${utc(at, precision)}${date}${offsetAt(at, moment.zone) === 0 ? '' : `, ${here}`}`;
  // What has no seconds is compared in whole minutes.
  const whole = (ms: number): number => (precision === 'second' ? ms : Math.floor(ms / MINUTE) * MINUTE);
  const impact = moment.impact !== null && at < whole(moment.impact) ? `, ${timeText.beforeImpact}` : '';
  return `${said}, ${distance(at, moment.now, precision !== 'second')}${impact}`;
}

const reading = (at: number, precision: Precision, moment: Moment, asLocal = false): Reading => ({
  instant: toInstant(at),
  precision,
  echo: echo(at, precision, moment, asLocal),
});

const refuse = (text: string): TimeEntry => ({ kind: 'refused', text });

const ask = (question: string, choices: readonly Reading[]): TimeEntry => ({
  kind: 'ask',
  question,
  choices,
});

/** A reading ahead of now is taken for what is due and refused for what happened. */
function settle(at: number, precision: Precision, moment: Moment, asLocal = false): TimeEntry {
  if (!moment.due && at > moment.now) return ahead(at, precision, moment);
  return { kind: 'at', ...reading(at, precision, moment, asLocal) };
}

const ahead = (at: number, precision: Precision, moment: Moment): TimeEntry => {
  const date = sameDay(at, moment.now) ? '' : `, ${dayShort(at)},`;
  return refuse(
    timeText.ahead(`${utc(at, precision)}${date}`, distance(at, moment.now, precision !== 'second')),
  );
};

/** Midnight of the UTC day, or of the zone's day written as if it were UTC. */
const midnight = (wall: number): number => Math.floor(wall / DAY) * DAY;

/** The day that a word names, as midnight on the wall that the time is read on. */
function dayOf(word: DayWord, wallNow: number, due: boolean): number {
  if (word.kind === 'date') return word.utcMidnight;
  if (word.kind === 'day') return midnight(wallNow) + word.offset * DAY;
  const year = new Date(wallNow).getUTCFullYear();
  const inYear = (y: number): number => Date.UTC(y, word.month, word.day);
  // Without a year: the last such day for what happened, the next one for what is due. 29 February exists in leap years only.
  for (const y of due ? [year, year + 1, year + 4] : [year, year - 1, year - 2, year - 3, year - 4]) {
    const at = inYear(y);
    if (new Date(at).getUTCDate() !== word.day) continue;
    if (due ? at >= midnight(wallNow) : at <= wallNow) return at;
  }
  return inYear(year);
}

/** Reads a wall time of the second clock's zone, and asks where clocks were set. */
function onLocalWall(wall: number, time: TimeOfDay, moment: Moment): TimeEntry {
  const { instants, skipped } = readWall(wall, moment.zone);
  if (skipped.length > 0) {
    const choices = skipped.filter((at) => moment.due || at <= moment.now);
    return choices.length === 0
      ? ahead(skipped[0]!, time.precision, moment)
      : ask(
          timeText.skipped(time.typed, moment.zone),
          choices.map((at) => reading(at, time.precision, moment, true)),
        );
  }
  const possible = moment.due ? instants : instants.filter((at) => at <= moment.now);
  if (possible.length > 1) {
    return ask(
      timeText.twice(time.typed, moment.zone),
      possible.map((at) => reading(at, time.precision, moment, true)),
    );
  }
  return settle(possible[0] ?? instants[0]!, time.precision, moment, true);
}

/** Readings of a bare time on the second clock's wall that are possible and within half a day, nearest first. */
function localReadings(time: TimeOfDay, moment: Moment): number[] {
  const today = midnight(wallAt(moment.now, moment.zone));
  const all = [-DAY, 0, DAY].flatMap((shift) => {
    const { instants, skipped } = readWall(today + shift + (time.ms % DAY), moment.zone);
    return [...instants, ...skipped];
  });
  return [...new Set(all)]
    .filter((at) => (moment.due ? at >= moment.now : at <= moment.now))
    .filter((at) => Math.abs(at - moment.now) <= HALF_A_DAY)
    .sort((a, b) => Math.abs(a - moment.now) - Math.abs(b - moment.now));
}

/** A time of day with its zone but no day: the nearest one that can be; across midnight it is asked. */
function timeAtOffset(time: TimeOfDay, offset: number, moment: Moment): { at: number; sure: boolean } {
  const today = midnight(moment.now + offset) + (time.ms % DAY) - offset;
  const possible = (at: number): boolean => (moment.due ? at >= moment.now : at <= moment.now);
  const other = moment.due ? today + DAY : today - DAY;
  if (possible(today)) {
    // What happened more than half a day back on a bare time is as likely a slip of the hand.
    const far = !moment.due && moment.now - today > HALF_A_DAY;
    return { at: today, sure: !far };
  }
  // The other day's reading is nearer than the impossible one: near midnight, asked and never guessed.
  if (moment.due) return { at: other, sure: time.ms >= DAY };
  if (Math.abs(other - moment.now) < Math.abs(today - moment.now)) return { at: other, sure: false };
  return { at: today, sure: true };
}

/** A bare time: UTC, unless the second clock's wall would have been nearer; then both are offered. */
function bareTime(time: TimeOfDay, moment: Moment): TimeEntry {
  const { at, sure } = timeAtOffset(time, 0, moment);
  const possible = moment.due ? at >= moment.now : at <= moment.now;
  const away = Math.abs(at - moment.now);
  const locals = localReadings(time, moment).filter((l) => l !== at);
  const nearer = locals.filter((l) => Math.abs(l - moment.now) < away);
  const clocksSet = changesBetween(moment.now - 3 * HOUR, moment.now + 3 * HOUR, moment.zone);
  const doubt = !possible || !sure || away > CERTAIN;
  const offered = !possible ? locals : clocksSet ? locals : doubt ? nearer : [];
  if (offered.length === 0 && possible && sure) return settle(at, time.precision, moment);
  if (offered.length === 0 && !possible) return ahead(at, time.precision, moment);
  const utcChoice = possible ? at : at - DAY;
  const choices = [
    reading(utcChoice, time.precision, moment),
    ...offered.map((l) => reading(l, time.precision, moment, true)),
  ];
  return ask(timeText.which(time.typed), choices);
}

const fixedOffset = (zone: ZoneWord, moment: Moment): number | null =>
  zone.kind === 'offset'
    ? zone.ms
    : zone.kind === 'name'
      ? offsetOfName(zone.name, moment.now, moment.zone)
      : null;

function clockTime(
  form: { day: DayWord | null; time: TimeOfDay; zone: ZoneWord | null },
  moment: Moment,
): TimeEntry {
  const { time, zone } = form;
  if (zone?.kind === 'local') {
    const wallNow = wallAt(moment.now, moment.zone);
    if (form.day !== null) return onLocalWall(dayOf(form.day, wallNow, moment.due) + time.ms, time, moment);
    const readings = localReadings(time, moment);
    if (readings.length === 0) return onLocalWall(midnight(wallNow) + (time.ms % DAY), time, moment);
    const today = midnight(wallAt(readings[0]!, moment.zone)) === midnight(wallNow);
    if (readings.length === 1 && today) return settle(readings[0]!, time.precision, moment, true);
    return ask(
      timeText.which(time.typed),
      readings.map((at) => reading(at, time.precision, moment, true)),
    );
  }
  if (zone === null && form.day === null) return bareTime(time, moment);
  const offset = zone === null ? 0 : fixedOffset(zone, moment);
  if (offset === null) {
    return refuse(timeText.unknownZone(zone?.kind === 'name' ? zone.name : '', moment.zone));
  }
  const asLocal = zone?.kind === 'name';
  if (form.day === null) {
    const { at, sure } = timeAtOffset(time, offset, moment);
    return sure
      ? settle(at, time.precision, moment, asLocal)
      : ask(timeText.which(time.typed), [reading(at, time.precision, moment, asLocal)]);
  }
  const at = dayOf(form.day, moment.now + offset, moment.due) + time.ms - offset;
  if (zone === null && !moment.due && at > moment.now) {
    // A date and a time that lie ahead in UTC but not on the second clock: the desk was meant, perhaps.
    const here = readWall(dayOf(form.day, wallAt(moment.now, moment.zone), false) + time.ms, moment.zone);
    const back = here.instants.filter((l) => l <= moment.now && moment.now - l <= HALF_A_DAY);
    if (back.length > 0) {
      return ask(
        timeText.which(time.typed),
        back.map((l) => reading(l, time.precision, moment, true)),
      );
    }
  }
  return settle(at, time.precision, moment, asLocal);
}

/**
 * Reads a time as people type it: `07:48`, `07:48Z`, `7:48:20`, `-12m`, `-1h5m`, `yesterday 23:10`, `24:10`, `~07:48`,
 * `2026-10-20 07:48`, `Sep 27 2017 13:06`, ISO. Without a zone it is UTC; "yesterday" is the UTC day. Seconds not typed are
 * unknown, and the instant then stands at the full minute. Empty is now. Never throws; years 1970 to 2100.
 */
export function parseTime(typed: string, context: TimeContext): TimeEntry {
  const now = Date.parse(context.now);
  const form = readForm(typed);
  const moment: Moment = {
    now,
    zone: zoneOrOwn(context.zone),
    due: context.purpose === 'due',
    impact: context.impactStarted ? Date.parse(context.impactStarted) : null,
    past24: form.kind === 'clock' && form.time.ms >= DAY,
  };
  switch (form.kind) {
    case 'wrong':
      return refuse(form.text);
    case 'now':
      return { kind: 'at', ...reading(now, 'second', moment) };
    case 'relative': {
      const at = now + form.by;
      if (Number.isNaN(at) || at < 0 || at > Date.UTC(2101, 0, 1)) return refuse(timeText.outOfRange(typed));
      // Seconds that nobody typed are not claimed.
      const floor = form.precision === 'second' ? at : Math.floor(at / MINUTE) * MINUTE;
      return settle(floor, form.precision, moment);
    }
    case 'clock': {
      const entry = clockTime(form, moment);
      if (form.until === null || entry.kind !== 'at') return entry;
      const range = timeText.from(utc(entry.instant, 'minute'), `${form.until}Z`);
      return { ...entry, echo: `${range}, ${distance(entry.instant, now, true)}` };
    }
  }
}
