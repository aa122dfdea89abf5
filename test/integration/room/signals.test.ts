import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { code, declare, desk, instant, must, START, signal, window } from './helpers.ts';

const kinds = (d: ReturnType<typeof desk>, incident: string) =>
  [...d.journal.iterate(incident)].map((e) => e.kind);

describe('signals of open incidents', () => {
  it('link themselves where they belong, once per machine, and a relapse is no confirmation', async () => {
    const d = desk({ signals: [signal()] });
    const { id: incident } = await declare(d, { signals: ['s1'], severity: 'SEV2' });
    const other = await declare(d, { severity: 'SEV2', title: 'Elsewhere' });
    const at = (minutes: number) => instant(START + minutes * 60_000);
    d.clock.wall += 3_600_000;
    const better = signal({ id: 's2', at: at(1), from: 'major-outage', to: 'operational', kind: 'better' });
    const worse = signal({ id: 's3', at: at(2), to: 'major-outage' });
    const far = signal({ id: 's4', at: at(3), region: 'sa-east-1', regions: ['sa-east-1'] });
    await d.rooms.noteSignals([better, worse, far]);
    const view = await must(d.rooms.incident(incident));
    expect(view.affected).toMatchObject([{ region: 'us-east-1', state: 'major-outage', since: at(2) }]);
    expect(view.counts['signal-linked']).toBe(3);
    await d.rooms.noteSignals([worse]);
    expect(kinds(d, incident).filter((k) => k === 'signal-linked')).toHaveLength(3);
    expect(kinds(d, other.id)).not.toContain('signal-linked');
    expect(
      (await window(d, incident)).rows
        .filter((r) => r.kind === 'signal')
        .every((r) => r.automatic && r.by === ''),
    ).toBe(true);
  });

  it('a SEV1 takes what gets worse in regions of ours; closed incidents take nothing', async () => {
    const d = desk({ ours: ['aws/eu-west-1'] });
    const { id: incident } = await declare(d);
    const ours = signal({ region: 'eu-west-1', regions: ['eu-west-1'] });
    await d.rooms.noteSignals([ours, signal({ id: 's2', region: 'us-west-2', regions: ['us-west-2'] })]);
    expect((await must(d.rooms.incident(incident))).affected.map((a) => a.region)).toEqual(['eu-west-1']);
    await must(d.call['room.setPhase']({ incident, phase: 'resolved', reason: '', override: 'test' }));
    const before = d.journal.count(incident);
    await d.rooms.noteSignals([signal({ id: 's5', region: 'eu-west-1', to: 'degraded', regions: [] })]);
    expect(d.journal.count(incident)).toBe(before);
  });

  it('are linked by hand, and not twice', async () => {
    const d = desk({ signals: [signal()] });
    const { id: incident } = await declare(d);
    await must(d.call['room.linkSignals']({ incident, signals: ['s1'] }));
    expect(await code(d.call['room.linkSignals']({ incident, signals: ['s1'] }))).toBe('already-linked');
    expect(await code(d.call['room.linkSignals']({ incident, signals: ['gone'] }))).toBe('no-signals');
    expect((await window(d, incident)).rows.find((r) => r.kind === 'signal')?.by).toBe('Marta Lindqvist');
  });

  it('hostile evidence is cut and kept as plain text', async () => {
    const d = desk({
      signals: [
        signal({
          text: `<script>${'x'.repeat(5000)}`,
          excerpt: `${'\u00e9'.repeat(4000)}\ud800`,
          region: '__proto__',
          regions: ['constructor'],
          event: 'e'.repeat(900),
        }),
      ],
    });
    const { id: incident } = await declare(d, { signals: ['s1'] });
    const stored = [...d.journal.iterate(incident)].find((e) => e.kind === 'signal-linked')!;
    const { excerpt } = JSON.parse(stored.body).signal;
    expect(Buffer.byteLength(excerpt)).toBeLessThanOrEqual(4096);
    const view = await must(d.rooms.incident(incident));
    expect(view.affected.map((a) => a.region)).toEqual(['__proto__', 'constructor']);
  });
});

describe('time that nobody watched', () => {
  const gaps = async (d: ReturnType<typeof desk>, incident: string) =>
    (await must(d.rooms.incident(incident))).notWatched;

  it('is written into open incidents at the next start, from the last sign of life', async () => {
    const d = desk();
    await d.rooms.start();
    const { id: incident } = await declare(d);
    const closed = await declare(d, { severity: 'SEV4' });
    await must(d.call['room.setPhase']({ incident: closed.id, phase: 'declined', reason: 'x' }));
    d.clock.wall += 120_000;
    await d.rooms.stop();
    d.journal.close();
    const again = desk({ folder: d.folder, at: START + 2_220_000 });
    await again.rooms.start();
    expect(await gaps(again, incident)).toEqual([
      { from: instant(START + 120_000), to: instant(START + 2_220_000) },
    ]);
    expect(await gaps(again, closed.id)).toEqual([]);
    const row = (await window(again, incident)).rows.find((r) => r.kind === 'not-watched');
    expect(row).toMatchObject({ automatic: true, lead: 'Not watched' });
    await again.rooms.stop();
    again.journal.close();
    const soon = desk({ folder: d.folder, at: START + 2_230_000 });
    await soon.rooms.start();
    expect(await gaps(soon, incident)).toHaveLength(1);
  });

  it('counts from the last entry where no sign of life is left, and a clock that went back makes no gap', async () => {
    const d = desk();
    const { id: incident } = await declare(d);
    await d.rooms.stop();
    d.journal.close();
    rmSync(join(d.folder, 'alive'), { force: true });
    const again = desk({ folder: d.folder, at: START + 600_000 });
    await again.rooms.start();
    expect(await gaps(again, incident)).toEqual([{ from: instant(START), to: instant(START + 600_000) }]);
    await again.rooms.stop();
    again.journal.close();
    writeFileSync(join(d.folder, 'alive'), `${instant(START + 9_000_000)}\n`);
    const back = desk({ folder: d.folder, at: START + 700_000 });
    await back.rooms.start();
    expect(await gaps(back, incident)).toHaveLength(1);
    await back.rooms.noteSleep(instant(START + 700_000), instant(START + 2_800_000));
    expect(await gaps(back, incident)).toHaveLength(2);
  });
});
