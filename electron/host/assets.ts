// Answers the own origin in every host: files of the renderer's bundle and bytes under /blob/<sha256>, nothing else.
// A path is taken only when each of its segments is plain; there is no normalising that an attacker could get ahead of.
import { lstat, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { blobType } from './blob-type.ts';
import { blobHeaders, pageHeaders } from './headers.ts';

export interface AssetResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface AssetDeps {
  /** Absolute path of the renderer's bundle. */
  readonly root: string;
  /** `bulkhead://app` or `https://bulkhead.invalid`. */
  readonly origin: string;
  readonly blob: (sha256: string) => Promise<Uint8Array | null>;
}

export type Assets = (method: string, url: string) => Promise<AssetResponse>;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.txt': 'text/plain; charset=utf-8',
};

/** Segments of a file in the bundle: letters, digits, dot, dash, underscore; never starting with a dot. */
const SEGMENT = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}$/;

export function createAssets(deps: AssetDeps): Assets {
  return async (method, url) => {
    if (method !== 'GET' && method !== 'HEAD') return refusal(405);
    const segments = segmentsOf(url, deps.origin);
    if (segments === null) return refusal(404);
    if (segments[0] === 'blob') return serveBlob(deps, segments);
    return serveFile(deps.root, segments.length === 0 ? ['index.html'] : segments);
  };
}

/** The path's segments, or null when the URL is of another origin or has anything but plain segments. */
function segmentsOf(url: string, origin: string): string[] | null {
  if (!url.startsWith(`${origin}/`) && url !== origin) return null;
  const rest = url.slice(origin.length).replace(/[?#][\s\S]*$/, '');
  if (rest === '' || rest === '/') return [];
  const segments = rest.slice(1).split('/');
  return segments.length <= 8 && segments.every((segment) => SEGMENT.test(segment)) ? segments : null;
}

async function serveFile(root: string, segments: readonly string[]): Promise<AssetResponse> {
  const type = TYPES[extname(segments.at(-1) ?? '').toLowerCase()];
  if (type === undefined) return refusal(404);
  let path = root;
  try {
    for (const segment of segments) {
      path = join(path, segment);
      if ((await lstat(path)).isSymbolicLink()) return refusal(404);
    }
    return { status: 200, headers: pageHeaders(type), body: await readFile(path) };
  } catch {
    return refusal(404); // missing, a folder, or not readable: to the page all the same
  }
}

async function serveBlob(deps: AssetDeps, segments: readonly string[]): Promise<AssetResponse> {
  const sha256 = segments[1] ?? '';
  if (segments.length !== 2 || !/^[0-9a-f]{64}$/.test(sha256)) return refusal(404);
  const body = await deps.blob(sha256).catch(() => null);
  return body === null ? refusal(404) : { status: 200, headers: blobHeaders(blobType(body)), body };
}

const refusal = (status: number): AssetResponse => ({
  status,
  headers: pageHeaders('text/plain; charset=utf-8'),
  body: new TextEncoder().encode(status === 405 ? 'Only GET is answered here.' : 'There is nothing here.'),
});
