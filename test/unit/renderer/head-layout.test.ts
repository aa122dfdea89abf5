import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeWidth, headsOf, levelsOf } from '../../../renderer/views/board/head-layout.ts';
import { continents, headCode } from '../../../renderer/views/board/selection.ts';
import type { Column } from '../../../shared/contract/health.ts';
import { columnsOf } from '../../../shared/health/board-columns.ts';
import { regionsOf } from '../../../shared/health/regions.ts';
import { COLUMNS } from '../../e2e/harness-ui/board-data.ts';

/** Where each code lies on the whole head, and the lines of its continent. */
function laid(columns: readonly Column[], provider: string | null, width: number) {
  const heads = headsOf(columns, provider, width, 16);
  return continents(columns).flatMap((group) =>
    Array.from({ length: group.span }, (_, k) => {
      const i = group.from + k;
      const from = i * width + heads[i]!.left;
      return {
        level: heads[i]!.level,
        from,
        to: from + codeWidth(headCode(columns[i]!, provider)),
        right: (group.from + group.span) * width,
      };
    }),
  );
}

const apart = (all: ReturnType<typeof laid>): void => {
  all.forEach((one, i) => {
    for (const other of all.slice(i + 1))
      if (other.level === one.level) expect(other.from >= one.to || other.to <= one.from).toBe(true);
  });
};

describe('heads of the matrix', () => {
  it('in the smallest window no code touches another nor the line of the next continent, on two levels', () => {
    for (const width of [48.9, 67]) {
      const all = laid(COLUMNS, 'aws', width);
      apart(all);
      for (const one of all) expect(one.to).toBeLessThanOrEqual(one.right);
      expect(levelsOf(headsOf(COLUMNS, 'aws', width, 16))).toBe(2);
    }
  });

  it('a code of wide letters is as wide as it is drawn: europe-west1 does not touch the line after it', () => {
    // Measured in the window: 64.7 px, semibold.
    expect(codeWidth('europe-west1')).toBeGreaterThan(64.5);
    expect(codeWidth('europe-west1')).toBeLessThan(66);
    const europe = COLUMNS.filter((c) => c.key !== 'eu-central-1');
    const all = laid(europe, 'aws', 52);
    apart(all);
    for (const one of all) expect(one.to).toBeLessThan(one.right);
  });

  it('the longest codes, of Google Cloud, are whole and apart too', () => {
    const all = laid(COLUMNS, 'gcp', 48.9);
    apart(all);
    for (const one of all) expect(one.to).toBeLessThanOrEqual(one.right);
  });

  it('whatever regions a board has: every code has a place, three levels at most, none over another', () => {
    const providers = ['aws', 'gcp', 'azure'] as const;
    const regions = providers.flatMap((provider) =>
      regionsOf(provider).map(({ code }) => ({ provider, region: code })),
    );
    fc.assert(
      fc.property(
        fc.subarray(regions, { minLength: 1, maxLength: 40 }),
        fc.constantFrom(...providers),
        fc.constantFrom(41.6, 49, 60, 75),
        (ours, provider, width) => {
          const columns = columnsOf(providers, ours, []);
          const heads = headsOf(columns, provider, width, 16);
          expect(heads).toHaveLength(columns.length);
          expect(levelsOf(heads)).toBeLessThanOrEqual(3);
          apart(laid(columns, provider, width));
        },
      ),
      { numRuns: 25 },
    );
  });

  it('a column alone under its continent, unknown codes, no column at all', () => {
    expect(headsOf([], null, 50, 16)).toEqual([]);
    const alone: Column = { key: 'x', continent: 'Other', codes: { aws: 'zz-nowhere-1' }, ours: false };
    const all = laid([...COLUMNS, alone], 'aws', 60);
    apart(all);
    const long: Column = { ...alone, codes: { aws: 'zz-a-very-long-unknown-region-code-7' } };
    const last = laid([...COLUMNS, long], 'aws', 49).at(-1)!;
    // It may reach into Elsewhere, never out of the window.
    expect(last.to).toBeLessThanOrEqual(last.right + 49);
  });
});
