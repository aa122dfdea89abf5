// Reading the largest recordings against the least that reading them takes: JSON.parse, or one pass of saxes, in the same run.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SaxesParser } from 'saxes';
import { type FeedKindName, parsePayload } from '../../electron/health/sources/index.ts';
import { stopwatch } from '../../electron/time/systemClock.ts';
import { EMPTY_MEMORY } from '../../shared/health/judge-memory.ts';
import { applyPoll } from '../../shared/health/judge-poll.ts';
import { corpus } from '../corpus.ts';

export interface Measured {
  readonly what: string;
  /** Milliseconds, median. */
  readonly value: number;
  readonly floor: number;
  readonly ratio: number;
  /** What the ratio should reach. */
  readonly reach: string;
}

const NOW = '2026-10-20T07:00:00.000Z';
const ROUNDS = 15;

/** Medians of two things done in turn, so that both meet the same machine. */
function inTurn(value: () => void, floor: () => void): { value: number; floor: number } {
  const took = (work: () => void): number => {
    const start = stopwatch();
    work();
    return stopwatch() - start;
  };
  const values: number[] = [];
  const floors: number[] = [];
  value();
  floor();
  for (let round = 0; round < ROUNDS; round += 1) {
    floors.push(took(floor));
    values.push(took(value));
  }
  const median = (list: number[]): number => list.sort((a, b) => a - b)[Math.floor(list.length / 2)]!;
  return { value: median(values), floor: median(floors) };
}

/** The largest file of a folder of recordings; null when the folder is not there or empty. */
function largest(folder: string): Uint8Array | null {
  const dir = corpus(folder);
  if (dir === null || !existsSync(dir)) return null;
  const files = readdirSync(dir).map((name) => readFileSync(join(dir, name)));
  return files.sort((a, b) => b.length - a.length)[0] ?? null;
}

function saxes(text: string): void {
  const parser = new SaxesParser();
  parser.on('error', () => undefined);
  parser.write(text).close();
}

const CASES: readonly { folder: string; kind: FeedKindName; xml?: true }[] = [
  { folder: 'replay/gcp-2025-06-12-service-control', kind: 'gcp-incidents' },
  { folder: 'replay/cloudflare-2025-11-18-bot-management', kind: 'statuspage' },
  { folder: 'replay/aws-2020-11-25-kinesis-us-east-1', kind: 'aws-data-json' },
  { folder: 'feeds/aws-rss', kind: 'aws-rss', xml: true },
  { folder: 'feeds/azure-rss', kind: 'azure-rss', xml: true },
];

/** Parse, and parse and judge, of the largest recording of each kind. Empty without the recordings. */
export async function bench(): Promise<readonly Measured[]> {
  const measured: Measured[] = [];
  for (const { folder, kind, xml } of CASES) {
    const bytes = largest(folder);
    if (bytes === null) continue;
    const text = new TextDecoder().decode(bytes);
    const context = { provider: kind.split('-')[0]!, now: NOW };
    const floor = xml ? () => saxes(text) : () => void JSON.parse(text);
    // Half of JSON.parse on top of it, five passes of saxes (the design's figures).
    const reach = xml ? 5 : 1.5;
    const add = (what: string, work: () => void, against: () => void, wanted: number): void => {
      const took = inTurn(work, against);
      measured.push({ what, ...took, ratio: took.value / took.floor, reach: `<= ${wanted}` });
    };
    const size = `${(bytes.length / 1_048_576).toFixed(2)} MB`;
    add(
      `parse ${kind}, ${size}, against ${xml ? 'saxes' : 'JSON.parse'}`,
      () => void parsePayload(kind, bytes, context),
      floor,
      reach,
    );
    const result = parsePayload(kind, bytes, context);
    const first = applyPoll(EMPTY_MEMORY, result, NOW, context.provider).memory;
    add(
      `judge ${kind}, ${result.observations.length} observations, against parsing them`,
      () => void applyPoll(first, result, NOW, context.provider),
      () => void parsePayload(kind, bytes, context),
      0.5,
    );
  }
  return measured;
}

if (import.meta.main) for (const figure of await bench()) process.stdout.write(`${JSON.stringify(figure)}\n`);
