// A folder of recorded polls: one file per changed poll of one feed, named by when it was made (YYYYMMDDTHHMMSSZ.json).
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { replayText } from '../../../shared/text/health.ts';
import { type Instant, toInstant } from '../../../shared/time/clock.ts';
import { diskReason } from '../../files/atomic.ts';

export interface RecordedPoll {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly file: string;
}

export interface Recording {
  readonly dir: string;
  /** Oldest first, at least one. */
  readonly polls: readonly RecordedPoll[];
  readonly from: Instant;
  readonly to: Instant;
  read(poll: RecordedPoll): Uint8Array;
}

const NAME = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z\.[A-Za-z0-9]{1,10}$/;

/** Opens a recording. Files with other names are left out; two of one second are taken in the order of their names. */
export function openRecording(dir: string): Result<Recording> {
  let names: readonly string[];
  try {
    names = readdirSync(dir).sort();
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code === 'ENOTDIR' ? 'it is a file' : diskReason(error);
    return fail('no-recording', replayText.noFolder(dir, why));
  }
  const polls: RecordedPoll[] = [];
  for (const file of names) {
    const found = NAME.exec(file);
    if (found === null) continue;
    const [, year, month, day, hour, minute, second] = found;
    const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`);
    if (!Number.isNaN(at)) polls.push({ at, file });
  }
  if (polls.length === 0) return fail('no-recording', replayText.noPolls(dir));
  polls.sort((a, b) => a.at - b.at);
  return ok({
    dir,
    polls,
    from: toInstant(polls[0]!.at),
    to: toInstant(polls.at(-1)!.at),
    read: (poll) => readFileSync(join(dir, poll.file)),
  });
}

/**
 * When a replay polls: at each recorded poll and every `intervalMs` between. A recording holds changed polls only, so between
 * two of them the feed was polled and said the same. After the last one it is asked twice more, for what has to hold.
 */
export function* pollTimes(
  recording: Recording,
  intervalMs: number,
): Generator<{ readonly at: number; readonly poll: RecordedPoll | null }> {
  for (const [index, poll] of recording.polls.entries()) {
    yield { at: poll.at, poll };
    const next = recording.polls[index + 1]?.at ?? poll.at + intervalMs * 2 + 1;
    for (let at = poll.at + intervalMs; at < next; at += intervalMs) yield { at, poll: null };
  }
}

/** The fetcher of a replay: the file of this moment, or "not modified". */
export function recordedFetch(recording: Recording): {
  readonly fetch: () => Promise<{
    readonly ok: true;
    readonly value: {
      status: number;
      notModified: boolean;
      bytes: Uint8Array;
      contentType: string;
      etag: null;
      lastModified: null;
      url: string;
      durationMs: number;
    };
  }>;
  serve(poll: RecordedPoll | null): void;
} {
  let now: RecordedPoll | null = null;
  return {
    serve: (poll) => {
      now = poll;
    },
    fetch: async () => ({
      ok: true,
      value: {
        status: now === null ? 304 : 200,
        notModified: now === null,
        bytes: now === null ? new Uint8Array(0) : recording.read(now),
        contentType: now === null || now.file.endsWith('.json') ? 'application/json' : 'application/xml',
        etag: null,
        lastModified: null,
        url: now?.file ?? '',
        durationMs: 0,
      },
    }),
  };
}
