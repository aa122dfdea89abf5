// Hashes and the chain (journal.md): how an entry's hash is made. This can never change: every journal, export and peer rests on it.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalString } from './canonical.ts';
import type { Entry } from './types.ts';

/** SHA-256 of a text's UTF-8 bytes as 64 lower-case hex digits. Main hands in the one of its run-time, which is faster. */
export type Sha256 = (text: string) => string;

/** SHA-256 without a run-time's help: works in main, renderer and workers alike. */
export const sha256Text: Sha256 = (text) => bytesToHex(sha256(utf8ToBytes(text)));

/** Salt of a body: 16 random bytes as 32 hex digits. It keeps a withheld short body from being guessed by its hash. */
export const SALT_BYTES = 16;

/** SHA-256 over salt (its hex text as stored) followed by the body's text as first written, both as UTF-8. */
export const bodyHashOf = (salt: string, body: string, sha: Sha256 = sha256Text): string => sha(salt + body);

/** Everything the hash stands for: the entry without body, salt and the hash itself. */
export type Envelope = Omit<Entry, 'body' | 'salt' | 'hash'>;

/**
 * The envelope's RFC 8785 text: an object with exactly these thirteen members, keys in code-unit order; `key` is null when there
 * is none. Written by hand because it is made for every entry of every verification; a test holds it against `canonicalText`.
 * Throws BulkheadError `not-json` when a text holds half of a surrogate pair.
 */
export function envelopeText(e: Envelope): string {
  // Nearly always every text is plain ASCII, which one look at the whole tells: then nothing needs escaping.
  const plain =
    `{"actor":"${e.actor}","bodyHash":"${e.bodyHash}","device":"${e.device}","hlc":"${e.hlc}","id":"${e.id}"` +
    `,"incident":"${e.incident}","key":${e.key === null ? 'null' : `"${e.key}"`},"kind":"${e.kind}"` +
    `,"occurredAt":"${e.occurredAt}","prev":"${e.prev}","recordedAt":"${e.recordedAt}","seq":${e.seq},"v":${e.v}}`;
  if (PLAIN.test(plain)) return plain;
  return (
    `{"actor":${canonicalString(e.actor)},"bodyHash":${canonicalString(e.bodyHash)},"device":${canonicalString(e.device)}` +
    `,"hlc":${canonicalString(e.hlc)},"id":${canonicalString(e.id)},"incident":${canonicalString(e.incident)}` +
    `,"key":${e.key === null ? 'null' : canonicalString(e.key)},"kind":${canonicalString(e.kind)}` +
    `,"occurredAt":${canonicalString(e.occurredAt)},"prev":${canonicalString(e.prev)}` +
    `,"recordedAt":${canonicalString(e.recordedAt)},"seq":${e.seq},"v":${e.v}}`
  );
}

const TEXT = '"[ !#-[\\]-~]*"';
const PLAIN = new RegExp(
  `^\\{"actor":${TEXT},"bodyHash":${TEXT},"device":${TEXT},"hlc":${TEXT},"id":${TEXT},"incident":${TEXT},"key":(?:null|${TEXT})` +
    `,"kind":${TEXT},"occurredAt":${TEXT},"prev":${TEXT},"recordedAt":${TEXT},"seq":\\d+,"v":\\d+\\}$`,
);

/** SHA-256 over the envelope's canonical text. */
export const envelopeHash = (e: Envelope, sha: Sha256 = sha256Text): string => sha(envelopeText(e));

/** Closes an entry: fills in bodyHash and hash. `body` is canonical text already. */
export function seal(open: Omit<Entry, 'bodyHash' | 'hash'>, sha: Sha256 = sha256Text): Entry {
  const bodyHash = bodyHashOf(open.salt, open.body, sha);
  const closed = { ...open, bodyHash };
  return { ...closed, hash: envelopeHash(closed, sha) };
}
