// What a runbook is, after reading.
import type { Variable } from './variables.ts';

export interface RunbookStep {
  /** From 0, in the order of the document. */
  readonly index: number;
  /** One line, plain, without its marks. */
  readonly title: string;
  /** The nearest heading above; empty when there is none. */
  readonly section: string;
  readonly command: string | null;
  readonly expect: string | null;
  readonly danger: boolean;
  /** The word to type before a dangerous step counts; null: the step's own title is not asked for. */
  readonly confirm: string | null;
  readonly twoPerson: boolean;
  /** Expected duration in milliseconds. */
  readonly expectMs: number | null;
  readonly variables: readonly string[];
  /** Line in the file, from 1. */
  readonly line: number;
}

export interface Heading {
  readonly level: number;
  readonly text: string;
  readonly anchor: string;
}

export interface Runbook {
  readonly title: string;
  readonly owner: string;
  readonly tags: readonly string[];
  readonly meta: readonly { readonly name: string; readonly value: string }[];
  readonly steps: readonly RunbookStep[];
  readonly variables: readonly Variable[];
  readonly outline: readonly Heading[];
  readonly problems: readonly string[];
}
