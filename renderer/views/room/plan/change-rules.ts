// What the change dialog works out before anything is sent: a rule as it would read, a step with what is left of it. Pure.
import type { PlanAction, PlanView, PlanWave } from '../../../../shared/contract/plan.ts';
import { formatDuration } from '../../../../shared/rollback/duration.ts';
import { parseMillis, parseOf, parsePercent } from '../../../../shared/rollback/limit.ts';
import { type ChangedRule, changeRule, type LimitRule } from '../../../../shared/rollback/rule-change.ts';
import { settled, stepOf } from './model.ts';

export interface RuleDraft {
  readonly limit: string;
  readonly margin: string;
  readonly for: string;
}
type Rule = PlanView['rules'][number];

/** As it stands, in the words in which it is typed. */
export const ruleDraft = ({ limit }: Rule): RuleDraft => ({
  limit: limit?.text ?? '',
  margin: limit?.margin == null ? '' : String(limit.margin),
  for: limit === null || limit.forMs === 0 ? '' : formatDuration(limit.forMs).replaceAll(' ', ''),
});

/** The rule as it would read; null where it has no limit. Main reads it again, and decides. */
export function tryRule({ id, text, limit }: Rule, draft: RuleDraft): ChangedRule | null {
  if (limit === null) return null;
  const shared = { id, text, probe: '', margin: limit.margin, min: 1, for: limit.forMs };
  const percent = parsePercent(limit.text);
  const millis = parseMillis(limit.text);
  const of = parseOf(limit.text);
  const old: LimitRule | null =
    limit.type === 'errors' && percent
      ? { ...shared, type: 'errors', limit: percent }
      : limit.type === 'p95' && millis
        ? { ...shared, type: 'p95', limit: millis }
        : limit.type === 'failed' && of
          ? { ...shared, type: 'failed', limit: of }
          : null;
  return old === null ? null : changeRule(old, draft);
}

/** Said before it is kept, as main will judge it: less bake, fewer conditions, more at once. A rule of the breaker says it itself. */
export function loosensPlan(view: PlanView, wave: PlanWave | null, action: PlanAction): boolean {
  switch (action.do) {
    case 'set-bake':
      return wave !== null && action.bakeMs < wave.bake.neededMs;
    case 'set-gate':
      return wave?.gate.kind === 'health' && action.gate === 'manual';
    case 'set-pace': {
      const { atOnce, apartMs } = view.pace;
      const more = atOnce !== null && (action.atOnce === null || action.atOnce > atOnce);
      return more || action.apartMs < apartMs;
    }
    default:
      return false;
  }
}

/** Targets that have done a step as it reads now: a correction does not reach them. */
export const doneAlready = (view: PlanView, section: string, number: number): string[] =>
  view.targets.flatMap((target) => {
    const step = stepOf(target, section, number);
    return step && settled(step) ? [target.id] : [];
  });

/** One place up or down in a list; at its edge it stays. */
export function moved<T>(list: readonly T[], from: number, by: -1 | 1): T[] {
  const to = from + by;
  const one = list[from];
  if (one === undefined || to < 0 || to >= list.length) return [...list];
  const rest = list.filter((_, i) => i !== from);
  return [...rest.slice(0, to), one, ...rest.slice(to)];
}
