// Canonical JSON (RFC 8785): one text for one value, so that a hash over it means something on every machine.
// The package `canonicalize` drops or rewrites what JSON cannot hold; here that is refused, with the place where it stands.
import canonicalize from 'canonicalize';
import { BulkheadError } from '../result.ts';

/** Deeper nesting than people or feeds ever write; protects every later reader of the text. */
export const MAX_DEPTH = 100;

/**
 * The RFC 8785 text of a JSON value.
 * Throws BulkheadError `not-json` for what JSON cannot hold or I-JSON (RFC 7493) forbids: undefined, NaN and infinities, bigint,
 * functions, symbols, lone surrogates (in keys too), holes in arrays, objects that are not plain (Date, Map, toJSON), cycles,
 * nesting deeper than MAX_DEPTH. The message names the place (`body.regions[2]`, starting with `name`).
 */
export function canonicalText(value: unknown, name = 'value'): string {
  refuseWhatIsNotJson(value, name, 0, new Set());
  return canonicalize(value) as string;
}

/** True for a text that is exactly the canonical form of what it says. */
export function isCanonical(text: string): boolean {
  try {
    return canonicalText(JSON.parse(text)) === text;
  } catch {
    return false;
  }
}

const plain = /^[ !#-[\]-~]*$/;

/** The canonical form of one string, quickly for plain ASCII. Throws BulkheadError `not-json` for half of a surrogate pair. */
export function canonicalString(text: string): string {
  if (plain.test(text)) return `"${text}"`;
  if (!text.isWellFormed()) throw refusal('a text', 'holds half of a surrogate pair');
  return JSON.stringify(text);
}

function refuseWhatIsNotJson(value: unknown, path: string, depth: number, above: Set<object>): void {
  switch (typeof value) {
    case 'string':
      if (!value.isWellFormed()) throw refusal(path, 'holds half of a surrogate pair');
      return;
    case 'number':
      if (!Number.isFinite(value)) throw refusal(path, `is ${value}, which JSON has no word for`);
      return;
    case 'boolean':
      return;
    case 'object':
      break;
    default:
      throw refusal(path, `is ${typeof value}, which JSON has no word for`);
  }
  if (value === null) return;
  if (depth >= MAX_DEPTH) throw refusal(path, `is nested deeper than ${MAX_DEPTH}`);
  if (above.has(value)) throw refusal(path, 'contains itself');
  above.add(value);
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      if (!Object.hasOwn(value, i)) throw refusal(`${path}[${i}]`, 'is a hole in a list');
      refuseWhatIsNotJson(value[i], `${path}[${i}]`, depth + 1, above);
    }
  } else {
    const prototype = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) {
      // An object of another realm (a worker, a vm) has a foreign Object.prototype, whose own prototype is null.
      const foreignPlain =
        Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, 'hasOwnProperty');
      if (!foreignPlain) throw refusal(path, 'is not a plain object');
    }
    if (typeof (value as { toJSON?: unknown }).toJSON === 'function') {
      throw refusal(path, 'writes itself through toJSON');
    }
    if (Object.getOwnPropertySymbols(value).length > 0) throw refusal(path, 'has a symbol as a key');
    for (const key of Object.keys(value)) {
      if (!key.isWellFormed()) throw refusal(path, 'has a key with half of a surrogate pair');
      refuseWhatIsNotJson((value as Record<string, unknown>)[key], `${path}.${key}`, depth + 1, above);
    }
  }
  above.delete(value);
}

const refusal = (path: string, why: string): BulkheadError =>
  new BulkheadError('not-json', `${path.length > 200 ? `${path.slice(0, 200)}…` : path} ${why}`);
