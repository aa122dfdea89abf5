// The only list of calls and events between main and renderer. Bridge and client both satisfy it; nobody keeps a second one.
import type { z } from 'zod';
import type { Result } from '../result.ts';
import { appCalls, appEvents } from './app.ts';
import { changesCalls, changesEvents } from './changes.ts';
import { healthCalls, healthEvents } from './health.ts';
import { libraryCalls, libraryEvents } from './library.ts';
import { notifyCalls, notifyEvents } from './notify.ts';
import { oursCalls, oursEvents } from './ours.ts';
import { packsCalls, packsEvents } from './packs.ts';
import { planCalls, planEvents } from './plan.ts';
import { reportCalls, reportEvents } from './report.ts';
import { roomCalls, roomEvents } from './room.ts';

export const calls = {
  ...appCalls,
  ...healthCalls,
  ...roomCalls,
  ...libraryCalls,
  ...reportCalls,
  ...planCalls,
  ...oursCalls,
  ...changesCalls,
  ...packsCalls,
  ...notifyCalls,
};
export const events = {
  ...appEvents,
  ...healthEvents,
  ...roomEvents,
  ...libraryEvents,
  ...reportEvents,
  ...planEvents,
  ...oursEvents,
  ...changesEvents,
  ...packsEvents,
  ...notifyEvents,
};

export type CallName = keyof typeof calls;
export type EventName = keyof typeof events;
export type Input<N extends CallName> = z.input<(typeof calls)[N]['input']>;
export type Output<N extends CallName> = z.output<(typeof calls)[N]['output']>;
export type Payload<N extends EventName> = z.output<(typeof events)[N]>;

/** What a service binds: a handler per call, with the checked input. */
export type Handlers<P extends string = string> = {
  [N in CallName as N extends `${P}.${string}` ? N : never]: (
    input: z.output<(typeof calls)[N]['input']>,
  ) => Promise<Result<Output<N>>>;
};

/** How a service tells the window; the router gives it to the services. */
export type Emit = <N extends EventName>(name: N, payload: Payload<N>) => void;
