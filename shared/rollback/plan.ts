// A rollback plan: its words as types, and its parser from a Markdown runbook with YAML front matter.
// Every error says line and column in the file; hostile text never throws.
import { isCollection, isMap, LineCounter } from 'yaml';
import { frontProblem } from '../text/plan-front.ts';
import { yamlSyntax } from '../text/yaml.ts';
import { parseDuration } from './duration.ts';
import { type Front, frontSchema, inUtc } from './front.ts';
import { strangeKeys } from './front-keys.ts';
import { type Limit, type OfLimit, parseCount, parseMillis, parseOf, parsePercent } from './limit.ts';
import { findSteps, type Section, type Steps } from './sections.ts';
import {
  findTangle,
  firstAlias,
  keepVersions,
  MOST_ALIASES,
  readYaml,
  splitFront,
  TOO_DEEP,
  TOO_MANY_ALIASES,
  tooDeep,
} from './yaml.ts';

export type { PlanStep, Section, Steps } from './sections.ts';

export interface Change {
  readonly system: string;
  readonly from: string | null;
  readonly to: string;
  readonly deployedAt: string | null;
  readonly schema: 'reversible' | 'expand-only' | 'irreversible' | 'unknown';
}

export interface Wave {
  readonly name: string;
  readonly targets: readonly string[];
  /** Milliseconds of watched time; null when the plan does not say (a finding; such a gate is manual). */
  readonly bake: number | null;
  readonly gate: 'health' | 'manual';
}

/** A rule of the breaker. `id` names it in trips and texts; times in milliseconds. */
export type TripRule = { readonly id: string; readonly text: string } & (
  | { readonly type: 'health' }
  | { readonly type: 'alert'; readonly match: string }
  | {
      readonly type: 'errors' | 'p95';
      readonly probe: string;
      readonly limit: Limit;
      readonly margin: number | null;
      readonly min: number;
      readonly for: number;
    }
  | {
      readonly type: 'failed';
      readonly probe: string;
      readonly limit: OfLimit;
      readonly margin: number | null;
      readonly min: number;
      readonly for: number;
    }
);

export type SuccessRule =
  | { readonly type: 'health'; readonly health: 'operational' | 'degraded' }
  | { readonly type: 'errors' | 'p95'; readonly probe: string; readonly limit: Limit; readonly for: number };

export interface Plan {
  readonly kind: 'rollback' | 'roll-forward' | 'phased-deployment';
  readonly title: string;
  readonly change: Change;
  readonly targets: readonly string[];
  /** Provider services that the system leans on; null: not said, taken from the topology. */
  readonly watch: readonly string[] | null;
  readonly waves: readonly Wave[];
  /** null: the default of rule 6. */
  readonly success: readonly SuccessRule[] | null;
  readonly data: { readonly probe: string; readonly tries: Limit } | null;
  readonly pace: { readonly atOnce: number | null; readonly apart: number };
  readonly breaker: {
    readonly trip: readonly TripRule[];
    readonly stale: number;
    readonly retry: number;
    readonly cool: number;
  };
  readonly steps: Steps;
  /** Sections whose heading stands in the text. */
  readonly present: readonly Section[];
  readonly variables: Readonly<Record<string, string>>;
  /** Keys of the front matter that mean nothing here, as paths. */
  readonly strangeKeys: readonly string[];
}

export interface PlanProblem {
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

export type ParsedPlan =
  | { readonly ok: true; readonly plan: Plan; readonly problems: readonly [] }
  | { readonly ok: false; readonly plan: null; readonly problems: readonly PlanProblem[] };

/** 1 MB: no plan is longer, and a slip of the file dialog should say so. */
const LARGEST = 1_000_000;
const MINUTES = 60_000;

const failed = (problems: readonly PlanProblem[]): ParsedPlan => ({ ok: false, plan: null, problems });

/** Reads a plan. Errors come back with line and column, 1-based; nothing throws. */
export function parsePlan(text: string): ParsedPlan {
  if (text.length > LARGEST)
    return failed([
      { line: 1, column: 1, text: `The plan has ${text.length} characters; the limit is ${LARGEST}.` },
    ]);
  const split = splitFront(text);
  if (!split)
    return failed([
      {
        line: 1,
        column: 1,
        text: 'There is no front matter. A plan begins with a line of three dashes, then change, targets and waves, then three dashes.',
      },
    ]);
  const counter = new LineCounter();
  const doc = readYaml(split.yaml, counter);
  if (doc instanceof Error)
    return failed([
      {
        line: 2,
        column: 1,
        text: tooDeep(doc.message) ? TOO_DEEP : `The front matter cannot be read: ${doc.message}`,
      },
    ]);
  const lineOf = (offset: number): { line: number; column: number } => {
    const at = counter.linePos(Math.min(Math.max(offset, 0), split.yaml.length));
    return { line: at.line + 1, column: Math.max(at.col, 1) };
  };
  const deep = doc.errors.find((error) => tooDeep(error.message));
  if (deep) return failed([{ ...lineOf(deep.pos[0]), text: TOO_DEEP }]);
  const tabs = doc.errors.filter(({ code }) => code === 'TAB_AS_INDENT');
  if (doc.errors.length > 0)
    return failed(
      (tabs.length > 0 ? tabs : doc.errors)
        .map(({ code, message, pos }) => ({
          ...lineOf(pos[0]),
          text: `The front matter is not YAML: ${yamlSyntax(code, message)}.`,
        }))
        // What is told of a line after its first mistake is mostly a consequence.
        .filter(({ line }, at, all) => line !== all[at - 1]?.line)
        .slice(0, 50),
    );
  if (!isMap(doc.contents))
    return failed([
      { ...lineOf(0), text: 'The front matter is not a list of keys. Write change, targets and waves.' },
    ]);
  const tangled = findTangle(doc.contents);
  if (tangled) return failed([{ ...lineOf(tangled.at), text: tangled.text }]);
  let raw: unknown;
  try {
    raw = doc.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (error) {
    const { message } = error as Error;
    return failed([
      /alias count/i.test(message)
        ? { ...lineOf(firstAlias(doc)), text: TOO_MANY_ALIASES }
        : { ...lineOf(0), text: `The front matter cannot be read: ${message}` },
    ]);
  }
  keepVersions(doc, raw);
  const place = (path: readonly PropertyKey[]): { line: number; column: number } => {
    for (let length = path.length; length > 0; length--) {
      const node = doc.getIn(path.slice(0, length) as (string | number)[], true);
      const range = (node as { range?: [number, number, number] | null } | undefined)?.range;
      if (range) return lineOf(range[0]);
      const parent =
        length === 1 ? doc.contents : doc.getIn(path.slice(0, length - 1) as (string | number)[], true);
      if (isCollection(parent) && parent.range) return lineOf(parent.range[0]);
    }
    return lineOf(0);
  };
  const checked = frontSchema.safeParse(raw);
  const found = findSteps(split.body, split.bodyLine);
  if (!checked.success)
    return failed([
      ...checked.error.issues
        // One statement about one place: a text that is no duration is not also too long a one.
        .filter((issue, at, all) => all.findIndex((one) => one.path.join() === issue.path.join()) === at)
        .slice(0, 50)
        .map((issue) => ({ ...place(issue.path), text: frontProblem(issue.path, issue.message, raw) })),
      ...found.problems,
    ]);
  const problems = [...crossCheck(checked.data, place), ...found.problems];
  if (problems.length > 0) return failed(problems);
  return { ok: true, plan: build(checked.data, raw as Record<string, unknown>, found), problems: [] };
}

function crossCheck(
  front: Front,
  place: (path: readonly PropertyKey[]) => { line: number; column: number },
): PlanProblem[] {
  const problems: PlanProblem[] = [];
  const names = new Set<string>();
  front.waves.forEach((wave, w) => {
    if (names.has(wave.name))
      problems.push({
        ...place(['waves', w, 'name']),
        text: `There are two waves called "${wave.name}". Give one another name.`,
      });
    names.add(wave.name);
    wave.targets.forEach((target, t) => {
      if (front.targets && !front.targets.includes(target))
        problems.push({
          ...place(['waves', w, 'targets', t]),
          text: `"${target}" of wave "${wave.name}" does not stand under targets. Add it there or take it out here.`,
        });
      if (wave.targets.indexOf(target) !== t)
        problems.push({
          ...place(['waves', w, 'targets', t]),
          text: `"${target}" stands twice in wave "${wave.name}".`,
        });
    });
  });
  front.targets?.forEach((target, t) => {
    if (front.targets?.indexOf(target) !== t)
      problems.push({ ...place(['targets', t]), text: `"${target}" stands twice under targets.` });
  });
  if (front.kind !== 'phased-deployment' && front.change.from === undefined)
    problems.push({ ...place(['change']), text: 'change.from is missing: which version runs now?' });
  return problems;
}

function tripRules(front: Front): TripRule[] {
  const rules = front.breaker?.trip ?? [{ health: 'worse-than-baseline' as const }];
  return rules.map((rule, i): TripRule => {
    const id = `${i + 1}`;
    if (rule.health) return { id, text: 'health worse than the baseline', type: 'health' };
    if (rule.alert) return { id, text: `alert ${rule.alert}`, type: 'alert', match: rule.alert };
    const shared = {
      id,
      probe: rule.probe ?? '',
      margin: rule.margin ?? null,
      min: rule.min ?? 10,
      for: parseDuration(rule.for ?? '0') ?? 0,
    };
    const lasting = rule.for ? ` for ${rule.for}` : '';
    if (rule.errors)
      return {
        ...shared,
        text: `${rule.probe} errors ${rule.errors}${lasting}`,
        type: 'errors',
        limit: parsePercent(rule.errors)!,
      };
    if (rule.p95)
      return {
        ...shared,
        text: `${rule.probe} p95 ${rule.p95}${lasting}`,
        type: 'p95',
        limit: parseMillis(rule.p95)!,
      };
    const limit = parseOf(rule.failed ?? '')!;
    return {
      ...shared,
      min: rule.min ?? limit.of,
      text: `${rule.probe} failed ${rule.failed}${lasting}`,
      type: 'failed',
      limit,
    };
  });
}

function successRules(front: Front): SuccessRule[] | null {
  if (!front.success || front.success.length === 0) return null;
  return front.success.map((rule): SuccessRule => {
    if (rule.health) return { type: 'health', health: rule.health };
    const lasting = parseDuration(rule.for ?? '0') ?? 0;
    if (rule.errors)
      return { type: 'errors', probe: rule.probe ?? '', limit: parsePercent(rule.errors)!, for: lasting };
    return { type: 'p95', probe: rule.probe ?? '', limit: parseMillis(rule.p95 ?? '')!, for: lasting };
  });
}

function build(front: Front, raw: Record<string, unknown>, found: ReturnType<typeof findSteps>): Plan {
  const { change } = front;
  const title =
    front.title ??
    found.heading ??
    `${change.system} ${change.from ?? ''} to ${change.to}`.replace(/ {2,}/, ' ');
  return {
    kind: front.kind,
    title,
    change: {
      system: change.system,
      from: change.from ?? null,
      to: change.to,
      deployedAt: change.deployedAt === undefined ? null : inUtc(change.deployedAt),
      schema: change.schema,
    },
    targets: front.targets ?? [...new Set(front.waves.flatMap((wave) => wave.targets))],
    watch: front.watch ?? null,
    waves: front.waves.map((wave) => ({
      name: wave.name,
      targets: wave.targets,
      bake: wave.bake === undefined ? null : parseDuration(wave.bake),
      gate: wave.gate,
    })),
    success: successRules(front),
    data: front.data ? { probe: front.data.probe, tries: parseCount(front.data.tries)! } : null,
    pace: { atOnce: front.pace?.atOnce ?? null, apart: parseDuration(front.pace?.apart ?? '0') ?? 0 },
    breaker: {
      trip: tripRules(front),
      stale: parseDuration(front.breaker?.stale ?? '5m') ?? 5 * MINUTES,
      retry: parseDuration(front.breaker?.retry ?? '5m') ?? 5 * MINUTES,
      cool: parseDuration(front.breaker?.cool ?? '10m') ?? 10 * MINUTES,
    },
    steps: found.steps,
    present: found.present,
    variables: Object.fromEntries(
      Object.entries(front.variables ?? {}).map(([key, value]) => [key, String(value)]),
    ),
    strangeKeys: strangeKeys(raw),
  };
}
