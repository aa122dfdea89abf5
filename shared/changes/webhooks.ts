// Changes out of what the webhooks of GitHub, GitLab and PagerDuty send, a payload at a time. Never throws.
import { changeText } from '../text/ours.ts';
import { changeOf } from './fields.ts';
import type { RawChange } from './types.ts';

type Values = Record<string, unknown>;

const isObject = (value: unknown): value is Values =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
const inner = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), value);
/** An environment is one place, whatever blanks and commas its name has. */
const places = (...names: readonly unknown[]): readonly string[] =>
  names.map(text).filter((one) => one !== '');
const firstLine = (value: unknown): string => text(value).trim().split(/\r?\n/)[0] ?? '';
/** A branch or a tag says more than a commit; a commit is written short. */
const versionOf = (ref: string, sha: string): string =>
  ref === '' || /^[0-9a-f]{40}$/i.test(ref) ? (sha || ref).slice(0, 12) : ref;

/** A deployment that came to be: of its states only success took effect; one that says no state counts as it is. */
const DONE = new Set(['success', 'successful', 'active', '']);
const took = (state: unknown): boolean => DONE.has(text(state).trim().toLowerCase());

const projectOf = (payload: Values): string =>
  text(inner(payload, 'project', 'name')) || text(inner(payload, 'project', 'path_with_namespace'));
const userOf = (payload: Values): string =>
  text(inner(payload, 'user', 'name')) || text(inner(payload, 'user', 'username'));

const gitlabDeployment = (payload: Values): RawChange | string =>
  changeOf({
    at: text(payload['status_changed_at']),
    service: projectOf(payload),
    version: text(payload['ref']) || text(payload['short_sha']),
    places: places(payload['environment']),
    by: userOf(payload),
    text: text(payload['commit_title']),
    url: text(payload['deployable_url']) || text(payload['environment_external_url']),
  });

function gitlabPipeline(payload: Values, pipeline: Values): RawChange | string {
  const builds: readonly unknown[] = Array.isArray(payload['builds']) ? payload['builds'] : [];
  const deployed = builds.filter((one) => isObject(one) && one['status'] === 'success');
  return changeOf({
    at: text(pipeline['finished_at']) || text(pipeline['created_at']),
    service: projectOf(payload),
    version: versionOf(text(pipeline['ref']), text(pipeline['sha'])),
    places: [...new Set(places(...deployed.map((one) => inner(one, 'environment', 'name'))))],
    by: userOf(payload),
    text: text(inner(payload, 'commit', 'title')) || firstLine(inner(payload, 'commit', 'message')),
    url: text(pipeline['url']) || text(inner(payload, 'commit', 'url')),
  });
}

function githubDeployment(payload: Values, deployment: Values): RawChange | string {
  const status = payload['deployment_status'];
  return changeOf({
    at:
      text(inner(status, 'updated_at')) ||
      text(inner(status, 'created_at')) ||
      text(deployment['created_at']),
    service: text(inner(payload, 'repository', 'name')),
    version: versionOf(text(deployment['ref']), text(deployment['sha'])),
    places: places(text(inner(status, 'environment')) || deployment['environment']),
    by: text(inner(deployment, 'creator', 'login')) || text(inner(payload, 'sender', 'login')),
    text: text(deployment['description']) || text(inner(status, 'description')),
    url:
      text(inner(status, 'log_url')) ||
      text(inner(status, 'target_url')) ||
      text(inner(payload, 'repository', 'html_url')),
  });
}

/** A run that ended well took effect; what a pull request tries out did not. */
function githubRun(payload: Values, run: Values): RawChange | null | string {
  if (text(run['conclusion']) !== 'success' || text(run['event']).startsWith('pull_request')) return null;
  return changeOf({
    at: text(run['updated_at']) || text(run['run_started_at']) || text(run['created_at']),
    service: text(inner(payload, 'repository', 'name')) || text(inner(run, 'repository', 'name')),
    version: versionOf(text(run['head_branch']), text(run['head_sha'])),
    by: text(inner(run, 'triggering_actor', 'login')) || text(inner(run, 'actor', 'login')),
    text: [text(run['name']), text(run['display_title']) || firstLine(inner(run, 'head_commit', 'message'))]
      .filter((one) => one !== '')
      .join(': '),
    url: text(run['html_url']),
  });
}

const isPagerDuty = (payload: Values): boolean => text(inner(payload, 'event', 'event_type')) !== '';

/** Is this the shape of a webhook that is known here? */
export const isWebhook = (payload: Values): boolean =>
  typeof payload['object_kind'] === 'string' ||
  isObject(payload['deployment']) ||
  isObject(payload['workflow_run']) ||
  isPagerDuty(payload);

/**
 * A webhook payload as a file. GitHub: `deployment_status`, `deployment` and `workflow_run` (docs.github.com, Webhook events and
 * payloads), GitLab: `deployment` and `pipeline` (docs.gitlab.com, Webhook events), PagerDuty v3: its events are of incidents, and an
 * incident is no change. Null: another state than success, nothing to show.
 */
export function readDeployment(payload: unknown): RawChange | null | string {
  if (!isObject(payload)) return changeText.notDeployment;
  if (payload['object_kind'] === 'deployment') {
    return took(payload['status']) ? gitlabDeployment(payload) : null;
  }
  if (payload['object_kind'] === 'pipeline') {
    const pipeline = payload['object_attributes'];
    if (!isObject(pipeline)) return changeText.notDeployment;
    return text(pipeline['status']) === 'success' ? gitlabPipeline(payload, pipeline) : null;
  }
  const deployment = payload['deployment'];
  if (isObject(deployment)) {
    const status = payload['deployment_status'];
    return !isObject(status) || took(status['state']) ? githubDeployment(payload, deployment) : null;
  }
  const run = payload['workflow_run'];
  if (isObject(run)) return githubRun(payload, run);
  return isPagerDuty(payload) ? null : changeText.notDeployment;
}
