// Small payloads, as parsers make them, and a judge that is fed with them minute by minute.
import { EMPTY_MEMORY, type FeedMemory, placeKey } from '../../../shared/health/judge-memory.ts';
import { applyPoll, applyUnchanged, type PollOutcome } from '../../../shared/health/judge-poll.ts';
import type { Observation, ParseResult, ProviderEvent, State } from '../../../shared/health/types.ts';
import { type Instant, toInstant } from '../../../shared/time/clock.ts';

export const START = Date.parse('2026-10-20T07:00:00.000Z');
export const at = (minutes: number): Instant => toInstant(START + minutes * 60_000);

export const obs = (service: string, state: State, more: Partial<Observation> = {}): Observation => ({
  provider: 'aws',
  region: 'us-east-1',
  service,
  state,
  at: null,
  ...more,
});

export const event = (id: string, more: Partial<ProviderEvent> = {}): ProviderEvent => ({
  id,
  title: `Event ${id}`,
  status: 'open',
  state: 'major-outage',
  regions: ['us-east-1'],
  services: ['dynamodb'],
  startedAt: at(0),
  endedAt: null,
  ...more,
});

export const payload = (
  observations: readonly Observation[],
  events: readonly ProviderEvent[] = [],
  more: Partial<ParseResult> = {},
): ParseResult => ({
  kind: 'aws-currentevents',
  observations,
  events,
  problems: [],
  usable: true,
  asOf: null,
  statesAll: false,
  ...more,
});

/** A judge with a memory, polled at given minutes. */
export function watching(): {
  poll(minute: number, result: ParseResult): PollOutcome;
  same(minute: number): PollOutcome;
  memory(): FeedMemory;
  told(service: string, region?: string): State | null;
} {
  let memory = EMPTY_MEMORY;
  const keep = (outcome: PollOutcome): PollOutcome => {
    memory = outcome.memory;
    return outcome;
  };
  return {
    poll: (minute, result) => keep(applyPoll(memory, result, at(minute), 'aws')),
    same: (minute) => keep(applyUnchanged(memory, at(minute))),
    memory: () => memory,
    told: (service, region = 'us-east-1') =>
      memory.places.get(placeKey({ provider: 'aws', region, service }))?.told ?? null,
  };
}
