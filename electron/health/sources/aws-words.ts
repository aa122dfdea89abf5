// The vocabulary of AWS's public feeds: severity codes, `<service>-<region>` keys, and the [RESOLVED] prefix.
import { findRegion } from '../../../shared/health/regions.ts';
import type { State } from '../../../shared/health/types.ts';
import { plainLine } from './reading/html.ts';
import type { Problems } from './reading/problems.ts';

export interface Severity {
  readonly state: State;
  readonly informational: boolean;
}

const plain = (state: State): Severity => ({ state, informational: false });

/** 0 normal, 1 informational, 2 degraded, 3 disruption; inferred from the texts of recorded events. */
const CODES: ReadonlyMap<string, Severity> = new Map([
  ['0', plain('operational')],
  ['1', { state: 'degraded', informational: true }],
  ['2', plain('degraded')],
  ['3', plain('major-outage')],
]);

/** State of a severity code, number or string. An unknown one is `unknown` and a problem. */
export function severityOf(code: unknown, what: string, problems: Problems): Severity {
  const known =
    typeof code === 'string' || typeof code === 'number' ? CODES.get(String(code).trim()) : undefined;
  if (known !== undefined) return known;
  problems.unknownCode(what, code);
  return plain('unknown');
}

/** Services that AWS runs once for all regions; their keys carry no region. */
const GLOBAL_SERVICES: ReadonlySet<string> = new Set([
  'billingconsole',
  'chime',
  'cloudfront',
  'cloudwan',
  'globalaccelerator',
  'health',
  'iam',
  'management-console',
  'marketplace',
  'organizations',
  'route53',
  'shield',
  'supportcenter',
  'trustedadvisor',
]);

const KEY =
  /^(.+?)-((?:[a-z]{2}|eusc)(?:-(?:gov|iso[a-z]?|de))?-(?:north|south|east|west|central)(?:east|west)?-\d{1,2})$/;

/**
 * `management-console-us-gov-west-1` -> service `management-console`, region `us-gov-west-1`. Services have hyphens too, so the
 * region is taken from the end. `s3-us-standard` is us-east-1. A key without a region is `global` when the service is global,
 * else `region` (the region of the event that names it).
 */
export function splitKey(key: string, region = 'global'): { service: string; region: string } {
  const cleaned = plainLine(key, 160).toLowerCase();
  if (cleaned === 's3-us-standard') return { service: 's3', region: 'us-east-1' };
  const parts = KEY.exec(cleaned);
  if (parts !== null) return { service: parts[1]!, region: parts[2]! };
  return { service: cleaned, region: GLOBAL_SERVICES.has(cleaned) ? 'global' : region };
}

/** Region of `arn:aws:health:<region>::event/...`; `global` when it names none. */
export function regionOfArn(arn: string): string {
  const region = plainLine(arn.split(':')[3] ?? '', 60).toLowerCase();
  return region === '' ? 'global' : (findRegion('aws', region)?.code ?? region);
}

const RESOLVED = /^\s*\[\s*resolved\s*\]\s*/i;

export const isResolvedTitle = (title: string): boolean => RESOLVED.test(title);

/** Title without the [RESOLVED] prefix (sometimes twice), so that an event keeps its title to the end. */
export function plainTitle(title: string): string {
  let value = plainLine(title);
  while (RESOLVED.test(value)) value = value.replace(RESOLVED, '');
  return value === '' ? 'Event without a title' : value;
}
