// A recording on the board: the same service, its clock that of the recording; its feeds may not be changed, and what is overridden
// over it ends in its time and never reaches the profile.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

test('a region that is in trouble is not called new when more of it fails hours later', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bulkhead-live-'));
  const dir = join(folder, 'acme-2020-11-25');
  mkdirSync(dir);
  const poll = (time: string, states: Record<string, string>) =>
    writeFileSync(
      join(dir, `20201125T${time}Z.json`),
      statuspage(states, { updatedAt: `2020-11-25T${time.slice(0, 2)}:${time.slice(2, 4)}:00Z` }),
    );
  poll('140000', { API: 'operational', Web: 'operational' });
  poll('141000', { API: 'major_outage', Web: 'operational' });
  poll('171000', { API: 'major_outage', Web: 'major_outage' });
  const heard: string[] = [];
  let ids = 0;
  const health = await createHealth({
    host: { proxyFor: async () => 'direct' },
    clock: systemClock,
    ids: { uuid: () => `s${++ids}` },
    random: () => 0,
    folder,
    emit: () => undefined,
    settings: () => ({ regions: [] }),
    log,
    owner: true,
    replay: { dir, kind: 'statuspage', speed: 14_400 },
  });
  try {
    health.onSignals(
      (signals) => void heard.push(...signals.map((one) => `${one.services.join()} ${one.newRegion}`)),
    );
    await health.start();
    for (let tries = 0; tries < 200 && heard.length < 2; tries += 1)
      await new Promise((done) => setTimeout(done, 50));
    expect(heard).toEqual(['api true', 'web false']);
  } finally {
    await health.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a recording read as another kind is never fresh: nothing was heard in it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bulkhead-live-'));
  const dir = join(folder, 'acme-2020-11-25');
  mkdirSync(dir);
  for (const time of ['140000', '141000', '143000'])
    writeFileSync(
      join(dir, `20201125T${time}Z.json`),
      statuspage({ API: `major_outage` }, { updatedAt: `2020-11-25T${time.slice(0, 2)}:00:00Z` }),
    );
  const states = new Set<string>();
  const health = await createHealth({
    host: { proxyFor: async () => 'direct' },
    clock: systemClock,
    ids: { uuid: () => 'x' },
    random: () => 0,
    folder,
    emit: (name, payload) => {
      if (name === 'health.changed')
        for (const feed of boardSchema.parse((payload as { board: unknown }).board).feeds)
          states.add(feed.state);
    },
    settings: () => ({ regions: [] }),
    log,
    owner: true,
    replay: { dir, kind: 'aws-currentevents', speed: 3600 },
  });
  try {
    await health.start();
    for (let tries = 0; tries < 200 && health.replaying()?.ended !== true; tries += 1)
      await new Promise((done) => setTimeout(done, 50));
    expect(health.replaying()?.ended).toBe(true);
    expect(states).toContain('unparseable');
    // Between the recorded polls the feed was asked and answered the same: that is no better than it was.
    expect(states).not.toContain('fresh');
  } finally {
    await health.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

test('an override over a recording runs by its clock, and the health of the profile stays as it was', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bulkhead-live-'));
  const dir = join(folder, 'acme-2020-11-25');
  mkdirSync(dir);
  for (const [time, status] of [
    ['140000', 'operational'],
    ['141000', 'major_outage'],
    ['180000', 'operational'],
  ] as const)
    writeFileSync(
      join(dir, `20201125T${time}Z.json`),
      statuspage({ API: status }, { updatedAt: `2020-11-25T${time.slice(0, 2)}:${time.slice(2, 4)}:00Z` }),
    );
  const common = {
    host: { proxyFor: async () => 'direct' },
    clock: systemClock,
    ids: { uuid: () => crypto.randomUUID() },
    random: () => 0,
    folder,
    emit: () => undefined,
    settings: () => ({ regions: [] }),
    person: () => ({ name: 'Marta' }),
    log,
    owner: true,
    feeds: [],
    references: [],
  };
  // The profile has a health of its own, from before.
  const real = await createHealth(common);
  await real.stop();
  const file = join(folder, 'health.db');
  const before = readFileSync(file);

  const health = await createHealth({ ...common, replay: { dir, kind: 'statuspage', speed: 3600 } });
  const notes: (string | null)[] = [];
  health.overrides.onNote((note) => void notes.push(note.ended));
  try {
    await health.start();
    const place = { provider: 'acme', region: 'global', service: 'api' };
    const soon = async (holds: () => boolean): Promise<void> => {
      for (let tries = 0; tries < 200 && !holds(); tries += 1)
        await new Promise((done) => setTimeout(done, 50));
      expect(holds()).toBe(true);
    };
    await soon(() => health.readings().some((one) => one.state === 'major-outage'));
    const made = await health.handlers['health.override']({
      ...place,
      state: 'degraded',
      mode: 'locked',
      hours: 2,
      reason: 'practice',
    });
    expect(made).toMatchObject({ ok: true, value: { by: 'Marta', sources: 'major-outage' } });
    if (!made.ok) return;
    expect(made.value.at.startsWith('2020-11-25T14:')).toBe(true);
    expect(made.value.until.startsWith('2020-11-25T16:')).toBe(true);
    // Two hours of the recording later it has ended by itself.
    await soon(() => notes.includes('time'));
    expect(notes).toEqual([null, 'time']);
    expect(health.overrides.active()).toEqual([]);
  } finally {
    await health.stop();
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(existsSync(`${file}-wal`)).toBe(false);
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
