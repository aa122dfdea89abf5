// Takes a plan through a scripted night with the very state machine, journal order, breaker and readings (rehearsal.md).
// Time comes from the script: between two lines the machines decide at their own moments.
import { type LineAnswer, makeAnswer, type NightAnswer } from './answer.ts';
import type { Night, NightLine } from './night.ts';
import type { Plan } from './plan.ts';
import { createStage, type Stage } from './stage.ts';

/** True time at which the plan of a rehearsal is created, unless another is given. */
const BASE = Date.UTC(2026, 0, 1);

export interface Moment {
  /** Script time, milliseconds. */
  readonly at: number;
  readonly line: NightLine;
}

/** Lines and repeated readings in order of time; the night ends with its last line. */
export function moments(night: Night): Moment[] {
  const list: Moment[] = [];
  for (const line of night.lines) {
    const repeated = line.type === 'reading' && line.every !== null;
    const until = repeated ? Math.min(line.until, night.end) : line.at;
    const step = repeated ? (line.every ?? 1) : 1;
    for (let at = line.at; at <= until; at += step) list.push({ at, line });
  }
  return list.sort((a, b) => a.at - b.at || a.line.n - b.line.n);
}

/**
 * Plays one moment of a night; the answer of a `do` line. `next`: the moment after it, for readings of one poll are heard
 * together before anything is decided.
 */
export function play(stage: Stage, { at, line }: Moment, next?: Moment): LineAnswer | null {
  stage.passTo(at);
  if (line.type === 'reading') {
    stage.hear(line.reading);
    if (next?.at === at && next.line.type === 'reading') return null;
  } else if (line.type === 'do') {
    // What is due at this very moment comes before what a person does at it.
    stage.settle();
    const answer = stage.perform(line.device, line.action, line.occurred ?? undefined);
    stage.settle();
    return { n: line.n, at: line.at, ...answer };
  } else happen(stage, line);
  stage.settle();
  return null;
}

function happen(stage: Stage, line: NightLine): void {
  if (line.type === 'sleep' || line.type === 'kill') stage.sleep(line.device, line.lasts, line.type);
  else if (line.type === 'clock') stage.setClock(line.device, line.by);
  else if (line.type === 'cut') stage.cut(line.device);
  else if (line.type === 'join') stage.join(line.device);
}

/** Runs a night. `base`: milliseconds since the epoch of the plan's creation. Throws only on a defect of the machine itself. */
export function rehearse(plan: Plan, night: Night, base: number = BASE): NightAnswer {
  const stage = createStage(plan, night.devices, base, { probes: night.probes });
  const queue = moments(night);
  const lines: LineAnswer[] = [];
  for (const [i, moment] of queue.entries()) {
    const answer = play(stage, moment, queue[i + 1]);
    if (answer) lines.push(answer);
  }
  return makeAnswer(stage.machines, stage.written, base, night.end, lines);
}
