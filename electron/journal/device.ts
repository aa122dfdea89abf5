// Who this machine is: device.key (Ed25519, 0600; the id is the hash of the public key) and what tells a copy from the original:
// the machine's id and the profile's path and inode (journal.md, clones).
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

export interface Device {
  /** SHA-256 of the raw 32 bytes of the public key, 64 hex digits. */
  readonly id: string;
  readonly key: KeyObject;
}

const deviceIdOf = (key: KeyObject): string => {
  const { x } = createPublicKey(key).export({ format: 'jwk' });
  return createHash('sha256').update(Buffer.from(x!, 'base64url')).digest('hex');
};

/** Reads device.key; null when there is none or it is no Ed25519 key any more (a new one is made then). */
export function readDevice(folder: string): Device | null {
  let pem: string;
  try {
    pem = readFileSync(join(folder, 'device.key'), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  try {
    const key = createPrivateKey(pem);
    return key.asymmetricKeyType === 'ed25519' ? { id: deviceIdOf(key), key } : null;
  } catch {
    return null; // Unreadable as a key: the same as lost. The caller becomes a new device and says so.
  }
}

/** Makes a key where there is none; when another process was quicker, its key is the one. `unique` names the temporary file. */
export function createDevice(folder: string, unique: string): Device {
  const made = writeKey(folder, unique);
  try {
    linkSync(made.path, join(folder, 'device.key'));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'EEXIST') {
      // A file system without hard links: the rename may replace a key made in this very moment, and the last one stands.
      if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS') throw error;
      renameSync(made.path, join(folder, 'device.key'));
    }
  } finally {
    rmSync(made.path, { force: true });
  }
  const device = readDevice(folder);
  return device ?? replaceDevice(folder, unique);
}

/** A new key in place of the old one: this machine is a new device from now on. */
export function replaceDevice(folder: string, unique: string): Device {
  const made = writeKey(folder, unique);
  renameSync(made.path, join(folder, 'device.key'));
  return made.device;
}

function writeKey(folder: string, unique: string): { device: Device; path: string } {
  const { privateKey } = generateKeyPairSync('ed25519');
  const path = join(folder, `device.key.${unique}`);
  const fd = openSync(path, 'wx', 0o600);
  try {
    writeSync(fd, privateKey.export({ format: 'pem', type: 'pkcs8' }) as string);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  return { device: { id: deviceIdOf(privateKey), key: privateKey }, path };
}

/** Where a profile lives. */
export interface Place {
  /** Hash of the machine's id; null when the machine has none to read. */
  readonly machine: string | null;
  readonly path: string;
  /** Inode of the folder, as text (it may pass 2^53). */
  readonly inode: string;
  /** When the folder was made, ISO text, where the file system knows it. */
  readonly born: string;
}

export function placeOf(folder: string, machineId: string | undefined): Place {
  const stat = statSync(folder, { bigint: true });
  return {
    machine:
      machineId === undefined ? null : createHash('sha256').update(`bulkhead ${machineId}`).digest('hex'),
    path: realpathSync(folder),
    inode: `${stat.ino}`,
    born: `${stat.birthtimeNs / 1_000_000n}`,
  };
}

/**
 * Why this profile must be a copy of the one that was, in words; null when it is the same or was only moved.
 * Moved: path changed, inode the same. Copied: path and inode changed. Put back from a backup: same path, but the folder is a
 * new one (inode and time of making changed; the inode alone may change under some file systems).
 */
export function copiedFrom(was: Place, is: Place): string | null {
  if (was.machine !== null && is.machine !== null && was.machine !== is.machine) {
    return 'it was written on another machine';
  }
  if (was.inode === is.inode) return null;
  if (was.path !== is.path) return `it was copied from ${was.path}`;
  return was.born !== is.born ? 'its folder was put back from a copy' : null;
}
