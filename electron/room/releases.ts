// Releases: a room that watches a deployment without an incident. Opened and ended by a person; declaring makes it an incident.
import type { Handlers } from '../../shared/contract/index.ts';
import { type Incident, isRelease } from '../../shared/journal/fold.ts';
import { fail, ok } from '../../shared/result.ts';
import { planText } from '../../shared/text/plan.ts';
import { roomText } from '../../shared/text/room.ts';
import type { Instant } from '../../shared/time/clock.ts';
import type { Journal } from '../journal/journal.ts';
import type { Writer } from './write.ts';

type Calls = Pick<
  Handlers<'incidents'>,
  'incidents.release' | 'incidents.endRelease' | 'incidents.watchAgain'
>;

/** Plans that somebody must complete or abort before what they belong to is closed. */
export const livePlans = (incident: Incident): string[] =>
  incident.plans.filter((one) => one.state === 'running' || one.state === 'paused').map((one) => one.title);

/** Since when a breaker of its plans stands open; null when none does. That is what detects an incident in a release. */
export function openBreaker(journal: Pick<Journal, 'iterate'>, incident: string): Instant | null {
  const open = new Map<string, Instant>();
  for (const entry of journal.iterate(incident)) {
    // A trip noted where the breaker was still open, and closed elsewhere by somebody who had not heard of it, opens it (rule 9).
    const opened = entry.kind === 'breaker-opened' || entry.kind === 'trip-noted';
    if ((!opened && entry.kind !== 'breaker-closed') || entry.body === '' || entry.erased) continue;
    const plan = String((JSON.parse(entry.body) as { plan?: unknown }).plan);
    if (!opened) open.delete(plan);
    else if (!open.has(plan)) open.set(plan, entry.occurredAt);
  }
  return [...open.values()].sort()[0] ?? null;
}

export function releaseHandlers(writer: Writer): Calls {
  const { deps, store } = writer;
  return {
    'incidents.release': async (input) => {
      const title = input.title.trim();
      if (title === '') return fail('empty-text', roomText.emptyText);
      const id = deps.ids.uuid();
      const label = await store.nextLabel('REL');
      const kept = await writer.write(id, [writer.entry(id, 'release-opened', { label, title })]);
      return kept.ok ? ok({ id, label, entry: kept.value.entry }) : kept;
    },

    'incidents.endRelease': async ({ incident, reason, override }) => {
      const room = await writer.room(incident);
      if (!room.ok) return room;
      const release = room.value.incident;
      if (!isRelease(release))
        return fail('not-a-release', roomText.notARelease(release.label || release.id));
      if (release.closedAt !== null) return fail('release-ended', roomText.releaseEnded(release.label));
      const plans = livePlans(release);
      const why = (override ?? '').trim();
      if (plans.length > 0 && why === '')
        return fail('plan-open', planText.planOpen(plans, planText.releaseIsEnded));
      const over = plans.length > 0 ? planText.planOpenOverride(plans, why, planText.releaseEnded) : '';
      const said = [reason.trim(), over].filter((part) => part !== '').join(' ');
      return writer.write(incident, [writer.entry(incident, 'release-ended', { reason: said })]);
    },

    'incidents.watchAgain': async ({ incident, reason }) => {
      const room = await writer.room(incident);
      if (!room.ok) return room;
      const release = room.value.incident;
      if (!isRelease(release))
        return fail('not-a-release', roomText.notARelease(release.label || release.id));
      if (release.closedAt === null) return fail('not-ended', roomText.releaseWatched(release.label));
      return writer.write(incident, [writer.entry(incident, 'release-reopened', { reason: reason.trim() })]);
    },
  };
}
