// Bytes of a document to text: UTF-8, UTF-16 with a byte order mark, else Latin-1, said.

export function decodeText(bytes: Uint8Array): { readonly text: string; readonly problem: string | null } {
  if (bytes[0] === 0xfe && bytes[1] === 0xff)
    return { text: new TextDecoder('utf-16be').decode(bytes), problem: null };
  if (bytes[0] === 0xff && bytes[1] === 0xfe)
    return { text: new TextDecoder('utf-16le').decode(bytes), problem: null };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), problem: null };
  } catch {
    return {
      text: new TextDecoder('latin1').decode(bytes),
      problem: 'Not UTF-8: read as Latin-1, some letters may be wrong. Save the file as UTF-8.',
    };
  }
}
