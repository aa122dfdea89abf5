// The renderer's end of the contract: typed calls, typed events, every failure a value. The bridge offers `call` and `on`, nothing else.
import type { CallName, EventName, Input, Output, Payload } from '../../shared/contract/index.ts';
import { fail, type Result } from '../../shared/result.ts';
import { callText } from '../../shared/text/calls.ts';

export interface Bridge {
  call(name: string, inputJson: string): Promise<string>;
  on(listener: (topic: string, payloadJson: string) => void): () => void;
}

declare global {
  interface Window {
    readonly bulkhead?: Bridge;
  }
}

export interface Client {
  /** Never throws. Errors of the bridge itself carry the codes `no-bridge`, `bridge-failed` and `bad-answer`. */
  call<N extends CallName>(name: N, input: Input<N>): Promise<Result<Output<N>>>;
  /** Listens to one topic; returns how to stop. */
  on<N extends EventName>(topic: N, listener: (payload: Payload<N>) => void): () => void;
}

const isResult = (value: unknown): value is Result<unknown> => {
  if (typeof value !== 'object' || value === null || !('ok' in value)) return false;
  if (value.ok === true) return 'value' in value;
  const error = 'error' in value ? value.error : null;
  return value.ok === false && typeof error === 'object' && error !== null && 'code' in error;
};

/** Types follow from the contract; main has checked both directions, so only the envelope is looked at again here. */
export function createClient(bridge: Bridge | undefined): Client {
  const listeners = new Map<string, Set<(payload: never) => void>>();
  bridge?.on((topic, payloadJson) => {
    const set = listeners.get(topic);
    if (!set?.size) return;
    const payload = JSON.parse(payloadJson) as never;
    for (const listener of [...set]) listener(payload);
  });
  return {
    async call<N extends CallName>(name: N, input: Input<N>): Promise<Result<Output<N>>> {
      if (!bridge) {
        return fail('no-bridge', callText.noBridge);
      }
      try {
        const answer: unknown = JSON.parse(await bridge.call(name, JSON.stringify(input)));
        if (isResult(answer)) return answer as Result<Output<N>>;
        return fail('bad-answer', callText.noAnswer(name));
      } catch (error) {
        return fail(
          'bridge-failed',
          callText.notReached(name, error instanceof Error ? error.message : String(error)),
        );
      }
    },
    on(topic, listener) {
      const set = listeners.get(topic) ?? new Set();
      listeners.set(topic, set);
      set.add(listener as (payload: never) => void);
      return () => set.delete(listener as (payload: never) => void);
    },
  };
}
