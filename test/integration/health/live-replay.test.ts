// A recording on the board: the same service, its clock that of the recording, nothing of it may be changed.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createHealth } from '../../../electron/health/health.ts';
import { systemClock } from '../../../electron/time/systemClock.ts';
import { board as boardSchema } from '../../../shared/contract/health.ts';
import { log, statuspage } from './desk.ts';

test('a recording runs on the board at its speed, in its own time', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bulkhead-live-'));
  const dir = join(folder, 'acme-2020-11-25');
  mkdirSync(dir);
  const poll = (time: string, status: string) =>
    writeFileSync(
      join(dir, `20201125T${time}Z.json`),
      statuspage({ API: status }, { updatedAt: `2020-11-25T${time.slice(0, 2)}:${time.slice(2, 4)}:00Z` }),
    );
  poll('140000', 'operational');
  poll('141000', 'major_outage');
  poll('143000', 'operational');
  let ids = 0;
  const health = await createHealth({
    host: { proxyFor: async () => 'direct' },
    clock: systemClock,
    ids: {
      uuid: () => {
        ids += 1;
        return `s${ids}`;
      },
    },
    random: () => 0,
    folder,
    emit: () => undefined,
    settings: () => ({ regions: [] }),
    log,
    owner: true,
    replay: { dir, kind: 'statuspage', speed: 3600 },
  });
  try {
    const heard: string[] = [];
    health.onSignals(
      (signals) => void heard.push(...signals.map((one) => `${one.at} ${one.kind} ${one.to}`)),
    );
    expect(health.clock.now()).toBe(Date.parse('2020-11-25T14:00:00Z'));
    expect(health.replaying()).toMatchObject({ name: 'acme-2020-11-25', speed: 3600, ended: false });
    await health.start();
    for (let tries = 0; tries < 200 && heard.length < 2; tries += 1)
      await new Promise((done) => setTimeout(done, 50));
    expect(heard).toEqual([
      '2020-11-25T14:10:00.000Z worse major-outage',
      '2020-11-25T14:30:00.000Z better operational',
    ]);
    expect(health.replaying()?.ended).toBe(true);
    const result = await health.handlers['health.board']({});
    const board = boardSchema.parse(result.ok ? result.value : null);
    expect(board.now.startsWith('2020-11-25T')).toBe(true);
    expect(board.rows[0]?.span).toMatchObject({ state: 'operational' });
    expect(await health.handlers['health.removeFeed']({ feed: 'acme' })).toMatchObject({
      error: { code: 'replaying' },
    });
  } finally {
    await health.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a replay of nothing is refused before anything is opened', async () => {
  const wanted = createHealth({
    host: { proxyFor: async () => 'direct' },
    clock: systemClock,
    ids: { uuid: () => 'x' },
    random: () => 0,
    folder: tmpdir(),
    emit: () => undefined,
    settings: () => ({ regions: [] }),
    log,
    owner: true,
    replay: { dir: join(tmpdir(), 'no-such-recording'), kind: 'statuspage', speed: 1 },
  });
  await expect(wanted).rejects.toMatchObject({ code: 'no-recording' });
});
