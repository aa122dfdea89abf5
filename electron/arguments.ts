// What may be said on the command line of the application with a window. Everything else (flags that Chromium, the system or a
// second instance adds) is ignored here; the launcher has already refused what a person mistyped.
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fail, ok, type Result } from '../shared/result.ts';
import type { Rehearse, Replay } from './host/application.ts';

export interface Arguments {
  /** Absolute. Null: a temporary profile (a replay without `--profile`). */
  readonly profile: string | null;
  readonly replay: Replay | null;
  /** A plan taken through a scripted night in the room. */
  readonly rehearse: Rehearse | null;
  readonly host: 'electron' | 'chromium' | 'headless' | null;
  /** Why the launcher took this host; one sentence. */
  readonly why: string;
}

export interface Surroundings {
  readonly cwd: string;
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Where a profile lives when nobody says: the platform's own place for application data. */
export function defaultProfile({ platform, env }: Pick<Surroundings, 'platform' | 'env'>): string {
  const home = env['HOME'] || env['USERPROFILE'] || homedir();
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Bulkhead');
  if (platform === 'win32') return join(env['APPDATA'] || join(home, 'AppData', 'Roaming'), 'Bulkhead');
  const data = env['XDG_DATA_HOME'];
  return join(data?.startsWith('/') ? data : join(home, '.local', 'share'), 'bulkhead');
}

const KNOWN = new Set(['profile', 'replay', 'kind', 'speed', 'host', 'why', 'rehearse', 'night']);
const HOSTS = ['electron', 'chromium', 'headless'] as const;

/**
 * Reads `--name value` and `--name=value` of the known names; the last one counts, nothing is taken from the environment but
 * the place of the default profile. Errors: `bad-arguments`.
 */
export function parseArguments(argv: readonly string[], around: Surroundings): Result<Arguments> {
  const said = new Map<string, string>();
  for (let at = 0; at < argv.length; at++) {
    const match = /^--([a-z]+)(?:=([\s\S]*))?$/.exec(argv[at] ?? '');
    const name = match?.[1];
    if (!name || !KNOWN.has(name)) continue;
    const value = match[2] ?? argv[++at];
    if (value === undefined || value === '' || value.includes('\0'))
      return fail('bad-arguments', `--${name} needs a value after it.`);
    said.set(name, value);
    // `--rehearse PLAN.md NIGHT.jsonl`: the night stands behind the plan.
    const next = argv[at + 1];
    if (name === 'rehearse' && next !== undefined && !next.startsWith('--')) {
      said.set('night', next);
      at += 1;
    }
  }
  const host = said.get('host') ?? null;
  if (host !== null && !isHost(host))
    return fail('bad-arguments', `--host ${host} is not known; choose one of ${HOSTS.join(', ')}.`);
  const replay = readReplay(said, around.cwd);
  if (!replay.ok) return replay;
  const rehearse = readRehearse(said, around.cwd);
  if (!rehearse.ok) return rehearse;
  const passing = replay.value !== null || rehearse.value !== null;
  const profile = said.get('profile');
  return ok({
    profile: profile !== undefined ? resolve(around.cwd, profile) : passing ? null : defaultProfile(around),
    replay: replay.value,
    rehearse: rehearse.value,
    host,
    why: said.get('why')?.slice(0, 400) ?? '',
  });
}

const isHost = (text: string): text is (typeof HOSTS)[number] => (HOSTS as readonly string[]).includes(text);

function readReplay(said: ReadonlyMap<string, string>, cwd: string): Result<Replay | null> {
  const dir = said.get('replay');
  const kind = said.get('kind');
  const speed = Number(said.get('speed') ?? '1');
  if (dir === undefined) {
    if (kind !== undefined || (said.has('speed') && !said.has('rehearse')))
      return fail('bad-arguments', '--kind and --speed belong to --replay DIR.');
    return ok(null);
  }
  if (kind === undefined)
    return fail('bad-arguments', `--replay ${dir} needs --kind KIND: which feed the recording is of.`);
  if (!(speed > 0 && speed <= 1_000_000))
    return fail('bad-arguments', `--speed ${said.get('speed')} is not a number above 0.`);
  return ok({ dir: resolve(cwd, dir), kind, speed });
}

function readRehearse(said: ReadonlyMap<string, string>, cwd: string): Result<Rehearse | null> {
  const plan = said.get('rehearse');
  const night = said.get('night');
  if (plan === undefined)
    return night === undefined
      ? ok(null)
      : fail('bad-arguments', '--night belongs to --rehearse PLAN.md NIGHT.jsonl.');
  if (night === undefined)
    return fail(
      'bad-arguments',
      `--rehearse ${plan} needs a night after it: --rehearse PLAN.md NIGHT.jsonl.`,
    );
  if (said.has('replay'))
    return fail('bad-arguments', '--rehearse and --replay are two different nights; choose one.');
  const speed = Number(said.get('speed') ?? '1');
  if (!(speed > 0 && speed <= 1_000_000))
    return fail('bad-arguments', `--speed ${said.get('speed')} is not a number above 0.`);
  return ok({ plan: resolve(cwd, plan), night: resolve(cwd, night), speed });
}
