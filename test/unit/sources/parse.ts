// A payload through its kind, as the tests of the kinds hand it over: bytes as they are, text as UTF-8, anything else as JSON.
import {
  type FeedKindName,
  type ParseContext,
  parsePayload,
} from '../../../electron/health/sources/index.ts';
import type { ParseResult } from '../../../shared/health/types.ts';
import { samples } from '../../fixtures/feeds/samples.ts';

export const NOW = '2026-10-20T09:30:00.000Z';

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

export function parse(
  kind: FeedKindName,
  payload: unknown = samples[kind],
  context: Partial<ParseContext> = {},
): ParseResult {
  const raw =
    payload instanceof Uint8Array
      ? payload
      : bytes(typeof payload === 'string' ? payload : JSON.stringify(payload));
  return parsePayload(kind, raw, { now: NOW, ...context });
}

/** `service/region state`, in the order of the payload. */
export const said = (result: ParseResult): string[] =>
  result.observations.map((one) => `${one.service}/${one.region} ${one.state}`);

export const codes = (result: ParseResult): readonly string[] => result.problems.map((one) => one.code);

export const isXml = (kind: FeedKindName): boolean => samples[kind].startsWith('<');
