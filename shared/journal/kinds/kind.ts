// What makes an entry kind: schema, version, upcasters, what it does to the Incident, and its words. Leaving one out of a kind,
// or a kind out of its family, does not compile.
import { z } from 'zod';
import { instant, text } from '../../contract/define.ts';
import { precision, type rowKind } from '../../contract/room.ts';
import type { State } from '../../health/types.ts';
import type { Incident } from '../fold-state.ts';
import type { FoldEntry } from '../types.ts';

export type RowKind = z.infer<typeof rowKind>;
export type Body = Record<string, unknown>;

export interface KnownEntry<B> extends FoldEntry {
  readonly body: B & Body;
}

/** A line of the timeline in words: bold lead and the rest, plain text. */
export interface Words {
  readonly lead: string;
  readonly text: string;
  readonly state?: State | null;
  /** Row kind, where it differs from the kind's own. */
  readonly row?: RowKind;
}

interface Spec<S extends z.ZodType> {
  /** Version of the body that this Bulkhead writes. */
  readonly v: number;
  /** Loose objects: fields of a newer Bulkhead live on. */
  readonly schema: S;
  /** Pure; from version n to n + 1, for each n below `v`. */
  readonly upcasters: Readonly<Record<number, (body: Body) => Body>>;
  /** What it is drawn as; null for kinds that only change another line. */
  readonly row: RowKind | null;
  /** Written by a machine by itself. */
  readonly automatic: boolean;
  /** Null: can be retracted. Else the sentence that names the other way. */
  readonly notRetractable: string | null;
  /** Changes the Incident; called once per key, in the order of state, with a body that its schema has read. */
  apply(incident: Incident, entry: KnownEntry<z.output<S>>): void;
  words(entry: KnownEntry<z.output<S>>): Words;
}

/** A kind with its body's type forgotten: the registry's view. Bodies are read by `schema` before `apply` and `words` see them. */
export interface Kind {
  readonly v: number;
  readonly schema: z.ZodType;
  readonly upcasters: Readonly<Record<number, (body: Body) => Body>>;
  readonly row: RowKind | null;
  readonly automatic: boolean;
  readonly notRetractable: string | null;
  apply(incident: Incident, entry: KnownEntry<unknown>): void;
  words(entry: KnownEntry<unknown>): Words;
}

export const kind = <S extends z.ZodType>(spec: Spec<S>): Kind => spec as unknown as Kind;

/** A family names its kinds as a union, so that one without its parts is a compile error. */
export type Family<K extends string> = Readonly<Record<K, Kind>>;

/** Name of whoever wrote it, as it was written at that time. Machines leave it empty. */
export const by = text(120).default('');
/** How a typed time was given; the instant itself is `occurredAt`. */
export const when = z.looseObject({ precision, typed: text(200) }).optional();
export const reason = text(2000).default('');
export { instant, text };
export const body = z.looseObject;
export const noop = (): void => {};
