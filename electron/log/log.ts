// The local log's shape. Services get one handed in; only the entries know that it ends in a rotating file.

export type Level = 'debug' | 'info' | 'warn' | 'error';

/** `detail` is plain data; secrets in it are masked before anything is written (mask.ts). */
export interface Log {
  debug(message: string, detail?: Readonly<Record<string, unknown>>): void;
  info(message: string, detail?: Readonly<Record<string, unknown>>): void;
  warn(message: string, detail?: Readonly<Record<string, unknown>>): void;
  error(message: string, detail?: Readonly<Record<string, unknown>>): void;
  /** The same log, each line marked with the part of the application that wrote it. */
  child(area: string): Log;
}

export interface LogLine {
  readonly level: Level;
  readonly area: string;
  readonly message: string;
  readonly detail?: Readonly<Record<string, unknown>>;
}

const ORDER: Record<Level, number> = { debug: 0, info: 1, warn: 2, error: 3 };

/** A log over any sink; lines below `level` are dropped before they are formatted. */
export function createLog(sink: (line: LogLine) => void, level: Level = 'info', area = 'main'): Log {
  const at =
    (lineLevel: Level) =>
    (message: string, detail?: Readonly<Record<string, unknown>>): void => {
      if (ORDER[lineLevel] >= ORDER[level]) sink({ level: lineLevel, area, message, detail });
    };
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: (name) => createLog(sink, level, name),
  };
}

/** For commands and tests that want no log. */
export const silentLog: Log = createLog(() => {}, 'error');
