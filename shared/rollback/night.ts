// The script of a rehearsal: one JSON object a line. Every error names line and column; hostile text never throws.

import type { State } from '../health/types.ts';
import type { Action } from './action.ts';
import { parseDuration, parseOffset } from './duration.ts';
import { HEALTH_WORDS } from './front.ts';
import { jsonErrorColumn } from './json-place.ts';
import { name, type Raw, readAction, Wrong } from './night-action.ts';
import type { Plan, PlanProblem } from './plan.ts';

/** A reading as the script says it; `began` in milliseconds since the plan was created. */
export type ScriptReading =
  | {
      readonly type: 'probe';
      readonly name: string;
      readonly target: string;
      readonly errors: number;
      readonly tries: number;
      readonly p95?: number;
    }
  | {
      readonly type: 'feed';
      readonly name: string;
      readonly target: string;
      readonly service: string | null;
      readonly health: State;
      readonly began: number | null;
    }
  | {
      readonly type: 'alert';
      readonly target: string | null;
      readonly labels: Readonly<Record<string, string>>;
      readonly firing: boolean;
    }
  | { readonly type: 'person'; readonly target: string; readonly health: State; readonly by: string };

/** One line. `n`: its number in the file, from 1; times in milliseconds since the plan was created. */
export type NightLine = {
  readonly n: number;
  readonly at: number;
  readonly device: string;
} /** `occurred`: when the person says that it happened; only shown (rule 14). */ & (
  | { readonly type: 'do'; readonly action: Action; readonly occurred: number | null }
  | {
      readonly type: 'reading';
      readonly reading: ScriptReading;
      readonly every: number | null;
      readonly until: number;
    }
  | { readonly type: 'sleep' | 'kill'; readonly lasts: number }
  | { readonly type: 'clock'; readonly by: number }
  | { readonly type: 'cut' | 'join' }
  | { readonly type: 'time' }
);

export interface Night {
  readonly lines: readonly NightLine[];
  /** Machines of the night; `a` first. */
  readonly devices: readonly string[];
  readonly probes: readonly string[];
  readonly end: number;
}

export type ParsedNight =
  | { readonly ok: true; readonly night: Night }
  | { readonly ok: false; readonly problems: readonly PlanProblem[] };

const LARGEST = 20_000_000;
const MOST_LINES = 200_000;
/** A night of more than a week is a slip of the pen. */
const LONGEST = 7 * 24 * 3_600_000;
const MOST_READINGS = 2_000_000;

/** Reads a night for a plan. */
export function parseNight(text: string, plan: Plan): ParsedNight {
  if (text.length > LARGEST)
    return {
      ok: false,
      problems: [
        { line: 1, column: 1, text: `The night has ${text.length} characters; the limit is ${LARGEST}.` },
      ],
    };
  const problems: PlanProblem[] = [];
  const lines: NightLine[] = [];
  const source = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (source.length > MOST_LINES)
    return {
      ok: false,
      problems: [{ line: MOST_LINES, column: 1, text: `The night has more than ${MOST_LINES} lines.` }],
    };
  let latest = 0;
  for (const [i, one] of source.entries()) {
    if (one.trim() === '') continue;
    try {
      const line = readLine(one, i + 1, plan);
      if (line.at < latest)
        throw new Wrong('"at" is earlier than in the line before; lines stand in order of time.', 'at');
      latest = line.at;
      lines.push(line);
    } catch (error) {
      problems.push({ line: i + 1, ...wrongAt(one, error) });
      if (problems.length >= 50) break;
    }
  }
  if (problems.length === 0 && lines.length === 0)
    problems.push({ line: 1, column: 1, text: 'The night has no line.' });
  if (problems.length > 0) return { ok: false, problems };
  const devices = new Set(['a']);
  const probes = new Set<string>();
  let readings = 0;
  for (const line of lines) {
    devices.add(line.device);
    if (line.type !== 'reading') continue;
    if (line.reading.type === 'probe') probes.add(line.reading.name);
    readings +=
      line.every === null ? 1 : Math.floor((Math.min(line.until, latest) - line.at) / line.every) + 1;
    if (readings > MOST_READINGS)
      return {
        ok: false,
        problems: [{ line: line.n, column: 1, text: `The night has more than ${MOST_READINGS} readings.` }],
      };
  }
  return { ok: true, night: { lines, devices: [...devices], probes: [...probes], end: latest } };
}

function wrongAt(line: string, error: unknown): { column: number; text: string } {
  if (error instanceof Wrong) {
    const at = error.key === null ? -1 : line.indexOf(`"${error.key}"`);
    return { column: at < 0 ? 1 : at + 1, text: error.message };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { column: jsonErrorColumn(line), text: `This line is not JSON: ${message}` };
}

function readLine(text: string, n: number, plan: Plan): NightLine {
  const raw: unknown = JSON.parse(text);
  if (raw === null || typeof raw !== 'object' || Array.isArray(raw))
    throw new Wrong('A line is one JSON object.');
  const line = raw as Raw;
  const at = typeof line['at'] === 'string' ? parseOffset(line['at']) : null;
  if (at === null || at < 0 || at > LONGEST)
    throw new Wrong('"at" must be a time since the plan was created, as +HH:MM:SS.', 'at');
  const device = name(line, 'device', 'a');
  const here = { n, at, device };
  const given = ['do', 'reading', 'sleep', 'kill', 'clock', 'cut', 'join'].filter(
    (key) => line[key] !== undefined,
  );
  if (given.length > 1)
    throw new Wrong(`A line says one thing; this one says ${given.join(' and ')}.`, given[1] ?? null);
  if (line['every'] !== undefined && given[0] !== 'reading')
    throw new Wrong('"every" needs a reading.', 'every');
  switch (given[0]) {
    case 'do':
      return { ...here, type: 'do', action: readAction(line, plan), occurred: readOccurred(line, at) };
    case 'reading':
      return { ...here, type: 'reading', reading: readReading(line['reading']), ...readEvery(line, at) };
    case 'sleep':
    case 'kill':
      return { ...here, type: given[0], lasts: lasting(line, given[0]) };
    case 'clock': {
      const by = typeof line['clock'] === 'string' ? parseOffset(line['clock']) : null;
      if (by === null)
        throw new Wrong('"clock" must be a change of the wall clock, as +2h or -30m.', 'clock');
      return { ...here, type: 'clock', by };
    }
    case 'cut':
    case 'join':
      return { ...here, device: name(line, given[0]), type: given[0] };
    default:
      return { ...here, type: 'time' };
  }
}

function readOccurred(line: Raw, at: number): number | null {
  if (line['occurred'] === undefined) return null;
  const occurred = typeof line['occurred'] === 'string' ? parseOffset(line['occurred']) : null;
  if (occurred === null || occurred > at)
    throw new Wrong('"occurred" must be a time that is not after "at".', 'occurred');
  return occurred;
}

function lasting(line: Raw, key: string): number {
  const value = typeof line[key] === 'string' ? parseDuration(line[key]) : null;
  if (value === null || value <= 0) throw new Wrong(`"${key}" must be a duration, as 35m.`, key);
  return value;
}

function readEvery(line: Raw, at: number): { every: number | null; until: number } {
  if (line['every'] === undefined) return { every: null, until: at };
  const every = lasting(line, 'every');
  const until = typeof line['until'] === 'string' ? parseOffset(line['until']) : null;
  if (until === null || until < at)
    throw new Wrong('"until" must be a time at or after "at", as +HH:MM:SS.', 'until');
  return { every, until };
}

function readReading(value: unknown): ScriptReading {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw new Wrong('"reading" must be an object.', 'reading');
  const reading = value as Raw;
  const source = name(reading, 'source');
  const colon = source.indexOf(':');
  const kind = colon < 0 ? source : source.slice(0, colon);
  const called = colon < 0 ? '' : source.slice(colon + 1);
  if (kind === 'probe' && called) {
    const p95 = reading['p95'] === undefined ? {} : { p95: number(reading, 'p95', 0, 1e9) };
    return {
      type: 'probe',
      name: called,
      target: name(reading, 'target'),
      errors: number(reading, 'errors', 0, 100),
      tries: number(reading, 'tries', 0, 1e9),
      ...p95,
    };
  }
  if (kind === 'feed' && called) {
    const began = reading['began'] ?? null;
    const offset = typeof began === 'string' ? parseOffset(began) : null;
    if (began !== null && offset === null)
      throw new Wrong('"began" must be +HH:MM:SS or -HH:MM:SS.', 'began');
    const service = reading['service'] ?? null;
    if (service !== null && typeof service !== 'string')
      throw new Wrong('"service" must be a text.', 'service');
    return {
      type: 'feed',
      name: called,
      target: name(reading, 'target'),
      service,
      health: health(reading),
      began: offset,
    };
  }
  if (kind === 'alert') {
    const labels = reading['labels'];
    if (labels === null || typeof labels !== 'object' || Array.isArray(labels))
      throw new Wrong('"labels" must be an object.', 'labels');
    if (typeof reading['firing'] !== 'boolean') throw new Wrong('"firing" must be true or false.', 'firing');
    const target = reading['target'] === undefined ? null : name(reading, 'target');
    const pairs = Object.entries(labels).map(([key, one]): [string, string] => [key, String(one)]);
    return { type: 'alert', target, labels: Object.fromEntries(pairs), firing: reading['firing'] };
  }
  if (kind === 'person')
    return {
      type: 'person',
      target: name(reading, 'target'),
      health: health(reading),
      by: name(reading, 'by'),
    };
  throw new Wrong('"source" must be probe:NAME, feed:NAME, alert or person.', 'source');
}

function number(reading: Raw, key: string, least: number, most: number): number {
  const value = reading[key];
  if (typeof value !== 'number' || !(value >= least && value <= most))
    throw new Wrong(
      value === undefined ? `"${key}" is missing.` : `"${key}" must be a number from ${least} to ${most}.`,
      key,
    );
  return value;
}

function health(reading: Raw): State {
  const value = reading['health'];
  const word = typeof value === 'string' ? value.trim().replace(/[\s_]+/g, '-') : value;
  // A page that is stale is heard of as one whose word is not known: it holds, it never trips (rule 2b).
  if (word === 'stale') return 'unknown';
  if (typeof word !== 'string' || !(HEALTH_WORDS as readonly string[]).includes(word))
    throw new Wrong(`"health" must be one of ${HEALTH_WORDS.join(', ')}, stale.`, 'health');
  return word as State;
}
