// A desk with plans: rooms and the plan service over one real journal, with a clock and readings that only the test moves.
import { join } from 'node:path';
import { v7 } from 'uuid';
import { writeRunbook } from '../../../electron/library/write.ts';
import { createLog, type LogLine } from '../../../electron/log/log.ts';
import {
  createPlans,
  type Heard,
  type PlanDeps,
  type Plans,
  type StandingAlarm,
} from '../../../electron/plan/plans.ts';
import { createBlobs } from '../../../electron/room/blobs.ts';
import { events } from '../../../shared/contract/index.ts';
import { type PlanAction, type PlanView, planCalls } from '../../../shared/contract/plan.ts';
import type { PlanNow } from '../../../shared/contract/plan-now.ts';
import { type Desk, declare, desk, later, must } from '../room/helpers.ts';
import { planText, TARGETS } from './text.ts';

export { MINUTE, planText, TARGETS, WAVES } from './text.ts';

export interface PlanDesk {
  readonly d: Desk;
  readonly plans: Plans;
  readonly incident: string;
  readonly logged: LogLine[];
  readonly shown: { rev: number; plan: PlanView }[];
  /** What sounds, as it was told last. */
  alarms: readonly StandingAlarm[];
  /** What the plans do now, as it was told last. */
  nows(): readonly PlanNow[];
  named: boolean;
  /** Errors in percent that the probe sees at a target; null: it is silent. */
  errors: (target: string) => number | null;
  awake: number;
  /** Lets time pass in steps of ten seconds, the probes heard each half minute. */
  pass(ms: number): void;
  /** The probes are asked at the next tick, whatever the clock says. */
  repoll(): void;
  view(plan: string): Promise<PlanView>;
  act(plan: string, action: PlanAction): Promise<{ ok: boolean; codes: string[] }>;
  make(text?: string): Promise<string>;
}

export interface Options {
  readonly folder?: string;
  readonly at?: number;
  readonly uptime?: number;
  readonly incident?: string;
  /** Other incidents that are open at the start. */
  readonly alsoOpen?: readonly string[];
  readonly owner?: boolean;
  readonly watch?: boolean;
  readonly extra?: Partial<PlanDeps>;
}

export async function planDesk(options: Options = {}): Promise<PlanDesk> {
  const d = desk({
    ...(options.folder === undefined ? {} : { folder: options.folder }),
    ...(options.at === undefined ? {} : { at: options.at }),
    ...(options.watch === undefined ? {} : { watch: options.watch }),
  });
  const uptimeAt = options.uptime;
  if (uptimeAt !== undefined) {
    const begun = d.clock.wall;
    d.clock.uptime = () => uptimeAt + (d.clock.wall - begun);
  }
  const logged: LogLine[] = [];
  const shown: PlanDesk['shown'] = [];
  let nows: readonly PlanNow[] = [];
  let heard: Heard[] = [];
  let polled = Number.NEGATIVE_INFINITY;
  let text = planText();
  const plans = createPlans({
    journal: d.journal,
    clock: d.clock,
    ids: { uuid: () => v7() },
    person: () => d.who,
    emit: (name, payload) => {
      const checked = events[name].parse(payload);
      if (name === 'plan.nowChanged') nows = (checked as unknown as { plans: PlanNow[] }).plans;
      if (name === 'plan.changed') shown.push(checked as PlanDesk['shown'][number]);
    },
    rooms: d.rooms,
    library: {
      read: async () => ({ ok: true, value: { title: '', revision: '', text } }),
      write: (_folder, name, content, replace) => writeRunbook(d.folder, name, content, replace),
    },
    blobs: createBlobs(join(d.folder, 'blobs')),
    folder: d.folder,
    owner: options.owner ?? true,
    readings: () => heard,
    topology: () => null,
    facts: () => ({
      probes: ['checkout'],
      watchedBy: Object.fromEntries(TARGETS.map((t) => [t, ['probe:checkout']])),
    }),
    host: {
      keepAwake: async () => {
        desk_.awake += 1;
        return { ok: true, value: () => (desk_.awake -= 1) };
      },
    },
    onAlarms: (list) => {
      desk_.alarms = list;
    },
    named: () => desk_.named,
    log: createLog((line) => logged.push(line)),
    ...options.extra,
  });
  later(() => plans.stop());
  const incident = options.incident ?? (await declare(d)).id;
  const poll = (): void => {
    polled = d.clock.wall;
    const before = new Map(heard.map((one) => [one.target, one]));
    heard = TARGETS.flatMap((target): Heard[] => {
      const errors = desk_.errors(target);
      const old = before.get(target);
      if (errors === null) return old ? [old] : [];
      return [
        {
          type: 'probe',
          source: 'probe:checkout',
          name: 'checkout',
          target,
          at: d.clock.wall,
          errors,
          tries: 20,
        },
      ];
    });
  };
  const desk_: PlanDesk = {
    d,
    plans,
    incident,
    logged,
    shown,
    alarms: [],
    nows: () => nows,
    named: true,
    errors: () => 0.5,
    awake: 0,
    pass(ms) {
      const end = d.clock.wall + ms;
      while (d.clock.wall < end) {
        d.clock.wall = Math.min(end, d.clock.wall + 10_000);
        if (d.clock.wall - polled >= 30_000) poll();
        plans.tick();
      }
    },
    repoll: () => {
      polled = Number.NEGATIVE_INFINITY;
    },
    async view(plan) {
      const got = await must(plans.handlers['plan.get']({ incident, plan }));
      return planCalls['plan.get'].output.parse(got).plan;
    },
    async act(plan, action) {
      const input = planCalls['plan.do'].input.parse({ incident, plan, action });
      const got = planCalls['plan.do'].output.parse(await must(plans.handlers['plan.do'](input)));
      return { ok: got.ok, codes: got.why.map((one) => one.code) };
    },
    async make(own) {
      if (own !== undefined) text = own;
      poll();
      return (await must(plans.handlers['plan.create']({ incident, folder: 'f', path: 'plan.md' }))).plan;
    },
  };
  await plans.start([incident, ...(options.alsoOpen ?? [])]);
  return desk_;
}

/** Accepts what preflight found and starts the plan. */
export async function running(desk_: PlanDesk): Promise<string> {
  const plan = await desk_.make();
  await desk_.act(plan, { do: 'accept-findings', reason: 'known' });
  const started = await desk_.act(plan, { do: 'start-plan' });
  if (!started.ok) throw new Error(started.codes.join());
  return plan;
}

/** Works a whole wave: every target's steps done. */
export async function workWave(desk_: PlanDesk, plan: string, targets: readonly string[]): Promise<string[]> {
  const refused: string[] = [];
  for (const target of targets) {
    const done = await desk_.act(plan, {
      do: 'finish-target',
      target,
      confirm: target,
      second: 'Tom, by phone',
    });
    if (!done.ok) refused.push(`${target}: ${done.codes.join()}`);
  }
  return refused;
}
