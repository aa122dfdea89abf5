// From the renderer's JSON text to plain data, before any schema looks at it: size, form, depth, and keys that could reach a prototype.
import { fail, ok, type Result } from '../../shared/result.ts';
import { callText } from '../../shared/text/calls.ts';
import type { Limits } from './limits.ts';

/** Errors: `bad-input` (not text, not JSON, too deep, a forbidden key), `too-large`. */
export function readInput(inputJson: unknown, limits: Limits): Result<unknown> {
  if (typeof inputJson !== 'string') return fail('bad-input', callText.notText);
  if (inputJson.length > limits.inputLength)
    return fail('too-large', callText.tooLarge(inputJson.length, limits.inputLength));
  let value: unknown;
  try {
    value = JSON.parse(inputJson);
  } catch {
    return fail('bad-input', callText.notJson);
  }
  return checkShape(value, limits.depth);
}

function checkShape(root: unknown, maxDepth: number): Result<unknown> {
  const open: { value: unknown; depth: number }[] = [{ value: root, depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, depth } = next;
    if (value === null || typeof value !== 'object') continue;
    if (depth >= maxDepth) return fail('bad-input', callText.tooDeep(maxDepth));
    if (Array.isArray(value)) for (const item of value) open.push({ value: item, depth: depth + 1 });
    else
      for (const key of Object.keys(value)) {
        if (key === '__proto__') return fail('bad-input', callText.prototype);
        open.push({ value: (value as Record<string, unknown>)[key], depth: depth + 1 });
      }
  }
  return ok(root);
}
