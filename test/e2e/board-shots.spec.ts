// Pictures of the board in the themes and sizes of the design, and accessibility of each: BULKHEAD_SHOTS=1 writes them.
import { axe } from './harness/axe.ts';
import { shot } from './harness/shot.ts';
import { appData } from './harness-ui/app-data.ts';
import { bare, long, offline, quiet } from './harness-ui/board-data.ts';
import { expect, test } from './harness-ui/board-open.ts';
import { full, longCascade, noServices } from './harness-ui/board-ours.ts';

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
