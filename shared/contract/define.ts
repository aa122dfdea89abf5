// How a service's calls and events are written down: schemas both ways, types follow from them.
import { z } from 'zod';

export interface CallDef<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly input: I;
  readonly output: O;
}

export const call = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O): CallDef<I, O> => ({
  input,
  output,
});

/** An event's payload always carries its topic's revision: at or below the one held is dropped, a gap means fetch again. */
export const event = <P extends z.ZodType>(payload: P): P => payload;

export const instant = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, 'an instant like 2026-10-20T07:48:20.000Z');
export const rev = z.number().int().nonnegative();
export const id = z.string().min(1).max(200);
export const text = (max: number) => z.string().max(max);
export const none = z.strictObject({});
/** The answer of a call that has nothing to say beyond "it is on disk". */
export const done = z.object({});
