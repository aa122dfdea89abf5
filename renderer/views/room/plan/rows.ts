// The rows of the matrix: waves and their targets, and the plan's own steps where they belong: before, after a wave, finally. Pure.
import type { OwnStep, PlanTarget, PlanView, PlanWave } from '../../../../shared/contract/plan.ts';
import { columns, nextStep, settled } from './model.ts';

export type OwnSection = 'before' | 'after' | 'finally';
/** A wave's head, a target, the head of Before or Finally, a step of the plan itself. Only targets have cells. */
export type RowKey = `w:${string}` | `t:${string}` | `h:${string}` | `o:${string}`;

/** A step of the plan itself, with where it stands and what forbids a report on it. */
export interface Own {
  readonly section: OwnSection;
  readonly wave: string | null;
  readonly step: OwnStep;
  readonly forbids: PlanView['before']['forbids'];
}
export type GridRow =
  | { readonly kind: 'wave'; readonly key: RowKey; readonly wave: PlanWave }
  | { readonly kind: 'target'; readonly key: RowKey; readonly wave: PlanWave; readonly target: PlanTarget }
  | {
      readonly kind: 'head';
      readonly key: RowKey;
      readonly section: 'before' | 'finally';
      readonly open: boolean;
    }
  | { readonly kind: 'own'; readonly key: RowKey; readonly own: Own };

export const ownKey = (section: OwnSection, wave: string | null, number: number): RowKey =>
  `o:${section} ${number} ${wave ?? ''}`;

const ownRow = (own: Own): GridRow => ({
  kind: 'own',
  key: ownKey(own.section, own.wave, own.step.number),
  own,
});

const listOf = (section: OwnSection, wave: string | null, { steps, forbids }: PlanView['before']): Own[] =>
  steps.map((step) => ({ section, wave, step, forbids }));

/** All of them, in the order of the night. */
export const allOwn = (view: PlanView): Own[] => [
  ...listOf('before', null, view.before),
  ...view.waves.flatMap((wave) => listOf('after', wave.name, wave.after)),
  ...listOf('finally', null, view.finally),
];

export const leftOf = (own: PlanView['before']): number => own.steps.filter((step) => !settled(step)).length;

/** Finally is due once every wave is through, or the plan is over. */
export const finallyDue = (view: PlanView): boolean =>
  view.state === 'completed' ||
  view.state === 'aborted' ||
  (view.startedAt !== null && view.waves.every((wave) => wave.gate.state === 'passed'));

/** Opened by itself while something of it is to do now. */
export const opensByItself = (view: PlanView, section: 'before' | 'finally'): boolean =>
  section === 'before'
    ? view.state !== 'completed' && view.state !== 'aborted' && leftOf(view.before) > 0
    : (finallyDue(view) && leftOf(view.finally) > 0) ||
      view.finally.steps.some((step) => step.state === 'doing');

/** Steps after a wave stand there from its bake on; of a folded wave those that are left. */
function afterRows(wave: PlanWave, folded: boolean, inHand: RowKey | null): GridRow[] {
  const begun =
    wave.bake.startedAt !== null ||
    wave.gate.state === 'passed' ||
    wave.state === 'aborted' ||
    wave.after.steps.some((step) => step.state !== 'todo');
  if (!begun || wave.startedAt === null) return [];
  return listOf('after', wave.name, wave.after)
    .filter(({ step }) => !folded || !settled(step) || ownKey('after', wave.name, step.number) === inHand)
    .map(ownRow);
}

/**
 * Rows in order: Before, each wave's head with its targets and the steps after it, Finally. `turned`: heads turned over by hand.
 * `inHand`: a step that was just ticked stays under the hand, though what it belongs to folds.
 */
export function rows(
  view: PlanView,
  folded: (wave: PlanWave) => boolean,
  turned: readonly string[] = [],
  inHand: RowKey | null = null,
): GridRow[] {
  const byId = new Map(view.targets.map((target) => [target.id, target]));
  const head = (section: 'before' | 'finally'): GridRow[] => {
    if (view[section].steps.length === 0) return [];
    const key = `h:${section}` as const;
    const held = view[section].steps.some((step) => ownKey(section, null, step.number) === inHand);
    const open = held || opensByItself(view, section) !== turned.includes(key);
    return [
      { kind: 'head', key, section, open },
      ...(open ? listOf(section, null, view[section]).map(ownRow) : []),
    ];
  };
  return [
    ...head('before'),
    ...view.waves.flatMap((wave): GridRow[] => [
      { kind: 'wave', key: `w:${wave.name}`, wave },
      ...(folded(wave)
        ? []
        : wave.targets.flatMap((id): GridRow[] => {
            const target = byId.get(id);
            return target ? [{ kind: 'target', key: `t:${id}`, wave, target }] : [];
          })),
      ...afterRows(wave, folded(wave), inHand),
    ]),
    ...head('finally'),
  ];
}

/** What `asks` says: questions to the room, and what is left of the plan's own steps. */
export const questionsOf = (view: PlanView): string[] => view.asks.filter((one) => one.endsWith('?'));
export const leftSaid = (view: PlanView): string[] => view.asks.filter((one) => !one.endsWith('?'));

/** Further than an arrow: along a row, to either end, or to the head of a wave (and of Before and Finally). */
export type Jump = 'home' | 'end' | 'first' | 'last' | 'waveUp' | 'waveDown';

/** The cell that a jump leads to; null where there is none. `last`: the last column of a target. */
export function jumped(
  grid: readonly GridRow[],
  chosen: { readonly row: RowKey; readonly col: number },
  last: number,
  to: Jump,
): { row: RowKey; col: number } | null {
  if (to === 'home') return { ...chosen, col: 0 };
  if (to === 'end') return { ...chosen, col: last };
  const at = grid.findIndex((row) => row.key === chosen.row);
  const isHead = (row: GridRow): boolean => row.kind === 'wave' || row.kind === 'head';
  const found =
    to === 'first'
      ? grid[0]
      : to === 'last'
        ? grid.at(-1)
        : to === 'waveDown'
          ? (grid.find((row, i) => i > at && isHead(row)) ?? grid.at(-1))
          : (grid.findLast((row, i) => i < at && isHead(row)) ?? grid[0]);
  return found ? { row: found.key, col: chosen.col } : null;
}

/** Where the eye goes when the pane opens: what is worked, what is wrong, else the first target that is left. */
export function firstCell(view: PlanView): { row: RowKey; col: number } {
  const cols = columns(view);
  const all = [...cols.prepare, ...cols.each];
  for (const target of view.targets) {
    const doing = target.steps.find((step) => step.state === 'doing' && step.section !== 'revert');
    if (doing)
      return {
        row: `t:${target.id}`,
        col: 1 + all.findIndex((one) => one.section === doing.section && one.number === doing.number),
      };
  }
  const next =
    view.targets.find((one) => one.state === 'reverting' || one.marks.includes('worse')) ??
    view.targets.find((one) => one.state === 'running') ??
    view.targets.find((one) => one.state === 'pending');
  if (next) {
    const step = nextStep(next);
    const at =
      step === null ? -1 : all.findIndex((one) => one.section === step.section && one.number === step.number);
    return { row: `t:${next.id}`, col: 1 + Math.max(0, at) };
  }
  const wave = view.waves[0];
  return { row: wave ? `w:${wave.name}` : 't:', col: 0 };
}
