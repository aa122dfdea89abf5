// The moment that the board shows: now, ticking, or the moment of the past that a person went back to. Ages are counted to it.
import { createContext, type ReactNode, useContext } from 'react';
import { useNow } from '../../app/services.ts';

const Moment = createContext<number | null>(null);

/** `at` null: now. */
export const BoardTime = ({ at, children }: { at: number | null; children: ReactNode }) => (
  <Moment value={at}>{children}</Moment>
);

/** Milliseconds of the moment shown. */
export function useBoardNow(): number {
  const now = useNow();
  return useContext(Moment) ?? now;
}

/** The moment of the past, null while the board is live. */
export const useMoment = (): number | null => useContext(Moment);
