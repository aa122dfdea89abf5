// A rehearsal in the room: the stage of a scripted night, paced by a clock at a chosen speed, writes into the journal of a
// temporary profile what its first machine knows. The room shows it like any other night; nobody acts but the script.
import { readFileSync } from 'node:fs';
import type { NewEntry } from '../../shared/journal/types.ts';
import { BulkheadError, type Result } from '../../shared/result.ts';
import { parseNight } from '../../shared/rollback/night.ts';
import { parsePlan } from '../../shared/rollback/plan.ts';
import { lastOfEach } from '../../shared/rollback/readings.ts';
import { moments, play } from '../../shared/rollback/rehearse.ts';
import { createStage, type Stage } from '../../shared/rollback/stage.ts';
import { planText as say } from '../../shared/text/plan.ts';
import { type Clock, type Instant, toInstant } from '../../shared/time/clock.ts';
import { diskReason } from '../files/atomic.ts';
import type { Rehearse } from '../host/application.ts';
import { AUTOMATIC_ACTOR } from '../journal/append.ts';
import type { Journal } from '../journal/journal.ts';
import type { Log } from '../log/log.ts';
import type { Rooms } from '../room/rooms.ts';
import { stepTitle } from './perform.ts';
import type { Heard, PlanPorts, Plans } from './plans.ts';

export interface Rehearsal {
  /** Of the night: it stands until the start, then runs at the chosen speed, and is set when the script sets it. */
  readonly clock: Clock;
  readonly ports: PlanPorts;
  shown(): { name: string; speed: number; clock: Instant; ended: boolean; room?: string };
  /**
   * Declares the incident, or opens the release, and plays the night until its end or `stop`. `onShown` is called when the night
   * begins and ends, and now and then between: the window carries its clock on by itself, and at speed a late answer is minutes.
   */
  start(parts: {
    rooms: Rooms;
    plans: Plans;
    journal: Journal;
    log: Log;
    onShown: () => void;
  }): Promise<void>;
  stop(): void;
}

/** How often it is looked whether something is due; milliseconds. */
const LOOK_MS = 100;
/** How often the window hears the clock again; milliseconds. */
const SHOWN_MS = 5000;

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new BulkheadError('file-unreadable', say.rehearsalUnreadable(path, diskReason(error)));
  }
};

/** Throws BulkheadError (`file-unreadable`, `plan-wrong`, `night-wrong`) with line and column where there is one. */
export function createRehearsal(
  { plan: planPath, night: nightPath, speed }: Rehearse,
  real: Clock,
): Rehearsal {
  const text = read(planPath);
  const script = read(nightPath);
  const parsed = parsePlan(text);
  const wrong = (
    code: string,
    path: string,
    problems: readonly { line: number; column: number; text: string }[],
  ) => {
    const first = problems[0] ?? { line: 1, column: 1, text: '' };
    return new BulkheadError(
      code,
      say.wrong(path, first.line, first.column, first.text, problems.length - 1),
    );
  };
  if (!parsed.ok) throw wrong('plan-wrong', planPath, parsed.problems);
  const parsedNight = parseNight(script, parsed.plan);
  if (!parsedNight.ok) throw wrong('night-wrong', nightPath, parsedNight.problems);
  const { plan } = parsed;
  const { night } = parsedNight;

  const base = real.now();
  let began: number | null = null;
  /** Script time at which entries are written just now; null: time runs. */
  let held: number | null = null;
  let stage: Stage | null = null;
  let timer: NodeJS.Timeout | null = null;
  let ended = false;
  let room: string | null = null;

  const scriptNow = (): number =>
    began === null ? 0 : Math.min(night.end, Math.floor((real.uptime() - began) * speed));
  const jumped = (): number => {
    const machine = stage?.machines[0];
    return machine ? machine.unsaidJump() + (machine.state?.jumps[machine.id] ?? 0) : 0;
  };
  const clock: Clock = {
    now: () => base + (held ?? scriptNow()) + jumped(),
    uptime: () => base + (held ?? scriptNow()),
  };

  const readings = (): Heard[] => {
    const machine = stage?.machines[0];
    if (!machine?.state) return [];
    const set = machine.state.jumps[machine.id] ?? 0;
    return machine.state.plan.targets.flatMap((target) =>
      lastOfEach(machine.book.of(target)).map((one): Heard => {
        const began_ = one.type === 'feed' && one.began !== null ? { began: one.began + set } : {};
        return { ...one, ...began_, at: one.at + set };
      }),
    );
  };

  return {
    clock,
    ports: {
      readings,
      topology: () => null,
      facts: () => ({ probes: night.probes }),
      peers: () => stage?.room(stage.machines[0]?.id ?? '')?.here.peers ?? [],
      rehearsal: true,
    },
    shown: () => ({
      name: plan.title.slice(0, 200),
      speed,
      clock: toInstant(clock.now()),
      ended,
      ...(room === null ? {} : { room }),
    }),
    async start({ rooms, plans, journal, log, onShown }) {
      const title = say.rehearsalTitle(plan.title).slice(0, 300);
      // A normal release has no incident yet, in a rehearsal neither.
      const opened =
        plan.kind === 'phased-deployment'
          ? await rooms.handlers['incidents.release']({ title })
          : await rooms.handlers['incidents.declare']({
              title,
              severity: 'SEV3',
              signals: [],
              impactStarted: null,
              commander: false,
            });
      const incident = must(opened).id;
      const made = createStage(plan, night.devices, base, { probes: night.probes });
      stage = made;
      const machine = made.machines[0]!;
      /** Ids of the stage's entries, and of the journal's. */
      const written = new Map<string, string>();

      const mirror = (): void => {
        const news = machine.entries.filter((one) => !written.has(one.id));
        for (const entry of news) {
          const body: Record<string, unknown> = JSON.parse(JSON.stringify(entry.body ?? {}));
          // A report of a step names those that it had seen.
          if (Array.isArray(body['saw']))
            body['saw'] = body['saw'].map((id) => written.get(String(id)) ?? id);
          const title = stepTitle(machine.state?.plan ?? plan, entry.kind, body);
          if (title !== null) body['title'] ??= title;
          const one: NewEntry = {
            incident,
            kind: entry.kind,
            body,
            actor: entry.actor.startsWith('machine:') ? AUTOMATIC_ACTOR : entry.actor,
            ...(entry.key === null ? {} : { key: entry.key }),
          };
          const kept = journal.append([one]);
          written.set(entry.id, kept.ok ? kept.value[0]!.id : entry.id);
          if (!kept.ok) log.error('a rehearsal could not be written', { reason: kept.error.message });
        }
        plans.tick();
      };

      const queue = moments(night);
      let next = 0;
      const look = (): void => {
        const until = scriptNow();
        for (let one = queue[next]; one && one.at <= until; one = queue[++next]) {
          held = one.at;
          play(made, one, queue[next + 1]);
          if (queue[next + 1]?.at !== one.at) mirror();
        }
        held = until;
        made.passTo(until);
        made.settle();
        mirror();
        held = null;
        ended = until >= night.end && next >= queue.length;
        if (ended && timer !== null) clearInterval(timer);
        if (!ended && real.uptime() - told < SHOWN_MS) return;
        told = real.uptime();
        onShown();
      };
      held = 0;
      mirror();
      must(await plans.handlers['plan.get']({ incident, plan: machine.state?.id ?? '' }));
      held = null;
      room = incident;
      began = real.uptime();
      let told = began;
      onShown();
      timer = setInterval(() => {
        try {
          look();
        } catch (error) {
          if (timer !== null) clearInterval(timer);
          ended = true;
          onShown();
          log.error('a rehearsal ended by a failure', { error: String(error) });
        }
      }, LOOK_MS);
    },
    stop() {
      if (timer !== null) clearInterval(timer);
      timer = null;
      ended = true;
    },
  };
}

function must<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new BulkheadError(result.error.code, result.error.message);
}
