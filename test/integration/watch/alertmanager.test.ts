// A real Prometheus Alertmanager on loopback that watches two clouds: an alert fires, is silenced, is resolved, and its dead man's switch goes silent.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHealth, type Health, type SignalWithEvidence } from '../../../electron/health/health.ts';
import { systemClock } from '../../../electron/time/systemClock.ts';
import { log } from '../health/desk.ts';

const PROGRAM = ['/usr/bin/prometheus-alertmanager', '/usr/local/bin/alertmanager'].find((path) =>
  existsSync(path),
);
if (PROGRAM === undefined) console.warn('No Alertmanager on this machine: its test is skipped.');

let folder: string;
let program: ChildProcess;
let url: string;

const freePort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => void server.close(() => resolve()));
  return port;
};
const post = async (path: string, body: unknown): Promise<unknown> => {
  const answer = await fetch(`${url}/api/v2/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return path === 'silences' ? answer.json() : null;
};

beforeAll(async () => {
  if (PROGRAM === undefined) return;
  folder = mkdtempSync(join(tmpdir(), 'bulkhead-alerts-'));
  writeFileSync(join(folder, 'config.yml'), 'route:\n  receiver: nobody\nreceivers:\n  - name: nobody\n');
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  program = spawn(
    PROGRAM,
    [
      `--config.file=${join(folder, 'config.yml')}`,
      `--storage.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--cluster.listen-address=',
    ],
    { stdio: 'ignore' },
  );
  for (let tries = 0; tries < 150; tries += 1) {
    const ready = await fetch(`${url}/-/ready`).then(
      (one) => one.ok,
      () => false,
    );
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('the Alertmanager did not come up');
}, 120_000);

afterAll(async () => {
  if (PROGRAM === undefined) return;
  const ended = new Promise((resolve) => program.once('exit', resolve));
  program.kill('SIGTERM');
  await ended;
  rmSync(folder, { recursive: true, force: true });
});

test.skipIf(PROGRAM === undefined)(
  'fire, silence, resolve, and the watchdog gone',
  { timeout: 60_000 },
  async () => {
    let ahead = 0;
    const signals: SignalWithEvidence[] = [];
    const health: Health = await createHealth({
      host: { proxyFor: async () => 'direct' },
      clock: { now: () => systemClock.now() + ahead, uptime: () => systemClock.uptime() + ahead },
      ids: { uuid: () => crypto.randomUUID() },
      random: () => 0.5,
      folder,
      emit: () => undefined,
      settings: () => ({ regions: [] }),
      log,
      owner: true,
      feeds: [],
      references: [],
    });
    health.onSignals((told) => void signals.push(...told));
    health.setPacks({
      feeds: [
        {
          id: 'alerts',
          name: 'Shop alerts',
          kind: 'alertmanager',
          provider: 'shop',
          url: `${url}/api/v2/alerts`,
          intervalMs: 60_000,
          staleAfterMs: 300_000,
          enabled: true,
          builtIn: false,
          privateHost: '127.0.0.1',
          path: 'none',
          mapping: { watchdog: 'Watchdog' },
        },
      ],
      probes: [],
      paths: new Map(),
    });
    await health.start();
    const poll = async (times: number): Promise<void> => {
      for (let i = 0; i < times; i += 1) {
        ahead += 60_000;
        const polled = await health.handlers['health.pollNow']({ feed: 'alerts' });
        expect(polled.ok).toBe(true);
      }
    };
    const readings = () =>
      Object.fromEntries(
        health.readings().map((one) => [`${one.provider}/${one.region}/${one.service}`, one.state]),
      );
    const seconds = (from: number): string => new Date(systemClock.now() + from * 1000).toISOString();
    const watchdog = { labels: { alertname: 'Watchdog', severity: 'none' } };
    const errors = {
      labels: {
        alertname: 'HighErrors',
        cloud: 'aws',
        region: 'eu-west-1',
        service: 'checkout',
        severity: 'critical',
      },
      annotations: { summary: '12 percent of the requests fail' },
    };
    const slow = {
      labels: {
        alertname: 'SlowSearch',
        cloud: 'google',
        region: 'europe-west1',
        app: 'search',
        severity: 'warning',
      },
      annotations: { summary: 'a search takes 4 s' },
    };
    try {
      // Nothing fires, not even the dead man's switch: that is unknown, not well.
      await poll(2);
      expect(readings()).toEqual({ 'shop/global/alertmanager': 'unknown' });

      // Two clouds in one Alertmanager: each alert is in the cloud that its label names.
      await post('alerts', [watchdog, errors, slow]);
      await poll(2);
      expect(readings()).toEqual({
        'shop/global/alertmanager': 'operational',
        'aws/eu-west-1/checkout': 'major-outage',
        'gcp/europe-west1/search': 'degraded',
      });
      expect(health.readings()[0]?.sourceType).toBe('alert');
      const fired = signals.filter((one) => one.kind === 'worse' && one.region === 'eu-west-1');
      expect(fired).toHaveLength(1);
      expect(fired[0]).toMatchObject({
        provider: 'aws',
        service: 'checkout',
        to: 'major-outage',
        source: 'Shop alerts',
      });
      expect(fired[0]!.excerpt).toContain('12 percent');

      expect(
        signals.filter((one) => one.provider === 'gcp').map((one) => [one.region, one.service, one.to]),
      ).toEqual([['europe-west1', 'search', 'degraded']]);
      const shown = await health.handlers['health.board']({});
      if (!shown.ok) throw new Error(shown.error.message);
      const row = shown.value.rows.find((one) => one.provider === 'shop')!;
      expect(
        row.cells
          .flatMap((cell) => (cell === null ? [] : [`${cell.provider}/${cell.region} ${cell.state}`]))
          .sort(),
      ).toEqual(['aws/eu-west-1 major-outage', 'gcp/europe-west1 degraded']);
      // The place is that of the provider, whether it is asked for by its own row or by the row of the alerts.
      const cell = await health.handlers['health.cell']({ provider: 'shop', region: 'europe-west1' });
      expect(cell).toEqual(await health.handlers['health.cell']({ provider: 'gcp', region: 'europe-west1' }));
      expect(cell).toMatchObject({ value: { provider: 'gcp' } });
      expect(cell.ok && cell.value.services.map((one) => [one.service, one.state])).toEqual([
        ['search', 'degraded'],
      ]);

      // Silenced: somebody works on it. It is still listed, and is no recovery.
      await post('silences', {
        matchers: [{ name: 'alertname', value: 'HighErrors', isRegex: false, isEqual: true }],
        startsAt: seconds(-1),
        endsAt: seconds(600),
        createdBy: 'Priya Raman',
        comment: 'deploying the fix',
      });
      await expect
        .poll(
          async () => {
            const list = (await (await fetch(`${url}/api/v2/alerts`)).json()) as {
              status: { state: string };
            }[];
            return list.some((one) => one.status.state === 'suppressed');
          },
          { timeout: 60_000 },
        )
        .toBe(true);
      const before = signals.length;
      await poll(1);
      expect(readings()['aws/eu-west-1/checkout']).toBe('major-outage');
      expect(signals.slice(before).filter((one) => one.to === 'operational')).toEqual([]);

      // Resolved: it leaves the list while the watchdog fires.
      await post('alerts', [{ ...errors, startsAt: seconds(-30), endsAt: seconds(-1) }, slow, watchdog]);
      await poll(7);
      expect(readings()['aws/eu-west-1/checkout'] ?? 'operational').toBe('operational');
      expect(
        signals.some(
          (one) => one.region === 'eu-west-1' && (one.kind === 'better' || one.kind === 'no-longer-listed'),
        ),
      ).toBe(true);

      // The other cloud goes on as it was.
      expect(readings()['gcp/europe-west1/search']).toBe('degraded');

      // The watchdog is gone: silence is not health.
      await post('alerts', [{ ...watchdog, startsAt: seconds(-30), endsAt: seconds(-1) }]);
      await poll(3);
      expect(readings()['shop/global/alertmanager']).toBe('unknown');
      const board = await health.handlers['health.board']({});
      if (!board.ok) throw new Error(board.error.message);
      expect(board.value.feeds[0]!.problems.map((one) => one.code)).toContain('watchdog-missing');
    } finally {
      await health.stop();
    }
  },
);
