// Network file systems: SQLite's write-ahead log needs shared memory between processes, which they do not give
// (https://sqlite.org/wal.html), so a profile on one is warned about.
import { statfsSync } from 'node:fs';

/** statfs(2) magic numbers of Linux file systems that are another machine's. */
const NETWORK: Readonly<Record<number, string>> = {
  26985: 'NFS',
  20859: 'SMB',
  4283649346: 'CIFS',
  4266872130: 'SMB2',
  22092: 'NCP',
  1937076805: 'Coda',
  1397113167: 'AFS',
  1799439955: 'AFS',
  16914839: '9P',
  12805120: 'Ceph',
  198183888: 'Lustre',
  1196443219: 'GPFS',
  18225520: 'GFS2',
  1952539503: 'OCFS2',
};

/** The name of the network file system with this statfs type; null for a local or unknown one. */
export const networkKind = (type: number): string | null => NETWORK[type >>> 0] ?? null;

/** The network file system that a folder is on, by name; null when it is local or cannot be told (macOS, mapped drives). */
export function networkFileSystem(folder: string, platform: string = process.platform): string | null {
  if (platform === 'win32') return /^[\\/]{2}[^\\/?.]/.test(folder) ? 'a share' : null;
  if (platform !== 'linux') return null;
  try {
    return networkKind(statfsSync(folder).type);
  } catch {
    return null; // A folder that is not there is nobody's file system; its opening says what is wrong.
  }
}
