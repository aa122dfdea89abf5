// Where a document is to be written, as typed: absolute, and with the suggested name when only a folder was given. Pure.

/** A whole path on this disk (POSIX, Windows drive or share), or null while it is none. */
export function wholePath(typed: string, suggestedName: string): string | null {
  const path = typed.trim();
  if (!/^(?:\/|[A-Za-z]:[\\/]|\\\\[^\\]+\\)/.test(path)) return null;
  return /[\\/]$/.test(path) ? `${path}${suggestedName}` : path;
}

/** The folder of a path with its last separator: what is offered for the next file. */
export const folderOf = (path: string): string => path.replace(/[^\\/]*$/, '');

/** `812 bytes`, `14 kB`, `3.2 MB`: in thousands, one decimal from a megabyte on. */
export function size(bytes: number): string {
  const NB = '\u00a0';
  if (bytes < 1000) return `${bytes}${NB}${bytes === 1 ? 'byte' : 'bytes'}`;
  if (bytes < 1_000_000) return `${Math.floor(bytes / 1000)}${NB}kB`;
  return `${Math.floor(bytes / 100_000) / 10}${NB}MB`;
}
