// An application of canned answers, for tests of hosts, router and window: the real router, the real contract, no services.

import { createEvents, type Events } from '../../../electron/contract/events.ts';
import { createRouter } from '../../../electron/contract/router.ts';
import type { Application, ApplicationDeps } from '../../../electron/host/application.ts';
import type { AppSnapshot } from '../../../shared/contract/app.ts';
import { type CallName, calls, type Handlers } from '../../../shared/contract/index.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { toInstant } from '../../../shared/time/clock.ts';

export type Answer = unknown | ((input: unknown) => unknown);
export type Answers = Partial<Record<CallName, Answer>>;

export interface StandIn extends Application {
  readonly emit: Events['emit'];
  /** Every call that reached a handler, in order. */
  readonly asked: { readonly name: CallName; readonly input: unknown }[];
}

type Deps = Pick<ApplicationDeps, 'clock' | 'log'> & Partial<ApplicationDeps>;

/** Calls without an answer get the failure `not-in-stand-in`. `app.snapshot` and an empty board are answered by themselves. */
export function createStandIn(deps: Deps, answers: Answers = {}): StandIn {
  const events = createEvents({ log: deps.log, check: true });
  const asked: { name: CallName; input: unknown }[] = [];
  const all: Answers = { 'app.snapshot': () => snapshot(deps), ...answers };
  const handler =
    (name: CallName) =>
    async (input: unknown): Promise<Result<unknown>> => {
      asked.push({ name, input });
      if (!(name in all)) return fail('not-in-stand-in', `The stand-in has no answer for ${name}.`);
      const answer = all[name];
      return ok(typeof answer === 'function' ? await (answer as (input: unknown) => unknown)(input) : answer);
    };
  const handlers = Object.fromEntries(
    (Object.keys(calls) as CallName[]).map((name) => [name, handler(name)]),
  ) as unknown as Handlers;
  const bridge = createRouter({ handlers, events, log: deps.log, clock: deps.clock, checkOutput: true });
  return { bridge, emit: events.emit, asked, start: async () => {}, stop: async () => {} };
}

/** What the entries expect: `createApp(deps)`. */
export const createApp = async (deps: ApplicationDeps): Promise<StandIn> => createStandIn(deps);

function snapshot(deps: Deps): AppSnapshot {
  return {
    rev: 1,
    version: deps.version ?? '0.0.0',
    host: {
      kind: deps.host?.kind ?? 'headless',
      why: deps.why ?? 'a stand-in',
      capabilities: deps.host?.capabilities ?? {
        window: false,
        dialogs: false,
        notifications: false,
        print: false,
        openExternal: false,
        secrets: 'file',
        keepAwake: false,
        suspendEvents: false,
        tray: false,
        badge: false,
      },
    },
    profile: { path: deps.profile?.path ?? '/nowhere', temporary: true, owner: true },
    person: null,
    settings: { theme: 'night', type: 'normal', zone: '', regions: [], firstRunDone: true },
    journal: { entries: 0, savedAt: null, writable: true, reason: null },
    replay: null,
    notices: [],
    now: toInstant(deps.clock.now()),
  };
}
