// Durations in the files of a pack: `30s`, `5m`, within bounds.
import { z } from 'zod';
import { DURATION, formatDuration, parseDuration } from '../rollback/duration.ts';

/** A duration as text; its value is milliseconds. Bounds are milliseconds, both inclusive. */
export const duration = (min: number, max: number, byDefault: string) =>
  z
    .string()
    .regex(DURATION, 'a duration like 30s or 5m')
    .refine(
      (text) => {
        const ms = parseDuration(text);
        return ms !== null && ms >= min && ms <= max;
      },
      `a duration from ${formatDuration(min)} to ${formatDuration(max)}`,
    )
    .default(byDefault);

/** Milliseconds of a text that the schema has let through. */
export const toMs = (text: string): number => parseDuration(text) ?? 0;
