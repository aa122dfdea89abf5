// The window with answers to what stands beside the cells: canned values by call name, put in before the page asks.
import type { CallName, Output } from '../../../shared/contract/index.ts';
import * as data from './board-ours.ts';
import { test as base, type Opened, type OpenOptions, openWindow } from './open.ts';

export type Canned = { readonly [N in CallName]?: Output<N> };

export const canned = (change: Canned = {}): Canned => ({
  'ours.services': data.ourServices(),
  'ours.whatIf': {
    ...data.points().providers[0]!,
    currency: 'EUR',
  },
  'ours.points': data.points(),
  'health.probes': { probes: data.probes() },
  'health.probe': data.tries(),
  'changes.list': data.changes(),
  'health.uptime': data.uptime(),
  'health.events': data.events(),
  'health.markKnown': {},
  'health.unmarkKnown': {},
  'packs.list': data.packs(),
  'notify.get': data.notify(),
  'health.override': data.override(),
  'health.endOverride': {},
  'changes.add': { change: 'c9' },
  'notify.acknowledge': {},
  'notify.snooze': {},
  'notify.set': {},
  'packs.add': { pack: 'pack-2' },
  'packs.remove': {},
  ...change,
});

interface Fixtures {
  openBoard: (options?: OpenOptions & { readonly answers?: Canned }) => Promise<Opened>;
}

export const test = base.extend<Fixtures>({
  openBoard: async ({ harness }, use) => {
    const opened: Opened[] = [];
    await use(async ({ answers, ...options } = {}) => {
      const one = await openWindow(harness.browser, harness.url, {
        ...options,
        data: { board: data.full(), ...options.data },
        prepare: async (page) => {
          await page.addInitScript(
            ([values, past]) => {
              for (const [name, value] of Object.entries(values)) window.harness.answers[name] = () => value;
              window.harness.answers['health.history'] = ({ at }: { at: string }) => ({
                ...past,
                at,
                watched: at >= '2026-10-20T06:00:00.000Z',
                gap:
                  at >= '2026-10-20T06:00:00.000Z'
                    ? null
                    : { from: '2026-10-19T23:10:00.000Z', until: '2026-10-20T06:00:00.000Z' },
              });
            },
            [canned(answers), data.history('2026-10-20T08:00:00.000Z')] as const,
          );
        },
      });
      opened.push(one);
      return one;
    });
    for (const { page, errors } of opened) {
      await page.close();
      if (errors.length) throw new Error(`the page reported: ${errors.join(' | ')}`);
    }
  },
});
export { expect } from '@playwright/test';
