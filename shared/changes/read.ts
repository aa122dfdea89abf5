// Changes out of files: JSON lines, CSV, and deployment payloads of GitHub and GitLab as their webhooks send them. Never throws.
import { changeText } from '../text/ours.ts';
import { readCsv } from './csv.ts';
import { changeOf } from './fields.ts';
import type { RawChange, ReadChanges } from './types.ts';

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
    const change = changeOf(value);
    if (typeof change === 'string') found.say(index + 1, change);
    else found.changes.push(change);
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

const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
const inner = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), value);

/** A deployment that came to be: of its states only success took effect; one that says no state counts as it is. */
const DONE = new Set(['success', 'successful', 'active', '']);

/**
 * A webhook payload as a file. GitHub: `deployment_status` and `deployment` (docs.github.com, Webhook events and payloads),
 * GitLab: `deployment` (docs.gitlab.com, Webhook events, Deployment events). Null: another state than success, nothing to show.
 */
export function readDeployment(payload: unknown): RawChange | null | string {
  if (!isObject(payload)) return changeText.notDeployment;
  if (payload['object_kind'] === 'deployment') {
    if (!DONE.has(text(payload['status']))) return null;
    return changeOf({
      at: text(payload['status_changed_at']).replace(/ ([+-]\d{4})$/, '$1'),
      service:
        text(inner(payload, 'project', 'name')) || text(inner(payload, 'project', 'path_with_namespace')),
      version: text(payload['ref']) || text(payload['short_sha']),
      places: text(payload['environment']),
      by: text(inner(payload, 'user', 'name')) || text(inner(payload, 'user', 'username')),
      text: text(payload['commit_title']),
      url: text(payload['deployable_url']) || text(payload['environment_external_url']),
    });
  }
  const deployment = payload['deployment'];
  if (isObject(deployment)) {
    const status = payload['deployment_status'];
    if (isObject(status) && !DONE.has(text(status['state']))) return null;
    const sha = text(deployment['sha']).slice(0, 12);
    const ref = text(deployment['ref']);
    return changeOf({
      at:
        text(inner(status, 'updated_at')) ||
        text(inner(status, 'created_at')) ||
        text(deployment['created_at']),
      service: text(inner(payload, 'repository', 'name')),
      version: /^[0-9a-f]{40}$/i.test(ref) ? sha : ref || sha,
      places: text(inner(status, 'environment')) || text(deployment['environment']),
      by: text(inner(deployment, 'creator', 'login')) || text(inner(payload, 'sender', 'login')),
      text: text(deployment['description']) || text(inner(status, 'description')),
      url:
        text(inner(status, 'log_url')) ||
        text(inner(status, 'target_url')) ||
        text(inner(payload, 'repository', 'html_url')),
    });
  }
  return changeText.notDeployment;
}
