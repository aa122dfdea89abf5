// What all kinds share: bytes to text, JSON or feed items, limits, and never an exception. A kind supplies only `read`.
import type { Observation, ParseResult, ProviderEvent } from '../../../shared/health/types.ts';
import { feedText } from '../../../shared/text/feeds.ts';
import type { Instant } from '../../../shared/time/clock.ts';
import type { FeedKind, ParseContext } from './kind.ts';
import { parseJson } from './reading/json.ts';
import { Refused } from './reading/limits.ts';
import { createProblems, type Problems } from './reading/problems.ts';
import { readSyndication, type Syndication } from './reading/syndication.ts';
import { decodeText } from './reading/text.ts';

/** What a kind makes of a payload of the right shape. */
export interface Reading {
  readonly observations: readonly Observation[];
  readonly events: readonly ProviderEvent[];
  readonly asOf: Instant | null;
  /** Only when it differs from the kind's rule (an incidents list of a page that elsewhere lists all components). */
  readonly statesAll?: boolean;
}

/** Not this kind's shape: what was looked for, in words. */
export interface WrongKind {
  readonly expected: string;
}

type Read<T> = (payload: T, context: ParseContext, problems: Problems) => Reading | WrongKind;

interface Spec<T> extends Omit<FeedKind, 'parse'> {
  readonly read: Read<T>;
}

function parseWith<T>(
  spec: Spec<T>,
  bytes: Uint8Array,
  context: ParseContext,
  decode: (text: string, problems: Problems) => T | null,
  format: string,
): ParseResult {
  const problems = createProblems();
  const refuse = (code: string, text: string): ParseResult => {
    problems.add(code, text);
    return {
      kind: spec.kind,
      observations: [],
      events: [],
      problems: problems.list(),
      usable: false,
      asOf: null,
      statesAll: spec.reports === 'everything',
    };
  };
  try {
    const text = decodeText(bytes, context.contentType, problems);
    if (text.trim() === '') return refuse('empty', feedText.empty(spec.name));
    const payload = decode(text, problems);
    if (payload === null) return refuse('wrong-kind', feedText.wrongKind(spec.name, format));
    const reading = spec.read(payload, context, problems);
    if ('expected' in reading) return refuse('wrong-kind', feedText.wrongKind(spec.name, reading.expected));
    return {
      kind: spec.kind,
      observations: reading.observations,
      events: reading.events,
      problems: problems.list(),
      usable: true,
      asOf: reading.asOf,
      statesAll: reading.statesAll ?? spec.reports === 'everything',
    };
  } catch (error) {
    if (error instanceof Refused) return refuse(error.code, error.message);
    // A shape nobody thought of must not take the other feeds with it: it is said, and the payload is not believed.
    const reason = error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 200) : 'unknown';
    return refuse('parser-failed', feedText.parserFailed(spec.name, reason));
  }
}

/** A kind whose payload is JSON. `read` gets the parsed value, at most 64 levels deep. */
export function jsonKind(spec: Spec<unknown>): FeedKind {
  const { read: _, ...kind } = spec;
  return {
    ...kind,
    parse: (bytes, context) =>
      parseWith(spec, bytes, context, (text) => parseJson(text, spec.name) ?? false, 'a JSON document'),
  };
}

/** A kind whose payload is RSS or Atom. */
export function syndicationKind(spec: Spec<Syndication>): FeedKind {
  const { read: _, ...kind } = spec;
  return {
    ...kind,
    parse: (bytes, context) =>
      parseWith(
        spec,
        bytes,
        context,
        (text, problems) => readSyndication(text, spec.name, problems),
        'an RSS channel or an Atom feed',
      ),
  };
}

/** Does the address have this host (or a name under it)? False for what is no address. */
export function hostIs(url: string, ...hosts: readonly string[]): boolean {
  const parsed = URL.parse(url);
  if (parsed === null) return false;
  return hosts.some((host) => parsed.hostname === host || parsed.hostname.endsWith(`.${host}`));
}

/** Path of an address in lower case, without the closing slash; empty for what is no address. */
export const pathOf = (url: string): string =>
  (URL.parse(url)?.pathname ?? '').toLowerCase().replace(/\/$/, '');

/** `API Requests` -> `api-requests`; letters of every script are kept. Never empty. */
export function slug(name: string): string {
  const made = name
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 120);
  return made === '' ? 'unnamed' : made;
}
