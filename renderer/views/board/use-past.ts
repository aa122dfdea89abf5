// The board as it was: asked of main's record while the slider stands in the past.
import { useState } from 'react';
import type { Board } from '../../../shared/contract/health.ts';
import type { Output } from '../../../shared/contract/index.ts';
import type { Failure } from '../../../shared/result.ts';
import { toInstant } from '../../../shared/time/clock.ts';
import { useCall } from '../../state/use-call.ts';

export interface Past {
  /** The time shown in milliseconds; null: now, live. */
  readonly at: number | null;
  readonly setAt: (at: number | null) => void;
  readonly answer: Output<'health.history'> | null;
  readonly error: Failure | null;
}

export function usePast(): Past {
  const [at, setAt] = useState<number | null>(null);
  const [kept, setKept] = useState<Output<'health.history'> | null>(null);
  const { value, error } = useCall('health.history', at === null ? null : { at: toInstant(at) }, 0, 120);
  // While the next answer is under way the one before stays, so that the picture does not blink while one drags.
  if (value !== null && value !== kept) setKept(value);
  if (at === null && kept !== null) setKept(null);
  return { at, setAt, answer: at === null ? null : kept, error };
}

/** The live board with the past's columns and rows; nothing of now beside them. */
export const pastBoard = (board: Board, answer: Output<'health.history'>): Board => ({
  ...board,
  columns: answer.columns,
  rows: answer.rows,
  cascade: undefined,
  overrides: [],
  probes: undefined,
  probesTotal: 0,
});
