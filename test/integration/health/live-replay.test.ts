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

/** A folder with a recording of 25 November 2020: time of a poll (HHMMSS) -> component -> status. */
function recorded(polls: Readonly<Record<string, Readonly<Record<string, string>>>>) {
  const folder = mkdtempSync(join(tmpdir(), 'bulkhead-live-'));
  const dir = join(folder, 'acme-2020-11-25');
  mkdirSync(dir);
  for (const [time, states] of Object.entries(polls))
    writeFileSync(
      join(dir, `20201125T${time}Z.json`),
      statuspage(states, { updatedAt: `2020-11-25T${time.slice(0, 2)}:${time.slice(2, 4)}:00Z` }),
    );
  return { folder, dir };
}

type HealthDeps = Parameters<typeof createHealth>[0];

function service(folder: string, more: Partial<HealthDeps>) {
  let ids = 0;
  return createHealth({
    host: { proxyFor: async () => 'direct' },
    clock: systemClock,
    ids: { uuid: () => `s${++ids}` },
    random: () => 0,
    folder,
    emit: () => undefined,
    settings: () => ({ regions: [] }),
    log,
    owner: true,
    ...more,
  });
}

async function soon(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !holds(); tries += 1) await new Promise((done) => setTimeout(done, 50));
  expect(holds()).toBe(true);
}

test('a recording runs on the board at its speed, in its own time', async () => {
  const { folder, dir } = recorded({
    '140000': { API: 'operational' },
    '141000': { API: 'major_outage' },
    '143000': { API: 'operational' },
  });
  const health = await service(folder, { replay: { dir, kind: 'statuspage', speed: 3600 } });
  try {
    const heard: string[] = [];
    health.onSignals(
      (signals) => void heard.push(...signals.map((one) => `${one.at} ${one.kind} ${one.to}`)),
    );
    expect(health.clock.now()).toBe(Date.parse('2020-11-25T14:00:00Z'));
    expect(health.replaying()).toMatchObject({ name: 'acme-2020-11-25', speed: 3600, ended: false });
    await health.start();
    await soon(() => heard.length >= 2);
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
  const { folder, dir } = recorded({
    '140000': { API: 'operational', Web: 'operational' },
    '141000': { API: 'major_outage', Web: 'operational' },
    '171000': { API: 'major_outage', Web: 'major_outage' },
  });
  const heard: string[] = [];
  const health = await service(folder, { replay: { dir, kind: 'statuspage', speed: 14_400 } });
  try {
    health.onSignals(
      (signals) => void heard.push(...signals.map((one) => `${one.services.join()} ${one.newRegion}`)),
    );
    await health.start();
    await soon(() => heard.length >= 2);
    expect(heard).toEqual(['api true', 'web false']);
  } finally {
    await health.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a recording read as another kind is never fresh: nothing was heard in it', async () => {
  const { folder, dir } = recorded({
    '140000': { API: 'major_outage' },
    '141000': { API: 'major_outage', Web: 'operational' },
    '143000': { API: 'major_outage' },
  });
  const states = new Set<string>();
  const health = await service(folder, {
    emit: (name, payload) => {
      if (name === 'health.changed')
        for (const feed of boardSchema.parse((payload as { board: unknown }).board).feeds)
          states.add(feed.state);
    },
    replay: { dir, kind: 'aws-currentevents', speed: 3600 },
  });
  try {
    await health.start();
    await soon(() => health.replaying()?.ended === true && states.has('unparseable'));
    // Between the recorded polls the feed was asked and answered the same: that is no better than it was.
    expect(states).not.toContain('fresh');
  } finally {
    await health.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

test('an override over a recording runs by its clock, and the health of the profile stays as it was', async () => {
  const { folder, dir } = recorded({
    '140000': { API: 'operational' },
    '141000': { API: 'major_outage' },
    '180000': { API: 'operational' },
  });
  const common = { person: () => ({ name: 'Marta' }), feeds: [], references: [] };
  // The profile has a health of its own, from before.
  const real = await service(folder, common);
  await real.stop();
  const file = join(folder, 'health.db');
  const before = readFileSync(file);

  const health = await service(folder, { ...common, replay: { dir, kind: 'statuspage', speed: 3600 } });
  const notes: (string | null)[] = [];
  health.overrides.onNote((note) => void notes.push(note.ended));
  try {
    await health.start();
    const place = { provider: 'acme', region: 'global', service: 'api' };
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
  const dir = join(tmpdir(), 'no-such-recording');
  const wanted = service(tmpdir(), { replay: { dir, kind: 'statuspage', speed: 1 } });
  await expect(wanted).rejects.toMatchObject({ code: 'no-recording' });
});
