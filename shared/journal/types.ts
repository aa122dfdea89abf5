// The journal's words (journal.md): the entry as stored, and as a fold sees it.
import type { Instant } from '../time/clock.ts';

/** As it stands on disk and in exports. `body` is the RFC 8785 text as first written; never re-serialised. */
export interface Entry {
  readonly id: string;
  readonly incident: string;
  readonly kind: string;
  /** Version of the body of this kind. */
  readonly v: number;
  /** Deterministic key of entries that machines write by themselves; the first in order counts. */
  readonly key: string | null;
  readonly body: string;
  readonly actor: string;
  readonly device: string;
  /** Per (incident, device), from 1 without gaps. */
  readonly seq: number;
  /** Hybrid logical clock, fixed width, sortable as text: 12 hex digits of milliseconds, 4 hex digits of counter. */
  readonly hlc: string;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  /** Hash of the entry before in this (incident, device); empty for the first. */
  readonly prev: string;
  readonly salt: string;
  readonly bodyHash: string;
  readonly hash: string;
}

/** What a caller hands to the journal; the rest is filled in inside the transaction. */
export interface NewEntry {
  readonly incident: string;
  readonly kind: string;
  readonly key?: string;
  readonly body: Record<string, unknown>;
  readonly actor: string;
  /** Default: when it is recorded. */
  readonly occurredAt?: Instant;
}

/** What a fold sees: the body parsed (null when withheld or erased). */
export interface FoldEntry {
  readonly id: string;
  readonly incident: string;
  readonly kind: string;
  readonly v: number;
  readonly key: string | null;
  readonly body: Record<string, unknown> | null;
  readonly actor: string;
  readonly device: string;
  readonly seq: number;
  readonly hlc: string;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
}

/** The same set of entries gives the same state, in any order of arrival: state folds by (hlc, device, seq). */
export const compareForState = (
  a: Pick<FoldEntry, 'hlc' | 'device' | 'seq'>,
  b: Pick<FoldEntry, 'hlc' | 'device' | 'seq'>,
): number =>
  a.hlc < b.hlc ? -1 : a.hlc > b.hlc ? 1 : a.device < b.device ? -1 : a.device > b.device ? 1 : a.seq - b.seq;

type Listed = Pick<FoldEntry, 'occurredAt' | 'hlc' | 'device' | 'seq'>;

/** Screens and documents list by (occurredAt, hlc, device, seq). */
export const compareForList = (a: Listed, b: Listed): number =>
  a.occurredAt < b.occurredAt ? -1 : a.occurredAt > b.occurredAt ? 1 : compareForState(a, b);
