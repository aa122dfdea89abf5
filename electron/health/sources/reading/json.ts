// JSON with a depth limit, and typed access to fields of unknown shape. Own properties only: a `__proto__` key is just a key.
import { feedText } from '../../../../shared/text/feeds.ts';
import { MAX_DEPTH, Refused } from './limits.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Deepest nesting of arrays and objects, counted without recursion; stops above `limit`. Strings are skipped by search, not by step. */
export function nestingDepth(text: string, limit: number): number {
  let depth = 0;
  let deepest = 0;
  const end = text.length;
  for (let i = 0; i < end; i += 1) {
    const c = text.charCodeAt(i);
    if (c === QUOTE) {
      let close = text.indexOf('"', i + 1);
      while (close !== -1 && text.charCodeAt(close - 1) === BACKSLASH) {
        let slashes = 1;
        while (text.charCodeAt(close - 1 - slashes) === BACKSLASH) slashes += 1;
        if (slashes % 2 === 0) break;
        close = text.indexOf('"', close + 1);
      }
      if (close === -1) return deepest;
      i = close;
    } else if (c === 0x5b || c === 0x7b) {
      depth += 1;
      if (depth > deepest) {
        deepest = depth;
        if (deepest > limit) return deepest;
      }
    } else if (c === 0x5d || c === 0x7d) depth -= 1;
  }
  return deepest;
}

/** Are arrays and objects in this value nested deeper than so many levels? Never goes deeper than that itself. */
function isDeeper(value: object, levels: number): boolean {
  if (levels === 0) return true;
  if (Array.isArray(value)) {
    for (const one of value)
      if (typeof one === 'object' && one !== null && isDeeper(one, levels - 1)) return true;
    return false;
  }
  for (const name in value) {
    const one = (value as Record<string, unknown>)[name];
    if (typeof one === 'object' && one !== null && isDeeper(one, levels - 1)) return true;
  }
  return false;
}

/** So many openings in a row are no feed, unless they stand in a text. */
const RUN = '['.repeat(MAX_DEPTH + 1);

/**
 * Throws `Refused` (`too-deep`, `not-json`). `kind` is for the sentence. The depth is taken from the value: that costs a tenth of
 * counting it in the text. Only what JSON.parse would be slow with (a bracket a level) is counted before.
 */
export function parseJson(text: string, kind: string): unknown {
  const tooDeep = (): Refused => new Refused('too-deep', feedText.tooDeep(MAX_DEPTH));
  if (text.includes(RUN) && nestingDepth(text, MAX_DEPTH) > MAX_DEPTH) throw tooDeep();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    // Cut off, and too deep as far as it goes: the depth is the better reason.
    if (nestingDepth(text, MAX_DEPTH) > MAX_DEPTH) throw tooDeep();
    const reason = error instanceof Error ? error.message.slice(0, 120) : 'unreadable';
    throw new Refused('not-json', feedText.notJson(kind, reason));
  }
  if (typeof value === 'object' && value !== null && isDeeper(value, MAX_DEPTH)) throw tooDeep();
  return value;
}

export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An own property; undefined when there is none. */
export const own = (fields: Fields, name: string): unknown =>
  Object.hasOwn(fields, name) ? fields[name] : undefined;

/** A string that is not blank (numbers are taken as their digits: ids and epochs come as either), or null. */
export function asText(value: unknown): string | null {
  if (typeof value === 'string') return value.trim() === '' ? null : value;
  return typeof value === 'number' ? String(value) : null;
}

export const text = (fields: Fields, name: string): string | null => asText(own(fields, name));

/**
 * Some fields of an entry that stands in its list a thousand times, read as they stand: many times as fast as by name. Only for what
 * JSON.parse made, and never with a name that every object has (`constructor`, `toString`).
 */
export type Entry<Name extends string> = { readonly [name in Name]?: unknown };

/** An object, or null. */
export function object(fields: Fields, name: string): Fields | null {
  const value = own(fields, name);
  return isFields(value) ? value : null;
}

/** An array, or empty when it is missing, null or something else. */
export function array(fields: Fields, name: string): readonly unknown[] {
  const value = own(fields, name);
  return Array.isArray(value) ? value : [];
}

/** The objects among the members of an array. */
export const objects = (fields: Fields, name: string): readonly Fields[] =>
  array(fields, name).filter(isFields);
