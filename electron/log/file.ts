// The rotating local log: one JSON line each, five files of two megabytes, nothing leaves the machine.
import { mkdirSync } from 'node:fs';
import { createStream, type RotatingFileStream } from 'rotating-file-stream';
import type { Clock } from '../../shared/time/clock.ts';
import { toInstant } from '../../shared/time/clock.ts';
import { createLog, type Level, type Log } from './log.ts';
import { maskDetail, maskText } from './mask.ts';

export interface FileLog {
  readonly log: Log;
  /** Resolves when what was logged is with the system. */
  close(): Promise<void>;
}

/**
 * `dir` and the file are made with the first line: who logs nothing touches nothing. A disk that refuses the log never stops
 * the application: one line on standard error, then silence.
 */
export function createFileLog(options: { dir: string; clock: Clock; level?: Level }): FileLog {
  let stream: RotatingFileStream | null = null;
  let broken = false;
  const breakDown = (error: Error): void => {
    if (!broken)
      process.stderr.write(`bulkhead: the log in ${options.dir} cannot be written: ${error.message}\n`);
    broken = true;
  };
  const open = (): RotatingFileStream => {
    mkdirSync(options.dir, { recursive: true, mode: 0o700 });
    const opened = createStream('bulkhead.log', { path: options.dir, size: '2M', maxFiles: 5, mode: 0o600 });
    opened.on('error', breakDown);
    return opened;
  };
  const log = createLog(({ level, area, message, detail }) => {
    if (broken || stream?.writableEnded) return;
    const at = toInstant(options.clock.now());
    const text = JSON.stringify({ at, level, area, message: maskText(message), detail: maskDetail(detail) });
    try {
      stream ??= open();
      stream.write(`${text}\n`);
    } catch (error) {
      breakDown(error as Error);
    }
  }, options.level);
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      if (broken || stream === null || stream.destroyed) resolve();
      else stream.end(() => resolve());
    });
  return { log, close };
}
