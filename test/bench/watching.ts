// Five hundred feeds and five hundred probes at their usual pace, and a board that answers while they are asked. Everything is on
// loopback: what is measured is this process, its judge, its file and its board.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FeedConfig } from '../../electron/health/defaults.ts';
import { createHealth } from '../../electron/health/health.ts';
import type { NamedProbe } from '../../electron/health/probes/probes.ts';
import type { Log } from '../../electron/log/log.ts';
import { stopwatch, systemClock } from '../../electron/time/systemClock.ts';
import { regionsOf } from '../../shared/health/regions.ts';

const COUNT = 500;
const SECONDS = Number(process.env['BULKHEAD_BENCH_SECONDS'] ?? 60);
const quiet: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => quiet,
};

const summary = (index: number, turn: number): string =>
  JSON.stringify({
    page: { id: `p${index}`, name: `Page ${index}`, updated_at: '2026-10-20T07:00:00.000Z' },
    status: { indicator: 'none', description: '' },
    components: Array.from({ length: 20 }, (_, i) => ({
      id: `c${i}`,
      name: `Component ${i}`,
      // Now and then something changes.
      status: (index + turn + i) % 97 === 0 ? 'partial_outage' : 'operational',
      page_id: `p${index}`,
      group: false,
      group_id: null,
      updated_at: '2026-10-20T06:00:00.000Z',
    })),
    incidents: [],
    scheduled_maintenances: [],
  });

const asked = new Map<string, number>();
const server = createServer((request, response) => {
  const path = request.url ?? '/';
  const turn = (asked.get(path) ?? 0) + 1;
  asked.set(path, turn);
  response.end(path.startsWith('/feed/') ? summary(Number(path.slice(6)), turn >> 1) : 'well');
});
await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

const feeds = Array.from(
  { length: COUNT },
  (_, i): FeedConfig => ({
    id: `feed-${i}`,
    name: `Feed ${i}`,
    kind: 'statuspage',
    provider: `provider-${i}`,
    url: `${origin}/feed/${i}`,
    intervalMs: 60_000,
    staleAfterMs: 300_000,
    enabled: true,
    builtIn: false,
    privateHost: '127.0.0.1',
    path: 'none',
  }),
);
const regions = [...regionsOf('aws'), ...regionsOf('gcp')];
const probes = Array.from({ length: COUNT }, (_, i): NamedProbe => {
  const provider = i % 2 === 0 ? 'aws' : 'gcp';
  const own = regionsOf(provider);
  return {
    id: `probe-${i}`,
    spec: {
      key: `probe-${i}`,
      name: `Probe ${i}`,
      provider,
      region: own[i % own.length]!.code,
      service: `service-${i % 40}`,
      intervalMs: 30_000,
      timeoutMs: 5000,
      retries: 0,
      failAfter: 2,
      wellAfter: 2,
      slowMs: 60_000,
      path: 'none',
      kind: 'http',
      url: `${origin}/probe/${i}`,
      status: [200],
      body: 'well',
      json: null,
      certificateDays: 14,
    },
  };
});

const folder = mkdtempSync(join(tmpdir(), 'bulkhead-bench-'));
let emitted = 0;
let emittedBytes = 0;
const health = await createHealth({
  host: { proxyFor: async () => 'direct' },
  clock: systemClock,
  ids: { uuid: () => crypto.randomUUID() },
  random: Math.random,
  folder,
  emit: (name, payload) => {
    if (name !== 'health.changed') return;
    emitted += 1;
    if (emitted % 20 === 0) emittedBytes = JSON.stringify(payload).length;
  },
  settings: () => ({ regions: regions.slice(0, 4).map((one) => `aws/${one.code}`) }),
  log: quiet,
  owner: true,
  feeds: [],
  references: [],
});
health.setPacks({ feeds, probes, paths: new Map() });
await health.start();
// The first round is a start, not the pace.
await new Promise((resolve) => setTimeout(resolve, 15_000));
const before = process.cpuUsage();
const began = stopwatch();
const answers: number[] = [];
while (stopwatch() - began < SECONDS * 1000) {
  await new Promise((resolve) => setTimeout(resolve, 200));
  // A key that waits for its turn waits for whatever runs now: the whole way is measured.
  const start = stopwatch();
  await new Promise((resolve) => setImmediate(resolve));
  JSON.stringify(await health.handlers['health.board']({}));
  answers.push(stopwatch() - start);
}
const took = stopwatch() - began;
const used = process.cpuUsage(before);
answers.sort((a, b) => a - b);
const line = (what: string, value: number, more: object = {}): void =>
  console.log(JSON.stringify({ what, value: Math.round(value * 10) / 10, ...more }));
line(
  '500 feeds and 500 probes: processor, percent of one core (with the servers that answer)',
  ((used.user + used.system) / 1000 / took) * 100,
);
line('500 feeds and 500 probes: memory, MB resident', process.memoryUsage().rss / 1_048_576);
line('the board answers while they poll, 95 of 100', answers[Math.floor(answers.length * 0.95)]!, {
  floor: 100,
  ratio: answers[Math.floor(answers.length * 0.95)]! / 100,
  reach: '<= 1',
});
line('the board answers while they poll, slowest', answers.at(-1)!);
line('the board, kB as told to the window', emittedBytes / 1024);
await health.stop();
server.closeAllConnections();
await new Promise<void>((resolve) => void server.close(() => resolve()));
rmSync(folder, { recursive: true, force: true });
