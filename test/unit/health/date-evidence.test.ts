// What time it is by the servers: most of them, never one alone.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDateEvidence, isElsewhere } from '../../../electron/health/date-evidence.ts';
import type { FetchFeed } from '../../../electron/health/fetch/fetcher.ts';

const NOW = Date.UTC(2026, 9, 20, 8);
const HOUR = 3_600_000;

async function offOf(
  offs: readonly (number | null)[],
  wallOff = 0,
  hosts = offs.map((_, i) => `h${i}.example`),
) {
  const clock = { wall: NOW + wallOff, up: 5_000_000, now: () => clock.wall, uptime: () => clock.up };
  const evidence = createDateEvidence(clock);
  for (const [i, off] of offs.entries()) {
    const fetch: FetchFeed = async () => ({
      ok: true,
      value: {
        status: 200,
        notModified: false,
        bytes: new Uint8Array(),
        contentType: '',
        etag: null,
        lastModified: null,
        url: `https://${hosts[i]}/feed`,
        durationMs: 1,
        date: off === null ? null : NOW + off,
      },
    });
    await evidence.heard(fetch)({} as never);
  }
  return { clock, evidence };
}

describe('the dates of servers', () => {
  it('say how far the clock is off when most agree, whatever the others say', async () => {
    const honest = fc.array(fc.integer({ min: -2000, max: 0 }), { minLength: 2, maxLength: 6 });
    const lies = fc.array(fc.integer({ min: -100 * HOUR, max: 100 * HOUR }), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(
        honest,
        lies,
        fc.integer({ min: -50 * HOUR, max: 50 * HOUR }),
        async (fair, odd, wall) => {
          const liars = odd.slice(0, fair.length - 1);
          const { evidence } = await offOf([...liars, ...fair], wall);
          const off = evidence.off();
          expect(off).not.toBeNull();
          expect(Math.abs(off! - wall)).toBeLessThanOrEqual(2500);
        },
      ),
    );
  });

  it('say nothing where one speaks, two disagree, or nobody has a date', async () => {
    expect((await offOf([0])).evidence.off()).toBeNull();
    expect((await offOf([0, 0], 0, ['one.example', 'one.example'])).evidence.off()).toBeNull();
    expect((await offOf([0, -3 * HOUR])).evidence.off()).toBeNull();
    expect((await offOf([null, null])).evidence.off()).toBeNull();
    expect((await offOf([0, 0], 0, ['127.0.0.1:8080', 'localhost'])).evidence.off()).toBeNull();
    expect(['127.0.0.1:9093', '[::1]:80', 'localhost', 'a.localhost'].some(isElsewhere)).toBe(false);
    expect(['10.0.0.1', 'status.example', '127.example.com'].every(isElsewhere)).toBe(true);
  });

  it('follow a clock that is set, and age', async () => {
    const { clock, evidence } = await offOf([0, 0]);
    expect(evidence.said()).toBeNull();
    clock.wall += HOUR;
    expect(evidence.said()).toBe(HOUR);
    // Steady: answers take their time.
    clock.wall += 1500;
    expect(evidence.said()).toBe(HOUR);
    clock.wall -= HOUR;
    expect(evidence.said()).toBeNull();
    clock.up += 16 * 60_000;
    clock.wall += 16 * 60_000;
    expect(evidence.off()).toBeNull();
  });
});
