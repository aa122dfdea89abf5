// The tokens keep their promise in every theme: AA for text, AAA for clocks and status words, 3:1 for edges and focus.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../../../renderer/styles/tokens.css', import.meta.url), 'utf8');

const tokens = (theme: string): Map<string, string> => {
  const block =
    new RegExp(`:root(?:,:root)?\\[data-theme="${theme}"\\]\\{([\\s\\S]*?)\\n\\}`).exec(css)?.[1] ?? '';
  return new Map(
    [...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, name, value]) => [name!, value!]),
  );
};

/** Relative luminance of `#rrggbb` (WCAG 2.2). */
const luminance = (hex: string): number => {
  const n = Number.parseInt(hex.slice(1), 16);
  const channel = (value: number): number => {
    const c = value / 255;
    return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(n >> 16) + 0.7152 * channel((n >> 8) & 255) + 0.0722 * channel(n & 255);
};
const contrast = (a: string, b: string): number => {
  const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p) as [number, number];
  return (x + 0.05) / (y + 0.05);
};

/** Ink, grounds it stands on, least contrast. */
const PAIRS: readonly (readonly [string, string, number])[] = [
  ['ink', 'deck panel raised overlay well degraded-wash', 7],
  ['ink-2', 'deck panel raised overlay decision-wash accent-wash outage-wash degraded-wash', 4.5],
  ['ink-3', 'deck panel raised overlay accent-wash outage-wash decision-wash degraded-wash', 4.5],
  ['clock', 'deck panel', 7],
  ['accent', 'deck panel accent-wash overlay', 4.5],
  ['accent-ink', 'accent', 4.5],
  ['key-ink', 'key', 7],
  ['ok-ink', 'deck panel', 7],
  ['degraded-ink', 'deck panel degraded-wash', 7],
  ['outage-ink', 'deck panel outage-wash', 7],
  ['maint-ink', 'panel deck', 7],
  ['unknown-ink', 'panel deck', 7],
  ['degraded-on', 'degraded-fill', 7],
  ['outage-on', 'outage-fill', 7],
  ['done-ink', 'panel deck', 7],
  ['doing-ink', 'panel deck', 7],
  ['failed-ink', 'panel deck', 7],
  ['held-ink', 'panel deck', 7],
  ['held-ink', 'degraded-wash overlay', 4.5],
  ['done-ink', 'degraded-wash', 4.5],
  ['skipped-ink', 'panel', 4.5],
  ['todo-ink', 'panel', 4.5],
  ['edge', 'panel deck overlay', 3],
  ['focus', 'panel deck overlay', 3],
  ['ok-dot', 'panel', 3],
  ['mark-ink', 'mark', 4.5],
  ['decision-ink', 'decision-wash', 7],
  ['paper-ink', 'paper paper-wash', 7],
  ['paper-ink-2', 'paper paper-wash', 4.5],
  ['paper-bad', 'paper', 4.5],
  ['paper-warn', 'paper', 4.5],
  ['paper-act', 'paper', 4.5],
];

describe.each(['night', 'red', 'day'])('the %s theme', (theme) => {
  const values = tokens(theme);
  it.each(PAIRS)('%s on %s has at least %d to 1', (ink, grounds, least) => {
    for (const ground of grounds.split(' ')) {
      const [a, b] = [values.get(ink), values.get(ground)];
      expect(a && b, `${ink} or ${ground} is missing`).toBeTruthy();
      expect(contrast(a!, b!), `${ink} on ${ground}`).toBeGreaterThanOrEqual(least);
    }
  });
  it('keeps red to hues of 0 to 42 degrees, so that hue carries nothing there', () => {
    if (theme !== 'red') return expect(values.size).toBeGreaterThan(50);
    for (const [name, hex] of values) {
      const [r, g, b] = [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16)) as [
        number,
        number,
        number,
      ];
      const max = Math.max(r, g, b);
      const spread = max - Math.min(r, g, b);
      if (spread === 0) continue;
      const hue = max === r ? (60 * (((g - b) / spread) % 6) + 360) % 360 : 999;
      expect(hue, `--${name} ${hex}`).toBeLessThanOrEqual(42);
    }
  });
});
