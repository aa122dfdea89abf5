// The catalogue of regions: AWS, Google Cloud, Azure and Oracle, with the metropolitan area each lies in, so that a matrix and a
// map can put regions of several providers in one column. A code that is not here is kept as it is; the catalogue adds to it only.
import { AWS_REGIONS } from './regions-aws.ts';
import { AZURE_REGIONS } from './regions-azure.ts';
import { GCP_REGIONS } from './regions-gcp.ts';
import { METROS, type MetroKey, type RegionRow } from './regions-metros.ts';
import { OCI_REGIONS } from './regions-oci.ts';

export { METROS, type Metro, type MetroKey } from './regions-metros.ts';

export interface Region {
  readonly provider: string;
  /** The provider's own code; it is also the key in health. */
  readonly code: string;
  readonly name: string;
  /** Key of a column that regions of several providers share; null for global and multi-regions. */
  readonly metro: MetroKey | null;
  readonly continent: string;
  /** Degrees; null for global and multi-regions. City level, good for a world map only. */
  readonly lat: number | null;
  readonly lon: number | null;
  readonly aliases: readonly string[];
}

const region = (provider: string, row: RegionRow): Region => {
  const [code, name, metro, aliases] = row;
  const place = metro === null ? null : METROS[metro];
  return {
    provider,
    code,
    name,
    metro,
    continent: place?.continent ?? 'Global',
    lat: place?.lat ?? null,
    lon: place?.lon ?? null,
    aliases: aliases ?? [],
  };
};

const table = (provider: string, rows: readonly RegionRow[]): readonly Region[] =>
  rows.map((row) => region(provider, row));

/** Provider -> its regions, in the order of the provider's own lists. */
export const REGIONS: Readonly<Record<'aws' | 'gcp' | 'azure' | 'oci', readonly Region[]>> = {
  aws: table('aws', AWS_REGIONS),
  gcp: table('gcp', GCP_REGIONS),
  azure: table('azure', AZURE_REGIONS),
  oci: table('oci', OCI_REGIONS),
};

/** Letters and digits only: `East US 2`, `eastus2` and `East-US-2` are one spelling. */
const spelling = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

const SPELLINGS: ReadonlyMap<string, ReadonlyMap<string, Region>> = new Map(
  Object.entries(REGIONS).map(([provider, regions]) => {
    const known = new Map<string, Region>();
    // Codes first: an alias never takes the spelling of a code away.
    for (const one of regions) known.set(spelling(one.code), one);
    for (const one of regions) {
      for (const text of [one.name, ...one.aliases]) {
        if (!known.has(spelling(text))) known.set(spelling(text), one);
      }
    }
    return [provider, known];
  }),
);

/** The regions of a provider; empty for one that the catalogue does not know. */
export const regionsOf = (provider: string): readonly Region[] =>
  Object.hasOwn(REGIONS, provider) ? REGIONS[provider as keyof typeof REGIONS] : [];

/**
 * The region of a provider that a text names: its code, its display name, an alias, or `Iowa (us-central1)` with the code or
 * name in parentheses. Null when nothing fits; then the text itself is the region, and nothing is dropped.
 */
export function findRegion(provider: string, text: string): Region | null {
  const known = SPELLINGS.get(provider);
  if (known === undefined || text.length > 200) return null;
  const whole = known.get(spelling(text));
  if (whole !== undefined) return whole;
  const inner = /\(([^()]{1,80})\)\s*$/.exec(text)?.[1];
  return inner === undefined ? null : (known.get(spelling(inner)) ?? null);
}

/** Metro of a region code; null for unknown, global and multi-region codes. */
export const metroOf = (provider: string, code: string): MetroKey | null =>
  findRegion(provider, code)?.metro ?? null;

/** Display name of a region code; the code itself when the catalogue does not know it. */
export const regionName = (provider: string, code: string): string =>
  code === 'global' ? 'Global' : (findRegion(provider, code)?.name ?? code);
