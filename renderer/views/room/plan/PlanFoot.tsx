// The foot of the plan pane while nothing is wrong.
import { plan as text } from '../../../../shared/text/plan-ui.ts';
import { Button } from '../../../components/Button.tsx';
import { settled } from './model.ts';
import { usePlan } from './store.ts';
import type { Acts } from './use-acts.tsx';

/** Nothing is wrong: the keys for the hand. */
export function PlanFoot({ acts, finishable }: { acts: Acts; finishable: boolean }) {
  const { view } = usePlan();
  const next = view.waves.find((wave) => wave.startedAt === null);
  const { hand } = acts;
  const step = hand.own?.step ?? hand.step;
  // What is done or skipped asks for nothing more, unless its reports differ.
  const ticks = step === null ? hand.target !== null && !hand.exact : !settled(step) || step.disputed;
  return (
    <footer className="ck-f pl-f">
      <div className="ck-a">
        {view.state === 'paused' ? (
          <Button look="key" keys="Shift P" onPress={acts.pause}>
            {text.resume}
          </Button>
        ) : finishable ? (
          <Button look="key" onPress={acts.complete}>
            {text.complete}
          </Button>
        ) : next && next.startForbids.length === 0 ? (
          <Button look="key" keys="W" onPress={acts.wave}>
            {text.startWave(next.name)}
          </Button>
        ) : ticks ? (
          <Button look="key" keys="X" onPress={acts.done}>
            {text.keys.done}
          </Button>
        ) : null}
        {ticks ? (
          <Button keys="S" onPress={acts.start}>
            {text.keys.start}
          </Button>
        ) : null}
        <Button keys="V" onPress={() => acts.revert()}>
          {text.revert}
        </Button>
        {view.holds.length > 0 ? (
          <Button keys="Shift O" onPress={() => acts.override()}>
            {text.holds(view.holds.length)}
          </Button>
        ) : null}
      </div>
    </footer>
  );
}
