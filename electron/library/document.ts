// One document of a folder: read inside the folder only, made into safe markup, with its images on the own origin.
import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, realpathSync } from 'node:fs';
import { readFile, realpath, stat } from 'node:fs/promises';
import { join, posix, sep } from 'node:path';
import type { RunbookDocument } from '../../shared/contract/library.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { readRunbook } from '../../shared/runbook/parse.ts';
import { libraryText } from '../../shared/text/library.ts';
import { diskReason } from '../files/atomic.ts';
import { decodeText } from './text.ts';

export const MAX_FILE = 8 * 1024 * 1024;
const MAX_IMAGE = 5 * 1024 * 1024;
const IMAGE = /\.(?:png|jpe?g|gif|webp|avif)$/i;

export const sha256 = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex');

/** Path of a file in the folder, links resolved, or a refusal: `..`, absolute paths and symbolic links out lead nowhere. */
export async function inside(root: string, path: string): Promise<Result<string>> {
  if (path.includes('\0') || path.startsWith('/') || path.includes('\\') || path.split('/').includes('..')) {
    return fail('path-outside', libraryText.pathOutside(path));
  }
  try {
    const base = await realpath(root);
    const full = await realpath(join(base, ...path.split('/')));
    if (!full.startsWith(base.endsWith(sep) ? base : base + sep))
      return fail('path-outside', libraryText.pathOutside(path));
    return ok(full);
  } catch (error) {
    return fail(
      'runbook-unreadable',
      libraryText.unreadable(path, diskReason(error, 'the file is not there')),
    );
  }
}

export interface ReadDocument extends RunbookDocument {
  /** The exact text of this revision, for the checklist that is started from it. */
  readonly text: string;
}

/** `image(sha, path)`: told of each picture that the markup points to, so that the own origin can serve it. */
export async function readDocument(
  folder: { id: string; path: string },
  path: string,
  image: (sha: string, file: string) => void,
): Promise<Result<ReadDocument>> {
  const found = await inside(folder.path, path);
  if (!found.ok) return found;
  let bytes: Uint8Array;
  try {
    const size = (await stat(found.value)).size;
    if (size > MAX_FILE) return fail('runbook-too-large', libraryText.tooLarge(path, size, MAX_FILE));
    bytes = await readFile(found.value);
  } catch (error) {
    return fail(
      'runbook-unreadable',
      libraryText.unreadable(path, diskReason(error, 'the file is not there')),
    );
  }
  const { text, problem } = decodeText(bytes);
  const resolve = (relative: string): string | null => {
    const clean = decodeSafely(relative.split(/[?#]/)[0]!);
    if (clean === null || clean === '') return null;
    const full = posix.normalize(
      clean.startsWith('/') ? clean.slice(1) : posix.join(posix.dirname(path), clean),
    );
    return full.startsWith('..') || full.includes('\\') ? null : full;
  };
  const root = realpathSync(folder.path);
  const book = readRunbook(text, path, {
    targets: {
      link: (relative) => {
        const to = resolve(relative);
        return to !== null && /\.(?:md|markdown)$/i.test(to)
          ? `#/runbook/${folder.id}/${encodeURIComponent(to)}`
          : null;
      },
      image: (relative) => {
        const to = resolve(relative);
        if (to === null || !IMAGE.test(to)) return null;
        try {
          const file = join(root, ...to.split('/'));
          const info = lstatSync(file);
          if (!info.isFile() || info.size > MAX_IMAGE || realpathSync(file) !== file) return null;
          const sha = sha256(readFileSync(file));
          image(sha, file);
          return `/blob/${sha}`;
        } catch {
          // A picture that is not there is shown by its words, as in any reader.
          return null;
        }
      },
    },
  });
  const { html, truncated, steps, ...rest } = book;
  return ok({
    ...rest,
    folder: folder.id,
    path,
    revision: sha256(bytes),
    meta: [...rest.meta],
    tags: [...rest.tags],
    outline: [...rest.outline],
    variables: [...rest.variables],
    steps: steps.map(({ line: _line, ...step }) => ({ ...step, variables: [...step.variables] })),
    problems: problem === null ? [...rest.problems] : [problem, ...rest.problems],
    html: html.length > 3_900_000 ? '' : html,
    truncated: truncated || html.length > 3_900_000,
    text,
  });
}

function decodeSafely(text: string): string | null {
  try {
    const out = decodeURIComponent(text);
    return out.includes('\0') ? null : out;
  } catch {
    return null;
  }
}
