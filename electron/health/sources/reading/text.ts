// Bytes to text. Feeds are UTF-8, except AWS current events (UTF-16BE with BOM) and what declares Latin-1.
import { isAscii, isUtf8 } from 'node:buffer';
import { feedText } from '../../../../shared/text/feeds.ts';
import { MAX_BYTES, Refused } from './limits.ts';
import type { Problems } from './problems.ts';

type Encoding = 'utf-8' | 'utf-16be' | 'utf-16le' | 'windows-1252';

const LATIN = /^(iso-8859-1|iso8859-1|latin-?1|windows-1252|cp1252|us-ascii|ascii)$/i;

function fromBom(bytes: Uint8Array): Encoding | null {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  return null;
}

/** UTF-16 without BOM shows itself: JSON and XML begin with ASCII, so every second byte is zero. */
function fromZeros(bytes: Uint8Array): Encoding | null {
  if (bytes.length < 4) return null;
  if (bytes[0] === 0 && bytes[1] !== 0 && bytes[2] === 0 && bytes[3] !== 0) return 'utf-16be';
  if (bytes[0] !== 0 && bytes[1] === 0 && bytes[2] !== 0 && bytes[3] === 0) return 'utf-16le';
  return null;
}

/** Encoding named by the content type, or by the XML declaration in the first bytes; lower case, or null. */
function declared(bytes: Uint8Array, contentType: string | undefined): string | null {
  const byType = /charset\s*=\s*"?([\w.:-]{1,40})/i.exec((contentType ?? '').slice(0, 200))?.[1];
  if (byType !== undefined) return byType.toLowerCase();
  if (bytes[0] !== 0x3c) return null;
  const head = String.fromCharCode(...bytes.subarray(0, 120));
  return /^<\?xml[^>]{0,100}encoding\s*=\s*["']([\w.:-]{1,40})/i.exec(head)?.[1]?.toLowerCase() ?? null;
}

/**
 * The text of a payload, without BOM. Wrongly declared encodings are read as well as they can be, and reported (`wrong-encoding`).
 * Throws `Refused` when the payload is larger than 32 MB.
 */
export function decodeText(bytes: Uint8Array, contentType: string | undefined, problems: Problems): string {
  if (bytes.byteLength > MAX_BYTES) {
    throw new Refused('too-large', feedText.tooLarge(bytes.byteLength, MAX_BYTES));
  }
  const bom = fromBom(bytes);
  const zeros = bom === null ? fromZeros(bytes) : null;
  const says = declared(bytes, contentType);
  const sixteen = bom !== null && bom !== 'utf-8' ? bom : zeros;
  if (sixteen !== null) {
    if (zeros !== null) {
      problems.add('wrong-encoding', feedText.wrongEncoding(says ?? 'UTF-8', `${zeros} without a mark`));
    }
    if (bytes.byteLength % 2 === 1) problems.add('cut-off', feedText.cutCharacter());
    return new TextDecoder(sixteen).decode(bytes.subarray(0, bytes.byteLength - (bytes.byteLength % 2)));
  }
  // The two checks cost next to nothing and make the decoding several times faster than a checking decoder.
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isAscii(buffer)) return buffer.toString('latin1');
  // Valid UTF-8 is UTF-8, whatever was declared: Latin-1 text of any length is hardly ever valid UTF-8.
  if (isUtf8(buffer)) return buffer.toString('utf8', bom === 'utf-8' ? 3 : 0);
  if (bom === null && says !== null && LATIN.test(says)) return new TextDecoder('windows-1252').decode(bytes);
  problems.add('wrong-encoding', feedText.wrongEncoding(says ?? 'UTF-8', 'UTF-8 with gaps'));
  return new TextDecoder('utf-8').decode(bytes);
}
