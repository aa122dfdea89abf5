// Where a payload is parsed: here when it is small, in a worker thread when it is over a megabyte, never longer than allowed.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { ParseResult } from '../../shared/health/types.ts';
import { pollText } from '../../shared/text/health.ts';
import type { ParseJob } from './parse-worker.ts';
import { type FeedKindName, type ParseContext, parsePayload } from './sources/index.ts';

export interface Parser {
  /** Never rejects: what cannot be parsed is an unusable result. */
  parse(kind: FeedKindName, bytes: Uint8Array, context: ParseContext): Promise<ParseResult>;
  stop(): Promise<void>;
}

/** Larger than this is parsed in the worker: bytes. */
const IN_WORKER = 1024 * 1024;
const MAX_MS = 20_000;

const unusable = (kind: string, code: string, text: string): ParseResult => ({
  kind,
  observations: [],
  events: [],
  problems: [{ code, text }],
  usable: false,
  asOf: null,
  statesAll: false,
});

/** Beside main.js when bundled (this file may then be a chunk one folder down); the source itself when Node runs the sources. */
function workerFile(): string {
  const places = ['./parse-worker.js', '../parse-worker.js', './parse-worker.ts'];
  const files = places.map((place) => fileURLToPath(new URL(place, import.meta.url)));
  return files.find((file) => existsSync(file)) ?? files.at(-1)!;
}

export function createParser(options: { readonly maxMs?: number; readonly inWorker?: number } = {}): Parser {
  const maxMs = options.maxMs ?? MAX_MS;
  let worker: Worker | null = null;
  let next = 0;
  let stopped = false;
  const waiting = new Map<number, { job: ParseJob; done: (result: ParseResult) => void }>();

  function ended(text: string): void {
    worker = null;
    for (const [id, { job, done }] of [...waiting]) {
      waiting.delete(id);
      done(unusable(job.kind, 'parser-ended', text));
    }
  }

  function running(): Worker {
    if (worker !== null) return worker;
    const started = new Worker(workerFile());
    started.unref();
    started.on('message', (answer: { id: number; result: ParseResult }) => {
      waiting.get(answer.id)?.done(answer.result);
      waiting.delete(answer.id);
    });
    started.on('error', (error) => worker === started && ended(pollText.parserEnded(error.message)));
    started.on('exit', () => worker === started && ended(pollText.parserEnded('it stopped')));
    worker = started;
    return started;
  }

  return {
    parse(kind, bytes, context) {
      if (bytes.length <= (options.inWorker ?? IN_WORKER) || stopped)
        return Promise.resolve(parsePayload(kind, bytes, context));
      next += 1;
      const job: ParseJob = { id: next, kind, bytes, context };
      return new Promise((resolve) => {
        const timer = setTimeout(() => {
          waiting.delete(job.id);
          const slow = worker;
          ended(pollText.tooSlow(maxMs));
          void slow?.terminate();
          resolve(unusable(kind, 'too-slow', pollText.tooSlow(maxMs)));
        }, maxMs);
        const done = (result: ParseResult): void => {
          clearTimeout(timer);
          resolve(result);
        };
        waiting.set(job.id, { job, done });
        running().postMessage(job);
      });
    },
    async stop() {
      stopped = true;
      const last = worker;
      worker = null;
      await last?.terminate();
    },
  };
}
