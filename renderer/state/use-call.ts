// An answer that a component needs while it is there: asked again when its question or its reason to ask changes.
import { useEffect, useRef, useState } from 'react';
import type { CallName, Input, Output } from '../../shared/contract/index.ts';
import type { Failure } from '../../shared/result.ts';
import { useClient } from '../app/services.ts';

export interface Asked<N extends CallName> {
  /** The answer to the question asked now; null while it is under way or failed. */
  readonly value: Output<N> | null;
  readonly error: Failure | null;
}

/**
 * Asks main; `input` null asks nothing. `again` is anything that changes when the answer may have (a revision): the old answer
 * stays until the new one is there. Answers to earlier questions are dropped. `delayMs` waits while the question still changes.
 */
export function useCall<N extends CallName>(
  name: N,
  input: Input<N> | null,
  again: unknown = 0,
  delayMs = 0,
): Asked<N> {
  const client = useClient();
  const question = input === null ? null : JSON.stringify(input);
  const [state, setState] = useState<{ question: string | null } & Asked<N>>({
    question: null,
    value: null,
    error: null,
  });
  /** What is asked now, the number of the last try, and that of the answer shown. */
  const now = useRef({ question: null as string | null, asked: 0, shown: 0 });
  now.current.question = question;
  useEffect(
    () => () => {
      now.current.question = null;
    },
    [],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: `again` is a reason to ask, not part of the question
  useEffect(() => {
    if (question === null) return;
    const ask = async (): Promise<void> => {
      now.current.asked += 1;
      const turn = now.current.asked;
      const answer = await client.call(name, JSON.parse(question) as Input<N>);
      // One that comes after it was asked again still answers: else a slow answer would never be shown.
      if (now.current.question !== question || turn < now.current.shown) return;
      now.current.shown = turn;
      setState(
        answer.ok
          ? { question, value: answer.value, error: null }
          : { question, value: null, error: answer.error },
      );
    };
    const timer = setTimeout(() => void ask(), delayMs);
    return () => clearTimeout(timer);
  }, [client, name, question, again, delayMs]);
  return state.question === question && question !== null ? state : { value: null, error: null };
}
