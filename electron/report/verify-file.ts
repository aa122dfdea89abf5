// Reads an exported incident and says what its chain proves. Needs no profile: anybody can run it on a file they were handed.

import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import type { Verification } from '../../shared/journal/proof.ts';
import { createVerifier } from '../../shared/journal/verify.ts';
import { type ExportHead, exportHead } from '../../shared/report/export-json.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { cliText } from '../../shared/text/cli.ts';
import { diskReason } from '../files/atomic.ts';

const MAX_FILE = 1024 * 1024 * 1024;

export interface FileProof {
  readonly head: ExportHead;
  readonly verification: Verification;
  /** SHA-256 of the file itself. */
  readonly sha256: string;
}

/** Errors: `file-unreadable`, `not-an-export` (with what is wrong in it), `newer-file`. */
export function verifyFile(path: string): Result<FileProof> {
  let bytes: Buffer;
  try {
    const { size } = statSync(path);
    if (size > MAX_FILE) return fail('file-too-large', cliText.fileTooLarge(path, size, MAX_FILE));
    bytes = readFileSync(path);
  } catch (error) {
    return fail('file-unreadable', cliText.fileUnreadable(path, diskReason(error, 'the file is not there')));
  }
  let data: unknown;
  try {
    data = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    return fail('not-an-export', cliText.notJson(path, (error as Error).message));
  }
  const format = (data as { format?: unknown; version?: unknown } | null) ?? {};
  if (format.format === 'bulkhead-incident' && typeof format.version === 'number' && format.version > 1) {
    return fail('newer-file', cliText.newerExport(path, format.version));
  }
  const head = exportHead.safeParse(data);
  const entries = (data as { entries?: unknown }).entries;
  if (!head.success || !Array.isArray(entries)) {
    const why = head.success
      ? 'entries: not a list'
      : `${head.error.issues[0]?.path.join('.') || 'document'}: ${head.error.issues[0]?.message ?? ''}`;
    return fail('not-an-export', cliText.notAnExport(path, why));
  }
  const verifier = createVerifier((text) => createHash('sha256').update(text).digest('hex'));
  for (const entry of entries) verifier.add(entry);
  return ok({
    head: head.data,
    verification: verifier.finish(),
    sha256: createHash('sha256').update(bytes).digest('hex'),
  });
}
