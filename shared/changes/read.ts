// Changes out of files: JSON lines and CSV. Never throws.
import { changeText } from '../text/ours.ts';
import { readCsv } from './csv.ts';
import { changeOf } from './fields.ts';
import type { RawChange, ReadChanges } from './types.ts';
import { isWebhook, readDeployment } from './webhooks.ts';

const MAX_PROBLEMS = 50;

const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

function gather(): {
  changes: RawChange[];
  problems: { line: number; text: string }[];
  say(line: number, text: string): void;
} {
  const problems: { line: number; text: string }[] = [];
  return {
    changes: [],
    problems,
    say: (line, text) => void (problems.length < MAX_PROBLEMS && problems.push({ line, text })),
  };
}

/** One JSON object a line; empty lines and lines that begin with # are passed over. `cutStart`: the first line is only an end. */
export function readJsonLines(text: string, cutStart = false): ReadChanges {
  const found = gather();
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#') || (cutStart && index === 0)) continue;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      found.say(index + 1, changeText.notJson);
      continue;
    }
    if (!isObject(value)) {
      found.say(index + 1, changeText.notJson);
      continue;
    }
    // Webhooks that were collected to one file, each on a line, stand among the plain ones.
    const change = isWebhook(value) ? readDeployment(value) : changeOf(value);
    if (typeof change === 'string') found.say(index + 1, change);
    else if (change !== null) found.changes.push(change);
  }
  return found;
}

/** The first line names the columns. */
export function readCsvChanges(text: string): ReadChanges {
  const found = gather();
  const { rows, cut } = readCsv(text);
  const [head, ...rest] = rows;
  if (head === undefined) return found;
  const names = head.cells.map((one) => one.toLowerCase());
  for (const { line, cells } of rest) {
    const change = changeOf(Object.fromEntries(names.map((name, i) => [name, cells[i] ?? ''])));
    if (typeof change === 'string') found.say(line, change);
    else found.changes.push(change);
  }
  if (rest.length > 0 && found.changes.length === 0) found.say(head.line, changeText.noHeader);
  if (cut !== null) found.say(cut, changeText.quotes);
  return found;
}
