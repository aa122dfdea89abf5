// The provider's events as they come and go: opened, resolved by its word, or no longer listed.
import type { Instant } from '../time/clock.ts';
import { fromInstant } from '../time/clock.ts';
import type { EventMemory } from './judge-memory.ts';
import { eventFingerprint } from './judge-memory.ts';
import type { EventChange, JudgeRules } from './judge-rules.ts';
import type { ProviderEvent } from './types.ts';

/** Events after a payload. Resolved ones that were never open for us are history and not taken. */
export function takeEvents(
  before: ReadonlyMap<string, EventMemory>,
  listed: readonly ProviderEvent[],
  at: Instant,
): ReadonlyMap<string, EventMemory> {
  const after = new Map<string, EventMemory>();
  for (const event of listed) {
    const old = before.get(event.id);
    if (old === undefined) {
      if (event.status === 'open')
        after.set(event.id, {
          event,
          firstHeardAt: at,
          told: false,
          polls: 0,
          missing: null,
          over: null,
          known: null,
        });
      continue;
    }
    const known = old.known?.fingerprint === eventFingerprint(event) ? old.known : null;
    if (event.status === 'open') {
      // Listed again after it was over: it is open again, and that is news.
      const again = old.over !== null;
      after.set(event.id, {
        ...old,
        event,
        missing: null,
        over: null,
        known,
        told: again ? false : old.told,
        polls: again ? 0 : old.polls,
      });
    } else {
      const over = old.over?.how === 'resolved' ? old.over : ({ how: 'resolved', at } as const);
      after.set(event.id, { ...old, event, missing: null, over, known: null });
    }
  }
  for (const [id, old] of before) {
    if (after.has(id)) continue;
    // A resolution that has left the list is kept for a while, but states nothing any more (`missing`).
    after.set(id, { ...old, missing: old.missing ?? { since: at, polls: -1 } });
  }
  return after;
}

/** One good poll later: openings that have held, resolutions, graces that are over. Events that ended a day ago are forgotten. */
export function settleEvents(
  before: ReadonlyMap<string, EventMemory>,
  at: Instant,
  rules: JudgeRules,
): { readonly events: ReadonlyMap<string, EventMemory>; readonly changes: readonly EventChange[] } {
  const events = new Map<string, EventMemory>();
  const changes: EventChange[] = [];
  const since = (instant: Instant): number => fromInstant(at) - fromInstant(instant);
  for (const [id, old] of before) {
    let one: EventMemory = { ...old, polls: old.polls + 1 };
    if (one.over === null && one.missing !== null) {
      const polls = one.missing.polls + 1;
      one = { ...one, missing: { since: one.missing.since, polls } };
      if (polls >= rules.missingPolls && since(one.missing!.since) >= rules.missingMs) {
        one = { ...one, over: { how: 'no-longer-listed', at } };
        if (one.told) changes.push({ event: one.event, how: 'no-longer-listed', at });
      }
    } else if (one.over === null && !one.told) {
      if (
        one.polls >= rules.holdPolls ||
        (rules.holdMs !== null && since(one.firstHeardAt) >= rules.holdMs)
      ) {
        one = { ...one, told: true };
        changes.push({ event: one.event, how: 'opened', at: one.firstHeardAt });
      }
    } else if (one.over?.how === 'resolved' && one.over.at === at && one.told) {
      changes.push({ event: one.event, how: 'resolved', at });
    }
    if (one.over !== null && since(one.over.at) >= rules.resolvedMs) continue;
    events.set(id, one);
  }
  return { events, changes };
}
