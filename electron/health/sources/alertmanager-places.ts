// Where an alert is: the provider, region and service that its labels name. One Prometheus often watches several clouds, and every
// team names its labels differently; the mapping of a pack comes first, then the names that are in use.
import { findRegion, regionsOf } from '../../../shared/health/regions.ts';
import type { Place } from '../../../shared/health/types.ts';
import type { FeedMapping } from './kind.ts';
import { plainLine } from './reading/html.ts';
import { type Fields, text } from './reading/json.ts';

const PROVIDER_LABELS = ['provider', 'cloud', 'cloud_provider'];
const REGION_LABELS = [
  'region',
  'cloud_region',
  'aws_region',
  'gcp_region',
  'azure_region',
  'topology_kubernetes_io_region',
  'label_topology_kubernetes_io_region',
  'datacenter',
  'dc',
  'location',
  'site',
];
/** Zones within a region: the region is what is left without their letter. */
const ZONE_LABELS = ['availability_zone', 'cloud_availability_zone', 'topology_kubernetes_io_zone', 'zone'];
const SERVICE_LABELS = [
  'service',
  'service_name',
  'app',
  'app_kubernetes_io_name',
  'application',
  'component',
  'job',
  'alertname',
];

/** Names that people write for the providers of the catalogue. */
const PROVIDERS: ReadonlyMap<string, string> = new Map([
  ['amazon', 'aws'],
  ['amazon-web-services', 'aws'],
  ['ec2', 'aws'],
  ['google', 'gcp'],
  ['google-cloud', 'gcp'],
  ['google-cloud-platform', 'gcp'],
  ['googlecloud', 'gcp'],
  ['gce', 'gcp'],
  ['microsoft', 'azure'],
  ['microsoft-azure', 'azure'],
  ['oracle', 'oci'],
  ['oracle-cloud', 'oci'],
]);

/** The alert's name and its job say nothing of where it belongs, unless a mapping says that they do. */
const NO_PLACE: ReadonlySet<string> = new Set(['job', 'alertname']);

/** What is kept of an alert's labels: enough for any rule, bounded. */
const MAX_LABELS = 40;
const MAX_LABEL = 300;

/**
 * All labels of an alert, for rules that ask for them. `provider`, `region` and `service` stand as they are known here, so that a
 * plan finds its target; what is only a fallback for the board (global, the alert's name) does not: such an alert belongs to no
 * target.
 */
export function labelsOf(
  labels: Fields,
  mapping: FeedMapping,
  own: string,
  place: Place,
): Readonly<Record<string, string>> {
  const all: Record<string, string> = {};
  for (const name of Object.keys(labels).sort().slice(0, MAX_LABELS)) {
    const value = text(labels, name);
    if (value !== null) all[plainLine(name, MAX_LABEL)] = plainLine(value, MAX_LABEL);
  }
  const said = firstLabel(labels, mapping.providerLabels ?? PROVIDER_LABELS) !== null;
  if (said || place.provider !== own) all['provider'] = place.provider;
  if (place.region !== 'global' || mapping.region !== undefined) all['region'] = place.region;
  const service = firstLabel(
    labels,
    mapping.serviceLabels ?? SERVICE_LABELS.filter((one) => !NO_PLACE.has(one)),
  );
  const named = service?.value ?? mapping.service;
  if (named !== undefined) all['service'] = plainLine(named, 160);
  return all;
}

/** A label that names its provider itself: `aws_region`. */
const OF_LABEL = /^(aws|gcp|azure|oci)_/;

interface Found {
  readonly label: string;
  readonly value: string;
}

/** The first of some labels that an alert carries. A value of which no plain text is left (`<b></b>`) is none. */
export function firstLabel(labels: Fields, names: readonly string[]): Found | null {
  for (const label of names) {
    const value = text(labels, label)?.trim();
    if (value && plainLine(value, 120) !== '') return { label, value };
  }
  return null;
}

const keyOf = (value: string): string =>
  plainLine(value, 120)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');

function providerOf(labels: Fields, region: Found | null, mapping: FeedMapping, own: string): string {
  const said = firstLabel(labels, mapping.providerLabels ?? PROVIDER_LABELS);
  if (said !== null) {
    const { value } = said;
    const mapped =
      mapping.providers !== undefined && Object.hasOwn(mapping.providers, value)
        ? mapping.providers[value]
        : undefined;
    const key = mapped ?? keyOf(value);
    if (key !== '') return mapped ?? PROVIDERS.get(key) ?? key;
  }
  return OF_LABEL.exec(region?.label ?? '')?.[1] ?? own;
}

/** In the provider's own spelling where it is known: `US East (N. Virginia)` is us-east-1, the zone `us-east-1a` as well. */
function regionOf(found: Found | null, zone: Found | null, provider: string, byDefault: string): string {
  if (found !== null) {
    const value = plainLine(found.value, 120);
    return findRegion(provider, value)?.code ?? value;
  }
  if (zone === null) return byDefault;
  const value = plainLine(zone.value, 120);
  // us-east-1a, us-central1-a, eastus-1: what remains must be a region, or the zone is all that is known.
  const short = value.replace(/-?[a-z0-9]$/i, '');
  return findRegion(provider, value)?.code ?? findRegion(provider, short)?.code ?? value;
}

/** `own`: the provider that the feed was configured for, which counts where no label names another. */
export function placeOf(labels: Fields, mapping: FeedMapping, own: string, name: string): Place {
  const region = firstLabel(labels, mapping.regionLabels ?? REGION_LABELS);
  const provider = providerOf(labels, region, mapping, own);
  // A zone tells the region of a provider whose regions are known; of others it would be a region that nobody knows.
  const zone =
    region === null && mapping.regionLabels === undefined && regionsOf(provider).length > 0
      ? firstLabel(labels, ZONE_LABELS)
      : null;
  const service = firstLabel(labels, mapping.serviceLabels ?? SERVICE_LABELS);
  return {
    provider,
    region: regionOf(region, zone, provider, plainLine(mapping.region ?? '', 120) || 'global'),
    service: plainLine(service?.value ?? mapping.service ?? name, 160) || 'alert',
  };
}
