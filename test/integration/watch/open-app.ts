// The whole application without a window, in a test's profile: nothing of it reaches the network.
import { createApp } from '../../../electron/app.ts';
import { createHeadlessHost } from '../../../electron/host/headless.ts';
import { systemClock } from '../../../electron/time/systemClock.ts';
import type { CallName, Input, Output } from '../../../shared/contract/index.ts';
import { log } from '../health/desk.ts';

type Deps = Parameters<typeof createApp>[0];

/** Counted over all that are opened: a profile that is opened again has its ids. */
let ids = 0;

/** An application that is started; `call` throws what is refused. It stops once, however often it is told to. */
export async function openApp(profile: string, more: Partial<Deps> = {}) {
  const app = await createApp({
    host: createHeadlessHost({
      profile,
      // A proxy at which nobody answers.
      env: { HTTPS_PROXY: 'http://127.0.0.1:9', HTTP_PROXY: 'http://127.0.0.1:9' },
    }),
    clock: systemClock,
    ids: { uuid: () => `0199aaaa-0000-7000-8000-${String(++ids).padStart(12, '0')}` },
    log,
    profile: { path: profile, temporary: true },
    replay: null,
    why: 'a test',
    version: '0.0.0',
    ...more,
  });
  let stopped = false;
  const stop = async (): Promise<void> => {
    if (stopped) return;
    stopped = true;
    await app.stop();
  };
  const topics = new Set<string>();
  app.bridge.onEvent((topic) => void topics.add(topic));
  await app.start();
  const call = async <N extends CallName>(name: N, input: Input<N>): Promise<Output<N>> => {
    const answer = JSON.parse(await app.bridge.call(name, JSON.stringify(input)));
    if (!answer.ok) throw new Error(`${name}: ${answer.error.code} ${answer.error.message}`);
    return answer.value;
  };
  return { call, stop, topics };
}
