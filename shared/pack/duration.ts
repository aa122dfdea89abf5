// Durations in the files of a pack: `30s`, `5m`, within bounds.
import { z } from 'zod';
import { DURATION, formatDuration, parseDuration } from '../rollback/duration.ts';

/** As written in a file: a bound under a second is not `0s`. */
const written = (ms: number): string => (ms < 1000 ? `${ms / 1000}s` : formatDuration(ms));

/** A duration as text; its value is milliseconds. Bounds are milliseconds, both inclusive. */
export const someDuration = (min: number, max: number, what = '') => {
  const range = `from ${written(min)} to ${written(max)}`;
  const wrong = `a duration ${range}, written with its unit: 30s, 5m`;
  return z
    .string({ error: ({ input }) => (typeof input === 'number' ? wrong : undefined) })
    .regex(DURATION, wrong)
    .refine((text) => {
      const ms = parseDuration(text);
      return ms !== null && ms >= min && ms <= max;
    }, wrong)
    .describe(`${what}${what === '' ? 'A' : '; a'} duration ${range}: 30s, 5m`);
};

/** The same, and what it is when it is not said. */
export const duration = (min: number, max: number, byDefault: string, what = '') =>
  someDuration(min, max, what).default(byDefault);

/** Milliseconds of a text that the schema has let through. */
export const toMs = (text: string): number => parseDuration(text) ?? 0;
