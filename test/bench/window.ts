// A room of 100,000 entries in the real window: to its first line, to a composer that takes keys, and the frames while scrolling;
// beside a room of 1,000 entries and beside the same window standing still.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { v7 } from 'uuid';
import { openJournal } from '../../electron/journal/open.ts';
import { readMachineId } from '../../electron/profile/machine.ts';
import { stopwatch, systemClock } from '../../electron/time/systemClock.ts';
import type { NewEntry } from '../../shared/journal/types.ts';
import { toInstant } from '../../shared/time/clock.ts';
import { openApplication } from '../e2e/harness/fixtures.ts';

const incident = '0199f0f4-7d20-7000-8000-000000000001';
const TURNS = 3;

/** One incident of so many entries in a profile of its own. */
function fill(profile: string, size: number): void {
  const opened = openJournal({
    folder: profile,
    clock: systemClock,
    ids: { uuid: () => v7() },
    random: (n) => randomBytes(n),
    machineId: readMachineId(),
    watch: false,
    pollMs: 0,
  });
  if (!opened.ok) throw new Error(opened.error.message);
  const by = 'Marta Lindqvist';
  const base = { incident, actor: 'marta' };
  const declared = { label: 'INC-0001', title: 'Checkout fails', severity: 'SEV1', mode: 'real', by };
  let batch: NewEntry[] = [{ ...base, kind: 'declared', body: declared }];
  const start = systemClock.now() - size * 500;
  for (let i = 1; i <= size; i++) {
    const occurredAt = toInstant(start + i * 500);
    batch.push({
      ...base,
      kind: 'note',
      occurredAt,
      body: { text: `retries drain the pool, ${i} in use`, by },
    });
    if (batch.length < 1000 && i < size) continue;
    const kept = opened.value.append(batch);
    if (!kept.ok) throw new Error(kept.error.message);
    batch = [];
  }
  opened.value.close();
}

const sorted = (list: readonly number[]): number[] => list.toSorted((a, b) => a - b);
const part = (list: readonly number[], p: number): number =>
  sorted(list)[Math.min(list.length - 1, Math.floor(list.length * p))] ?? Number.NaN;

/** Milliseconds between frames, by the browser's own stamps; `scroll`: moving through the list meanwhile. */
const frames = (page: Page, scroll: boolean): Promise<number[]> =>
  page.locator('.tl-list').evaluate(
    (node, moving) =>
      new Promise<number[]>((done) => {
        const gaps: number[] = [];
        let before = 0;
        const step = (now: number): void => {
          if (before > 0) gaps.push(now - before);
          before = now;
          if (moving) node.scrollTop -= 120;
          if (gaps.length < 180) requestAnimationFrame(step);
          else done(gaps);
        };
        requestAnimationFrame(step);
      }),
    scroll,
  );

interface Measured {
  readonly painted: number;
  readonly interactive: number;
  readonly still: readonly number[];
  readonly moving: readonly number[];
}

async function measure(profile: string): Promise<Measured> {
  const opened = await openApplication({ profile });
  const { page } = opened;
  await page.evaluate(() =>
    (
      globalThis as unknown as { bulkhead: { call(name: string, input: string): Promise<string> } }
    ).bulkhead.call('app.setSettings', '{"firstRunDone":true}'),
  );
  await page.waitForSelector('main');
  const began = stopwatch();
  await page.evaluate((id) => {
    location.hash = `#room?incident=${id}`;
  }, incident);
  await page.getByText('in use').first().waitFor({ timeout: 60_000 });
  const painted = stopwatch() - began;
  await page.keyboard.press('n');
  await page.keyboard.type('x');
  await page.waitForFunction(() => (document.activeElement as HTMLTextAreaElement | null)?.value === 'x');
  const interactive = stopwatch() - began;
  await page.keyboard.press('Backspace');
  const still = await frames(page, false);
  const moving = await frames(page, true);
  await opened.close();
  return { painted, interactive, still, moving };
}

const folder = mkdtempSync(join(tmpdir(), 'bulkhead-bench-'));
const small = join(folder, 'small');
const large = join(folder, 'large');
fill(small, 1_000);
fill(large, 100_000);
// The first opening of a long room makes its index; what is measured is every opening after that.
await measure(large);
const rooms: { readonly small: Measured; readonly large: Measured }[] = [];
for (let turn = 0; turn < TURNS; turn++)
  rooms.push({ small: await measure(small), large: await measure(large) });

const print = (what: string, value: number, floor: number, reach: string): void => {
  process.stdout.write(`${JSON.stringify({ what, value, floor, ratio: value / floor, reach })}\n`);
};
const middle = (of: (room: (typeof rooms)[number]) => number): number => part(rooms.map(of), 0.5);
const room = 'room of 100,000 entries';
print(
  `${room}, first line, against one of 1,000`,
  middle((r) => r.large.painted),
  middle((r) => r.small.painted),
  '<= 1.5',
);
print(
  `${room}, composer takes keys, against one of 1,000`,
  middle((r) => r.large.interactive),
  middle((r) => r.small.interactive),
  '<= 1.5',
);
print(
  `${room}, frames while scrolling, p95, against standing still`,
  part(
    rooms.flatMap((r) => r.large.moving),
    0.95,
  ),
  part(
    rooms.flatMap((r) => r.large.still),
    0.95,
  ),
  '<= 1.15',
);
rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
process.exit(0);
