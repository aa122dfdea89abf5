// A rule of the breaker changed while the plan runs (rule 10, "limit"): read with the plan's own parsers, whether it loosens, and what
// is wrong with it, with the column. Pure.
import { rollbackText as say } from '../text/rollback.ts';
import { formatDuration, parseDuration } from './duration.ts';
import { type Limit, type OfLimit, parseMillis, parseOf, parsePercent } from './limit.ts';
import type { TripRule } from './plan.ts';

export type LimitRule = Extract<TripRule, { probe: string }>;

/** What is to change, as typed; what is left out stays. An empty margin is the default one. */
export interface RuleChange {
  readonly limit?: string;
  readonly margin?: string;
  readonly for?: string;
}

export interface RuleProblem {
  readonly field: 'limit' | 'margin' | 'for';
  /** From 1, in the field as it was typed. */
  readonly column: number;
  readonly text: string;
}

export type ChangedRule =
  | { readonly ok: true; readonly rule: LimitRule; readonly loosens: boolean }
  | { readonly ok: false; readonly problem: RuleProblem };

export const hasLimit = (rule: TripRule): rule is LimitRule => 'probe' in rule;

const EXAMPLE = { errors: '> 5%', p95: '> 1200 ms', failed: '> 3 of 10' } as const;

/** How far a text follows the pattern, piece by piece: the column of what does not, from 1. */
function columnOf(text: string, pieces: readonly RegExp[]): number {
  let at = 0;
  for (const piece of pieces) {
    at += /^\s*/.exec(text.slice(at))?.[0].length ?? 0;
    const hit = piece.exec(text.slice(at));
    if (!hit) break;
    at += hit[0].length;
  }
  at += /^\s*/.exec(text.slice(at))?.[0].length ?? 0;
  return Math.min(at, text.length) + 1;
}

const NUMBER = /^\d+(?:\.\d+)?/;
const PIECES = {
  errors: [/^(?:<=|>=|<|>)/, NUMBER, /^%?/],
  p95: [/^(?:<=|>=|<|>)/, NUMBER, /^(?:ms|s)?/],
  failed: [/^(?:>=|>)/, /^\d+/, /^of\b/, /^\d+/],
} as const;

/** Trips on what is well, or on what cannot be: said as when a plan is read. */
function neverTrips(rule: LimitRule, limit: Limit): 'side' | 'value' | null {
  if (limit.op === '<' || limit.op === '<=') return 'side';
  const most =
    rule.type === 'errors' ? 100 : rule.type === 'failed' && 'of' in limit ? Number(limit.of) : Infinity;
  return limit.value > most || (limit.value === most && limit.op === '>') ? 'value' : null;
}

function readLimit(rule: LimitRule, text: string): Limit | OfLimit | RuleProblem {
  const read =
    rule.type === 'errors' ? parsePercent(text) : rule.type === 'p95' ? parseMillis(text) : parseOf(text);
  if (read) {
    const never = neverTrips(rule, read);
    if (never === null) return read;
    const column = never === 'side' ? text.search(/[<>]/) + 1 : text.search(/\d/) + 1;
    return { field: 'limit', column, text: say.limitNever(EXAMPLE[rule.type]) };
  }
  // A count that is read and means nothing: more failures than tries.
  const counts = rule.type === 'failed' ? /^\s*>=?\s*\d+\s+of\s+(?=\d+\s*$)/.exec(text) : null;
  return {
    field: 'limit',
    column: counts ? counts[0].length + 1 : columnOf(text, PIECES[rule.type]),
    text: counts ? say.limitOf : say.limitWrong(EXAMPLE[rule.type]),
  };
}

/** The rule as it would read, or what is wrong. */
export function changeRule(old: LimitRule, given: RuleChange): ChangedRule {
  const limit = given.limit === undefined ? old.limit : readLimit(old, given.limit);
  if ('field' in limit) return { ok: false, problem: limit };
  let margin = old.margin;
  if (given.margin !== undefined) {
    const text = given.margin.trim();
    if (text !== '' && !/^\d+(?:\.\d+)?$/.test(text)) {
      const column = columnOf(given.margin, [NUMBER]);
      return { ok: false, problem: { field: 'margin', column, text: say.marginWrong } };
    }
    margin = text === '' ? null : Number(text);
  }
  let lasting = old.for;
  if (given.for !== undefined) {
    const text = given.for.trim() === '' ? '0' : given.for;
    const read = parseDuration(text);
    if (read === null) {
      const column = columnOf(given.for, Array<RegExp>(6).fill(/^\d+(?:\.\d+)?\s*[smhd](?![a-z])/));
      return { ok: false, problem: { field: 'for', column, text: say.forWrong } };
    }
    lasting = read;
  }
  const what = old.type === 'errors' ? 'errors' : old.type === 'p95' ? 'p95' : 'failed';
  const words = `${old.probe} ${what} ${limit.text}${lasting > 0 ? ` for ${formatDuration(lasting).replaceAll(' ', '')}` : ''}`;
  // "Failed among the last so many" needs that many tries, unless it said otherwise.
  const min =
    old.type === 'failed' && 'of' in limit && old.min === old.limit.of ? (limit as OfLimit).of : old.min;
  const rule = { ...old, limit, margin, for: lasting, min, text: words } as LimitRule;
  return { ok: true, rule, loosens: loosens(old, rule) };
}

const DEFAULT_MARGIN = 5;
/** Above which value it trips: the smallest step above the number where the number itself does not. */
const threshold = ({ op, value }: Limit): number => (op === '>' ? value + 1e-9 : value);

/** Is there anything that tripped the old rule and does not trip the new one? Where in doubt, it loosens. */
export function loosens(old: LimitRule, rule: LimitRule): boolean {
  // A rule that never trips, of a plan that was read before that was said: whatever it becomes, it is no looser.
  if (neverTrips(old, old.limit) === null && threshold(rule.limit) > threshold(old.limit)) return true;
  // Another number of tries looks at another stretch of time: what tripped before need not do so now.
  if (old.type === 'failed' && rule.type === 'failed' && old.limit.of !== rule.limit.of) return true;
  if (old.type === 'p95' && old.margin !== rule.margin && (old.margin === null || rule.margin === null))
    return true;
  const margin = (one: LimitRule): number => one.margin ?? DEFAULT_MARGIN;
  return margin(rule) > margin(old) || rule.min > old.min || rule.for > old.for;
}
