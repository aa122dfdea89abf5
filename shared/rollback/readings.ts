// Readings: the last words of probes, feeds, alerts and people about targets, and the history that decisions look at.
// Times are plan time in milliseconds; in entries they stand as instants.
import type { State } from '../health/types.ts';
import { toInstant } from '../time/clock.ts';
import { plainName } from '../topology/live.ts';
import type { Plan } from './plan.ts';

export type Reading = {
  /** `probe:NAME`, `feed:NAME`, `alert`, `person`. */
  readonly source: string;
  readonly target: string;
  /** When it was heard; plan time, milliseconds. */
  readonly at: number;
  readonly excerpt?: string;
  /** Came as late news or with an acceptance: it stands in a baseline though it was not there at the start. */
  readonly late?: boolean;
} & (
  | {
      readonly type: 'probe';
      readonly name: string;
      /** Percent. */
      readonly errors: number;
      /** Tries since this source's reading before. */
      readonly tries: number;
      /** Milliseconds. */
      readonly p95?: number;
    }
  | {
      readonly type: 'feed';
      /** null: the provider speaks of the region as a whole. */
      readonly service: string | null;
      readonly health: State;
      /** When the provider says that it began; null when it does not say. Plan time. */
      readonly began: number | null;
    }
  | { readonly type: 'alert'; readonly labels: Readonly<Record<string, string>>; readonly firing: boolean }
  | { readonly type: 'person'; readonly health: State; readonly by: string }
);

export type FeedReading = Extract<Reading, { type: 'feed' }>;
export type ProbeReading = Extract<Reading, { type: 'probe' }>;

/** A target's readings at one moment: one per source (per service of a feed, per label set of alerts). */
export interface Baseline {
  readonly at: number;
  readonly readings: readonly Reading[];
}

/** History per target, oldest first. What a service keeps of `health.db` and a rehearsal of its script. */
export interface Book {
  of(target: string): readonly Reading[];
}

/** A book over plain lists; `add` keeps order of hearing. */
export function createBook(
  lists: Map<string, Reading[]> = new Map(),
): Book & { add(reading: Reading): void } {
  return {
    of: (target) => lists.get(target) ?? [],
    add(reading) {
      const list = lists.get(reading.target);
      if (list) list.push(reading);
      else lists.set(reading.target, [reading]);
    },
  };
}

/** Nobody heard anything. */
export const silence: Book = { of: () => [] };

/**
 * A source of ours that says something: a provider's word can trip and can hold, it can never pass a gate, and a probe that
 * has tried nothing has seen nothing.
 */
export const ours = (reading: Reading): boolean =>
  reading.type === 'probe' ? reading.tries > 0 : reading.type !== 'feed';

export const labelsKey = (labels: Readonly<Record<string, string>>): string =>
  Object.keys(labels)
    .sort()
    .map((key) => `${key}=${labels[key]}`)
    .join(',');

export function seriesKey(reading: Reading): string {
  if (reading.type === 'feed') return `${reading.source}|${reading.service ?? ''}`;
  if (reading.type === 'alert') return `alert|${labelsKey(reading.labels)}`;
  return reading.source;
}

interface Asked {
  readonly since: number;
  readonly now: number;
  readonly baseline?: Baseline;
  readonly state?: { readonly plan: Plan };
}

/**
 * Was the reading heard after `since`, up to now? One of the very moment at which the baseline was taken counts when it is no
 * part of it: it was heard after. (The baseline of a phased deployment is health; it does not say what was heard.)
 */
export function counts({ since, now, baseline, state }: Asked, reading: Reading): boolean {
  if (reading.at > now) return false;
  if (reading.at !== since || baseline?.at !== since || state?.plan.kind === 'phased-deployment')
    return reading.at > since;
  const key = seriesKey(reading);
  return !baseline.readings.some((one) => one.at === reading.at && seriesKey(one) === key);
}

/** The last reading of each series up to and with `until`. */
export function lastOfEach(readings: readonly Reading[], until = Number.POSITIVE_INFINITY): Reading[] {
  const last = new Map<string, Reading>();
  for (const reading of readings) if (reading.at <= until) last.set(seriesKey(reading), reading);
  return [...last.values()];
}

export const snapshot = (book: Book, target: string, now: number): Baseline => ({
  at: now,
  readings: lastOfEach(book.of(target), now).filter((reading) => reading.type !== 'alert' || reading.firing),
});

/** The last reading of ours; undefined when there never was one. */
export function lastOwn(readings: readonly Reading[], until = Number.POSITIVE_INFINITY): Reading | undefined {
  for (let i = readings.length - 1; i >= 0; i--) {
    const reading = readings[i]!;
    if (ours(reading) && reading.at <= until) return reading;
  }
  return undefined;
}

/** Has the target a reading of ours that is no older than `stale`? */
export function isFresh(readings: readonly Reading[], now: number, stale: number): boolean {
  const last = lastOwn(readings, now);
  return last !== undefined && now - last.at <= stale;
}

/** The provider of a target, and the region's code: `aws/us-east-1/cell-2` is of `aws` in `us-east-1`. */
export function placeOf(target: string): { provider: string; region: string } {
  const [provider = '', region = ''] = target.split('/');
  return region ? { provider, region } : { provider: '', region: provider };
}

/** A provider written in front of a service; what else stands before a slash belongs to the name (`Pub/Sub`). */
const OF_PROVIDER = /^(aws|gcp|azure|oci|cloudflare|github|fastly)\//;

/** A service without its provider in front, in small letters. */
function ownName(service: string, provider: string): string {
  const name = service.toLowerCase();
  const of = `${provider.toLowerCase()}/`;
  return of.length > 1 && name.startsWith(of) ? name.slice(of.length) : name.replace(OF_PROVIDER, '');
}

/** One name for one service, however a feed writes it: `Cloud Run`, `cloud-run`; `Amazon DynamoDB`, `aws/dynamodb`. */
export function serviceKey(service: string | null, target: string): string {
  const name = ownName(service ?? '', placeOf(target).provider);
  return plainName(name) || name;
}

/** Does the system lean on this service of the target's provider (rule 2a)? A word about the region as a whole counts. */
export function leansOn(
  plan: Plan,
  watch: readonly string[],
  target: string,
  service: string | null,
): boolean {
  if (!service) return true;
  const wanted = service.toLowerCase();
  const { provider } = placeOf(target);
  if (wanted === plan.change.system.toLowerCase()) return true;
  const key = serviceKey(service, target);
  return watch.some((entry) => {
    const name = entry.toLowerCase();
    if (name === wanted) return true;
    const cut = name.indexOf('/');
    if (cut < 0) return serviceKey(name, target) === key;
    const of = name.slice(0, cut);
    const sameProvider = wanted.startsWith(`${of}/`) || of === provider.toLowerCase();
    // `gcp/pub-sub` and `gcp/Pub/Sub`; `aws/us-east-1/dynamodb` names a region, too.
    const rest = name.slice(cut + 1);
    const names = [rest, rest.slice(rest.lastIndexOf('/') + 1)];
    return sameProvider && names.some((one) => serviceKey(one, target) === key);
  });
}

const REGION_LABELS = ['region', 'target', 'cloud_region', 'location'];
const SERVICE_LABELS = ['service', 'system', 'app'];

/** The target that an alert belongs to by its region and service labels; null: it is evidence, never a trip (rule 2). */
export function targetOfAlert(
  plan: Plan,
  watch: readonly string[],
  labels: Readonly<Record<string, string>>,
): string | null {
  const region = REGION_LABELS.map((key) => labels[key]).find((value) => value !== undefined);
  const service = SERVICE_LABELS.map((key) => labels[key]).find((value) => value !== undefined);
  if (region === undefined || service === undefined) return null;
  const provider = labels['provider'] ?? labels['cloud'];
  const target = plan.targets.find(
    (id) =>
      id === region ||
      (placeOf(id).region === region && (provider === undefined || placeOf(id).provider === provider)),
  );
  if (target === undefined) return null;
  const probes = probesOf(plan);
  return leansOn(plan, watch, target, service) || probes.includes(service) ? target : null;
}

/** Names of the probes that the plan's rules speak of. */
export function probesOf(plan: Plan): string[] {
  const names = new Set<string>();
  for (const rule of plan.breaker.trip) if ('probe' in rule) names.add(rule.probe);
  for (const rule of plan.success ?? []) if ('probe' in rule) names.add(rule.probe);
  if (plan.data) names.add(plan.data.probe);
  return [...names];
}

/** Does a label set meet `severity=critical, team!=web, name=~check.*`? */
export function matches(matcher: string, labels: Readonly<Record<string, string>>): boolean {
  return matcher.split(',').every((part) => {
    const hit = /^\s*([^=!~\s]+)\s*(=~|!=|=)\s*"?([^"]*?)"?\s*$/.exec(part);
    if (!hit) return false;
    const value = labels[hit[1] ?? ''] ?? '';
    const wanted = hit[3] ?? '';
    if (hit[2] === '=') return value === wanted;
    if (hit[2] === '!=') return value !== wanted;
    // Only the star of Alertmanager's common matchers; a full expression could stall the machine.
    return wanted.split('|').some((one) => globMatches(one, value));
  });
}

function globMatches(pattern: string, value: string): boolean {
  const parts = pattern.replace(/\.\*/g, '*').split('*');
  if (parts.length === 1) return parts[0] === value;
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  if (!value.startsWith(first) || !value.slice(first.length).endsWith(last)) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const next = value.indexOf(part, at);
    if (next < 0) return false;
    at = next + part.length;
  }
  return at <= value.length - last.length;
}

/** As it stands in an entry's body: instants instead of numbers. */
export function toStored(reading: Reading): Record<string, unknown> {
  const { at, ...rest } = reading;
  const stored: Record<string, unknown> = { ...rest, at: toInstant(at) };
  if (reading.type === 'feed') stored['began'] = reading.began === null ? null : toInstant(reading.began);
  return stored;
}

/** Back from a body; what is not a reading is left out. */
export function fromStored(value: unknown): Reading[] {
  if (!Array.isArray(value)) return [];
  const readings: Reading[] = [];
  for (const one of value) {
    if (!one || typeof one !== 'object' || typeof one.at !== 'string' || typeof one.source !== 'string')
      continue;
    const at = Date.parse(one.at);
    if (Number.isNaN(at)) continue;
    if (one.type === 'feed') {
      const began = typeof one.began === 'string' ? Date.parse(one.began) : Number.NaN;
      readings.push({ ...one, at, began: Number.isNaN(began) ? null : began });
    } else if (one.type === 'probe' || one.type === 'alert' || one.type === 'person')
      readings.push({ ...one, at });
  }
  return readings;
}

/** The present readings of each target, as passes and bakes carry them (rule 9a). */
export const storedReadings = (
  book: Book,
  targets: readonly string[],
  now: number,
): Record<string, Record<string, unknown>[]> =>
  Object.fromEntries(targets.map((id) => [id, snapshot(book, id, now).readings.map(toStored)]));
