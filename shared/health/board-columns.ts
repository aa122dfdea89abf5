// Columns come from the data: where we run, well-known regions, and regions in trouble. Providers share a column only by metro,
// each with its own code and state; whatever has no column is under Elsewhere (domain.md, Health).
import type { Column } from '../contract/health.ts';
import { METROS, metroOf, regionsOf } from './regions.ts';

/** Columns of a board on which nothing is configured and nothing is wrong. */
const DEFAULT_METROS = [
  'us-east',
  'us-central',
  'us-northwest',
  'br-saopaulo',
  'ie-dublin',
  'be-belgium',
  'de-frankfurt',
  'sg-singapore',
  'jp-tokyo',
  'au-sydney',
] as const;

/** Regions in trouble get columns of their own until so many are there; the others stay under Elsewhere. */
const MAX_WITH_TROUBLE = 18;
const MAX_COLUMNS = 40;

const CONTINENT: Readonly<Record<string, string>> = {
  'North America': 'Americas',
  'South America': 'Americas',
  Europe: 'Europe',
  'Middle East': 'Middle East, Africa',
  Africa: 'Middle East, Africa',
  Asia: 'Asia Pacific',
  Oceania: 'Asia Pacific',
};
const CONTINENTS = ['Americas', 'Europe', 'Middle East, Africa', 'Asia Pacific', 'Global', 'Other'];
const METRO_ORDER: ReadonlyMap<string, number> = new Map(
  Object.keys(METROS).map((key, index) => [key, index]),
);

export interface Wanted {
  readonly provider: string;
  readonly region: string;
}

interface Slot {
  readonly key: string;
  readonly metro: string | null;
  readonly codes: Map<string, string>;
  ours: boolean;
}

/**
 * The columns of a board. `providers`: those with a row; `ours`: where somebody runs, always shown; `troubled`: worst first.
 */
export function columnsOf(
  providers: readonly string[],
  ours: readonly Wanted[],
  troubled: readonly Wanted[],
): readonly Column[] {
  const slots: Slot[] = [];
  const placed = new Map<string, Slot>();

  function place(one: Wanted, isOurs: boolean): void {
    const id = `${one.provider}/${one.region}`;
    const before = placed.get(id);
    if (before !== undefined) {
      before.ours ||= isOurs;
      return;
    }
    const metro = one.region === 'global' ? 'global' : metroOf(one.provider, one.region);
    let slot =
      metro === null
        ? undefined
        : slots.find((other) => other.metro === metro && !other.codes.has(one.provider));
    if (slot === undefined) {
      const first = metro !== null && !slots.some((other) => other.metro === metro);
      slot = { key: first ? metro : id, metro, codes: new Map(), ours: false };
      slots.push(slot);
    }
    slot.codes.set(one.provider, one.region);
    slot.ours ||= isOurs;
    placed.set(id, slot);
  }

  // Only providers of the catalogue have regions that the data does not name; a board may have hundreds of others.
  const catalogued = providers.filter((provider) => regionsOf(provider).length > 0);
  for (const one of ours) place(one, true);
  for (const metro of DEFAULT_METROS) {
    for (const provider of catalogued) {
      const region = regionsOf(provider).find((one) => one.metro === metro);
      if (region === undefined || slots.some((slot) => slot.metro === metro && slot.codes.has(provider)))
        continue;
      place({ provider, region: region.code }, false);
    }
  }
  for (const one of troubled) {
    const metro = one.region === 'global' ? 'global' : metroOf(one.provider, one.region);
    const fits = slots.some(
      (slot) => slot.metro === metro && metro !== null && !slot.codes.has(one.provider),
    );
    if (fits || slots.length < MAX_WITH_TROUBLE) place(one, false);
  }
  // A column that is there anyway shows the other providers of its metro as well.
  for (const slot of slots) {
    if (slot.metro === null || slot.metro === 'global') continue;
    for (const provider of catalogued) {
      if (slot.codes.has(provider)) continue;
      const free = regionsOf(provider).find(
        (one) => one.metro === slot.metro && !placed.has(`${provider}/${one.code}`),
      );
      if (free !== undefined) {
        slot.codes.set(provider, free.code);
        placed.set(`${provider}/${free.code}`, slot);
      }
    }
  }
  const columns = slots.slice(0, MAX_COLUMNS).map((slot) => ({
    key: slot.key.slice(0, 120),
    continent: continentOf(slot.metro),
    codes: Object.fromEntries(slot.codes),
    ours: slot.ours,
    order: slot.metro === null ? 9999 : (METRO_ORDER.get(slot.metro) ?? 9998),
  }));
  columns.sort(
    (a, b) =>
      CONTINENTS.indexOf(a.continent) - CONTINENTS.indexOf(b.continent) ||
      a.order - b.order ||
      (a.key < b.key ? -1 : 1),
  );
  return columns.map(({ order: _, ...column }) => column);
}

function continentOf(metro: string | null): string {
  if (metro === 'global') return 'Global';
  if (metro === null) return 'Other';
  return CONTINENT[METROS[metro as keyof typeof METROS].continent] ?? 'Other';
}
