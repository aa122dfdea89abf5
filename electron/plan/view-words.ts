// What the parts of a plan's view share: bounded texts, instants, and refusals as data.
import type { PlanWhy } from '../../shared/contract/plan.ts';
import type { Action } from '../../shared/rollback/action.ts';
import type { Why } from '../../shared/rollback/gate.ts';
import type { Finding } from '../../shared/rollback/preflight.ts';
import type { WaveState } from '../../shared/rollback/state.ts';
import { type Instant, toInstant } from '../../shared/time/clock.ts';

export const cut = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1)}…`;
export const at = (ms: number | null): Instant | null => (ms === null ? null : toInstant(ms));

export const forbids = (list: readonly Why[]): PlanWhy[] =>
  list.slice(0, 50).map(({ rule, code, text, target }) => ({
    rule,
    code,
    text: cut(text, 2000),
    ...(target === undefined ? {} : { target }),
  }));

export type Dry = (action: Omit<Action, 'by'>) => PlanWhy[];
export type FindFor = (wave: WaveState) => readonly Finding[];
