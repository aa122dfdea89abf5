// What the line on a plan's present is made of: its rank, who has hands on which step, names of targets. Pure.
import type { PlanTarget, PlanView, PlanWave } from '../contract/plan.ts';
import type { PlanNow, PlanNowLine } from '../contract/plan-now.ts';
import { planNowText as say } from '../text/plan-now.ts';

export type Next = PlanNow['next'][number];
export type Told = Omit<PlanNow, 'incident' | 'plan' | 'next'> & { readonly next?: readonly Next[] };

/** Smaller is worse. */
export const RANK = {
  open: 0,
  half: 1,
  reverting: 2,
  gate: 3,
  held: 4,
  working: 5,
  baking: 6,
  next: 7,
  paused: 8,
  before: 9,
};

export const line = (text: string, more: Partial<PlanNowLine> = {}): PlanNowLine => ({
  who: null,
  decides: false,
  text: text.slice(0, 400),
  since: null,
  until: null,
  ...more,
});

/** The region's code where no other target shares it. */
export function short(view: PlanView, id: string): string {
  const last = id.slice(id.lastIndexOf('/') + 1);
  const same = view.targets.filter((one) => one.id === last || one.id.endsWith(`/${last}`));
  return same.length > 1 ? id : last;
}

export const passed = (wave: PlanWave): boolean => wave.gate.state === 'passed';
export const settled = (target: PlanTarget): boolean => target.state === 'done' || target.state === 'skipped';

/** Who is in the middle of which step, the newest first. */
export function hands(view: PlanView): PlanNowLine[] {
  const own = [
    ...view.before.steps.map((step) => ({ step, section: 'before' })),
    ...view.waves.flatMap((wave) => wave.after.steps.map((step) => ({ step, section: 'after' }))),
    ...view.finally.steps.map((step) => ({ step, section: 'finally' })),
  ]
    .filter(({ step }) => step.state === 'doing')
    .map(({ step, section }) =>
      line(say.isAtOwn(titleOf(view, section, step.number)), { who: step.by.at(-1) ?? null, since: step.at }),
    );
  return [...onTargets(view), ...own];
}

function onTargets(view: PlanView): PlanNowLine[] {
  return view.targets
    .flatMap((target) =>
      target.steps
        .filter((step) => step.state === 'doing')
        .map((step) => ({ target, step, title: titleOf(view, step.section, step.number) })),
    )
    .sort((a, b) => ((a.step.at ?? '') < (b.step.at ?? '') ? 1 : -1))
    .map(({ target, step, title }) =>
      line(say.isAt(title, short(view, target.id)), { who: step.by.at(-1) ?? null, since: step.at }),
    );
}

const titleOf = (view: PlanView, section: string, number: number): string =>
  (view.steps.find((one) => one.section === section && one.number === number)?.title ?? `${number}`).slice(
    0,
    120,
  );
