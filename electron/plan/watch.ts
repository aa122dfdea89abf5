// The watch over all plans that are open here: their ledgers and books, the machine's decisions once a second, what is shown when.
import type { PlanView } from '../../shared/contract/plan.ts';
import type { PlanNow } from '../../shared/contract/plan-now.ts';
import type { NewEntry } from '../../shared/journal/types.ts';
import type { Room } from '../../shared/rollback/action.ts';
import { decide } from '../../shared/rollback/decide.ts';
import { type Away, type PlanEntry, planTime } from '../../shared/rollback/entry.ts';
import type { PlanState } from '../../shared/rollback/state.ts';
import { fromInstant, type Instant } from '../../shared/time/clock.ts';
import { AUTOMATIC_ACTOR } from '../journal/append.ts';
import { createAwake } from './awake.ts';
import { createHearing, type Hearing } from './hearing.ts';
import { factsOf } from './lean.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { openPlanDb } from './plan-db.ts';
import type { Heard, PlanDeps } from './ports.ts';
import { createTold } from './told.ts';
import { planView } from './view.ts';
import { createWake } from './wake.ts';

export interface PlanWatch {
  /** The plans of an incident, up to the journal's end. */
  ledgerOf(incident: string): Ledger;
  /** What a decision about a plan rests on, now. */
  roomOf(ledger: Ledger, state: PlanState, commander?: string): Room;
  /** One look at everything: journal, readings, decisions. True when something changed. */
  work(incident: string, ledger: Ledger, heard: readonly Heard[]): boolean;
  settle(incident: string, ledger: Ledger): boolean;
  viewOf(incident: string, ledger: Ledger, state: PlanState): PlanView;
  /** Tells the window, where it asked for this incident; `all`: plans that are over, too. */
  show(incident: string, ledger: Ledger, all: boolean): void;
  stayAwake(): void;
  revOf(incident: string): number;
  /** From now on the window is told of this incident's plans. */
  ask(incident: string): void;
  toNew(incident: string, entry: PlanEntry, actor: string): NewEntry;
  live(): string[];
  /** Targets of plans that are not over. */
  targets(): string[];
  /** What every plan does now, for every page. */
  now(): { readonly rev: number; readonly plans: readonly PlanNow[] };
  /** Tells alarms and what plans do now, at once. */
  tell(): void;
  slept(from: Instant, to: Instant): void;
  start(incidents: readonly string[]): Promise<void>;
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

export function createPlanWatch(deps: PlanDeps): PlanWatch {
  const { journal, clock, log } = deps;
  const db = openPlanDb(deps.folder);
  if (db.problem !== null) log.warn('readings of plans are not kept', { problem: db.problem });
  const ledgers = new Map<string, Ledger>();
  const hearings = new Map<string, Hearing>();
  const asked = new Set<string>();
  const revs = new Map<string, number>();
  /** Wall clock. */
  const away: Away[] = [];
  /** The stretch of `away` in which our own link is lost; it grows while it is. */
  let link: { readonly from: number; to: number; readonly cause: 'link-lost' } | null = null;
  /** Plans whose decisions undo each other, with the ledger's rev then: left alone until something else happens. */
  const stuck = new Map<string, number>();
  let timer: NodeJS.Timeout | null = null;
  let refresh: NodeJS.Immediate | null = null;
  let lastTick: number | null = null;
  let lastShown = 0;
  const awake = createAwake(deps.host);
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
        lost: link === null ? null : planTime(state.jumps, here, link.from),
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
    if (!deps.owner || deps.rehearsal || wake.waits()) return false;
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

  const revOf = (incident: string): number => revs.get(incident) ?? 1;

  const viewOf = (incident: string, ledger: Ledger, state: PlanState): PlanView =>
    planView(roomOf(ledger, state), {
      incident,
      device: device(),
      sleepWarning: isLive(state) ? awake.warning() : null,
      titleOf: (plan) => ledger.plans.get(plan)?.plan.title ?? plan,
      acts: ledger.acts(state.id),
    });

  const told = createTold(deps, { ledgers, device, viewOf });

  function show(incident: string, ledger: Ledger, all: boolean): void {
    if (!asked.has(incident) || stopped) return;
    for (const state of ledger.plans.values()) {
      if (!all && isOver(state)) continue;
      const rev = revOf(incident) + 1;
      revs.set(incident, rev);
      const plan = viewOf(incident, ledger, state);
      deps.emit('plan.changed', { rev, incident, plan });
      told.note(ledger, state, plan);
    }
  }

  const live = (): string[] =>
    [...ledgers].filter(([, ledger]) => [...ledger.plans.values()].some(isLive)).map(([id]) => id);

  /** The machine is kept awake while a plan that it watches runs. */
  function stayAwake(): void {
    const runs = [...ledgers.values()].some((ledger) =>
      [...ledger.plans.values()].some((state) => state.status === 'running' && state.watcher === device()),
    );
    awake.want(runs && deps.owner && !deps.rehearsal);
  }

  /** One look at everything: clock, journal, readings, decisions. */
  function work(incident: string, ledger: Ledger, heard: readonly Heard[]): boolean {
    const before = ledger.rev();
    ledger.catchUp();
    if (wake.waits()) return ledger.rev() !== before;
    const news = hear(ledger, heard);
    settle(incident, ledger);
    return news || ledger.rev() !== before;
  }

  /** A lost path is said as such: what it makes silent is not the sources' silence. */
  function lookAtLink(wall: number): void {
    const since = deps.rehearsal ? null : (deps.linkLostSince?.() ?? null);
    if (since === null) link = null;
    else if (link !== null) link.to = Math.max(link.to, wall);
    else {
      link = { from: fromInstant(since), to: wall, cause: 'link-lost' };
      away.push(link);
    }
  }

  function tick(): void {
    const wall = clock.now();
    deps.lookAtClock?.();
    wake.look();
    if (
      !deps.rehearsal &&
      lastTick !== null &&
      wall - lastTick > ASLEEP_MS &&
      !away.some((one) => one.to >= wall - ASLEEP_MS)
    )
      away.push({ from: lastTick, to: wall, cause: 'asleep' });
    lastTick = wall;
    lookAtLink(wall);
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
      told.look(due);
    } else told.look(true);
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
          told.look(true);
        });
    });
  });

  const wake = createWake(deps, {
    db,
    ledgers,
    away,
    isLive,
    device,
    nowOf,
    hearingOf,
    forget: (plan) => void hearings.delete(plan),
  });

  return {
    ledgerOf,
    roomOf,
    work,
    settle,
    viewOf,
    show,
    stayAwake,
    revOf,
    ask: (incident) => void asked.add(incident),
    toNew,
    live,
    targets: () => [
      ...new Set(
        [...ledgers.values()].flatMap((ledger) =>
          [...ledger.plans.values()].flatMap((state) => (isOver(state) ? [] : state.plan.targets)),
        ),
      ),
    ],
    now: told.now,
    tell: () => told.look(true),
    slept(from, to) {
      away.push({ from: Date.parse(from), to: Date.parse(to), cause: 'asleep' });
    },
    async start(incidents) {
      for (const incident of incidents) {
        const room = await deps.rooms.incident(incident);
        if (stopped) return;
        if (room.ok && room.value.plans.length > 0) ledgerOf(incident);
      }
      wake.up(incidents);
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
      awake.stop();
      db.close();
    },
  };
}
