// What the parts of the fold are handed.
import type { FoldEntry } from './entry.ts';
import type { PlanBody, PlanKind } from './kinds.ts';

/** What a part of the fold is handed: the entry's kind and checked body, its plan time, and who wrote it. */
export interface Applied<K extends PlanKind = PlanKind> {
  readonly kind: K;
  readonly body: PlanBody<K>;
  readonly at: number;
  readonly entry: FoldEntry;
}
