// Pictures of the board in the themes and sizes of the design, and accessibility of each: BULKHEAD_SHOTS=1 writes them.
import { axe } from './harness/axe.ts';
import { shot } from './harness/shot.ts';
import { appData } from './harness-ui/app-data.ts';
import { bare, long, offline, quiet } from './harness-ui/board-data.ts';
import { expect, test } from './harness-ui/board-open.ts';
import {
  full,
  knownBoard,
  longCascade,
  manyOpen,
  manyProbes,
  noServices,
  twoOverrides,
} from './harness-ui/board-ours.ts';

const SIZES = [
  { width: 1440, height: 900 },
  { width: 1100, height: 720 },
] as const;
const app = appData();
const WRITE = process.env['BULKHEAD_SHOTS'] === '1';

const CASES = {
  outage: { board: full(), answers: {} },
  quiet: {
    board: { ...quiet(), cascade: { ...full().cascade!, state: 'none', first: null, lanes: [] } },
    answers: { 'ours.services': noServices() },
  },
  offline: { board: { ...offline(), cascade: full().cascade }, answers: {} },
  long: { board: { ...long(), cascade: longCascade() }, answers: {} },
  known: { board: knownBoard(), answers: {} },
  overrides: { board: twoOverrides(), answers: {} },
  bare: { board: bare(), answers: { 'ours.services': noServices() } },
} as const;

for (const size of SIZES) {
  for (const [name, one] of Object.entries(CASES)) {
    for (const theme of name === 'outage' && size.width === 1440
      ? (['night', 'red', 'day'] as const)
      : (['night'] as const)) {
      test(`${name}, ${theme}, ${size.width}x${size.height}: readable by everybody, nothing runs out of the window`, async ({
        openBoard,
      }) => {
        const { page } = await openBoard({
          size,
          data: { board: one.board as never, app: { ...app, settings: { ...app.settings, theme } } },
          answers: one.answers,
        });
        await page.waitForTimeout(200);
        if (WRITE) await shot(page, `board-${name}-${theme}-${size.width}x${size.height}`);
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
        ).toBeLessThanOrEqual(0);
        // One pixel: texts for screen readers alone are a pixel large.
        expect(
          await page.evaluate(() => document.documentElement.scrollHeight - innerHeight),
        ).toBeLessThanOrEqual(1);
        expect(await axe(page)).toEqual([]);
      });
    }
  }
}

/** What the board opens, by its keys: readable in every theme, in the small window too. */
const OPENED: readonly { name: string; keys: readonly string[]; wait: string }[] = [
  { name: 'events', keys: ['e'], wait: '.oev' },
  { name: 'probes', keys: ['p'], wait: '.pbc' },
  { name: 'cascade', keys: ['c'], wait: '.cas-d' },
  { name: 'past', keys: ['h', 'PageUp', 'PageUp', 'PageUp'], wait: '.past-n' },
  { name: 'notifications', keys: ['Control+k', ...'notifications', 'Enter'], wait: '.nt' },
  { name: 'uptime', keys: ['Control+k', ...'uptime', 'Enter'], wait: '.upt' },
];

for (const theme of ['night', 'red', 'day'] as const) {
  test(`what the board opens, ${theme}: readable by everybody`, async ({ openBoard }) => {
    for (const one of OPENED) {
      const { page } = await openBoard({
        size: theme === 'night' ? SIZES[1] : SIZES[0],
        data: { board: full(), app: { ...app, settings: { ...app.settings, theme } } },
        answers: { 'health.probes': { probes: manyProbes(500) }, 'notify.get': manyOpen() },
      });
      await page.getByRole('grid').locator('[aria-selected=true]').focus();
      for (const key of one.keys) await page.keyboard.press(key);
      await page.locator(one.wait).first().waitFor();
      if (WRITE) await shot(page, `board-${one.name}-${theme}`);
      expect([one.name, await axe(page)]).toEqual([one.name, []]);
      await page.close();
    }
  });
}
