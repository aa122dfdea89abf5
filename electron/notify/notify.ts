// Notifications: what the desk chose to be told of, through the host and by sound, gathered, and again until acknowledged.
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { SignalLine } from '../../shared/contract/health.ts';
import type { Emit, Handlers } from '../../shared/contract/index.ts';
import { type NotifySettings, notifyItem, notifySettings } from '../../shared/contract/notify.ts';
import { AGAIN_MS, GATHER_MS, isDue, itemKey, QUIET_MS, whatOf } from '../../shared/health/notify.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { notifyText } from '../../shared/text/notify.ts';
import { type Clock, type Instant, toInstant } from '../../shared/time/clock.ts';
import { writeFileAtomic } from '../files/atomic.ts';
import type { Host } from '../host/host.ts';
import type { Log } from '../log/log.ts';
import type { StandingAlarm } from '../plan/plans.ts';
import { type Item, isAlarm, mergeAlarms, rankOf, toneOf } from './alarms.ts';

export interface NotifyDeps {
  readonly profile: string;
  readonly clock: Clock;
  readonly ids: { uuid(): string };
  readonly host: Pick<Host, 'notify' | 'capabilities'>;
  readonly emit: Emit;
  readonly log: Log;
  readonly person: () => { readonly name: string } | null;
  /** Takes alarms of a plan by an entry in the name of the person. */
  readonly haveAlarms: (incident: string, plan: string, keys: readonly string[]) => Promise<Result<unknown>>;
  readonly ours: (provider: string, region: string) => boolean;
  /** Nothing leaves a drill or a replay: items gather, nothing is shown outside of the window. */
  readonly silent: boolean;
}

export interface Notify {
  readonly handlers: Handlers<'notify'>;
  readonly notices: readonly string[];
  noteSignals(signals: readonly SignalLine[]): void;
  /** The alarms of plans that stand now, whoever has them. */
  setAlarms(alarms: readonly StandingAlarm[]): void;
  start(): void;
  stop(): void;
}

export const DEFAULTS: NotifySettings = {
  oursWorse: true,
  anyWorse: false,
  feedStale: true,
  oursBetter: true,
  sound: true,
};

const LOOK_MS = 1000;
const MAX_OPEN = 100;
/** Open items that are kept at all; the window shows the first of them and how many there are. */
const MAX_KEPT = 1000;
const SHOWN_HAD = 20;

const kept = z.object({
  settings: notifySettings.partial(),
  snoozedUntil: z.string().nullable().default(null),
  open: z
    .array(notifyItem.extend({ key: z.string() }))
    // Alarms of plans come on top of what is kept of signals.
    .transform((all) => all.slice(0, 2 * MAX_KEPT))
    .default([]),
  /** Who acknowledged what, the last hundred. */
  acknowledged: z
    .array(z.object({ text: z.string(), by: z.string(), at: z.string() }))
    .max(1000)
    .default([]),
});

export function createNotify(deps: NotifyDeps): Notify {
  const { clock } = deps;
  const path = join(deps.profile, 'notify.json');
  const notices: string[] = [];
  let settings = DEFAULTS;
  let snoozedUntil: Instant | null = null;
  let open: readonly Item[] = [];
  let acknowledged: z.output<typeof kept>['acknowledged'] = [];
  if (existsSync(path)) {
    try {
      const read = kept.parse(JSON.parse(readFileSync(path, 'utf8')));
      settings = { ...DEFAULTS, ...read.settings };
      ({ snoozedUntil, open, acknowledged } = read);
    } catch (error) {
      renameSync(path, `${path}.broken`);
      notices.push(notifyText.broken((error as Error).message.slice(0, 200)));
    }
  }
  let rev = 0;
  let sounds = 0;
  let tone: 'chime' | 'gate' | 'breaker' = 'chime';
  /** Alarms kept over a restart sound only when the plans have said that they still stand. */
  let plansHeard = false;
  /** Uptime of the last notification, and of the first signal that waits to be told. */
  let lastTold = Number.NEGATIVE_INFINITY;
  let waitingSince: number | null = null;
  let timer: NodeJS.Timeout | null = null;

  const save = (): void => {
    try {
      writeFileAtomic(path, `${JSON.stringify({ settings, snoozedUntil, open, acknowledged }, null, 2)}\n`);
    } catch (error) {
      deps.log.warn('notifications are not kept', { why: String(error) });
    }
  };
  const snapshot = () => ({
    rev,
    settings,
    able: deps.host.capabilities.notifications,
    snoozedUntil,
    // What a plan waits for comes first; the rest as it came.
    open: [...open.filter(isAlarm), ...open.filter((one) => !isAlarm(one))]
      .slice(0, MAX_OPEN)
      .map(({ key: _, ...item }) => item),
    total: open.length,
    had: acknowledged
      .slice(-SHOWN_HAD)
      .reverse()
      .map((one) => ({ text: one.text.slice(0, 400), by: one.by.slice(0, 120), at: one.at })),
    sounds,
    tone,
  });
  function changed(): void {
    rev += 1;
    save();
    deps.emit('notify.changed', snapshot());
  }

  const snoozed = (): boolean => snoozedUntil !== null && snoozedUntil > toInstant(clock.now());

  function tell(due: readonly Item[]): void {
    const now = toInstant(clock.now());
    const ids = new Set(due.map((one) => one.id));
    const again = due.every((one) => one.told > 0);
    const [first, ...rest] = [...due].sort((a, b) => rankOf(a) - rankOf(b));
    if (first === undefined) return;
    lastTold = clock.uptime();
    waitingSince = null;
    open = open
      .map((one) => (ids.has(one.id) ? { ...one, toldAt: now, told: one.told + 1 } : one))
      // What got better is told once; there is nothing to acknowledge.
      .filter((one) => !(ids.has(one.id) && one.what === 'ours-better'));
    if (settings.sound) {
      sounds += 1;
      tone = toneOf(due);
    }
    changed();
    if (deps.silent || !deps.host.capabilities.notifications) return;
    const title = again ? notifyText.again(due.length) : notifyText.title[first.what];
    void deps.host.notify(title, notifyText.more(first.text, rest.length)).then((shown) => {
      if (!shown.ok) deps.log.warn('a notification was not shown', { why: shown.error.message });
    });
  }

  function look(): void {
    if (snoozedUntil !== null && !snoozed()) {
      snoozedUntil = null;
      changed();
    }
    if (snoozed() || open.length === 0) return;
    const now = clock.now();
    const alarms = open.filter((one) => isAlarm(one) && isDue(one, now));
    // A plan does not wait for a quiet minute.
    if (plansHeard && alarms.length > 0) tell(alarms);
    const due = open.filter((one) => !isAlarm(one) && isDue(one, now));
    if (due.length === 0) return;
    const uptime = clock.uptime();
    const fresh = due.some((one) => one.toldAt === null);
    if (fresh) {
      waitingSince ??= uptime;
      if (uptime - waitingSince < GATHER_MS || uptime - lastTold < QUIET_MS) return;
    } else if (uptime - lastTold < Math.min(QUIET_MS, AGAIN_MS)) return;
    tell(due);
  }

  return {
    notices,
    noteSignals(signals) {
      let touched = false;
      for (const signal of signals) {
        // Heard again: there is nothing to acknowledge any more.
        if ((signal.kind === 'feed' || signal.kind === 'path') && signal.to !== 'unknown') {
          const left = open.filter((one) => one.key !== itemKey('feed-stale', signal));
          touched ||= left.length !== open.length;
          open = left;
        }
        const what = whatOf(signal, settings, deps.ours);
        if (what === null) continue;
        const key = itemKey(what, signal);
        const before = open.find((one) => one.key === key);
        touched = true;
        const text = `${signal.source}: ${signal.text}`.slice(0, 400);
        if (before !== undefined) {
          // More of the same does not sound by itself before its five minutes; the window shows the count.
          open = open.map((one) =>
            one === before ? { ...one, text, lastAt: signal.at, count: one.count + 1 } : one,
          );
        } else if (open.length < MAX_KEPT) {
          open = [
            ...open,
            { id: deps.ids.uuid(), key, what, at: signal.at, text, count: 1, toldAt: null, told: 0 },
          ];
        }
      }
      if (touched) changed();
    },
    setAlarms(alarms) {
      plansHeard = true;
      const next = mergeAlarms(open, alarms, deps.ids.uuid);
      if (next !== open) {
        open = next;
        changed();
      }
      look();
    },
    start() {
      timer ??= setInterval(look, LOOK_MS);
      timer.unref();
    },
    stop() {
      if (timer !== null) clearInterval(timer);
      timer = null;
    },
    handlers: {
      'notify.get': async () => ok(snapshot()),
      'notify.set': async (change) => {
        settings = { ...settings, ...change };
        changed();
        return ok({});
      },
      'notify.snooze': async ({ minutes }) => {
        snoozedUntil = minutes === 0 ? null : toInstant(clock.now() + minutes * 60_000);
        changed();
        return ok({});
      },
      'notify.acknowledge': async ({ item }) => {
        const person = deps.person();
        if (person === null) return fail('no-name', notifyText.noName);
        const done = open.filter((one) => item === null || one.id === item);
        if (done.length === 0 && item !== null) return fail('no-item', notifyText.noItem);
        const plans = new Map<string, string[]>();
        for (const { alarm } of done)
          if (alarm) {
            const name = JSON.stringify([alarm.incident, alarm.plan]);
            plans.set(name, [...(plans.get(name) ?? []), alarm.key]);
          }
        const late = new Set<string>();
        for (const [name, keys] of plans) {
          const [incident, plan] = JSON.parse(name) as [string, string];
          const had = await deps.haveAlarms(incident, plan, keys);
          if (had.ok) continue;
          if (had.error.code !== 'no-alarm') return had;
          // Somebody else was faster, or it is over: there is nothing to take, and it stands under no second name.
          for (const key of keys) late.add(JSON.stringify([incident, plan, key]));
        }
        const at = toInstant(clock.now());
        const took = done.filter(
          ({ alarm }) => !alarm || !late.has(JSON.stringify([alarm.incident, alarm.plan, alarm.key])),
        );
        acknowledged = [...acknowledged, ...took.map(({ text }) => ({ text, by: person.name, at }))].slice(
          -100,
        );
        open = open.filter((one) => !done.some((gone) => gone.id === one.id));
        deps.log.info('notifications acknowledged', { by: person.name, items: took.length });
        changed();
        return ok({});
      },
    },
  };
}
