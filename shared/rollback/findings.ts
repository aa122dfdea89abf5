// Findings of the preflight that need no live data: about the change, about the way, about the text. What Bulkhead cannot
// know is a question.
import { findingText as say } from '../text/preflight.ts';
import { dayShort, utc } from '../time/format.ts';
import type { Plan, PlanStep } from './plan.ts';
import { placeOf } from './readings.ts';
import { SECTIONS } from './sections.ts';
import type { WaveState } from './state.ts';

export interface Finding {
  readonly code: string;
  readonly about: string;
  readonly text: string;
  /** A named person answers: yes, no, not known. */
  readonly question: boolean;
}

/** What is known from elsewhere; whatever is missing becomes a question or is left out. */
export interface Facts {
  /** Probes and alert sources that exist. */
  readonly probes?: readonly string[];
  /** Sources of ours by target, as configured. */
  readonly watchedBy?: Readonly<Record<string, readonly string[]>>;
  /** Versions that targets are known to run. */
  readonly running?: Readonly<Record<string, string>>;
  /** Other changes since the deployment: of the same system, or of what depends on it. */
  readonly changes?: readonly {
    readonly system: string;
    readonly what: string;
    readonly at: string;
    readonly dependant: boolean;
  }[];
  /** Failure domain of a target; default: its provider and region. */
  readonly domainOf?: (target: string) => string;
  /** Share of the capacity, 0 to 1, that is left while these targets are out. */
  readonly capacityWithout?: (targets: readonly string[]) => number | null;
  /** Watched services are known from the topology. */
  readonly watch?: readonly string[];
}

type SomeWave = Pick<WaveState, 'name' | 'targets' | 'bakeNeeded'> & { readonly alone?: boolean };

export const finding = (code: string, about: string, text: string): Finding => ({
  code,
  about,
  text,
  question: false,
});
const question = (code: string, about: string, text: string): Finding => ({
  code,
  about,
  text,
  question: true,
});

/** Findings and questions that need no live data. */
export function planFindings(plan: Plan, facts: Facts = {}, waves?: readonly SomeWave[]): Finding[] {
  const list =
    waves ??
    plan.waves.map((wave) => ({ name: wave.name, targets: [...wave.targets], bakeNeeded: wave.bake }));
  return [...aboutChange(plan, facts), ...aboutWay(plan, list, facts), ...aboutText(plan)];
}

function aboutChange(plan: Plan, facts: Facts): Finding[] {
  const { system, from, to, schema, deployedAt } = plan.change;
  const back = plan.kind === 'rollback';
  // As people say it: the day, for a deployment is often of the day before.
  const since = deployedAt === null ? null : `${dayShort(deployedAt)} ${utc(deployedAt, 'minute')}`;
  const found: Finding[] = [];
  if (schema === 'irreversible')
    found.push(finding('schema-irreversible', system, say.schemaIrreversible(system)));
  else if (schema === 'unknown')
    found.push(question('schema-unknown', system, say.schemaUnknown(from ?? to)));
  else if (schema === 'expand-only' && back)
    found.push(finding('migration', system, say.migration(String(from), to)));
  for (const change of facts.changes ?? []) {
    if (change.dependant)
      found.push(
        finding(
          'dependant-changed',
          change.system,
          say.dependantChanged(change.system, String(since ?? from), change.what),
        ),
      );
    else
      found.push(
        finding('other-change', change.what, say.otherChange(change.what, change.system, String(from))),
      );
  }
  if (!facts.changes && back)
    found.push(
      question('other-changes', system, say.otherChanges(system, since ?? say.wasDeployed(String(from)))),
    );
  if (facts.running) {
    for (const target of plan.targets)
      if (from !== null && facts.running[target] !== from)
        found.push(
          finding('version-unknown', target, say.versionUnknown(target, from, facts.running[target])),
        );
  } else if (from !== null) found.push(question('version-unknown', system, say.everyTargetRuns(from)));
  if (from !== null) found.push(question('not-frozen', system, say.notFrozen(from)));
  found.push(question('not-fetchable', to, say.notFetchable(to)));
  return found;
}

function aboutWay(plan: Plan, waves: readonly SomeWave[], facts: Facts): Finding[] {
  const found: Finding[] = [];
  const domainOf = facts.domainOf ?? ((target: string) => target.split('/').slice(0, 2).join('/'));
  const byProvider = new Map<string, string[]>();
  for (const target of plan.targets) {
    const { provider } = placeOf(target);
    byProvider.set(provider, [...(byProvider.get(provider) ?? []), target]);
  }
  const seen = new Map<string, string>();
  for (const wave of waves) {
    if (plan.targets.length > 1 && wave.targets.length * 2 > plan.targets.length)
      found.push(
        finding(
          'wave-too-large',
          wave.name,
          say.waveTooLarge(wave.name, wave.targets.length, plan.targets.length),
        ),
      );
    for (const [provider, targets] of byProvider)
      if (provider && targets.length > 1 && targets.every((target) => wave.targets.includes(target)))
        found.push(finding('whole-provider', provider, say.wholeProvider(wave.name, provider)));
    if (wave.bakeNeeded === null) found.push(finding('bake-missing', wave.name, say.bakeMissing(wave.name)));
    for (const target of wave.targets) {
      const other = seen.get(target);
      if (other !== undefined)
        found.push(finding('target-twice', target, say.targetTwice(target, other, wave.name)));
      else seen.set(target, wave.name);
    }
  }
  for (const target of plan.targets)
    if (!seen.has(target))
      found.push(finding('target-in-no-wave', target, say.targetInNoWave(target, plan.change.from)));
  const [canary, next] = waves.filter((wave) => !wave.alone);
  if (canary && next)
    for (const target of canary.targets) {
      const twin = next.targets.find((other) => other !== target && domainOf(other) === domainOf(target));
      if (twin)
        found.push(
          finding(
            'shared-failure-domain',
            target,
            say.sharedFailureDomain(target, canary.name, twin, next.name),
          ),
        );
    }
  const largest = waves.reduce<SomeWave | null>(
    (most, wave) => (most && most.targets.length >= wave.targets.length ? most : wave),
    null,
  );
  if (largest) {
    const left = facts.capacityWithout?.(largest.targets) ?? null;
    if (left === null) found.push(question('capacity', plan.change.system, say.carryTheLoad(largest.name)));
    else if (left < 0.66)
      found.push(finding('capacity', plan.change.system, say.capacity(Math.round(left * 100), largest.name)));
  }
  return found;
}

const BUILT_IN = ['target', 'region', 'provider', 'system', 'from', 'to', 'version', 'wave', 'plan', 'cell'];

/** `{{name}}` and `$NAME`, `${NAME}` of commands that nothing fills in. Shell's own one-letter variables are left alone. */
export function unresolvedVariables(step: PlanStep, known: readonly string[]): string[] {
  const names = new Set<string>();
  for (const [, name] of step.text.matchAll(/\{\{\s*([A-Za-z_][\w.-]{0,60})\s*\}\}/g)) names.add(name ?? '');
  for (const command of step.commands) {
    const own = new Set([...command.matchAll(/(?:^|[\s;])([A-Z_][A-Z0-9_]+)=/gm)].map((hit) => hit[1]));
    for (const [, name] of command.matchAll(/\$\{?([A-Z][A-Z0-9_]{1,60})\}?/g))
      if (!own.has(name)) names.add(name ?? '');
    for (const [, name] of command.matchAll(/<([a-z][a-z0-9_-]{1,40})>/g)) names.add(name ?? '');
  }
  const lower = known.map((name) => name.toLowerCase());
  return [...names].filter((name) => !lower.includes(name.toLowerCase()));
}

function aboutText(plan: Plan): Finding[] {
  const found: Finding[] = [];
  const known = [...BUILT_IN, ...Object.keys(plan.variables)];
  const missing = new Map<string, string>();
  for (const [section, steps] of Object.entries(plan.steps))
    for (const step of steps) {
      for (const name of unresolvedVariables(step, known))
        if (!missing.has(name)) missing.set(name, step.title);
      const where = `${SECTIONS[section as keyof typeof SECTIONS]}: ${step.number}`;
      if (step.danger && !step.expected)
        found.push(finding('danger-no-expect', where, say.dangerNoExpect(step.title)));
      for (const mark of step.strange)
        found.push(finding('unknown-mark', where, say.unknownMark(step.title, mark)));
    }
  for (const [name, title] of missing)
    found.push(finding('unresolved-variable', name, say.unresolvedVariable(name, title)));
  if (plan.steps.each.length === 0)
    for (const target of plan.targets)
      found.push(finding('no-steps', target, say.noSteps(target, SECTIONS.each)));
  if (plan.steps.revert.length === 0)
    found.push(finding('no-revert-steps', plan.change.system, say.noRevertSteps(SECTIONS.revert)));
  for (const key of plan.strangeKeys) found.push(finding('unknown-key', key, say.unknownKey(key)));
  if (plan.success === null) found.push(finding('no-success', plan.change.system, say.noSuccess));
  return found;
}
