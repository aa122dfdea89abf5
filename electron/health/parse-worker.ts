// Parses large payloads beside the main thread. One message in, one out; a payload that is too slow ends with the worker.
import { parentPort } from 'node:worker_threads';
import { type FeedKindName, type ParseContext, parsePayload } from './sources/index.ts';

export interface ParseJob {
  readonly id: number;
  readonly kind: FeedKindName;
  readonly bytes: Uint8Array;
  readonly context: ParseContext;
}

parentPort?.on('message', (job: ParseJob) => {
  parentPort?.postMessage({ id: job.id, result: parsePayload(job.kind, job.bytes, job.context) });
});
