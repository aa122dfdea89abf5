// Takes a plan through a scripted night with the very state machine, journal order, breaker and readings (rehearsal.md).
// Time comes from the script: between two lines the machines decide at their own moments.
import { BulkheadError } from '../result.ts';
import { rollbackText as say } from '../text/rollback.ts';
import { toInstant } from '../time/clock.ts';
import { act, type Room } from './act.ts';
import { type LineAnswer, makeAnswer, type NightAnswer } from './answer.ts';
import { decide, nextMoments } from './decide.ts';
import type { FoldEntry, PlanEntry } from './entry.ts';
import { why } from './gate.ts';
import { createMachine, type Machine } from './machine.ts';
import type { Night, NightLine, ScriptReading } from './night.ts';
import type { Plan } from './plan.ts';
import { type Facts, preflight } from './preflight.ts';
import { lastOwn, type Reading, targetOfAlert } from './readings.ts';

/** True time at which the plan of a rehearsal is created, unless another is given. */
const BASE = Date.UTC(2026, 0, 1);
const PLAN = 'rehearsal';
/** More decisions than this at one moment means that two of them undo each other. */
const MOST_DECISIONS = 5000;

interface Stage {
  readonly plan: Plan;
  readonly base: number;
  readonly machines: readonly Machine[];
  readonly facts: Facts;
  /** Script time at which each entry was written. */
  readonly written: Map<string, number>;
}

interface Moment {
  readonly at: number;
  readonly line: NightLine;
}

/** Runs a night. `base`: milliseconds since the epoch of the plan's creation. Throws only on a defect of the machine itself. */
export function rehearse(plan: Plan, night: Night, base: number = BASE): NightAnswer {
  const machines = night.devices.map((id) => createMachine(id, base, PLAN));
  const stage: Stage = { plan, base, machines, facts: { probes: night.probes }, written: new Map() };
  createPlan(stage);
  const lines: LineAnswer[] = [];
  const queue = moments(night);
  let now = 0;
  settle(stage, now);
  for (let i = 0; i < queue.length; i++) {
    const moment = queue[i]!;
    now = passTime(stage, now, moment.at);
    const { line } = moment;
    if (line.type === 'do') {
      settle(stage, now);
      lines.push(perform(stage, line, now));
    } else if (line.type === 'reading') {
      hear(stage, line.reading, now);
      const next = queue[i + 1];
      // Readings of one moment are one poll: nothing is decided between them.
      if (next?.at === moment.at && next.line.type === 'reading') continue;
    } else happen(stage, line, now);
    settle(stage, now);
  }
  return makeAnswer(stage.machines, stage.written, base, night.end, lines);
}

/** Lines and repeated readings in order of time; the night ends with its last line. */
function moments(night: Night): Moment[] {
  const list: Moment[] = [];
  for (const line of night.lines) {
    const until = line.type === 'reading' && line.every !== null ? Math.min(line.until, night.end) : line.at;
    const step = line.type === 'reading' && line.every !== null ? line.every : 1;
    for (let at = line.at; at <= until; at += step) list.push({ at, line });
  }
  return list.sort((a, b) => a.at - b.at || a.line.n - b.line.n);
}

const isUp = (machine: Machine): boolean => machine.down === null;
const linked = (a: Machine, b: Machine): boolean => a !== b && isUp(a) && isUp(b) && !a.cut && !b.cut;
const peersOf = (stage: Stage, machine: Machine): string[] =>
  stage.machines.filter((other) => linked(machine, other)).map((other) => other.id);

function write(
  stage: Stage,
  machine: Machine,
  entry: PlanEntry,
  now: number,
  actor: string,
  occurred?: number,
): void {
  const made = machine.append(entry, now, actor, occurred);
  stage.written.set(made.id, now);
  for (const other of stage.machines) if (linked(machine, other)) other.receive(made);
}

/** Machines that reach each other again give each other what is missing. */
function merge(stage: Stage): void {
  for (const from of stage.machines)
    for (const to of stage.machines)
      if (linked(from, to)) for (const entry of [...from.entries] as FoldEntry[]) to.receive(entry);
}

function createPlan(stage: Stage): void {
  const [first] = stage.machines;
  if (!first) return;
  const body = { plan: PLAN, definition: stage.plan as unknown as Record<string, unknown>, watch: [] };
  write(stage, first, { kind: 'plan-created', body }, 0, 'machine:a');
  const { state } = first;
  if (!state) return;
  const findings = preflight(state, first.book, first.now(0), stage.facts, null);
  write(stage, first, { kind: 'preflight-done', body: { plan: PLAN, findings } }, 0, 'machine:a');
}

/** Lets every machine that is up decide until none has anything left to say. */
function settle(stage: Stage, now: number): void {
  for (let round = 0; round < MOST_DECISIONS; round++) {
    let quiet = true;
    for (const machine of stage.machines) {
      if (!isUp(machine) || !machine.state) continue;
      const entries = decide(machine.state, machine.book, machine.here(now, peersOf(stage, machine)));
      if (entries.length === 0) continue;
      for (const entry of entries) write(stage, machine, entry, now, `machine:${machine.id}`);
      quiet = false;
      break;
    }
    if (quiet) return;
  }
  throw new BulkheadError('unsettled', 'The plan could not come to rest: two decisions undo each other.');
}

/** Passes the time up to a moment; what machines decide by themselves happens at its own time. Answers the new time. */
function passTime(stage: Stage, from: number, to: number): number {
  let now = from;
  while (now < to) {
    let next = to;
    for (const machine of stage.machines) {
      if (!isUp(machine)) {
        next = Math.min(next, machine.down!.until > now ? machine.down!.until : next);
        continue;
      }
      if (!machine.state) continue;
      const here = machine.now(now);
      const first = nextMoments(machine.state, machine.book, here)[0];
      if (first !== undefined) next = Math.min(next, now + Math.max(1, first - here));
    }
    now = next;
    for (const machine of stage.machines)
      if (machine.down && machine.down.until <= now) wake(stage, machine, now);
    if (now < to) settle(stage, now);
  }
  return now;
}

/** A machine wakes or is started again. */
function wake(stage: Stage, machine: Machine, now: number): void {
  const { down } = machine;
  if (!down) return;
  machine.down = null;
  const jump = machine.unsaidJump();
  const actor = `machine:${machine.id}`;
  if (Math.abs(jump) > 2000) {
    // Asleep, the process saw its own clock move against the uptime. Started again, it only sees that neither its last
    // entry nor the dates of the answers it gets agree with the wall clock: nobody can say when it moved.
    const trusted = down.kind === 'sleep';
    const heard = stage.plan.targets.flatMap((id) => lastOwn(machine.book.of(id))?.at ?? []);
    const since = Math.max(...heard, stage.base);
    const body = trusted
      ? { by: jump }
      : { by: jump, trusted, since: toInstant(Math.min(since, stage.base + down.since)) };
    write(stage, machine, { kind: 'clock-jumped', body }, now, actor);
  }
  const from = machine.now(now) - (now - down.since);
  const to = machine.now(now);
  machine.away.push({ from, to, cause: down.kind === 'sleep' ? 'asleep' : 'closed' });
  if (down.kind === 'sleep')
    write(
      stage,
      machine,
      { kind: 'machine-slept', body: { from: toInstant(from), to: toInstant(to) } },
      now,
      actor,
    );
  merge(stage);
}

function happen(stage: Stage, line: NightLine, now: number): void {
  const machine = stage.machines.find((one) => one.id === line.device);
  if (!machine) return;
  if (line.type === 'sleep' || line.type === 'kill') {
    const until = Math.max(now + line.lasts, machine.down?.until ?? 0);
    machine.down = { until, since: machine.down?.since ?? now, kind: line.type };
  } else if (line.type === 'clock') {
    machine.moveClock(line.by);
    if (isUp(machine) && Math.abs(line.by) > 2000)
      write(
        stage,
        machine,
        { kind: 'clock-jumped', body: { by: machine.unsaidJump() } },
        now,
        `machine:${machine.id}`,
      );
  } else if (line.type === 'cut') machine.cut = true;
  else if (line.type === 'join') {
    machine.cut = false;
    merge(stage);
  }
}

function perform(stage: Stage, line: Extract<NightLine, { type: 'do' }>, now: number): LineAnswer {
  const machine = stage.machines.find((one) => one.id === line.device);
  if (!machine?.state || !isUp(machine))
    return { n: line.n, at: line.at, ok: false, why: [why('cut-off', say.asleep(line.device))] };
  const room: Room = {
    state: machine.state,
    book: machine.book,
    here: machine.here(now, peersOf(stage, machine)),
    facts: stage.facts,
  };
  const answer = act(room, line.action);
  for (const entry of answer.entries)
    write(stage, machine, entry, now, line.action.by, line.occurred ?? undefined);
  return { n: line.n, at: line.at, ok: answer.ok, why: answer.why };
}

/** Readings reach every machine that is up, cut off or not. */
function hear(stage: Stage, script: ScriptReading, now: number): void {
  for (const machine of stage.machines) {
    if (!isUp(machine) || !machine.state) continue;
    for (const target of targetsOf(stage, machine, script))
      machine.hear(toReading(script, target, machine.now(now), stage.base));
  }
}

/** A feed's word about a region is about every cell in it; an alert without labels of ours is about no target. */
function targetsOf(stage: Stage, machine: Machine, script: ScriptReading): string[] {
  if (script.type === 'alert' && script.target === null) {
    const target = targetOfAlert(stage.plan, machine.state?.watch ?? [], script.labels);
    return target === null ? [] : [target];
  }
  const named = script.target ?? '';
  const cells = stage.plan.targets.filter((id) => id.startsWith(`${named}/`));
  return script.type === 'feed' && cells.length > 0 && !stage.plan.targets.includes(named) ? cells : [named];
}

function toReading(script: ScriptReading, target: string, at: number, base: number): Reading {
  switch (script.type) {
    case 'probe':
      return { ...script, source: `probe:${script.name}`, target, at };
    case 'feed': {
      const { name, ...rest } = script;
      return {
        ...rest,
        source: `feed:${name}`,
        target,
        at,
        began: script.began === null ? null : base + script.began,
      };
    }
    case 'alert':
      return { type: 'alert', source: 'alert', labels: script.labels, firing: script.firing, target, at };
    default:
      return { type: 'person', source: 'person', health: script.health, by: script.by, target, at };
  }
}
