// A path that is lost while its pack is edited.
import { expect, test } from 'vitest';
import type { Reference } from '../../../electron/health/defaults.ts';
import { failure } from '../../../electron/health/fetch/failures.ts';
import type { FetchFeed } from '../../../electron/health/fetch/fetcher.ts';
import { createPaths } from '../../../electron/health/paths.ts';

const reference = (name: string): Reference => ({
  name,
  url: `http://${name}.example/`,
  status: 200,
  body: 'alive',
});

function setUp() {
  const told: string[] = [];
  const alive = new Set<string>();
  const state = { uptime: 0 };
  const fetch: FetchFeed = async ({ url }) =>
    alive.has(url)
      ? {
          ok: true,
          value: {
            status: 200,
            notModified: false,
            bytes: new TextEncoder().encode('alive'),
            contentType: '',
            etag: null,
            lastModified: null,
            url,
            durationMs: 1,
          },
        }
      : { ok: false, error: failure('refused', 'refused') };
  const paths = createPaths({
    clock: { now: () => state.uptime, uptime: () => state.uptime },
    fetch,
    onChange: (path, how) => void told.push(`${path} ${how}`),
  });
  return { paths, told, alive, state };
}

test('other references for a path that is lost are no way back; they say themselves when it is', async () => {
  const { paths, told, alive, state } = setUp();
  paths.set(new Map([['vpn', [reference('old')]]]));
  await paths.get('vpn')!.heard('probe', false, 30_000);
  expect(told).toEqual(['vpn lost']);
  paths.set(new Map([['vpn', [reference('new')]]]));
  expect(told).toEqual(['vpn lost']);
  expect(paths.get('vpn')!.lost()).toBe(true);
  await paths.look();
  expect(told).toEqual(['vpn lost']);
  alive.add('http://new.example/');
  state.uptime += 15_000;
  await paths.look();
  expect(told).toEqual(['vpn lost', 'vpn back']);
  expect(paths.get('vpn')!.lost()).toBe(false);
});

test('a lost path that is taken out of its pack is gone, not back', async () => {
  const { paths, told } = setUp();
  paths.set(new Map([['vpn', [reference('old')]]]));
  await paths.get('vpn')!.heard('probe', false, 30_000);
  paths.set(new Map());
  expect(told).toEqual(['vpn lost', 'vpn gone']);
  expect(paths.get('vpn')).toBeNull();
});

test('what the references of before answer late is not said of the path with others', async () => {
  const { paths, told } = setUp();
  paths.set(new Map([['vpn', [reference('old')]]]));
  const asked = paths.get('vpn')!.heard('probe', false, 30_000);
  paths.set(new Map([['vpn', [reference('new')]]]));
  await asked;
  expect(told).toEqual([]);
});
