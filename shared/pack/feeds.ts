// feeds.yaml of a pack: feeds beside the built-in ones, the paths that they go over, and where changes are read from.
// Published as schemas/feeds.schema.json.
import { z } from 'zod';
import { STATES } from '../health/types.ts';
import { duration, someDuration, toMs } from './duration.ts';
import { type FileProblem, readYaml } from './yaml.ts';

const words = (max: number) => z.string().min(1).max(max);
const state = z.enum(STATES);
/** The key of a feed or probe within its file. */
export const key = z
  .string()
  .regex(/^[A-Za-z0-9][\w.-]{0,59}$/, 'a key has letters, digits, dots, dashes and underscores, 60 at most');

export const httpUrl = z
  .string()
  .max(4096)
  .regex(/^[hH][tT][tT][pP][sS]?:\/\/[^\s]+$/, 'an address that begins with http:// or https://');

const labels = (byDefault: string, more = '') =>
  z
    .array(words(120))
    .min(1)
    .max(20)
    .optional()
    .describe(
      `Alertmanager: the first label that an alert carries decides; default ${byDefault}${more === '' ? '' : `; ${more}`}`,
    );

const mapping = z
  .strictObject({
    region: words(120).optional(),
    service: words(200).optional(),
    regions: z
      .array(z.strictObject({ contains: words(200), region: words(120) }))
      .max(200)
      .optional(),
    services: z
      .array(z.strictObject({ contains: words(200), service: words(200) }))
      .max(200)
      .optional(),
    states: z
      .array(z.strictObject({ contains: words(200), state }))
      .max(200)
      .optional(),
    resolved: z.array(words(200)).max(60).optional(),
    providerLabels: labels(
      'provider, cloud, cloud_provider',
      'an alert without any belongs to the provider of the feed',
    ),
    providers: z
      .record(z.string(), words(120))
      .optional()
      .describe(
        'Value of the provider label to the key of the provider, where they differ; amazon, google, microsoft and oracle are known',
      ),
    regionLabels: labels(
      'region, cloud_region, aws_region, gcp_region, azure_region, datacenter, zone and others',
    ),
    serviceLabels: labels('service, service_name, app, application, component, job, alertname and others'),
    severityLabels: labels('severity, level, priority'),
    severities: z.record(z.string(), state).optional().describe('Value of the severity label to state'),
    watchdog: words(200)
      .optional()
      .describe("The alert that fires always, the dead man's switch; default Watchdog"),
  })
  .describe('How words of a generic feed or labels of alerts become regions, services and states');

export const feedsSchema = z.strictObject({
  version: z.literal(1).default(1),
  paths: z
    .record(
      key,
      z.strictObject({
        references: z
          .array(
            z.strictObject({
              name: words(120),
              url: httpUrl,
              status: z.number().int().min(200).max(599).default(200),
              body: z
                .string()
                .max(1000)
                .default('')
                .describe('Text that must be in the answer; empty: an empty answer'),
            }),
          )
          .min(1)
          .max(8),
      }),
    )
    .default({})
    .describe(
      'A way out other than the internet, a VPN; lost when nearly everything on it fails and its references do',
    ),
  feeds: z
    .record(
      key,
      z.strictObject({
        name: words(120).optional(),
        kind: words(60).optional().describe('Default: recognised from the address'),
        provider: words(120).describe('Key of the provider: aws, gcp, github, own'),
        url: httpUrl.optional(),
        folder: words(1000)
          .optional()
          .describe(
            'Instead of url: a folder of JSON files, one event each, within the pack or a whole path (AWS Health over EventBridge)',
          ),
        awsHealth: words(120)
          .optional()
          .describe(
            'Instead of url: ask the AWS Health API with the credentials of this AWS profile; `default` takes what the environment names (needs a Business or Enterprise support plan)',
          ),
        every: duration(15_000, 3_600_000, '60s'),
        staleAfter: duration(30_000, 24 * 3_600_000, '5m'),
        hold: someDuration(
          0,
          3_600_000,
          'How long a state must hold before it becomes a signal; default: two polls',
        ).optional(),
        path: key.optional().describe('A name of `paths`, `internet`, or `none`; default: by the address'),
        mapping: mapping.optional(),
      }),
    )
    .default({}),
  changes: z
    .array(
      z.union([
        z.strictObject({ file: words(1000).describe('JSON lines or CSV, within the pack or a whole path') }),
        z.strictObject({
          folder: words(1000).describe('GitHub and GitLab deployment payloads, one JSON file each'),
        }),
      ]),
    )
    .max(20)
    .default([]),
});

export type FeedMappingSpec = z.output<typeof mapping>;

export interface PackFeed {
  readonly key: string;
  readonly name: string;
  /** Null: recognised from the address. */
  readonly kind: string | null;
  readonly provider: string;
  /** One of the three is there. */
  readonly url: string | null;
  readonly folder: string | null;
  /** AWS profile. */
  readonly awsHealth: string | null;
  readonly intervalMs: number;
  readonly staleAfterMs: number;
  /** How long a state must hold before it becomes a signal; null: two polls. */
  readonly holdMs: number | null;
  readonly path: string | null;
  readonly mapping: FeedMappingSpec | null;
}

export interface PackReference {
  readonly name: string;
  readonly url: string;
  readonly status: number;
  readonly body: string;
}

export interface PackFeeds {
  readonly feeds: readonly PackFeed[];
  readonly paths: ReadonlyMap<string, readonly PackReference[]>;
  readonly changes: readonly ({ readonly file: string } | { readonly folder: string })[];
}

/** Names of paths that need no definition. */
const KNOWN_PATHS: ReadonlySet<string> = new Set(['internet', 'none']);

/** Never throws. `kindOf`: the kind that an address belongs to, or the name itself when it is one; null when it is none. */
export function parseFeeds(
  text: string,
  kindOf: (kind: string | null, url: string) => string | null,
): { readonly value: PackFeeds | null; readonly problems: readonly FileProblem[] } {
  const read = readYaml(text, feedsSchema);
  if (read.value === null) return { value: null, problems: read.problems };
  const { feeds, paths, changes } = read.value;
  const problems: FileProblem[] = [];
  const report = (path: readonly PropertyKey[], words: string): void => {
    problems.push({ ...read.at(path), text: words });
  };
  const places = (...path: string[]): string => JSON.stringify(read.at(path));
  /** A key that is not there has the place of what it would be in. */
  const wrote = (name: string, what: string): boolean =>
    places('feeds', name, what) !== places('feeds', name);
  const found: PackFeed[] = [];
  for (const [name, one] of Object.entries(feeds)) {
    const given = [one.url, one.folder, one.awsHealth].filter((place) => place !== undefined).length;
    const kind =
      one.folder === undefined && one.awsHealth === undefined
        ? kindOf(one.kind ?? null, one.url ?? '')
        : kindOf(one.kind ?? 'aws-health-event', '');
    if (given !== 1) report(['feeds', name], 'a feed has one of url, folder and awsHealth');
    else if (one.awsHealth !== undefined && (one.kind ?? 'aws-health-event') !== 'aws-health-event')
      report(['feeds', name, 'kind'], 'the AWS Health API is of the kind aws-health-event; leave kind out');
    else if (kind === null)
      report(
        one.kind === undefined ? ['feeds', name, 'url'] : ['feeds', name, 'kind'],
        one.kind === undefined
          ? `the kind of ${one.url} is not recognised from its address; say it with kind`
          : `there is no kind of feed ${JSON.stringify(one.kind)}; "bulkhead feed kinds" lists them`,
      );
    if (one.path !== undefined && !KNOWN_PATHS.has(one.path) && !Object.hasOwn(paths, one.path))
      report(['feeds', name, 'path'], `there is no path ${JSON.stringify(one.path)} in this file`);
    if (toMs(one.staleAfter) < toMs(one.every))
      report(
        ['feeds', name, wrote(name, 'staleAfter') ? 'staleAfter' : 'every'],
        `staleAfter (${one.staleAfter}${wrote(name, 'staleAfter') ? '' : ' unless said'}) is shorter than every (${one.every}): it would always be stale`,
      );
    found.push({
      key: name,
      name: one.name ?? name,
      kind,
      provider: one.provider,
      url: one.url ?? null,
      folder: one.folder ?? null,
      awsHealth: one.awsHealth ?? null,
      intervalMs: toMs(one.every),
      staleAfterMs: toMs(one.staleAfter),
      holdMs: one.hold === undefined ? null : toMs(one.hold),
      path: one.path ?? null,
      mapping: one.mapping ?? null,
    });
  }
  if (problems.length > 0) return { value: null, problems };
  const references = new Map(Object.entries(paths).map(([name, one]) => [name, one.references]));
  return { value: { feeds: found, paths: references, changes }, problems: [] };
}
