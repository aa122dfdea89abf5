// The keys of the plan pane, and their entries in the palette.
import type { PlanView } from '../../../../shared/contract/plan.ts';
import { plan as text } from '../../../../shared/text/plan-ui.ts';
import { useCommands } from '../../../app/commands.ts';
import type { panelOf } from './model.ts';
import type { Jump } from './rows.ts';
import type { Acts } from './use-acts.tsx';

/** Forty targets are many presses of an arrow. */
const JUMPS: readonly { readonly to: Jump; readonly keys: string }[] = [
  { to: 'home', keys: 'Home' },
  { to: 'end', keys: 'End' },
  { to: 'first', keys: 'Ctrl Home' },
  { to: 'last', keys: 'Ctrl End' },
  { to: 'waveUp', keys: 'PageUp' },
  { to: 'waveDown', keys: 'PageDown' },
];

export function usePlanCommands({
  view,
  acts,
  hidden,
  panel,
  move,
  jump,
}: {
  readonly view: PlanView;
  readonly acts: Acts;
  readonly hidden: boolean;
  readonly panel: ReturnType<typeof panelOf>;
  readonly move: (down: number, right: number) => void;
  readonly jump: (to: Jump) => void;
}): void {
  const { keys, group } = { keys: text.keys, group: text.group };
  const detail = text.asks;
  const focusBreaker = (): boolean => {
    const node = document.querySelector<HTMLElement>('[data-breaker]');
    if (!node || node.contains(document.activeElement)) return false;
    node.focus();
    return true;
  };
  useCommands('pane:room.plan', () => [
    {
      id: 'pl.up',
      title: keys.up,
      keys: ['Up', 'K'],
      group,
      keyOnly: true,
      repeats: true,
      run: () => move(-1, 0),
    },
    {
      id: 'pl.down',
      title: keys.down,
      keys: ['Down', 'J'],
      group,
      keyOnly: true,
      repeats: true,
      run: () => move(1, 0),
    },
    {
      id: 'pl.left',
      title: keys.left,
      keys: ['Left'],
      group,
      keyOnly: true,
      repeats: true,
      run: () => move(0, -1),
    },
    {
      id: 'pl.right',
      title: keys.right,
      keys: ['Right'],
      group,
      keyOnly: true,
      repeats: true,
      run: () => move(0, 1),
    },
    ...JUMPS.map(({ to, keys: pressed }) => ({
      id: `pl.${to}`,
      title: keys[to],
      keys: [pressed],
      group,
      keyOnly: true,
      repeats: true,
      run: () => jump(to),
    })),
    { id: 'pl.start', title: keys.start, keys: ['S'], group, glyph: 'doing', run: acts.start },
    { id: 'pl.done', title: keys.done, keys: ['X'], group, glyph: 'done', run: acts.done },
    { id: 'pl.fail', title: keys.fail, detail, keys: ['Shift F'], group, glyph: 'failed', run: acts.fail },
    { id: 'pl.skip', title: keys.skip, detail, keys: ['Shift K'], group, glyph: 'skipped', run: acts.skip },
    { id: 'pl.retry', title: keys.retry, keys: ['R'], group, glyph: 'doing', run: acts.retry },
    {
      id: 'pl.revert',
      title: keys.revert,
      detail,
      keys: ['V'],
      group,
      glyph: 'reverting',
      run: () => acts.revert(),
    },
    { id: 'pl.wave', title: keys.wave, detail, keys: ['W'], group, icon: 'play', run: acts.wave },
    {
      id: 'pl.gate',
      title: keys.gate,
      detail,
      keys: ['G'],
      group,
      glyph: 'gate-wait',
      run: () => acts.gate(),
    },
    {
      id: 'pl.breaker',
      title: keys.breaker,
      detail,
      keys: ['H'],
      group,
      glyph: 'brk-half',
      run: () => {
        if (view.breaker.state === 'closed' || panel?.kind !== 'breaker' || !focusBreaker()) acts.breaker();
      },
    },
    {
      id: 'pl.override',
      title: keys.override,
      detail,
      keys: ['Shift O'],
      group,
      icon: 'gavel',
      run: () => acts.override(),
    },
    { id: 'pl.pause', title: keys.pause, detail, keys: ['Shift P'], group, icon: 'pause', run: acts.pause },
    { id: 'pl.abort', title: keys.abort, detail, keys: ['Shift A'], group, icon: 'x', run: acts.abort },
    { id: 'pl.copy', title: keys.copy, keys: ['Y'], group, icon: 'copy', run: () => void acts.copy() },
    {
      id: 'pl.change',
      title: keys.change,
      detail,
      keys: ['Enter'],
      group,
      icon: 'pencil-line',
      run: acts.change,
    },
    { id: 'pl.reading', title: text.typeReading, detail, group, icon: 'radio', run: acts.reading },
    { id: 'pl.complete', title: text.complete, detail, group, icon: 'check', run: acts.complete },
    { id: 'pl.watch', title: text.takeWatch, detail, group, icon: 'radio', run: acts.takeWatch },
  ]);
  useCommands('view', () =>
    hidden
      ? []
      : [
          {
            id: 'pl.undo',
            title: keys.undo,
            keys: ['Ctrl Z'],
            group,
            icon: 'undo-2',
            run: () => void acts.undo(),
          },
          { id: 'pl.save', title: text.save.title, detail, group, icon: 'file-text', run: acts.save },
          // From anywhere in the room: the first H goes to the breaker.
          {
            id: 'pl.go',
            title: keys.toBreaker,
            keys: ['H'],
            group,
            keyOnly: true,
            run: () => {
              if (!focusBreaker()) acts.breaker();
            },
          },
        ],
  );
}
