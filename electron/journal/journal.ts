// The journal as the other services see it. One append-only list of entries per incident, on disk before anybody is told.
import type { Entry, NewEntry } from '../../shared/journal/types.ts';
import type { Result } from '../../shared/result.ts';
import type { Instant } from '../../shared/time/clock.ts';

/** An entry with its place in the order of arrival on this machine. */
export interface StoredEntry extends Entry {
  readonly row: number;
  /** Body and salt are gone; the chain still verifies. */
  readonly erased: boolean;
}

export interface JournalState {
  readonly entries: number;
  readonly savedAt: Instant | null;
  readonly writable: boolean;
  /** Why it is not writable, in words, or null. */
  readonly reason: string | null;
  readonly device: string;
  readonly path: string;
}

/** What the opening of the journal has to tell people: a lost tail, damage, a clone, a clock that went back. */
export interface JournalNotice {
  readonly code: string;
  readonly level: 'info' | 'warning' | 'alarm';
  readonly text: string;
}

export interface Journal {
  /**
   * Appends all or none, in one transaction with synchronous=FULL; returns after the commit is on disk.
   * `prev`, `seq` and `hlc` are read inside the transaction. An entry with a `key` that its incident already has is
   * still appended (a confirmation). Errors: `journal-read-only`, `disk-full`, `body-too-large`, `newer-file`.
   */
  append(entries: readonly NewEntry[]): Result<readonly StoredEntry[]>;
  /** Entries in order of arrival, after `afterRow`, at most `limit`. */
  read(incident: string, afterRow: number, limit: number): readonly StoredEntry[];
  /** All incidents' entries in order of arrival, for whoever follows the whole journal. */
  readAll(afterRow: number, limit: number): readonly StoredEntry[];
  /** Lazily, in order of arrival; holds no more than a page in memory. */
  iterate(incident: string): IterableIterator<StoredEntry>;
  entry(id: string): StoredEntry | null;
  incidents(): readonly string[];
  count(incident: string): number;
  lastRow(): number;
  /** Empties body and salt of an entry in the transaction that appends `erased {entry, reason}`. */
  erase(entry: string, reason: string, actor: string, by: string): Result<StoredEntry>;
  /** Called after entries were appended by this process, or noticed from another (data_version). */
  onChange(listener: (rows: { readonly from: number; readonly to: number }) => void): () => void;
  state(): JournalState;
  notices(): readonly JournalNotice[];
  close(): void;
}
