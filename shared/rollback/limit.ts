// Limits of a plan's rules: `< 1%`, `>= 100`, `> 1200 ms`, `> 3 of 10`.

export type Operator = '<' | '<=' | '>' | '>=';

export interface Limit {
  readonly op: Operator;
  readonly value: number;
  readonly text: string;
}

export const PERCENT = /^\s*(<=|>=|<|>)\s*(\d+(?:\.\d+)?)\s*%?\s*$/;
export const COUNT = /^\s*(<=|>=|<|>)?\s*(\d+)\s*$/;
export const MILLIS = /^\s*(<=|>=|<|>)\s*(\d+(?:\.\d+)?)\s*(ms|s)?\s*$/;
export const OF = /^\s*(>=|>)\s*(\d+)\s+of\s+(\d+)\s*$/;

/** Percent limit; null when it is not one. */
export function parsePercent(text: string): Limit | null {
  const hit = PERCENT.exec(text);
  return hit ? { op: hit[1] as Operator, value: Number(hit[2]), text: text.trim() } : null;
}

/** A count; without an operator it means "at least". */
export function parseCount(text: string): Limit | null {
  const hit = COUNT.exec(text);
  return hit ? { op: (hit[1] ?? '>=') as Operator, value: Number(hit[2]), text: text.trim() } : null;
}

/** A time in milliseconds; `s` is understood. */
export function parseMillis(text: string): Limit | null {
  const hit = MILLIS.exec(text);
  if (!hit) return null;
  return { op: hit[1] as Operator, value: Number(hit[2]) * (hit[3] === 's' ? 1000 : 1), text: text.trim() };
}

/** Failed tries among the last so many. */
export interface OfLimit extends Limit {
  readonly of: number;
}

export function parseOf(text: string): OfLimit | null {
  const hit = OF.exec(text);
  if (!hit || Number(hit[3]) < 1 || Number(hit[2]) > Number(hit[3])) return null;
  return { op: hit[1] as Operator, value: Number(hit[2]), of: Number(hit[3]), text: text.trim() };
}

/** Does the value lie on the side that the limit names? */
export function holds(limit: Limit, value: number): boolean {
  if (limit.op === '<') return value < limit.value;
  if (limit.op === '<=') return value <= limit.value;
  if (limit.op === '>') return value > limit.value;
  return value >= limit.value;
}
