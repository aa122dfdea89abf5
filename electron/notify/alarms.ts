// Alarms of plans among what is open: they come and go with the plan, and stand before everything else. Pure.
import type { NotifyItem } from '../../shared/contract/notify.ts';
import { notifyText } from '../../shared/text/notify.ts';
import type { StandingAlarm } from '../plan/plans.ts';

export interface Item extends NotifyItem {
  readonly key: string;
}

export const isAlarm = (item: Pick<NotifyItem, 'alarm'>): boolean => item.alarm !== undefined;

const RANK: readonly NotifyItem['what'][] = [
  'plan-breaker',
  'plan-gate',
  'plan-bake',
  'plan-clock',
  'ours-worse',
  'any-worse',
  'feed-stale',
  'ours-better',
];
/** The worst first: a plan, then where we run, then the rest. */
export const rankOf = (item: Pick<NotifyItem, 'what'>): number => RANK.indexOf(item.what);

/** How it sounds: an open breaker unlike a gate, both unlike a signal. */
export function toneOf(due: readonly Pick<NotifyItem, 'what'>[]): 'chime' | 'gate' | 'breaker' {
  if (due.some((one) => one.what === 'plan-breaker')) return 'breaker';
  return due.some((one) => one.what.startsWith('plan-')) ? 'gate' : 'chime';
}

/** What is open with the alarms that stand and that nobody has; the very same list where nothing changed. */
export function mergeAlarms(
  open: readonly Item[],
  alarms: readonly StandingAlarm[],
  uuid: () => string,
): readonly Item[] {
  const wanted = alarms.filter((one) => !one.had);
  const keyOf = (one: StandingAlarm): string => `plan ${one.incident} ${one.key}`;
  const keys = new Set(wanted.map(keyOf));
  const kept = open.filter((one) => !isAlarm(one) || keys.has(one.key));
  const known = new Set(kept.map((one) => one.key));
  const fresh = wanted
    .filter((one) => !known.has(keyOf(one)))
    .map(
      (one): Item => ({
        id: uuid(),
        key: keyOf(one),
        what: `plan-${one.kind}`,
        alarm: { incident: one.incident, plan: one.plan, key: one.key },
        at: one.since,
        text: notifyText.plan[one.kind](one.system, one.about).slice(0, 400),
        count: 1,
        toldAt: null,
        told: 0,
      }),
    );
  return fresh.length === 0 && kept.length === open.length ? open : [...kept, ...fresh];
}
