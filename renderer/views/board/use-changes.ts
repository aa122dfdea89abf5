// Changes around the first signal of the cascade that is shown, for its axis: asked once a cascade, and again when main knows of others.
import { useEffect, useState } from 'react';
import type { ChangeLine } from '../../../shared/contract/changes.ts';
import { fromInstant, type Instant, toInstant } from '../../../shared/time/clock.ts';
import { useClient } from '../../app/services.ts';
import { useCall } from '../../state/use-call.ts';

const NONE: readonly ChangeLine[] = [];
/** How long before the first signal a change is a suspect: milliseconds; the same as in main's ranking. */
const BEFORE_MS = 24 * 3_600_000;

/** Oldest first; none without a cascade. */
export function useChanges(firstSignal: Instant | null): readonly ChangeLine[] {
  const client = useClient();
  const [again, setAgain] = useState(0);
  useEffect(() => client.on('changes.changed', () => setAgain((n) => n + 1)), [client]);
  const { value } = useCall(
    'changes.list',
    firstSignal === null
      ? null
      : { from: toInstant(fromInstant(firstSignal) - BEFORE_MS), until: null, firstSignal },
    again,
  );
  return value?.changes ?? NONE;
}
