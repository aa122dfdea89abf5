// A server on loopback that stands for the feeds: the test says what each path answers, and can take it down.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FeedAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  /** Milliseconds before it answers. */
  readonly delay?: number;
}

export interface FeedServer {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
  readonly requests: readonly { readonly path: string; readonly headers: IncomingMessage['headers'] }[];
  /** What a path answers from now on. */
  serve(path: string, answer: FeedAnswer | string): void;
  /** Down: connections are dropped without an answer. */
  down(is: boolean): void;
  close(): Promise<void>;
}

export async function startFeedServer(): Promise<FeedServer> {
  const answers = new Map<string, FeedAnswer>();
  const requests: { path: string; headers: IncomingMessage['headers'] }[] = [];
  const timers = new Set<NodeJS.Timeout>();
  let isDown = false;
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const path = request.url ?? '/';
    requests.push({ path, headers: request.headers });
    if (isDown) {
      request.socket.destroy();
      return;
    }
    const found = answers.get(path) ?? { status: 404, body: 'nothing here' };
    const timer = setTimeout(() => {
      timers.delete(timer);
      response.writeHead(found.status ?? 200, { 'content-type': 'application/json', ...found.headers });
      response.end(found.body);
    }, found.delay ?? 0);
    timers.add(timer);
  };
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    serve: (path, what) => void answers.set(path, typeof what === 'string' ? { body: what } : what),
    down: (is) => {
      isDown = is;
    },
    close: () => {
      for (const timer of timers) clearTimeout(timer);
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
