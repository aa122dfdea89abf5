// The rotating local log: one JSON line each, five files of two megabytes, nothing leaves the machine.
import { mkdirSync } from 'node:fs';
import { createStream } from 'rotating-file-stream';
import type { Clock } from '../../shared/time/clock.ts';
import { toInstant } from '../../shared/time/clock.ts';
import { createLog, type Level, type Log } from './log.ts';
import { maskDetail, maskText } from './mask.ts';

export interface FileLog {
  readonly log: Log;
  /** Resolves when what was logged is with the system. */
  close(): Promise<void>;
}

/** `dir` is made when missing. A disk that refuses the log never stops the application: one line on standard error, then silence. */
export function createFileLog(options: { dir: string; clock: Clock; level?: Level }): FileLog {
  mkdirSync(options.dir, { recursive: true, mode: 0o700 });
  const stream = createStream('bulkhead.log', {
    path: options.dir,
    size: '2M',
    maxFiles: 5,
    mode: 0o600,
  });
  let broken = false;
  stream.on('error', (error: Error) => {
    if (!broken)
      process.stderr.write(`bulkhead: the log in ${options.dir} cannot be written: ${error.message}\n`);
    broken = true;
  });
  const log = createLog((line) => {
    if (broken || stream.destroyed || stream.writableEnded) return;
    const { level, area, message, detail } = line;
    const at = toInstant(options.clock.now());
    const text = JSON.stringify({ at, level, area, message: maskText(message), detail: maskDetail(detail) });
    stream.write(`${text}\n`);
  }, options.level);
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      if (broken || stream.destroyed) resolve();
      else stream.end(() => resolve());
    });
  return { log, close };
}
