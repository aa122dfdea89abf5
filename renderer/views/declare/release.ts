// What a declaration of a release begins with: the targets that opened a breaker of its plans. The region rule is pure.
import type { IncidentView } from '../../../shared/contract/room.ts';
import type { TakenRegion } from '../../../shared/incident/suggest.ts';
import type { Client } from '../../state/client.ts';

/** The release that a declaration is about. */
export interface DeclaredRelease {
  readonly id: string;
  readonly label: string;
  readonly title: string;
  /** Targets that tripped a breaker that has not closed, as `provider/region`. */
  readonly targets: readonly string[];
}

/** Asked anew when the form opens. A plan that cannot be read says nothing: a person fills the form then. */
export async function trippedTargets(client: Client, incident: IncidentView): Promise<string[]> {
  const live = incident.plans.filter((one) => one.state === 'running' || one.state === 'paused');
  const answers = await Promise.all(
    live.map((one) => client.call('plan.get', { incident: incident.id, plan: one.id })),
  );
  const targets = answers.flatMap((answer) => {
    if (!answer.ok || answer.value.plan.breaker.state === 'closed') return [];
    const { breaker } = answer.value.plan;
    const standing = breaker.trips.filter((trip) => trip.status === 'standing').map((trip) => trip.target);
    return breaker.tripped ? [breaker.tripped.target, ...standing] : standing;
  });
  return [...new Set(targets)];
}

/** Regions that are unticked at first: with a tripped target, every other one. Without, none is. */
export function leftOut(regions: readonly TakenRegion[], targets: readonly string[]): Set<string> {
  if (targets.length === 0) return new Set();
  const wanted = new Set(targets.map((one) => one.toLowerCase()));
  const about = ({ key, others }: TakenRegion): boolean => {
    const provider = key.slice(0, key.indexOf('/'));
    return [key, ...others.map((region) => `${provider}/${region}`)].some((one) =>
      wanted.has(one.toLowerCase()),
    );
  };
  return new Set(regions.filter((region) => !about(region)).map((region) => region.key));
}
