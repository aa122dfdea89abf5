// Where we run: the regions of the settings, of our services, of our probes and of the plans' targets. They always have a column, and
// Broken counts them.
import { oursOf } from '../../shared/health/board.ts';
import type { OursPort } from './ports.ts';

export interface WhereWeRun {
  /** As `provider/region`. */
  regions(): readonly string[];
  runsThere(provider: string, region: string): boolean;
  /** What the topology knows of our services; null before it is bound. */
  readonly port: OursPort | null;
  setPort(port: OursPort): void;
  setProbed(regions: readonly string[]): void;
}

/** The region of a target: `aws/us-east-1` of `aws/us-east-1/cell-2`; nothing of one that names no place. */
const regionOf = (target: string): readonly string[] => {
  const [provider, region] = target.split('/');
  return provider && region ? [`${provider}/${region}`] : [];
};

export function createWhereWeRun(
  settings: () => { readonly regions: readonly string[] },
  targets: () => readonly string[] = () => [],
): WhereWeRun {
  let port: OursPort | null = null;
  let probed: readonly string[] = [];
  let known = '';
  let places = new Set<string>();
  const regions = (): readonly string[] => [
    ...new Set([
      ...settings().regions,
      ...(port?.regions() ?? []),
      ...probed,
      ...targets().flatMap(regionOf),
    ]),
  ];
  return {
    regions,
    runsThere(provider, region) {
      const wanted = regions();
      const text = wanted.join('\n');
      if (text !== known) {
        known = text;
        places = new Set(
          wanted.flatMap((one) => oursOf(one) ?? []).map((one) => `${one.provider}/${one.region}`),
        );
      }
      return places.has(`${provider}/${region}`);
    },
    get port() {
      return port;
    },
    setPort(next) {
      port = next;
    },
    setProbed(next) {
      probed = [...new Set(next)];
    },
  };
}
