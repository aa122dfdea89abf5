// The type of a blob from its first bytes: pictures that an <img> may show, everything else is only bytes.

const STARTS: readonly (readonly [readonly number[], string])[] = [
  [[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], 'image/png'],
  [[0xff, 0xd8, 0xff], 'image/jpeg'],
  [[0x47, 0x49, 0x46, 0x38], 'image/gif'],
];

/** `image/...` for the pictures a browser shows safely, else `application/octet-stream`. */
export function blobType(bytes: Uint8Array): string {
  for (const [start, type] of STARTS) if (start.every((byte, at) => bytes[at] === byte)) return type;
  const head = new TextDecoder('utf-8').decode(bytes.subarray(0, 512));
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'image/webp';
  if (/^\uFEFF?\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*<svg[\s>]/.test(head)) return 'image/svg+xml';
  return 'application/octet-stream';
}
