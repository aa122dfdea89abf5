// Files that others write: a pipe or a device among them would be read without an end.
import { stat } from 'node:fs/promises';

/** Bytes of a file or a folder; throws what `stat` throws, and for a pipe, a socket or a device. Links are followed. */
export async function sizeOfPlain(path: string): Promise<number> {
  const found = await stat(path);
  if (!found.isFile() && !found.isDirectory()) throw new Error('it is a pipe or a device, not a file');
  return found.size;
}
