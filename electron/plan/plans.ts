// The service of rollback plans as the window and the command line call it: making a plan, explaining it, acting in it. What
// happens by itself is the watch's (watch.ts).
import type { Handlers } from '../../shared/contract/index.ts';
import type { PlanView } from '../../shared/contract/plan.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { ACKNOWLEDGED } from '../../shared/rollback/alarms.ts';
import type { PlanState } from '../../shared/rollback/state.ts';
import { planText as say } from '../../shared/text/plan.ts';
import type { Instant } from '../../shared/time/clock.ts';
import { creation, fromRoom, fromRunbook, type PlanSource, readPlan } from './create.ts';
import type { Ledger } from './ledger.ts';
import { perform } from './perform.ts';
import { placesOf } from './places.ts';
import type { PlanDeps } from './ports.ts';
import { proposeWaves } from './propose.ts';
import { overlaps, whyNotTaken } from './take-over.ts';
import { alarmViews } from './view.ts';
import { createPlanWatch } from './watch.ts';

export type { Heard, PlanDeps, PlanPorts, StandingAlarm } from './ports.ts';

export interface Plans {
  readonly handlers: Handlers<'plan'>;
  /** Every plan of an incident with its explanation. Error: `no-incident`. */
  views(incident: string): Promise<Result<readonly PlanView[]>>;
  /** Incidents with a plan that runs or is paused. */
  live(): readonly string[];
  /** Targets of plans that are not over, as they are written. */
  targets(): readonly string[];
  /** This machine slept; names the cause of the gap in a bake. */
  slept(from: Instant, to: Instant): void;
  /** For the owner of the profile: finds the plans that run in these incidents, writes what a restart must, begins to watch. */
  start(incidents: readonly string[]): Promise<void>;
  /** Decides once, now; the timer does so each second. */
  tick(): void;
  stop(): void;
}

interface Found {
  readonly ledger: Ledger;
  readonly state: PlanState;
  readonly commander: string | null;
}

export function createPlans(deps: PlanDeps): Plans {
  const { journal } = deps;
  const watch = createPlanWatch(deps);
  const { ledgerOf, roomOf, work, settle, viewOf, show, revOf, stayAwake, toNew } = watch;

  const refused = (): Result<never> | null => (deps.rehearsal ? fail('rehearsing', say.rehearsing) : null);

  async function find(incident: string, plan: string): Promise<Result<Found>> {
    const room = await deps.rooms.incident(incident);
    if (!room.ok) return room;
    const ledger = ledgerOf(incident);
    if (!ledger.plans.has(plan)) return fail('no-plan', say.noPlan(plan));
    // What is due at this very moment comes before what a person does at it.
    deps.lookAtClock?.();
    work(incident, ledger, deps.readings());
    return ok({ ledger, state: ledger.plans.get(plan)!, commander: room.value.commander });
  }

  async function create(
    incident: string,
    source: PlanSource,
    takesOver: string | undefined,
  ): Promise<Result<{ plan: string; entry: string; rev: number }>> {
    const no = refused();
    if (no) return no;
    const room = await deps.rooms.incident(incident);
    if (!room.ok) return room;
    const plan = readPlan(source);
    if (!plan.ok) return plan;
    const ledger = ledgerOf(incident);
    const found = takesOver === undefined ? null : await find(incident, takesOver);
    if (found !== null && !found.ok) return found;
    const old = found?.value.state ?? null;
    const why = old === null ? null : whyNotTaken(old, plan.value.targets);
    if (why !== null) return fail('not-taken-over', why);
    const made = creation(deps, incident, source, plan.value, old);
    if (!made.ok) return made;
    const kept = journal.append(made.value.entries);
    if (!kept.ok) return kept;
    watch.ask(incident);
    // Readings first: what preflight finds depends on who is heard.
    work(incident, ledger, deps.readings());
    const state = ledger.plans.get(made.value.id);
    if (state) {
      const { id: actor, name } = deps.person();
      const checked = perform(roomOf(ledger, state), { do: 'check' }, name);
      const written = journal.append(checked.entries.map((one) => toNew(incident, one, actor)));
      if (!written.ok) return written;
      work(incident, ledger, []);
    }
    show(incident, ledger, true);
    return ok({ plan: made.value.id, entry: kept.value[0]!.id, rev: revOf(incident) });
  }

  /** The text that the plan was made from, as it was. */
  async function textOf(incident: string, plan: string): Promise<Result<string>> {
    const found = await find(incident, plan);
    if (!found.ok) return found;
    const made = found.value.ledger.entries(plan).find((one) => one.kind === 'plan-created');
    const bytes = deps.blobs.read(String(made?.body?.['revision'] ?? ''));
    return bytes === null ? fail('no-text', say.noText) : ok(new TextDecoder().decode(bytes));
  }

  async function targetsOf(folder: string, path: string): Promise<Result<readonly string[]>> {
    const source = await fromRunbook(deps, folder, path);
    if (!source.ok) return source;
    const plan = readPlan(source.value);
    return plan.ok ? ok(plan.value.targets) : plan;
  }

  /** "I have it": no act, but a name; the alarm is silent on every machine from here on. */
  const acknowledge: Handlers<'plan'>['plan.acknowledge'] = async ({ incident, plan, keys }) => {
    if (deps.named?.() === false) return fail('no-name', say.noName);
    const found = await find(incident, plan);
    if (!found.ok) return found;
    const { ledger, state } = found.value;
    const open = alarmViews(state, ledger.acts(plan)).filter(
      (one) => one.had === null && (keys === undefined || keys.includes(one.key)),
    );
    if (open.length === 0) return fail('no-alarm', say.noAlarm);
    const { id: actor, name } = deps.person();
    const alarms = open.map((one) => one.key);
    const what = open.map((one) => say.alarm[one.kind](one.about)).join('; ');
    const row = open.some((one) => one.kind === 'breaker') ? 'breaker' : 'gate';
    const kept = journal.append([
      { incident, kind: ACKNOWLEDGED, body: { plan, alarms, by: name, what, row }, actor },
    ]);
    if (!kept.ok) return kept;
    ledger.catchUp();
    watch.ask(incident);
    show(incident, ledger, true);
    watch.tell();
    return ok({ entry: kept.value[0]!.id, alarms, rev: revOf(incident) });
  };

  const handlers: Handlers<'plan'> = {
    'plan.create': async ({ incident, folder, path, takesOver }) => {
      const source = await fromRunbook(deps, folder, path);
      return source.ok ? create(incident, source.value, takesOver) : source;
    },
    'plan.make': async ({ incident, plan, takesOver }) => create(incident, fromRoom(plan), takesOver),
    'plan.propose': async ({ targets }) => ok(proposeWaves(targets, deps.topology())),
    'plan.places': async ({ system, targets }) =>
      ok(placesOf(deps.topology(), deps.readings(), system, targets, (await deps.probes?.()) ?? [])),
    'plan.overlap': async ({ incident, of }) => {
      const room = await deps.rooms.incident(incident);
      if (!room.ok) return room;
      const targets = 'targets' in of ? ok(of.targets) : await targetsOf(of.folder, of.path);
      if (!targets.ok) return targets;
      return ok({ plans: overlaps(ledgerOf(incident).plans.values(), targets.value).slice(0, 50) });
    },
    'plan.get': async ({ incident, plan }) => {
      const found = await find(incident, plan);
      if (!found.ok) return found;
      watch.ask(incident);
      return ok({ rev: revOf(incident), plan: viewOf(incident, found.value.ledger, found.value.state) });
    },
    'plan.text': async ({ incident, plan }) => {
      const text = await textOf(incident, plan);
      return text.ok ? ok({ text: text.value }) : text;
    },
    'plan.save': async ({ incident, plan, folder, name, replace }) => {
      const text = await textOf(incident, plan);
      if (!text.ok) return text;
      const written = await deps.library.write(folder, name, text.value, replace);
      return written.ok ? ok({ folder, path: name }) : written;
    },
    'plan.now': async () => {
      const { rev, plans } = watch.now();
      return ok({ rev, plans: [...plans] });
    },
    'plan.acknowledge': acknowledge,
    'plan.do': async ({ incident, plan, action }) => {
      const no = refused();
      if (no) return no;
      const found = await find(incident, plan);
      if (!found.ok) return found;
      const { ledger, state, commander } = found.value;
      const { id: actor, name } = deps.person();
      const answer = perform(roomOf(ledger, state, commander ?? undefined), action, name);
      const entries = answer.entries.map((one) => toNew(incident, one, actor));
      const ids: string[] = [];
      if (entries.length > 0) {
        const kept = journal.append(entries);
        if (!kept.ok) return kept;
        ids.push(...kept.value.map((one) => one.id));
        ledger.catchUp();
        settle(incident, ledger);
      }
      stayAwake();
      watch.ask(incident);
      show(incident, ledger, true);
      watch.tell();
      return ok({
        ok: answer.ok,
        entries: answer.ok ? ids : [],
        why: answer.why.slice(0, 50).map(({ rule, code, text, target }) => ({
          rule,
          code,
          text: text.slice(0, 2000),
          ...(target === undefined ? {} : { target }),
        })),
        rev: revOf(incident),
      });
    },
  };

  return {
    handlers,
    async views(incident) {
      const room = await deps.rooms.incident(incident);
      if (!room.ok) return room;
      const ledger = ledgerOf(incident);
      return ok([...ledger.plans.values()].map((state) => viewOf(incident, ledger, state)));
    },
    live: watch.live,
    targets: watch.targets,
    slept: watch.slept,
    start: watch.start,
    tick: watch.tick,
    stop: watch.stop,
  };
}
