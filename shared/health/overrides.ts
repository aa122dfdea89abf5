// A person's word over what the sources say. It changes what is shown and nothing under it: gates and the breaker read the
// judgement as it was before (domain.md, Health, Overrides). Pure.
import type { Override } from '../contract/watch.ts';
import type { Instant } from '../time/clock.ts';
import type { JudgedRegion, JudgedService, Judgement } from './board-cells.ts';
import { type Judged, worstJudged } from './judge.ts';
import type { State } from './types.ts';
import { isBroken, rank } from './worst.ts';

/** An override as it is kept. `under`: what the sources said when it was made. */
export interface OverrideRow extends Omit<Override, 'sources'> {
  readonly under: State;
  /** Incidents that were open when it was made. Rows of an older build have none. */
  readonly incidents?: readonly string[];
}

/** Our own services stand under this provider, region `global`. */
export const OURS = 'ours';

const said = (state: State, at: Instant): Judged => ({
  state,
  basis: 'stated',
  stale: false,
  staleSince: null,
  since: at,
  noLongerListed: false,
  disagreement: null,
});

/** What the sources say of the place of an override; null when nothing is known of it. */
export function sourcesOf(
  judgement: Judgement,
  one: Pick<OverrideRow, 'provider' | 'region' | 'service'>,
): State | null {
  const region = judgement.get(one.provider)?.get(one.region);
  if (region === undefined) return null;
  if (one.service === null) return region.judged.state;
  return region.services.find((found) => found.service === one.service)?.judged.state ?? null;
}

function overService(region: JudgedRegion, override: Override): JudgedRegion {
  const service = override.service!;
  const before = region.services.find((one) => one.service === service);
  const judged = said(override.state, override.at);
  const replaced: JudgedService = { service, words: before?.words ?? [], background: false, judged };
  const services = [...region.services.filter((one) => one.service !== service), replaced].sort(
    (a, b) => rank(a.judged.state) - rank(b.judged.state) || (a.service < b.service ? -1 : 1),
  );
  const rest = region.rest === null ? [] : [region.rest];
  return {
    ...region,
    services,
    judged: worstJudged([...services.map((one) => one.judged), ...rest])!,
    broken: services.some((one) => !one.background && isBroken(one.judged.state)),
    override: region.override ?? override,
  };
}

const overRegion = (region: JudgedRegion, override: Override): JudgedRegion => ({
  ...region,
  judged: said(override.state, override.at),
  broken: isBroken(override.state),
  override,
});

/** What is shown: the judgement with the overrides over it. Regions that nobody spoke of come to be when somebody overrides them. */
export function withOverrides(judgement: Judgement, overrides: readonly Override[]): Judgement {
  const theirs = overrides.filter((one) => one.provider !== OURS);
  if (theirs.length === 0) return judgement;
  const shown = new Map<string, Map<string, JudgedRegion>>();
  // Services first: a word over a whole region stands over those over its services.
  const ordered = [...theirs].sort((a, b) => Number(a.service === null) - Number(b.service === null));
  for (const override of ordered) {
    const { provider, region } = override;
    let regions = shown.get(provider);
    if (regions === undefined) {
      regions = new Map(judgement.get(provider) ?? []);
      shown.set(provider, regions);
    }
    const before = regions.get(region) ?? {
      provider,
      region,
      services: [],
      rest: null,
      judged: said(override.state, override.at),
      broken: false,
    };
    regions.set(
      region,
      override.service === null ? overRegion(before, override) : overService(before, override),
    );
  }
  return new Map([...judgement, ...shown]);
}
