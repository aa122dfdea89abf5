// The stage of a rehearsal: simulated machines, the link between them, and time that passes only when it is told to. The
// same stage plays a night at once (rehearse.ts) or step by step (the room at a chosen speed, model-based tests).
import { BulkheadError } from '../result.ts';
import { rollbackText as say } from '../text/rollback.ts';
import { toInstant } from '../time/clock.ts';
import { act } from './act.ts';
import type { Action, Room } from './action.ts';
import type { LineAnswer } from './answer.ts';
import { decide, nextMoments } from './decide.ts';
import type { FoldEntry, PlanEntry } from './entry.ts';
import { why } from './gate.ts';
import { createMachine, type Machine } from './machine.ts';
import type { ScriptReading } from './night.ts';
import type { Plan } from './plan.ts';
import { type Facts, preflight } from './preflight.ts';
import { lastOwn, type Reading, targetOfAlert } from './readings.ts';

const PLAN = 'rehearsal';
/** More decisions than this at one moment means that two of them undo each other. */
const MOST_DECISIONS = 5000;
/** Jumps of the wall clock up to this are no jumps (journal.md, three clocks). */
const SMALL_JUMP = 2000;

export interface Stage {
  readonly machines: readonly Machine[];
  /** Script time at which each entry was written, by its id. */
  readonly written: ReadonlyMap<string, number>;
  /** Script time now, milliseconds since the plan was created. */
  now(): number;
  /** Lets time pass; what machines decide by themselves happens at its own time. */
  passTo(time: number): void;
  /** Lets every machine that is up decide until none has anything left to say. */
  settle(): void;
  /** A person's action on a machine. */
  perform(device: string, action: Action, occurred?: number): Pick<LineAnswer, 'ok' | 'why'>;
  /** A reading reaches every machine that is up, cut off or not. */
  hear(reading: ScriptReading): void;
  sleep(device: string, lasts: number, kind: 'sleep' | 'kill'): void;
  setClock(device: string, by: number): void;
  cut(device: string): void;
  join(device: string): void;
  /** What decisions on this machine rest on. */
  room(device: string): Room | null;
}

/** Puts the machines on stage and creates the plan on the first. `base`: true time then, milliseconds since the epoch. */
export function createStage(plan: Plan, devices: readonly string[], base: number, facts: Facts): Stage {
  const machines = devices.map((id) => createMachine(id, base, PLAN));
  const written = new Map<string, number>();
  let now = 0;

  const isUp = (machine: Machine): boolean => machine.down === null;
  const linked = (a: Machine, b: Machine): boolean => a !== b && isUp(a) && isUp(b) && !a.cut && !b.cut;
  const peersOf = (machine: Machine): string[] =>
    machines.filter((other) => linked(machine, other)).map((other) => other.id);
  const named = (device: string): Machine | undefined => machines.find((one) => one.id === device);

  const write = (machine: Machine, entry: PlanEntry, actor: string, occurred?: number): void => {
    const made = machine.append(entry, now, actor, occurred);
    written.set(made.id, now);
    for (const other of machines) if (linked(machine, other)) other.receive(made);
  };

  /** Machines that reach each other again give each other what is missing. */
  const merge = (): void => {
    for (const from of machines)
      for (const to of machines)
        if (linked(from, to)) for (const entry of [...from.entries] as FoldEntry[]) to.receive(entry);
  };

  const roomOf = (machine: Machine): Room | null =>
    machine.state
      ? { state: machine.state, book: machine.book, here: machine.here(now, peersOf(machine)), facts }
      : null;

  const settle = (): void => {
    for (let round = 0; round < MOST_DECISIONS; round++) {
      const spoken = machines.some((machine) => {
        if (!isUp(machine) || !machine.state) return false;
        const entries = decide(machine.state, machine.book, machine.here(now, peersOf(machine)));
        for (const entry of entries) write(machine, entry, `machine:${machine.id}`);
        return entries.length > 0;
      });
      if (!spoken) return;
    }
    throw new BulkheadError('unsettled', 'The plan could not come to rest: two decisions undo each other.');
  };

  /** A machine wakes, or is started again. */
  const wake = (machine: Machine): void => {
    const { down } = machine;
    if (!down) return;
    machine.down = null;
    const actor = `machine:${machine.id}`;
    const jump = machine.unsaidJump();
    if (Math.abs(jump) > SMALL_JUMP) {
      // Asleep, the process saw its own clock move against the uptime. Started again, it only sees that neither its last
      // entry nor the dates of the answers it gets agree with the wall clock: nobody can say when it moved.
      const trusted = down.kind === 'sleep';
      const heard = plan.targets.flatMap((id) => lastOwn(machine.book.of(id))?.at ?? []);
      const since = toInstant(Math.min(Math.max(...heard, base), base + down.since));
      write(
        machine,
        { kind: 'clock-jumped', body: trusted ? { by: jump } : { by: jump, trusted, since } },
        actor,
      );
    }
    const to = machine.now(now);
    const from = to - (now - down.since);
    machine.away.push({ from, to, cause: down.kind === 'sleep' ? 'asleep' : 'closed' });
    if (down.kind === 'sleep')
      write(machine, { kind: 'machine-slept', body: { from: toInstant(from), to: toInstant(to) } }, actor);
    merge();
  };

  /** The next moment, up to `limit`, at which some machine may have something to decide. */
  const nextMoment = (limit: number): number => {
    let next = limit;
    for (const machine of machines) {
      if (machine.down) next = Math.min(next, Math.max(machine.down.until, now + 1));
      else if (machine.state) {
        const here = machine.now(now);
        const first = nextMoments(machine.state, machine.book, here)[0];
        if (first !== undefined) next = Math.min(next, now + Math.max(1, first - here));
      }
    }
    return next;
  };

  const passTo = (time: number): void => {
    while (now < time) {
      now = nextMoment(time);
      for (const machine of machines) if (machine.down && machine.down.until <= now) wake(machine);
      if (now < time) settle();
    }
  };

  const stage: Stage = {
    machines,
    written,
    now: () => now,
    passTo,
    settle,
    perform(device, action, occurred) {
      const machine = named(device);
      const room = machine && isUp(machine) ? roomOf(machine) : null;
      if (!machine || !room) return { ok: false, why: [why('cut-off', say.asleep(device))] };
      const answer = act(room, action);
      for (const entry of answer.entries) write(machine, entry, action.by, occurred);
      return { ok: answer.ok, why: answer.why };
    },
    hear(script) {
      for (const machine of machines) {
        if (!isUp(machine)) continue;
        for (const target of targetsOf(plan, machine, script))
          machine.hear(toReading(script, target, machine.now(now), base));
      }
    },
    sleep(device, lasts, kind) {
      const machine = named(device);
      if (!machine) return;
      const until = Math.max(now + lasts, machine.down?.until ?? 0);
      machine.down = { until, since: machine.down?.since ?? now, kind };
    },
    setClock(device, by) {
      const machine = named(device);
      if (!machine) return;
      machine.moveClock(by);
      const jump = machine.unsaidJump();
      if (isUp(machine) && Math.abs(jump) > SMALL_JUMP)
        write(machine, { kind: 'clock-jumped', body: { by: jump } }, `machine:${machine.id}`);
    },
    cut(device) {
      const machine = named(device);
      if (machine) machine.cut = true;
    },
    join(device) {
      const machine = named(device);
      if (machine) machine.cut = false;
      merge();
    },
    room(device) {
      const machine = named(device);
      return machine ? roomOf(machine) : null;
    },
  };

  const [first] = machines;
  if (first) {
    const body = { plan: PLAN, definition: plan as unknown as Record<string, unknown>, watch: [] };
    write(first, { kind: 'plan-created', body }, `machine:${first.id}`);
    if (first.state) {
      const findings = preflight(first.state, first.book, first.now(0), facts, null);
      write(first, { kind: 'preflight-done', body: { plan: PLAN, findings } }, `machine:${first.id}`);
    }
  }
  settle();
  return stage;
}

/** A feed's word about a region is about every cell in it; an alert without labels of ours is about no target. */
function targetsOf(plan: Plan, machine: Machine, script: ScriptReading): string[] {
  if (script.type === 'alert' && script.target === null) {
    const target = targetOfAlert(plan, machine.state?.watch ?? [], script.labels);
    return target === null ? [] : [target];
  }
  const named = script.target ?? '';
  const cells = plan.targets.filter((id) => id.startsWith(`${named}/`));
  return script.type === 'feed' && cells.length > 0 && !plan.targets.includes(named) ? cells : [named];
}

function toReading(script: ScriptReading, target: string, at: number, base: number): Reading {
  switch (script.type) {
    case 'probe':
      return { ...script, source: `probe:${script.name}`, target, at };
    case 'feed': {
      const { name, ...rest } = script;
      const began = script.began === null ? null : base + script.began;
      return { ...rest, source: `feed:${name}`, target, at, began };
    }
    case 'alert':
      return { type: 'alert', source: 'alert', labels: script.labels, firing: script.firing, target, at };
    default:
      return { type: 'person', source: 'person', health: script.health, by: script.by, target, at };
  }
}
