// The live service of rollback plans: folds them from the journal, hears readings, lets the machine decide once a second, writes
// what it decides with its evidence, and explains every state to the window.
import type { Handlers } from '../../shared/contract/index.ts';
import type { PlanView } from '../../shared/contract/plan.ts';
import type { NewEntry } from '../../shared/journal/types.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Room } from '../../shared/rollback/act.ts';
import { decide } from '../../shared/rollback/decide.ts';
import { type Away, entryTime, type PlanEntry, planTime } from '../../shared/rollback/entry.ts';
import { lastOwn } from '../../shared/rollback/readings.ts';
import type { PlanState } from '../../shared/rollback/state.ts';
import { planText as say } from '../../shared/text/plan.ts';
import { type Instant, toInstant } from '../../shared/time/clock.ts';
import { AUTOMATIC_ACTOR } from '../journal/append.ts';
import { creation, fromRoom, fromRunbook, type PlanSource, readPlan } from './create.ts';
import { createHearing, type Hearing } from './hearing.ts';
import { factsOf } from './lean.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { perform } from './perform.ts';
import { openPlanDb } from './plan-db.ts';
import type { Heard, PlanDeps } from './ports.ts';
import { proposeWaves } from './propose.ts';
import { clockMoved } from './restart.ts';
import { planView } from './view.ts';

export type { Heard, PlanDeps, PlanPorts } from './ports.ts';

export interface Plans {
  readonly handlers: Handlers<'plan'>;
  /** Every plan of an incident with its explanation. Error: `no-incident`. */
  views(incident: string): Promise<Result<readonly PlanView[]>>;
  /** Incidents with a plan that runs or is paused. */
  live(): readonly string[];
  /** This machine slept; names the cause of the gap in a bake. */
  slept(from: Instant, to: Instant): void;
  /** For the owner of the profile: finds the plans that run in these incidents, writes what a restart must, begins to watch. */
  start(incidents: readonly string[]): Promise<void>;
  /** Decides once, now; the timer does so each second. */
  tick(): void;
  stop(): void;
}

const TICK_MS = 1000;
/** A view is sent this often while a plan runs, though nothing was heard: what counts by time alone moves on. */
const SHOW_MS = 5000;
/** No tick for this long: the machine slept, whatever its host says. */
const ASLEEP_MS = 30_000;
/** More rounds of decisions than this at one moment: two of them undo each other. */
const MOST_ROUNDS = 2000;
const KEEP_MS = 2 * 86_400_000;

const isLive = (state: PlanState): boolean => state.status === 'running' || state.status === 'paused';
const isOver = (state: PlanState): boolean => state.status === 'completed' || state.status === 'aborted';

export function createPlans(deps: PlanDeps): Plans {
  const { journal, clock, log } = deps;
  const db = openPlanDb(deps.folder);
  if (db.problem !== null) log.warn('readings of plans are not kept', { problem: db.problem });
  const ledgers = new Map<string, Ledger>();
  const hearings = new Map<string, Hearing>();
  const asked = new Set<string>();
  const revs = new Map<string, number>();
  /** Wall clock. */
  const away: Away[] = [];
  /** Plans whose decisions undo each other, with the ledger's rev then: left alone until something else happens. */
  const stuck = new Map<string, number>();
  let timer: NodeJS.Timeout | null = null;
  let refresh: NodeJS.Immediate | null = null;
  let lastTick: number | null = null;
  let lastShown = 0;
  let awake: 'no' | 'asking' | (() => void) = 'no';
  let sleepWarning: string | null = null;
  let stopped = false;

  const device = (): string => journal.state().device;

  function ledgerOf(incident: string): Ledger {
    let ledger = ledgers.get(incident);
    if (!ledger) {
      ledger = createLedger(journal, incident);
      ledgers.set(incident, ledger);
    }
    ledger.catchUp();
    return ledger;
  }

  function hearingOf(ledger: Ledger, state: PlanState): Hearing {
    let hearing = deps.owner ? hearings.get(state.id) : undefined;
    if (!hearing) {
      hearing = createHearing(db, state);
      hearings.set(state.id, hearing);
    }
    hearing.take(ledger.typed(state.id));
    return hearing;
  }

  const nowOf = (state: PlanState): number => planTime(state.jumps, device(), clock.now());

  function roomOf(ledger: Ledger, state: PlanState, commander?: string): Room {
    const here = device();
    return {
      state,
      book: hearingOf(ledger, state).book,
      here: {
        now: nowOf(state),
        device: here,
        peers: deps.peers?.() ?? [],
        away: away.map(({ from, to, cause }) => ({
          from: planTime(state.jumps, here, from),
          to: planTime(state.jumps, here, to),
          cause,
        })),
      },
      facts: factsOf(deps.topology(), state.plan.change.system, deps.facts?.(state.plan) ?? {}),
      ...(commander === undefined ? {} : { commander }),
    };
  }

  /** The last words of all sources reach every plan that is not over; true when something was new. */
  function hear(ledger: Ledger, heard: readonly Heard[]): boolean {
    let news = false;
    for (const state of ledger.plans.values())
      if (!isOver(state)) news = hearingOf(ledger, state).hear(state, heard, device(), nowOf(state)) || news;
    return news;
  }

  /** Lets the machine decide until nothing comes; true when something was written. Only where this process watches. */
  function settle(incident: string, ledger: Ledger): boolean {
    if (!deps.owner || deps.rehearsal) return false;
    let wrote = false;
    for (const id of [...ledger.plans.keys()]) {
      if (stuck.get(id) === ledger.rev()) continue;
      let said = '';
      for (let round = 0; ; round++) {
        const state = ledger.plans.get(id);
        if (!state || state.status === 'draft') break;
        const { book, here } = roomOf(ledger, state);
        const entries = decide(state, book, here);
        if (entries.length === 0) break;
        // What was just written did not change the plan, or two decisions undo each other.
        const saying = JSON.stringify(entries.map((one) => [one.kind, one.key]));
        if (saying === said || round >= MOST_ROUNDS) {
          log.error('a plan does not come to rest', { plan: id, entries: saying });
          stuck.set(id, ledger.rev());
          break;
        }
        said = saying;
        const kept = journal.append(entries.map((one) => toNew(incident, one, AUTOMATIC_ACTOR)));
        if (!kept.ok) {
          log.error('a plan could not write what it decided', { plan: id, reason: kept.error.message });
          return wrote;
        }
        wrote = true;
        ledger.catchUp();
        tell(state, entries);
      }
    }
    return wrote;
  }

  const toNew = (incident: string, entry: PlanEntry, actor: string): NewEntry => ({
    incident,
    kind: entry.kind,
    body: JSON.parse(JSON.stringify(entry.body)) as Record<string, unknown>,
    actor,
    ...(entry.key === undefined ? {} : { key: entry.key }),
  });

  function tell(state: PlanState, entries: readonly PlanEntry[]): void {
    const { system } = state.plan.change;
    for (const { kind, body } of entries) {
      const wave = String(body['wave'] ?? '');
      const title =
        kind === 'breaker-opened'
          ? say.notify.breaker(system)
          : kind === 'gate-waiting'
            ? say.notify.gate(system, wave)
            : kind === 'bake-ended' && body['cause'] === 'full'
              ? say.notify.bake(system, wave)
              : null;
      if (title === null) continue;
      deps.host
        .notify(title, state.plan.title)
        .catch((error: unknown) => log.warn('a notification was not shown', { error: String(error) }));
    }
  }

  const revOf = (incident: string): number => revs.get(incident) ?? 1;

  const viewOf = (incident: string, ledger: Ledger, state: PlanState): PlanView =>
    planView(roomOf(ledger, state), {
      incident,
      device: device(),
      sleepWarning: isLive(state) ? sleepWarning : null,
    });

  function show(incident: string, ledger: Ledger, all: boolean): void {
    if (!asked.has(incident) || stopped) return;
    for (const state of ledger.plans.values()) {
      if (!all && isOver(state)) continue;
      const rev = revOf(incident) + 1;
      revs.set(incident, rev);
      deps.emit('plan.changed', { rev, incident, plan: viewOf(incident, ledger, state) });
    }
  }

  const live = (): string[] =>
    [...ledgers].filter(([, ledger]) => [...ledger.plans.values()].some(isLive)).map(([id]) => id);

  /** The machine is kept awake while a plan that it watches runs. */
  function stayAwake(): void {
    const runs = [...ledgers.values()].some((ledger) =>
      [...ledger.plans.values()].some((state) => state.status === 'running' && state.watcher === device()),
    );
    if (!runs) {
      if (typeof awake === 'function') awake();
      if (awake !== 'asking') awake = 'no';
      sleepWarning = null;
      return;
    }
    if (awake !== 'no' || sleepWarning !== null || !deps.owner || deps.rehearsal) return;
    awake = 'asking';
    deps.host
      .keepAwake(say.keptAwake)
      .then((held) => {
        awake = held.ok ? held.value : 'no';
        sleepWarning = held.ok ? null : say.cannotStayAwake(held.error.message).slice(0, 400);
        if (stopped && typeof awake === 'function') awake();
      })
      .catch((error: unknown) => {
        awake = 'no';
        sleepWarning = say.cannotStayAwake(String(error)).slice(0, 400);
      });
  }

  /** One look at everything: clock, journal, readings, decisions. */
  function work(incident: string, ledger: Ledger, heard: readonly Heard[]): boolean {
    const before = ledger.rev();
    ledger.catchUp();
    const news = hear(ledger, heard);
    settle(incident, ledger);
    return news || ledger.rev() !== before;
  }

  function tick(): void {
    const wall = clock.now();
    deps.lookAtClock?.();
    if (
      !deps.rehearsal &&
      lastTick !== null &&
      wall - lastTick > ASLEEP_MS &&
      !away.some((one) => one.to >= wall - ASLEEP_MS)
    )
      away.push({ from: lastTick, to: wall, cause: 'asleep' });
    lastTick = wall;
    const open = [...ledgers].filter(([, ledger]) =>
      [...ledger.plans.values()].some((state) => !isOver(state)),
    );
    if (open.length > 0) {
      db.setBeat({ wall, uptime: clock.uptime() });
      const heard = deps.readings();
      const due = wall - lastShown >= SHOW_MS || wall < lastShown;
      for (const [incident, ledger] of open) {
        const changed = work(incident, ledger, heard);
        if (changed || (due && [...ledger.plans.values()].some(isLive))) show(incident, ledger, changed);
      }
      if (due) lastShown = wall;
    }
    stayAwake();
  }

  const safely = (what: string, run: () => void): void => {
    try {
      run();
    } catch (error) {
      log.error(what, { error: String(error) });
    }
  };

  const stopListening = journal.onChange(() => {
    refresh ??= setImmediate(() => {
      refresh = null;
      if (stopped) return;
      for (const [incident, ledger] of ledgers)
        safely('a plan could not be read', () => {
          if (!ledger.catchUp()) return;
          settle(incident, ledger);
          show(incident, ledger, true);
        });
    });
  });

  interface Found {
    readonly ledger: Ledger;
    readonly state: PlanState;
    readonly commander: string | null;
  }

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
    const old = takesOver === undefined ? null : (ledger.plans.get(takesOver) ?? null);
    if (takesOver !== undefined && old === null) return fail('no-plan', say.noPlan(takesOver));
    const made = creation(deps, incident, source, plan.value, old);
    if (!made.ok) return made;
    const kept = journal.append(made.value.entries);
    if (!kept.ok) return kept;
    asked.add(incident);
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

  const handlers: Handlers<'plan'> = {
    'plan.create': async ({ incident, folder, path, takesOver }) => {
      const source = await fromRunbook(deps, folder, path);
      return source.ok ? create(incident, source.value, takesOver) : source;
    },
    'plan.make': async ({ incident, plan, takesOver }) => create(incident, fromRoom(plan), takesOver),
    'plan.propose': async ({ targets }) => ok(proposeWaves(targets, deps.topology())),
    'plan.get': async ({ incident, plan }) => {
      const found = await find(incident, plan);
      if (!found.ok) return found;
      asked.add(incident);
      return ok({ rev: revOf(incident), plan: viewOf(incident, found.value.ledger, found.value.state) });
    },
    'plan.text': async ({ incident, plan }) => {
      const found = await find(incident, plan);
      if (!found.ok) return found;
      const made = found.value.ledger.entries(plan).find((one) => one.kind === 'plan-created');
      const bytes = deps.blobs.read(String(made?.body?.['revision'] ?? ''));
      if (bytes === null) return fail('no-text', say.noText);
      return ok({ text: new TextDecoder().decode(bytes) });
    },
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
      asked.add(incident);
      show(incident, ledger, true);
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

  /** What a restart must say before anything is decided: time that nobody watched, and a clock that cannot be trusted. */
  function wakeUp(): void {
    if (deps.rehearsal) return;
    const here = device();
    const now = { wall: clock.now(), uptime: clock.uptime() };
    const last = db.beat();
    for (const [incident, ledger] of ledgers) {
      const own = [...ledger.plans.values()].filter((state) => isLive(state) && state.watcher === here);
      if (own.length === 0) continue;
      const written = own.flatMap((state) => ledger.entries(state.id).filter((one) => one.device === here));
      const wrote =
        written.length === 0 ? null : Math.max(...written.map((one) => Date.parse(one.recordedAt)));
      const moved = clockMoved(last, wrote, now);
      if (moved === null) continue;
      // Since the last thing that this machine knew: its last reading, or else its last sign of life.
      const since = Math.min(
        ...own.map((state) => {
          const lasts = state.plan.targets.flatMap(
            (id) => lastOwn(hearingOf(ledger, state).book.of(id))?.at ?? [],
          );
          const entry = written.at(-1);
          const known =
            lasts.length > 0 ? Math.max(...lasts) : entry ? entryTime(state.jumps, entry) : nowOf(state);
          return known;
        }),
      );
      const kept = journal.append([
        {
          incident,
          kind: 'clock-jumped',
          body: { by: moved, trusted: false, since: toInstant(since) },
          actor: AUTOMATIC_ACTOR,
        },
      ]);
      if (!kept.ok) log.error('a set clock could not be written', { reason: kept.error.message });
      ledger.catchUp();
    }
    if (last !== null && now.wall > last.wall) away.push({ from: last.wall, to: now.wall, cause: 'closed' });
  }

  return {
    handlers,
    async views(incident) {
      const room = await deps.rooms.incident(incident);
      if (!room.ok) return room;
      const ledger = ledgerOf(incident);
      return ok([...ledger.plans.values()].map((state) => viewOf(incident, ledger, state)));
    },
    live,
    slept(from, to) {
      away.push({ from: Date.parse(from), to: Date.parse(to), cause: 'asleep' });
    },
    async start(incidents) {
      for (const incident of incidents) {
        const room = await deps.rooms.incident(incident);
        if (stopped) return;
        if (room.ok && room.value.plans.length > 0) ledgerOf(incident);
      }
      wakeUp();
      db.prune(clock.now() - KEEP_MS);
      tick();
      timer ??= setInterval(() => safely('a plan could not be decided', tick), TICK_MS);
      timer.unref();
    },
    tick,
    stop() {
      stopped = true;
      if (timer !== null) clearInterval(timer);
      if (refresh !== null) clearImmediate(refresh);
      timer = null;
      stopListening();
      if (typeof awake === 'function') awake();
      awake = 'no';
      db.close();
    },
  };
}
