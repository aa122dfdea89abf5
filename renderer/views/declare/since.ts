// What became of a form's signals while it was open. Pure.
import type { SignalLine } from '../../../shared/contract/health.ts';

/** Signals that joined since it was opened, and those that left because their place is well again. */
export function movedSince(
  opened: readonly SignalLine[],
  now: readonly SignalLine[],
): { readonly more: number; readonly gone: number } {
  const then = new Set(opened.map((one) => one.id));
  const there = new Set(now.map((one) => one.id));
  const missing = (ids: ReadonlySet<string>, from: ReadonlySet<string>): number =>
    [...ids].filter((id) => !from.has(id)).length;
  return { more: missing(there, then), gone: missing(then, there) };
}
