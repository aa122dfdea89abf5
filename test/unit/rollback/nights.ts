// Runs a night of the fixtures (or one written in a test) against the fixture plan, and looks into the answer.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NightAnswer, NightEvent } from '../../../shared/rollback/answer.ts';
import { parseNight } from '../../../shared/rollback/night.ts';
import { type Plan, parsePlan } from '../../../shared/rollback/plan.ts';
import { rehearse } from '../../../shared/rollback/rehearse.ts';

const FIXTURES = join(import.meta.dirname, '..', '..', 'fixtures', 'rollback');

export const planText = (): string => readFileSync(join(FIXTURES, 'plan.md'), 'utf8');
export const nightText = (name: string): string => readFileSync(join(FIXTURES, `${name}.jsonl`), 'utf8');

export function planOf(text: string): Plan {
  const parsed = parsePlan(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.plan;
}

export function run(night: string, plan: string = planText()): NightAnswer {
  const parsed = planOf(plan);
  const read = parseNight(night, parsed);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return rehearse(parsed, read.night);
}

export const runNight = (name: string): NightAnswer => run(nightText(name));

export const events = (answer: NightAnswer, kind: string): NightEvent[] =>
  answer.events.filter((event) => event.kind === kind);

export const times = (answer: NightAnswer, kind: string): string[] =>
  events(answer, kind).map((event) => event.at);

export const holdCodes = (answer: NightAnswer): string[] => answer.end.holds.map((hold) => hold.code);

/** Codes that the line with this number was refused with; empty when it was allowed. */
export function refusal(answer: NightAnswer, n: number): string[] {
  const line = answer.lines.find((one) => one.n === n);
  if (!line) throw new Error(`no answer for line ${n}`);
  return line.why.map((one) => one.code);
}

/** Codes of the `nth` refused line, from 0. */
export const refused = (answer: NightAnswer): string[][] =>
  answer.lines.filter((line) => !line.ok).map((line) => line.why.map((one) => one.code));

type Line = Readonly<Record<string, unknown>>;

export const TARGETS = ['aws/us-west-2', 'aws/eu-west-1', 'gcp/europe-west1', 'aws/us-east-1'] as const;

/** A probe's reading again and again; the healthy background of most nights. */
export const probe = (
  target: string,
  errors: number,
  from = '+00:00:00',
  until = '+03:00:00',
  extra: Line = {},
): Line => ({
  at: from,
  every: '30s',
  until,
  reading: { source: 'probe:checkout', target, errors, tries: 20, ...extra },
});

/** Healthy readings of the targets, but those named. */
export const healthyBut = (...but: string[]): Line[] =>
  TARGETS.filter((target) => !but.includes(target)).map((target) => probe(target, 0.2));

/** The plan accepted and started at +00:01:00, the canary worked from +00:02:00 to +00:04:00. */
export const begun: readonly Line[] = [
  { at: '+00:01:00', by: 'Marta', do: 'accept-findings', reason: 'known' },
  { at: '+00:01:00', by: 'Marta', do: 'start-plan' },
];

export const canary: readonly Line[] = [
  ...begun,
  { at: '+00:02:00', by: 'Marta', do: 'start-wave', wave: 'canary' },
  { at: '+00:02:00', by: 'Priya', do: 'start-target', target: 'aws/us-west-2' },
  { at: '+00:04:00', by: 'Priya', do: 'finish-target', target: 'aws/us-west-2' },
];

/** Lines in order of time as the text of a night. */
export const night = (...lines: (Line | readonly Line[])[]): string =>
  (lines.flat() as Line[])
    .map((line, i): [Line, number] => [line, i])
    .sort(([a, i], [b, j]) => String(a['at']).localeCompare(String(b['at'])) || i - j)
    .map(([line]) => JSON.stringify(line))
    .join('\n');

/** A line of the night by somebody, and by Marta. */
export const at = (time: string, by: string, what: string, more: object = {}) => ({
  at: time,
  by,
  do: what,
  ...more,
});
export const marta = (time: string, what: string, more: object = {}) => at(time, 'Marta', what, more);
export const end = (time: string) => ({ at: time });
/** The fixture plan without its demands on success and data. */
export const bare = planText()
  .split('\n')
  .filter((line) => !/^(success|data):/.test(line))
  .join('\n');
