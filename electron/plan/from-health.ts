// The last words of the health service as readings of plans. A source's good news counts only while it is believed.
import type { State } from '../../shared/health/types.ts';
import type { Plan } from '../../shared/rollback/plan.ts';
import type { Facts } from '../../shared/rollback/preflight.ts';
import { probesOf } from '../../shared/rollback/readings.ts';
import { isCalled } from './hearing.ts';
import type { Heard } from './ports.ts';

/** What is needed of a reading of the health service. */
export interface HealthReading {
  readonly source: string;
  readonly name: string;
  readonly sourceType: 'probe' | 'alert' | 'feed' | string;
  readonly provider: string;
  readonly region: string;
  readonly service: string;
  readonly state: State;
  readonly fresh: boolean;
  readonly began: string | null;
  readonly fetchedAt: string;
  readonly errors?: number;
  readonly tries?: number;
  readonly p95?: number | null;
  /** Tries of the probe so far in this run. */
  readonly total?: number;
  /** Of one alert: all its labels, and whether it fires. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly firing?: boolean;
}

/**
 * Figures of a probe are of its last minute, and readings of plans add their tries up. Where the probe counts its tries, a reading
 * of every poll stands with the tries since the one before it, so that a rule with `for` trips on the very poll that completes it;
 * where it does not, readings are taken a minute apart.
 */
const PROBE_COVERS_MS = 60_000;
/** A probe that tries every few seconds is not read as often: a plan looks back over hours of readings. */
const APART_MS = 9000;
const WHOLE_REGION = new Set(['', 'all-services']);

export function heardFromHealth(readings: readonly HealthReading[]): Heard[] {
  return readings.flatMap((one): Heard[] => {
    const at = Date.parse(one.fetchedAt);
    if (Number.isNaN(at) || !one.fresh) return [];
    const target = `${one.provider}/${one.region}`;
    const service = WHOLE_REGION.has(one.service) ? null : one.service;
    switch (one.sourceType) {
      case 'probe':
        if (one.errors === undefined || one.tries === undefined) return [];
        return [
          {
            type: 'probe',
            source: `probe:${one.source}`,
            name: one.source,
            aliases: [one.source, one.name, one.service],
            ...(one.total === undefined
              ? { covers: PROBE_COVERS_MS }
              : { covers: APART_MS, total: one.total }),
            target,
            at,
            errors: one.errors,
            tries: one.tries,
            ...(one.p95 === undefined || one.p95 === null ? {} : { p95: one.p95 }),
          },
        ];
      case 'alert':
        // The worst word about a place is for the board; rules ask for the labels of each alert.
        if (one.labels === undefined) return [];
        return [
          {
            type: 'alert',
            source: 'alert',
            labels: one.labels,
            firing: one.firing === true,
            target: null,
            at,
          },
        ];
      case 'person':
        return [{ type: 'person', source: 'person', health: one.state, by: one.name, target, at }];
      default: {
        const began = one.began === null ? Number.NaN : Date.parse(one.began);
        return [
          {
            type: 'feed',
            source: `feed:${one.source}`,
            service,
            health: one.state,
            began: Number.isNaN(began) ? null : began,
            target,
            at,
          },
        ];
      }
    }
  });
}

/** Which of the probes that a plan speaks of there are; for preflight. */
export function factsFromHealth(readings: readonly HealthReading[], plan: Plan): Facts {
  const probes = readings.filter((one) => one.sourceType === 'probe');
  return {
    probes: probesOf(plan).filter((name) =>
      probes.some((one) => isCalled(name, one.source, [one.source, one.name, one.service])),
    ),
  };
}
