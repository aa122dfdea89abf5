// journal.head on disk: written in place after each commit without waiting, synced at most once a second and when closing.
import { closeSync, fsync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { decodeHead, encodeSlot, HEAD_BYTES, type Head, slotOffset } from '../../shared/journal/head.ts';
import type { Clock } from '../../shared/time/clock.ts';
import { sha256 } from './rows.ts';

const SYNC_EVERY_MS = 1000;

export interface HeadFile {
  /** Puts the head into its slot; the operating system has it when this returns. */
  write(head: Head): void;
  /** The file could not be written; why, or null. The journal goes on without its head, and says so. */
  trouble(): string | null;
  close(): void;
}

/** The head as it stands on disk; null when there is none or neither slot is valid. */
export function readHead(path: string): Head | null {
  try {
    return decodeHead(readFileSync(path, 'latin1'), sha256);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Opens the head for writing (0600, created when absent). */
export function openHeadFile(path: string, clock: Clock): HeadFile {
  let fd: number | null = null;
  let trouble: string | null = null;
  let syncedAt = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | null = null;
  let syncing = false;

  const failed = (error: unknown): void => {
    trouble = `${path} could not be written (${(error as NodeJS.ErrnoException).code ?? String(error)})`;
  };

  const sync = (): void => {
    timer = null;
    if (fd === null || syncing) return;
    syncing = true;
    syncedAt = clock.uptime();
    fsync(fd, (error) => {
      syncing = false;
      if (error !== null && fd !== null) failed(error);
    });
  };

  return {
    write(head) {
      try {
        if (fd === null) fd = openForOverwrite(path);
        writeSync(fd, encodeSlot(head, sha256), slotOffset(head.row), 'latin1');
        trouble = null;
      } catch (error) {
        failed(error);
        return;
      }
      if (timer === null) {
        const wait = Math.min(SYNC_EVERY_MS, Math.max(0, syncedAt + SYNC_EVERY_MS - clock.uptime()));
        timer = setTimeout(sync, wait);
        timer.unref();
      }
    },
    trouble: () => trouble,
    close() {
      if (timer !== null) clearTimeout(timer);
      if (fd === null) return;
      const closing = fd;
      fd = null;
      try {
        fsyncSync(closing);
      } catch (error) {
        failed(error);
      }
      closeSync(closing);
    },
  };
}

function openForOverwrite(path: string): number {
  try {
    return openSync(path, 'r+');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const fd = openSync(path, 'w+', 0o600);
    writeSync(fd, ' '.repeat(HEAD_BYTES), 0, 'latin1');
    return fd;
  }
}
