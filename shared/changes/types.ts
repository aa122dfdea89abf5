// A change: a deployment or configuration change, ours or the provider's (product.md, vocabulary).
import type { Instant } from '../time/clock.ts';

export interface Change {
  /** Stable: the same line of the same file gives the same one. */
  readonly id: string;
  /** When it took effect. */
  readonly at: Instant;
  readonly service: string;
  readonly version: string;
  /** `provider/region` as written; empty: everywhere or not said. */
  readonly places: readonly string[];
  readonly by: string;
  readonly text: string;
  readonly url: string;
  /** Name of the file it was read from; `typed`. */
  readonly source: string;
}

/** A change without what only the reader of a whole file knows. */
export type RawChange = Omit<Change, 'id' | 'source'>;

export interface ReadChanges {
  readonly changes: readonly RawChange[];
  readonly problems: readonly { readonly line: number; readonly text: string }[];
}
