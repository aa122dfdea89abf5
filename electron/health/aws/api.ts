// The AWS Health API through AWS's own client, with the user's own credentials (environment, profile, SSO, process). A chunk of its own: it is
// loaded when the first feed asks for it. What comes out is one document that the kind aws-health-event reads.
import {
  DescribeAffectedEntitiesCommand,
  DescribeEventDetailsCommand,
  DescribeEventsCommand,
  type Event,
  type EventFilter,
  HealthClient,
} from '@aws-sdk/client-health';
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import type { Clock } from '../../../shared/time/clock.ts';
import type { FetchFeed } from '../fetch/fetcher.ts';
import { createHandler } from './handler.ts';

/** The Health API stands in two regions, one active; each signs for itself. */
const HEALTH_REGIONS = ['us-east-1', 'us-east-2'] as const;
export type HealthRegion = (typeof HEALTH_REGIONS)[number];

const PAGE = 100;
const MAX_EVENTS = 2000;
/** Details are given for so many at once. */
const DETAILS = 10;
/** Entities that are named of one event; the others are counted on the first page. */
const MAX_ENTITIES = 100;
/** How long an event that is over is asked for, so that its end is a word and no silence: milliseconds. */
const CLOSED_MS = 48 * 3_600_000;

/** One event as it goes into the document. */
interface Described {
  readonly event: Event;
  readonly eventDescription?: { readonly latestDescription?: string | undefined } | undefined;
  readonly affectedEntities?: readonly { readonly entityValue: string }[];
  /** There are further ones, uncounted. */
  readonly moreEntities?: true;
}

export interface HealthApi {
  /** The document. Throws what the client throws, or `TookTooLong`. */
  read(region: HealthRegion): Promise<string>;
}

export class TookTooLong extends Error {}

export interface HealthApiDeps {
  readonly profile: string | null;
  readonly fetch: FetchFeed;
  readonly clock: Clock;
  /** Milliseconds for the whole of it. */
  readonly maxMs: number;
}

/** The client says nothing by itself: whatever it would log may name accounts. */
const silent = {
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/**
 * The credentials of a person at a desk: the metadata service of a cloud machine or container is not asked for any, whatever the
 * environment that this was started in inherited. The client asks those by itself, past our fetcher, so nothing of it can be checked:
 * AWS_EC2_METADATA_DISABLED=false says that it may. A profile that names such a source (`credential_source`) says so as well.
 */
function atADesk(env: NodeJS.ProcessEnv): void {
  env['AWS_EC2_METADATA_DISABLED'] ??= 'true';
  if (env['AWS_EC2_METADATA_DISABLED'] === 'false') return;
  delete env['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'];
  delete env['AWS_CONTAINER_CREDENTIALS_FULL_URI'];
}

export function createHealthApi(deps: HealthApiDeps): HealthApi {
  atADesk(process.env);
  const { profile, clock } = deps;
  const handler = createHandler(deps.fetch);
  const clients = new Map<HealthRegion, HealthClient>();
  const described = new Map<string, { readonly key: string; readonly entry: Described }>();

  function clientOf(region: HealthRegion): HealthClient {
    const known = clients.get(region);
    if (known !== undefined) return known;
    const made = new HealthClient({
      region,
      ...(profile === null ? {} : { profile }),
      logger: silent,
      requestHandler: handler,
      // The poller decides when to ask again.
      maxAttempts: 1,
      // The files are read anew each time: somebody who has just signed in is heard at once. What the credentials need from
      // elsewhere (SSO, STS) is asked the same guarded way.
      credentialDefaultProvider: (input) =>
        defaultProvider({ ...input, ignoreCache: true, clientConfig: { requestHandler: handler } }),
    });
    clients.set(region, made);
    return made;
  }

  return {
    async read(region) {
      const client = clientOf(region);
      const started = clock.uptime();
      const inTime = (): void => {
        if (clock.uptime() - started > deps.maxMs) throw new TookTooLong();
      };

      async function events(filter: EventFilter): Promise<{ events: Event[]; leftOut: boolean }> {
        const found: Event[] = [];
        let nextToken: string | undefined;
        do {
          inTime();
          const page = await client.send(new DescribeEventsCommand({ filter, maxResults: PAGE, nextToken }));
          found.push(...(page.events ?? []).filter((one) => one.arn !== undefined));
          // The same token again would be asked for ever.
          if (page.nextToken === nextToken) break;
          nextToken = page.nextToken;
        } while (nextToken !== undefined && found.length < MAX_EVENTS);
        return { events: found.slice(0, MAX_EVENTS), leftOut: nextToken !== undefined };
      }

      async function entitiesOf(arn: string): Promise<Pick<Described, 'affectedEntities' | 'moreEntities'>> {
        inTime();
        const page = await client.send(
          new DescribeAffectedEntitiesCommand({ filter: { eventArns: [arn] }, maxResults: MAX_ENTITIES }),
        );
        const named = (page.entities ?? []).flatMap(({ entityValue }) =>
          entityValue === undefined || entityValue === 'UNKNOWN' ? [] : [{ entityValue }],
        );
        return { affectedEntities: named, ...(page.nextToken === undefined ? {} : { moreEntities: true }) };
      }

      /** Texts of events whose words have changed since they were read last. */
      async function describe(open: readonly Event[]): Promise<readonly string[]> {
        const failed: string[] = [];
        const keyOf = (event: Event): string => `${event.lastUpdatedTime?.toISOString()} ${event.statusCode}`;
        const wanted = open.filter((event) => described.get(event.arn!)?.key !== keyOf(event));
        for (let at = 0; at < wanted.length; at += DETAILS) {
          inTime();
          const some = wanted.slice(at, at + DETAILS);
          const answer = await client.send(
            new DescribeEventDetailsCommand({ eventArns: some.map((event) => event.arn!) }),
          );
          for (const one of answer.successfulSet ?? []) {
            const event = some.find((event) => event.arn === one.event?.arn);
            if (event === undefined) continue;
            const ours =
              event.eventScopeCode === 'ACCOUNT_SPECIFIC' && event.eventTypeCategory === 'issue'
                ? await entitiesOf(event.arn!)
                : {};
            described.set(event.arn!, {
              key: keyOf(event),
              entry: { event, eventDescription: one.eventDescription, ...ours },
            });
          }
          failed.push(...(answer.failedSet ?? []).map((one) => one.eventArn ?? ''));
          // What is left of before are old words about an event that has new ones.
          for (const event of some)
            if (described.get(event.arn!)?.key !== keyOf(event)) described.delete(event.arn!);
        }
        return failed;
      }

      const wanted = { eventTypeCategories: ['issue', 'investigation', 'scheduledChange'] } as const;
      const open = await events({
        eventTypeCategories: [...wanted.eventTypeCategories],
        eventStatusCodes: ['open', 'upcoming'],
      });
      const closed = await events({
        eventTypeCategories: ['issue', 'investigation'],
        eventStatusCodes: ['closed'],
        lastUpdatedTimes: [{ from: new Date(clock.now() - CLOSED_MS) }],
      });
      const failed = await describe(open.events);
      const here = new Set(open.events.map((event) => event.arn!));
      for (const arn of described.keys()) if (!here.has(arn)) described.delete(arn);
      return JSON.stringify({
        successfulSet: open.events.flatMap((event) => described.get(event.arn!)?.entry ?? []),
        events: [...open.events.filter((event) => !described.has(event.arn!)), ...closed.events],
        failedSet: failed.map((eventArn) => ({ eventArn })),
        ...(open.leftOut ? { leftOut: open.events.length } : {}),
      });
    },
  };
}
