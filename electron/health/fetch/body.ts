// Reads a body with a limit before and after decompression, so that no answer, however packed, grows past what was allowed.
import type { Readable, Transform } from 'node:stream';
import {
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from 'node:zlib';

/** Why a body was not taken; `code` as in failures.ts. */
export class BodyRefused extends Error {
  readonly code: 'too-large' | 'too-large-decoded' | 'bad-encoding';
  readonly what: string;
  constructor(code: BodyRefused['code'], what = '') {
    super(code);
    this.code = code;
    this.what = what;
  }
}

export interface BodyLimits {
  /** Bytes over the wire. */
  readonly wire: number;
  /** Bytes after decompression. */
  readonly decoded: number;
}

/** A server may stack codings; more than this is no feed. */
const MAX_CODINGS = 2;

function decoderFor(coding: string, first: number): Transform | null {
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'br':
      return createBrotliDecompress();
    case 'zstd':
      return createZstdDecompress();
    case 'deflate':
      // RFC 9110 means zlib, some servers send bare deflate; zlib's first byte has 8 in its low half.
      return (first & 0x0f) === 8 ? createInflate() : createInflateRaw();
    default:
      return null;
  }
}

/** The whole body, decoded. Throws `BodyRefused`, or the stream's own error. Ends the stream in every case. */
export async function readBody(stream: Readable, encoding: string, limits: BodyLimits): Promise<Buffer> {
  const codings = encoding
    .toLowerCase()
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '' && one !== 'identity');
  if (codings.length > MAX_CODINGS) {
    stream.destroy();
    throw new BodyRefused('bad-encoding', encoding.slice(0, 80));
  }
  let bytes = await collect(stream, limits.wire, 'too-large');
  for (const coding of codings.reverse()) {
    if (bytes.length === 0) return bytes;
    const decoder = decoderFor(coding, bytes[0] ?? 0);
    if (decoder === null) throw new BodyRefused('bad-encoding', coding.slice(0, 80));
    const packed = bytes;
    decoder.end(packed);
    try {
      bytes = await collect(decoder, limits.decoded, 'too-large-decoded');
    } catch (error) {
      if (error instanceof BodyRefused) throw error;
      throw new BodyRefused('bad-encoding', coding);
    }
  }
  if (bytes.length > limits.decoded) throw new BodyRefused('too-large-decoded');
  return bytes;
}

async function collect(
  stream: Readable,
  limit: number,
  code: 'too-large' | 'too-large-decoded',
): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  try {
    for await (const piece of stream) {
      size += (piece as Buffer).length;
      if (size > limit) throw new BodyRefused(code);
      pieces.push(piece as Buffer);
    }
  } finally {
    stream.destroy();
  }
  return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces, size);
}
