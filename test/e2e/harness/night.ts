// A night that a spec controls: a pack with a plan of 5 waves over 40 targets, a probe of each target, and AWS's page, all served
// on loopback. A target answers well or badly as the spec says; the page replays a small outage in the form that AWS publishes.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const WAVES_OF = [
  ['canary', 'aws/ca-west-1 gcp/europe-north1'],
  ['wave 1', 'aws/eu-west-1 aws/us-east-2 gcp/europe-west1 aws/ap-south-1'],
  [
    'wave 2',
    'aws/eu-west-2 aws/eu-west-3 aws/eu-north-1 aws/ap-southeast-1 aws/ap-southeast-2 gcp/europe-west3 gcp/asia-east1 gcp/us-west1',
  ],
  [
    'wave 3',
    'aws/eu-south-1 aws/eu-south-2 aws/eu-central-2 aws/ap-northeast-1 aws/ap-northeast-2 aws/ap-northeast-3 aws/ap-south-2 aws/ca-central-1 aws/me-central-1 gcp/europe-west4 gcp/asia-northeast1 gcp/us-east4',
  ],
  [
    'the rest',
    'aws/us-east-1 aws/us-west-1 aws/us-west-2 aws/eu-central-1 aws/sa-east-1 aws/af-south-1 aws/ap-east-1 aws/ap-southeast-3 aws/ap-southeast-4 aws/il-central-1 gcp/us-central1 gcp/asia-southeast1 gcp/australia-southeast1 gcp/southamerica-east1',
  ],
] as const;

export interface NightWave {
  readonly name: string;
  readonly targets: readonly string[];
}
/** Two canaries, then 4, 8, 12 and 14. */
export const WAVES: readonly NightWave[] = WAVES_OF.map(([name, targets]) => ({
  name,
  targets: targets.split(' '),
}));
export const TARGETS: readonly string[] = WAVES.flatMap((wave) => wave.targets);

export interface NightPlan {
  /** Bakes, as the plan writes them: one for all waves. */
  readonly bake: string;
  readonly stale: string;
  /** The canaries have names as long as a cell's can be. */
  readonly long?: boolean;
}

const LONG: Readonly<Record<string, string>> = {
  'aws/ca-west-1': 'aws/ca-west-1/payments-cell-of-the-western-provinces-number-17-blue',
  'gcp/europe-north1': 'gcp/europe-north1/payments-cell-of-the-northern-countries-number-18-green',
};

const wavesOf = ({ long }: NightPlan): readonly NightWave[] =>
  WAVES.map(({ name, targets }) => ({
    name,
    targets: targets.map((id) => (long ? (LONG[id] ?? id) : id)),
  }));

const planText = (plan: NightPlan, waves: readonly NightWave[]): string => `---
kind: rollback
title: Roll back checkout-api in every region
owner: payments
change: { system: checkout-api, from: 4.18.0, to: 4.17.3, deployedAt: 2026-10-20T07:44:00Z, schema: reversible }
targets: [${waves.flatMap((wave) => wave.targets).join(', ')}]
watch: [aws/dynamodb]
waves:
${waves.map(({ name, targets }, i) => `  - { name: ${name}, targets: [${targets.join(', ')}], bake: ${plan.bake}, gate: ${i === waves.length - 1 ? 'manual' : 'health'} }`).join('\n')}
breaker:
  trip:
    - { health: worse-than-baseline }
    - { probe: checkout, errors: "> 5%", margin: 5, min: 5 }
  stale: ${plan.stale}
  retry: 5s
  cool: 5s
---

# Roll back checkout-api in every region

## Prepare each target

1. Freeze deployments {expect: 1m}

   \`\`\`sh
   deployctl freeze --system checkout-api --region {{region}}
   \`\`\`

## Each target

1. Roll back {expect: 4m}

   \`\`\`sh
   deployctl release --system checkout-api --version {{to}} --region {{region}}
   \`\`\`

   Expect: every instance reports 4.17.3.
2. Verify the first hundred checkouts {expect: 5m}

## Revert a target

1. Put 4.18.0 back {expect: 6m}
`;

const keyOf = (target: string): string => target.replaceAll('/', '-').slice(0, 50);

const probesText = (url: string, targets: readonly string[]): string =>
  `version: 1\nprobes:\n${targets
    .map(
      (target) =>
        `  checkout-${keyOf(target)}: { name: "Checkout, ${target}", region: ${target}, service: checkout, http: "${url}/checkout/${target}", every: 5s, timeout: 10s }`,
    )
    .join('\n')}\n`;

const feedsText = (url: string): string => `version: 1
feeds:
  aws-page:
    name: AWS, replayed
    provider: aws
    kind: aws-currentevents
    url: ${url}/public/currentevents
    every: 15s
    staleAfter: 3m
`;

export type Frame = 'clear' | 'outage' | 'recovered';

export interface Night {
  /** The pack's folder; its runbooks are found as soon as it is added. */
  readonly folder: string;
  readonly url: string;
  /** Every target, in the order of the waves. */
  readonly targets: readonly string[];
  /** Targets whose checkout fails from now on. */
  readonly failing: Set<string>;
  /** What AWS's page says from now on; the outage begins with the next second. */
  replay(frame: Frame): void;
  /** How often a target was asked. */
  asked(target: string): number;
  close(): Promise<void>;
}

/** The recording's own first second. */
const RECORDED = 1_760_937_060;

/** AWS publishes UTF-16, big end first. */
function utf16be(text: string): Buffer {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return bytes.swap16();
}

async function frames(): Promise<Record<Frame, string>> {
  const path = join(import.meta.dirname, '..', '..', 'fixtures', 'outage', 'aws-currentevents.json');
  const list = JSON.parse(await readFile(path, 'utf8')) as { frame: Frame; events: unknown }[];
  return Object.fromEntries(list.map((one) => [one.frame, JSON.stringify(one.events)])) as Record<
    Frame,
    string
  >;
}

/** Times of the recording, moved so that it begins at `from` (seconds). Both of AWS's ways to write them are in it. */
const moved = (text: string, from: number): string =>
  text.replace(/\b1760937\d{3}(\d{3})?\b/g, (found) =>
    found.length > 10
      ? String((from - RECORDED) * 1000 + Number(found))
      : String(from - RECORDED + Number(found)),
  );

export async function startNight(plan: NightPlan): Promise<Night> {
  const recorded = await frames();
  const waves = wavesOf(plan);
  const targets = waves.flatMap((wave) => wave.targets);
  const failing = new Set<string>();
  const asked = new Map<string, number>();
  let page = recorded.clear;
  let began = 0;
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    if (path === '/public/currentevents') {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(utf16be(page));
      return;
    }
    const target = /^\/checkout\/(.+)$/.exec(path)?.[1] ?? '';
    asked.set(target, (asked.get(target) ?? 0) + 1);
    response.writeHead(failing.has(target) ? 503 : 200, { 'content-type': 'text/plain' });
    response.end(failing.has(target) ? 'no' : 'ok');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const folder = await mkdtemp(join(tmpdir(), 'bulkhead-night-'));
  await mkdir(join(folder, 'runbooks'));
  await writeFile(join(folder, 'feeds.yaml'), feedsText(url));
  await writeFile(join(folder, 'probes.yaml'), probesText(url, targets));
  await writeFile(join(folder, 'runbooks', 'rollback.md'), planText(plan, waves));
  return {
    folder,
    url,
    targets,
    failing,
    replay(frame) {
      if (frame === 'outage') began = Math.ceil(Date.now() / 1000);
      page = moved(recorded[frame], began);
    },
    asked: (target) => asked.get(target) ?? 0,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
