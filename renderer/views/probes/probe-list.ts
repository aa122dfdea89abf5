// Which probes the list shows. Pure.
import type { ProbeView } from '../../../shared/contract/watch.ts';

export type ProbeFilter = 'all' | 'bad' | 'odd';

export const isBad = (probe: Pick<ProbeView, 'state'>): boolean => probe.state !== 'operational';
export const isOdd = (probe: Pick<ProbeView, 'anomaly'>): boolean => probe.anomaly?.anomalous === true;

/** In the order given; each word of `text` must be in its name, target, place or service. */
export function filterProbes<
  P extends Pick<ProbeView, 'name' | 'target' | 'provider' | 'region' | 'service' | 'state' | 'anomaly'>,
>(probes: readonly P[], filter: ProbeFilter, text: string): readonly P[] {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
  return probes.filter((one) => {
    if (filter === 'bad' && !isBad(one)) return false;
    if (filter === 'odd' && !isOdd(one)) return false;
    const all = `${one.name} ${one.target} ${one.provider}/${one.region} ${one.service}`.toLowerCase();
    return wanted.every((word) => all.includes(word));
  });
}
