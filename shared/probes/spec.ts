// probes.yaml of a pack: what we try ourselves, from where we stand, for which place. Published as schemas/probes.schema.json.
import { z } from 'zod';
import { duration, toMs } from '../pack/duration.ts';
import { httpUrl, key } from '../pack/feeds.ts';
import { type FileProblem, readYaml } from '../pack/yaml.ts';
import { probeText } from '../text/probes.ts';
import { parseJsonPath } from './json-path.ts';

const words = (max: number) => z.string().min(1).max(max);
const host = z
  .string()
  .max(253)
  .regex(/^[^\s/@]+$/, 'a host name or address, without a scheme');

const common = {
  name: words(120).optional(),
  region: words(240).describe('provider/region that it speaks of'),
  service: words(200).optional().describe('What it tries; default: the key'),
  every: duration(5000, 3_600_000, '30s'),
  timeout: duration(100, 60_000, '10s'),
  retries: z
    .number()
    .int()
    .min(0)
    .max(5)
    .default(0)
    .describe('Tries more within one check before it counts as failed'),
  failAfter: z
    .number()
    .int()
    .min(1)
    .max(20)
    .default(2)
    .describe('Failed checks in a row until it is an outage'),
  wellAfter: z
    .number()
    .int()
    .min(1)
    .max(20)
    .default(2)
    .describe('Good checks in a row until it is well again'),
  slowAfter: duration(1, 60_000, '60s', 'An answer slower than this is degraded'),
  path: key
    .optional()
    .describe('A name of `paths` in feeds.yaml, `internet`, or `none`; default: by the address'),
};

const http = z.strictObject({
  ...common,
  http: httpUrl,
  status: z
    .union([z.number().int().min(100).max(599), z.array(z.number().int().min(100).max(599)).min(1).max(20)])
    .default(200),
  body: words(1000).optional().describe('Text that must be in the answer'),
  json: z
    .strictObject({
      path: words(300).describe('`$.checks[0].status`'),
      equals: z.union([z.string().max(1000), z.number(), z.boolean(), z.null()]),
    })
    .optional(),
  certificateDays: z
    .number()
    .int()
    .min(0)
    .max(365)
    .default(14)
    .describe('Degraded when it expires within so many days'),
});
const tcp = z.strictObject({ ...common, tcp: host, port: z.number().int().min(1).max(65_535) });
const dns = z.strictObject({
  ...common,
  dns: host,
  record: z.enum(['A', 'AAAA', 'CNAME', 'MX', 'TXT', 'NS']).default('A'),
  expect: words(300).optional().describe('Must be among the answers'),
  server: host.optional().describe('Asks this server instead of the system'),
});

export const probesSchema = z.strictObject({
  version: z.literal(1).default(1),
  probes: z.record(key, z.union([http, tcp, dns])),
});

interface ProbeCommon {
  readonly key: string;
  readonly name: string;
  readonly provider: string;
  readonly region: string;
  readonly service: string;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly retries: number;
  readonly failAfter: number;
  readonly wellAfter: number;
  readonly slowMs: number;
  readonly path: string | null;
}
export type ProbeSpec = ProbeCommon &
  (
    | {
        readonly kind: 'http';
        readonly url: string;
        readonly status: readonly number[];
        readonly body: string | null;
        readonly json: { readonly path: string; readonly equals: string | number | boolean | null } | null;
        readonly certificateDays: number;
      }
    | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
    | {
        readonly kind: 'dns';
        readonly host: string;
        readonly record: 'A' | 'AAAA' | 'CNAME' | 'MX' | 'TXT' | 'NS';
        readonly expect: string | null;
        readonly server: string | null;
      }
  );

/** What a probe tries, as people read it. */
export const targetOf = (spec: ProbeSpec): string =>
  spec.kind === 'http'
    ? spec.url
    : spec.kind === 'tcp'
      ? `${spec.host}:${spec.port}`
      : `${spec.record} ${spec.host}`;

type Raw = z.output<typeof probesSchema>['probes'][string];

function particulars(raw: Raw) {
  if ('http' in raw) {
    const { http: url, status, body, json, certificateDays } = raw;
    return {
      kind: 'http' as const,
      url,
      status: typeof status === 'number' ? [status] : status,
      body: body ?? null,
      json: json ?? null,
      certificateDays,
    };
  }
  if ('tcp' in raw) return { kind: 'tcp' as const, host: raw.tcp, port: raw.port };
  return {
    kind: 'dns' as const,
    host: raw.dns,
    record: raw.record,
    expect: raw.expect ?? null,
    server: raw.server ?? null,
  };
}

/** An IPv4 or IPv6 address, with or without a port: a server that has to be looked up itself asks nobody. */
const SERVER =
  /^(?:\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?|[0-9a-f]*:[0-9a-f:.]*:[0-9a-f:.]*|\[[0-9a-f:.]+\](?::\d{1,5})?)$/i;

/** Names of paths that need no definition. */
const KNOWN_PATHS: ReadonlySet<string> = new Set(['internet', 'none']);

/**
 * Never throws. `value` is null when anything is wrong. `paths`: names that the feeds.yaml beside it defines; a probe on another path
 * is tried all the same, and that nobody watches its path is a problem that is said. Null: not known.
 */
export function parseProbes(
  text: string,
  paths: ReadonlySet<string> | null = null,
): {
  readonly value: readonly ProbeSpec[] | null;
  readonly problems: readonly FileProblem[];
} {
  const read = readYaml(text, probesSchema);
  if (read.value === null) return { value: null, problems: read.problems };
  const problems: FileProblem[] = [];
  const report = (path: readonly PropertyKey[], words: string): void => {
    problems.push({ ...read.at(path), text: words });
  };
  const specs = Object.entries(read.value.probes).map(([name, raw]): ProbeSpec => {
    const cut = raw.region.indexOf('/');
    if (cut < 1 || cut === raw.region.length - 1)
      report(['probes', name, 'region'], `${JSON.stringify(raw.region)} is not provider/region`);
    if ('http' in raw && raw.json !== undefined && parseJsonPath(raw.json.path) === null)
      report(
        ['probes', name, 'json', 'path'],
        `${JSON.stringify(raw.json.path)} is not a path like $.checks[0].status`,
      );
    if ('dns' in raw && raw.server !== undefined && !SERVER.test(raw.server))
      report(['probes', name, 'server'], probeText.badServer(raw.server));
    if (toMs(raw.timeout) * (raw.retries + 1) > toMs(raw.every) * 2)
      report(['probes', name, 'timeout'], 'timeout and retries are longer than two intervals');
    return {
      key: name,
      name: raw.name ?? name,
      provider: raw.region.slice(0, cut).trim(),
      region: raw.region.slice(cut + 1).trim(),
      service: raw.service ?? name,
      intervalMs: toMs(raw.every),
      timeoutMs: toMs(raw.timeout),
      retries: raw.retries,
      failAfter: raw.failAfter,
      wellAfter: raw.wellAfter,
      slowMs: toMs(raw.slowAfter),
      path: raw.path ?? null,
      ...particulars(raw),
    };
  });
  if (problems.length > 0) return { value: null, problems };
  const unwatched = specs.flatMap(({ key: name, path }) =>
    path === null || paths === null || KNOWN_PATHS.has(path) || paths.has(path)
      ? []
      : [{ ...read.at(['probes', name, 'path']), text: probeText.noPath(path) }],
  );
  return { value: specs, problems: unwatched };
}
