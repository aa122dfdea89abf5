// Our services in the order in which they are read, and what stands above them. Pure.
import type { OurServiceView, OursSnapshot } from '../../../shared/contract/ours.ts';
import { STATES } from '../../../shared/health/types.ts';
import { oursWords as words } from '../../../shared/text/ours-ui.ts';

/** Worst first; then what a person overrides, then what most others hang on, then by tier and name. */
export const inOrder = (services: readonly OurServiceView[]): OurServiceView[] =>
  [...services].sort(
    (a, b) =>
      STATES.indexOf(a.state) - STATES.indexOf(b.state) ||
      Number(b.override !== null) - Number(a.override !== null) ||
      b.blast.length - a.blast.length ||
      a.tier - b.tier ||
      a.name.localeCompare(b.name),
  );

/** `3 out, 3 degraded, 1 unknown, 24 healthy`; maintenance counts as healthy work, it was announced. */
export function summary(services: readonly OurServiceView[]): string {
  const count = (...states: readonly OurServiceView['state'][]): number =>
    services.filter((s) => states.includes(s.state)).length;
  const silent = services.filter((s) => s.state === 'operational' && s.basis === 'nothing-reported').length;
  return words.sum(
    count('major-outage', 'partial-outage'),
    count('degraded'),
    count('unknown'),
    count('operational', 'maintenance') - silent,
    silent,
  );
}

/** `1 240 EUR per min`, null where nothing is known or nothing is out. */
export const costLine = (snapshot: Pick<OursSnapshot, 'costPerMinute' | 'currency'>): string | null =>
  snapshot.costPerMinute > 0 ? words.cost(money(snapshot.costPerMinute), snapshot.currency) : null;

/** `aws/us-east-1/dynamodb` is called `dynamodb` where the service runs in that region, else `dynamodb us-west-2`; the whole stands in the tooltip. */
export function shortNeed(need: string, service: Pick<OurServiceView, 'where'>): string {
  const [provider, region, ...rest] = need.split('/');
  if (!region || !rest.length || /\s/.test(need)) return need;
  const here = service.where.some((w) => w.provider === provider && w.region === region);
  return here || region === 'global' ? rest.join('/') : `${rest.join('/')} ${region}`;
}

/** Thousands apart by a non-breaking space, no more digits than were given. */
export const money = (n: number): string =>
  String(Math.round(n * 100) / 100).replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, '\u00a0');

/** `us-east-1, global`; the provider is named where none of its regions stands beside. */
export function whereLine(service: Pick<OurServiceView, 'where'>): string {
  const regional = new Set(service.where.filter((w) => w.region !== 'global').map((w) => w.provider));
  const only = regional.size === 1;
  return [
    ...new Set(
      service.where.map((w) =>
        w.region !== 'global'
          ? w.region
          : only && regional.has(w.provider)
            ? 'global'
            : `${w.provider} global`,
      ),
    ),
  ].join(', ');
}
