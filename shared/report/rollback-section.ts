// The section "Response and rollback": waves, bakes with their gaps, holds, overrides, breaker and what became of each target,
// complete without anybody typing. Pure.
import type { PlanView } from '../contract/plan.ts';
import { bakeEndWord, gapCauseWord, holdWord } from '../text/plan-entries.ts';
import { rollbackReport as t } from '../text/plan-report.ts';
import type { Instant } from '../time/clock.ts';
import { duration, stamp } from '../time/format.ts';
import { blockText, cellText } from './markdown-text.ts';

const when = (at: Instant | null): string => (at === null ? '' : stamp(at));

function* table(head: readonly string[], rows: readonly (readonly string[])[]): Generator<string> {
  if (rows.length === 0) {
    yield `${t.none}\n\n`;
    return;
  }
  yield `| ${head.join(' | ')} |\n|${' --- |'.repeat(head.length)}\n`;
  for (const row of rows) yield `| ${row.map(cellText).join(' | ')} |\n`;
  yield '\n';
}

/** One section over all plans of an incident; nothing where there is none. */
export function* rollbackSection(plans: readonly PlanView[]): Generator<string> {
  if (plans.length === 0) return;
  yield `## ${t.title}\n\n`;
  for (const plan of plans) yield* onePlan(plan);
}

function* onePlan(plan: PlanView): Generator<string> {
  const { change } = plan;
  yield `### ${blockText(plan.title)}\n\n`;
  yield `${t.head(t.state[plan.state], cellText(change.system), change.from === null ? null : cellText(change.from), cellText(change.to))} ${plan.startedAt === null ? t.notStarted : t.started(when(plan.startedAt))}\n\n`;
  yield `#### ${t.waves}\n\n`;
  yield* table(
    t.waveHead,
    plan.waves.map((wave) => [
      wave.name,
      wave.state,
      wave.targets.join(', '),
      when(wave.startedAt),
      bake(wave.bake),
      gate(wave.gate),
    ]),
  );
  const gaps = plan.waves.flatMap((wave) =>
    wave.bake.gaps.map((gap) => [
      wave.name,
      when(gap.from),
      gap.to === null ? t.goesOn : when(gap.to),
      gap.to === null ? '' : duration(Date.parse(gap.to) - Date.parse(gap.from)),
      gapCauseWord(gap.cause),
    ]),
  );
  yield `#### ${t.gaps}\n\n`;
  yield* table(t.gapHead, gaps);
  yield `#### ${t.breaker}\n\n`;
  yield* table(
    t.tripHead,
    [...plan.breaker.trips]
      .reverse()
      .map(({ at, target, rule, evidence, status, opened }) => [
        when(at),
        target,
        rule,
        [
          evidence.value,
          evidence.limit === '' ? '' : t.limit(evidence.limit),
          evidence.baseline === '' ? '' : t.baseline(evidence.baseline),
          evidence.tries === null ? '' : t.tries(evidence.tries),
        ]
          .filter((part) => part !== '')
          .join(', '),
        `${opened ? t.opened : t.noted}, ${status}`,
      ]),
  );
  yield `#### ${t.overrides}\n\n`;
  yield* table(
    t.overrideHead,
    plan.overrides.map((one) => [
      when(one.at),
      holdWord(one.code),
      [one.wave ?? '', one.target ?? ''].filter((part) => part !== '').join(', '),
      one.by,
      one.reason,
    ]),
  );
  if (plan.holds.length > 0) {
    yield `#### ${t.holds}\n\n`;
    for (const hold of plan.holds) yield `- ${cellText(hold.text)}\n`;
    yield '\n';
  }
  yield `#### ${t.targets}\n\n`;
  yield* table(
    t.targetHead,
    plan.list.map((line) => [line.target, line.state, line.text]),
  );
  yield* ownSteps(plan);
}

/** Steps of the plan itself, by whom and when; those that were left stand out by their state. */
function* ownSteps(plan: PlanView): Generator<string> {
  const title = (section: string, number: number): string =>
    plan.steps.find((step) => step.section === section && step.number === number)?.title ?? String(number);
  const lines = (place: string, section: string, { steps }: PlanView['before']): (readonly string[])[] =>
    steps.map((step) => [
      place,
      title(section, step.number),
      t.stepState[step.state],
      step.by.join(', '),
      when(step.at),
      step.reason ?? '',
    ]);
  const rows = [
    ...lines(t.before, 'before', plan.before),
    ...plan.waves
      .filter((wave) => wave.startedAt !== null)
      .flatMap((wave) => lines(t.after(wave.name), 'after', wave.after)),
    ...lines(t.finally, 'finally', plan.finally),
  ];
  if (rows.length === 0) return;
  yield `#### ${t.ownSteps}\n\n`;
  yield* table(t.ownHead, rows);
}

function bake(one: PlanView['waves'][number]['bake']): string {
  if (one.startedAt === null) return t.noBake;
  const seen = t.watched(duration(one.watchedMs), duration(one.neededMs));
  return one.endedBy === null ? seen : `${seen}, ${bakeEndWord(one.endedBy)}`;
}

function gate(one: PlanView['waves'][number]['gate']): string {
  const kind = one.kind === 'manual' ? t.manual : t.byHealth;
  if (one.passedAt === null) return kind;
  const met = one.conditions.filter((condition) => condition.met).length;
  const who = one.passedBy === null ? t.byItself : t.by(one.passedBy);
  return `${kind}, ${t.passed(when(one.passedAt))} ${who}, ${t.met(met, one.conditions.length)}`;
}
