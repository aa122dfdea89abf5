// The export as JSON: the journal of one incident as stored, so that anybody can check the chain without Bulkhead.
// The published schema is schemas/incident-export.schema.json, made from the one here.
import { z } from 'zod';
import type { Entry } from '../journal/types.ts';

const instant = z.string().describe('ISO 8601, UTC, milliseconds: 2026-10-20T07:48:20.000Z');
const hash = z.string().regex(/^[0-9a-f]{64}$/);

const exportedEntry = z.object({
  id: z.string().describe('UUIDv7'),
  incident: z.string(),
  kind: z
    .string()
    .describe(
      'Past tense, for example note, decision, step-done; a kind of a newer Bulkhead is passed on as it is',
    ),
  v: z.number().int().positive().describe('Version of the body of this kind'),
  key: z
    .string()
    .nullable()
    .describe('Same for the same fact written by several machines; the first in order counts'),
  body: z
    .string()
    .nullable()
    .describe(
      'The RFC 8785 text as first written; its bytes are what bodyHash is made from. Null: withheld or erased',
    ),
  actor: z.string(),
  device: z.string().describe('Hash of the public key of the machine that wrote it'),
  seq: z.number().int().positive().describe('From 1 without gaps per incident and device'),
  hlc: z
    .string()
    .describe(
      'Hybrid logical clock: 12 hex digits of milliseconds, 4 of a counter. State folds by (hlc, device, seq)',
    ),
  occurredAt: instant,
  recordedAt: instant,
  prev: z
    .union([hash, z.literal('')])
    .describe('hash of the entry before of this incident and device; empty for the first'),
  salt: z.string().nullable(),
  bodyHash: hash.describe('SHA-256 of salt and body, as text one after the other'),
  hash: hash.describe('SHA-256 of the canonical (RFC 8785) envelope: every field but body, salt and hash'),
  redacted: z.string().optional().describe('What stands in place of a withheld body'),
});

export const exportHead = z.object({
  format: z.literal('bulkhead-incident'),
  version: z.literal(1),
  bulkhead: z.string().describe('Version of the application that wrote it'),
  exportedAt: instant,
  incident: z.object({
    id: z.string(),
    label: z.string(),
    title: z.string(),
    severity: z.string().describe('SEV1 to SEV4; none for a release that is no incident'),
    phase: z.string().describe('release for a release that is no incident'),
    mode: z.string().describe('real, drill, retrospective or release'),
    declaredAt: instant.describe(
      'When a release was opened, as long as it is no incident. ISO 8601, UTC, milliseconds: 2026-10-20T07:48:20.000Z',
    ),
    impactStartedAt: instant.nullable(),
    closedAt: instant.nullable(),
    release: z
      .object({
        label: z.string(),
        title: z.string(),
        openedAt: instant,
        endedAt: instant.nullable(),
        endReason: z.string(),
      })
      .optional()
      .describe('Where the journal began as a release that was watched'),
  }),
});

export const incidentExport = exportHead.extend({
  entries: z.array(exportedEntry).describe('In the order in which this machine received them'),
});
export type ExportHead = z.infer<typeof exportHead>;

/** The published JSON Schema (draft 2020-12). Unknown fields are allowed: newer exports stay readable. */
export function exportSchema(): object {
  return {
    $id: 'https://bulkhead.example/schemas/incident-export.schema.json',
    title: 'Bulkhead incident export',
    ...z.toJSONSchema(incidentExport, { io: 'input' }),
  };
}

/** An entry as it stands in the file; erased ones have neither body nor salt. */
function toExported(entry: Entry & { readonly erased?: boolean }): z.infer<typeof exportedEntry> {
  const gone = entry.erased === true;
  return {
    id: entry.id,
    incident: entry.incident,
    kind: entry.kind,
    v: entry.v,
    key: entry.key,
    body: gone ? null : entry.body,
    actor: entry.actor,
    device: entry.device,
    seq: entry.seq,
    hlc: entry.hlc,
    occurredAt: entry.occurredAt,
    recordedAt: entry.recordedAt,
    prev: entry.prev,
    salt: gone ? null : entry.salt,
    bodyHash: entry.bodyHash,
    hash: entry.hash,
  };
}

/** The file in pieces, an entry a line, so that a journal of any length goes out without being held in memory. */
export function* jsonPieces(
  head: ExportHead,
  entries: Iterable<Entry & { readonly erased?: boolean }>,
): Generator<string> {
  const open = JSON.stringify(head, null, 2);
  yield `${open.slice(0, -2)},\n  "entries": [`;
  let first = true;
  for (const entry of entries) {
    yield `${first ? '' : ','}\n    ${JSON.stringify(toExported(entry))}`;
    first = false;
  }
  yield first ? ']\n}\n' : '\n  ]\n}\n';
}
