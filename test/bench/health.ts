// Reading the largest recordings against the least that reading their bytes takes: decoding and JSON.parse, or decoding and one pass
// of saxes, in turn in the same run.
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
  /** Milliseconds, of the fastest round. */
  readonly value: number;
  readonly floor: number;
  readonly ratio: number;
  /** What the ratio should reach. */
  readonly reach: string;
}

/** When the recordings of feeds/ are read; a poll of a replay is read at its own time. */
const NOW = '2026-10-20T07:00:00.000Z';
const ROUNDS = 60;
/** Small payloads are read so often in a round that it takes about so long: milliseconds. */
const ROUND_MS = 1;

/**
 * The fastest round of each of two things done in turn: what the work itself takes, whatever else the machine does meanwhile. Rounds
 * are short, so that many of them are not interrupted.
 */
function inTurn(value: () => void, floor: () => void): { value: number; floor: number; ratio: number } {
  const took = (work: () => void, times: number): number => {
    const start = stopwatch();
    for (let i = 0; i < times; i += 1) work();
    return (stopwatch() - start) / times;
  };
  // What a process that polls every minute has long been: warm.
  for (let i = 0; i < 12; i += 1) {
    value();
    floor();
  }
  const timesOf = (work: () => void): number =>
    Math.max(1, Math.min(1000, Math.round(ROUND_MS / took(work, 3))));
  const [ofValue, ofFloor] = [timesOf(value), timesOf(floor)];
  let [least, lowest] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < ROUNDS; round += 1) {
    lowest = Math.min(lowest, took(floor, ofFloor));
    least = Math.min(least, took(value, ofValue));
  }
  return { value: least, floor: lowest, ratio: least / lowest };
}

/** The largest file of a folder of recordings, and when it was read; null when the folder is not there or empty. */
function largest(folder: string): { readonly bytes: Uint8Array; readonly now: string } | null {
  const dir = corpus(folder);
  if (dir === null || !existsSync(dir)) return null;
  const files = readdirSync(dir).map((name) => {
    const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/.exec(name) ?? [];
    const now = y === undefined ? NOW : `${y}-${mo}-${d}T${h}:${mi}:${s}.000Z`;
    return { bytes: readFileSync(join(dir, name)), now };
  });
  return files.sort((a, b) => b.bytes.length - a.bytes.length)[0] ?? null;
}

/** Bytes to text with the platform's own decoder, as the payload says. */
const decoded = (bytes: Uint8Array): string =>
  new TextDecoder(bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8').decode(bytes);

function saxes(text: string): void {
  const parser = new SaxesParser();
  parser.on('error', () => undefined);
  parser.write(text).close();
}

const CASES: readonly { folder: string; kind: FeedKindName; xml?: true }[] = [
  { folder: 'replay/gcp-2025-06-12-service-control', kind: 'gcp-incidents' },
  { folder: 'replay/cloudflare-2025-11-18-bot-management', kind: 'statuspage' },
  { folder: 'replay/github-2026-08-17-critical', kind: 'statuspage' },
  { folder: 'feeds/oci', kind: 'oci' },
  { folder: 'replay/aws-2020-11-25-kinesis-us-east-1', kind: 'aws-data-json' },
  { folder: 'feeds/aws-currentevents', kind: 'aws-currentevents' },
  { folder: 'feeds/alertmanager', kind: 'alertmanager' },
  { folder: 'feeds/aws-rss', kind: 'aws-rss', xml: true },
  { folder: 'feeds/azure-rss', kind: 'azure-rss', xml: true },
];

/** Parse, and parse and judge, of the largest recording of each kind. Empty without the recordings. */
export async function bench(): Promise<readonly Measured[]> {
  const measured: Measured[] = [];
  const add = (what: string, work: () => void, against: () => void, wanted: number): void => {
    measured.push({ what, ...inTurn(work, against), reach: `<= ${wanted}` });
  };
  for (const { folder, kind, xml } of CASES) {
    const found = largest(folder);
    if (found === null) continue;
    const { bytes, now } = found;
    const context = { provider: kind.split('-')[0]!, now };
    const floor = xml ? () => saxes(decoded(bytes)) : () => void JSON.parse(decoded(bytes));
    const size = `${(bytes.length / 1_048_576).toFixed(2)} MB`;
    // Half of JSON.parse on top of it, five passes of saxes (the design's figures).
    add(
      `parse ${kind}, ${size}, against decoding and ${xml ? 'saxes' : 'JSON.parse'}`,
      () => void parsePayload(kind, bytes, context),
      floor,
      xml ? 5 : 1.5,
    );
    const result = parsePayload(kind, bytes, context);
    const first = applyPoll(EMPTY_MEMORY, result, now, context.provider).memory;
    add(
      `judge ${kind}, ${result.observations.length} observations, against parsing them`,
      () => void applyPoll(first, result, now, context.provider),
      () => void parsePayload(kind, bytes, context),
      1,
    );
  }
  return measured;
}

if (import.meta.main) for (const figure of await bench()) process.stdout.write(`${JSON.stringify(figure)}\n`);
