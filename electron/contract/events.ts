// Events to the window. Services emit by name and payload; each host's bridge listens and sees JSON text only.
import { type EventName, type Payload, events as schemas } from '../../shared/contract/index.ts';
import type { Log } from '../log/log.ts';

export interface Events {
  emit<N extends EventName>(name: N, payload: Payload<N>): void;
  onEvent(listener: (topic: string, payloadJson: string) => void): () => void;
}

/** `check` (development and tests): a payload that is not what its schema says is refused and logged instead of sent. */
export function createEvents(deps: { log: Log; check: boolean }): Events {
  const listeners = new Set<(topic: string, payloadJson: string) => void>();
  const emit = <N extends EventName>(name: N, payload: Payload<N>): void => {
    if (deps.check) {
      const found = schemas[name].safeParse(payload);
      if (!found.success) {
        deps.log.error(`event ${name} is not what the contract says, and was not sent`, {
          issues: found.error.issues.slice(0, 5).map((issue) => `${issue.path.join('.')}: ${issue.message}`),
        });
        return;
      }
    }
    const text = JSON.stringify(payload);
    for (const listener of listeners) {
      try {
        listener(name, text);
      } catch (error) {
        deps.log.error(`a listener failed on event ${name}`, { error });
      }
    }
  };
  return {
    emit,
    onEvent(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
