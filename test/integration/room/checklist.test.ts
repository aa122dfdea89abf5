import { createHash } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createBlobs } from '../../../electron/room/blobs.ts';
import type { RunbookRevision } from '../../../electron/room/rooms.ts';
import { code, type Desk, declare, desk, must, tempFolder, window } from './helpers.ts';

const text =
  '# Fail over\n\n1. Look\n2. Drain {{region}} {danger, confirm: {{region}}}\n3. Check {two-person}\n4. Restart {danger}\n';
const sha = createHash('sha256').update(text).digest('hex');
const step = (index: number, title: string, more = {}) => ({
  index,
  title,
  section: 'Fail over',
  command: null,
  expect: null,
  danger: false,
  confirm: null,
  twoPerson: false,
  expectMs: null,
  variables: [],
  ...more,
});
const runbook: RunbookRevision = {
  title: 'Fail over',
  path: 'failover.md',
  revision: sha,
  text,
  variables: [{ name: 'region', form: '{{region}}', default: null }],
  steps: [
    step(0, 'Look'),
    step(1, 'Drain {{region}}', { danger: true, confirm: '{{region}}', command: 'drain {{region}}' }),
    step(2, 'Check', { twoPerson: true }),
    step(3, 'Restart', { danger: true }),
  ],
};

async function started(): Promise<{ d: Desk; incident: string; checklist: string }> {
  const d = desk({ library: { read: async () => ({ ok: true, value: runbook }) } });
  const { id: incident } = await declare(d);
  const values = { region: 'us-east-1' };
  const { checklist } = await must(
    d.call['checklist.start']({ incident, folder: 'f', path: 'failover.md', values }),
  );
  return { d, incident, checklist };
}

describe('checklists', () => {
  it('keeps the exact text of the revision it was started from', async () => {
    const { d, incident, checklist } = await started();
    const view = (await must(d.rooms.incident(incident))).checklists[0];
    expect(view).toMatchObject({
      id: checklist,
      revision: sha,
      total: 4,
      settled: 0,
      startedBy: 'Marta Lindqvist',
    });
    expect(Buffer.from(createBlobs(join(d.folder, 'blobs')).read(sha)!).toString()).toBe(text);
    expect(
      await code(d.call['checklist.start']({ incident: 'no', folder: 'f', path: 'x', values: {} })),
    ).toBe('no-incident');
    const plain = desk();
    const other = await declare(plain);
    expect(
      await code(plain.call['checklist.start']({ incident: other.id, folder: 'f', path: 'x', values: {} })),
    ).toBe('no-folder');
  });

  it('ticks, undoes, asks for reasons, confirmations and second people', async () => {
    const { d, incident, checklist } = await started();
    const tick = (at: number, to: 'todo' | 'doing' | 'done' | 'failed' | 'skipped' | 'undone', more = {}) =>
      code(d.call['checklist.step']({ incident, checklist, step: at, to, ...more }));
    expect(await tick(0, 'undone')).toBe('bad-step');
    expect(await tick(0, 'todo')).toBe('bad-step');
    expect(await tick(0, 'doing')).toBe('ok');
    expect(await tick(0, 'done')).toBe('ok');
    expect(await tick(0, 'done')).toBe('no-change');
    expect(await tick(0, 'undone')).toBe('ok');
    expect(await tick(0, 'failed')).toBe('reason-needed');
    expect(await tick(0, 'failed', { reason: 'No answer' })).toBe('ok');
    expect(await tick(0, 'doing')).toBe('ok');
    expect(await tick(1, 'done')).toBe('confirm-needed');
    expect(await tick(1, 'done', { confirm: 'us-west-2' })).toBe('confirm-needed');
    expect(await tick(1, 'done', { confirm: 'us-east-1' })).toBe('ok');
    expect(await tick(2, 'done')).toBe('second-needed');
    expect(await tick(2, 'done', { second: 'marta lindqvist' })).toBe('second-needed');
    expect(await tick(2, 'done', { second: 'Tom, by phone' })).toBe('ok');
    expect(await tick(3, 'done', { confirm: 'yes' })).toBe('confirm-needed');
    expect(await tick(3, 'skipped')).toBe('reason-needed');
    expect(await tick(3, 'skipped', { reason: 'Not needed' })).toBe('ok');
    expect(await tick(9, 'done')).toBe('no-step');
    const view = (await must(d.rooms.incident(incident))).checklists[0]!;
    expect(view.steps.map((s) => s.state)).toEqual(['doing', 'done', 'done', 'skipped']);
    expect(view.settled).toBe(3);
    expect(view.steps[2]?.second).toBe('Tom, by phone');
    expect(view.steps[3]?.note).toBe('Not needed');
    const rows = (await window(d, incident, { filter: { only: 'steps', find: '', retracted: false } })).rows;
    expect(rows.map((r) => r.lead)).toContain('Step undone');
    const refused = await d.call['room.retract']({ incident, entry: view.steps[1]!.entry!, reason: 'x' });
    expect(refused).toMatchObject({
      error: { code: 'not-retractable', message: expect.stringContaining('Ctrl Z') },
    });
  });

  it('values can be missing at the start and set later', async () => {
    const { d, incident, checklist } = await started();
    const set = (name: string, value: string) =>
      d.call['checklist.setValue']({ incident, checklist, name, value });
    await must(set('region', 'eu-west-1'));
    await must(set('cluster', 'blue'));
    expect(await code(set('__proto__', 'x'))).toBe('bad-name');
    const view = (await must(d.rooms.incident(incident))).checklists[0]!;
    expect(view.values).toEqual({ region: 'eu-west-1', cluster: 'blue' });
    expect(
      await code(
        d.call['checklist.step']({ incident, checklist, step: 1, to: 'done', confirm: 'eu-west-1' }),
      ),
    ).toBe('ok');
  });

  it('opens in the same place after a restart', async () => {
    const { d, incident, checklist } = await started();
    await must(d.call['checklist.step']({ incident, checklist, step: 0, to: 'done' }));
    const before = await must(d.rooms.incident(incident));
    await d.rooms.stop();
    d.journal.close();
    const again = desk({ folder: d.folder });
    expect(await must(again.rooms.incident(incident))).toEqual(before);
  });
});

describe('blobs', () => {
  it('are content-addressed, replaced when damaged, and nothing else can be read', () => {
    const folder = tempFolder();
    const blobs = createBlobs(folder);
    const put = blobs.put(Buffer.from('hello'));
    expect(put.ok && put.value).toBe(createHash('sha256').update('hello').digest('hex'));
    const name = put.ok ? put.value : '';
    expect(Buffer.from(blobs.read(name)!).toString()).toBe('hello');
    writeFileSync(join(folder, name.slice(0, 2), name), 'hellO');
    expect(blobs.read(name)).toBeNull();
    expect(blobs.put(Buffer.from('hello')).ok).toBe(true);
    expect(blobs.read(name)).not.toBeNull();
    expect(blobs.read('../../etc/passwd')).toBeNull();
    expect(readdirSync(join(folder, name.slice(0, 2)))).toEqual([name]);
    expect(createBlobs(join(folder, name.slice(0, 2), name)).put(Buffer.from('x'))).toMatchObject({
      error: { code: 'blob-not-written' },
    });
  });
});
