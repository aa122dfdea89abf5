// The head of the plan pane: what it is, one word on how it stands, and who watches.
import type { PlanView } from '../../../../shared/contract/plan.ts';
import { KIND_WORD, STATUS_WORD, plan as text } from '../../../../shared/text/plan-ui.ts';
import { Button } from '../../../components/Button.tsx';
import { type Glyph, S, St } from '../../../components/St.tsx';
import { useQuestions } from '../questions.tsx';
import { isCommander } from '../roles.ts';
import { useRoom } from '../session.ts';
import { openFindings, progress, shortName, waitingWave } from './model.ts';
import { leftSaid } from './rows.ts';
import { usePlan } from './store.ts';
import type { Acts } from './use-acts.tsx';

/** One word on the plan as a whole: what holds it, else its state. */
function statusOf(view: PlanView): { glyph: Glyph; word: string } {
  if (view.state === 'running') {
    const tripped = view.breaker.tripped?.target ?? null;
    const reverts = view.targets.filter(
      (one) => one.state === 'reverting' || one.state === 'reverted',
    ).length;
    if (view.breaker.state === 'half-open') return { glyph: 'held', word: text.heldHalf };
    if (reverts > 1) return { glyph: 'held', word: text.heldReverts(reverts) };
    if (view.breaker.state === 'open')
      return {
        glyph: 'held',
        word: text.heldBreaker(tripped === null ? null : shortName(tripped, view.targets)),
      };
    const waits = waitingWave(view);
    if (waits) return { glyph: 'held', word: text.gateWaits(waits.name) };
    if (view.held) return { glyph: 'held', word: text.held };
    return { glyph: 'doing', word: STATUS_WORD.running };
  }
  const glyphs = {
    draft: 'todo',
    ready: 'todo',
    paused: 'held',
    completed: 'done',
    aborted: 'failed',
  } as const;
  return { glyph: glyphs[view.state], word: STATUS_WORD[view.state] };
}

/** Two commanders after a split are said until one yields; taking command by name is the way. */
function Commanders() {
  const { incident } = useRoom();
  const ask = useQuestions();
  const role = incident.roles.find((one) => isCommander(one.role) && one.others !== undefined);
  if (!role?.others || role.name === null) return null;
  return (
    <p className="pl-w">
      <St kind="held" />
      <span>{text.commanders([role.name, ...role.others])}</span>
      <Button look="tiny" keys="Shift T" onPress={ask.command}>
        {text.settle}
      </Button>
    </p>
  );
}

/** A plan that took over from another, and the other way round; each leads to the other. */
function TakenOver() {
  const { view, show } = usePlan();
  const other = (plan: string, title: string, words: string) => (
    <p className="pl-l" key={`${plan} ${words}`}>
      <span>{words}</span>
      <Button look="tiny" label={text.takeOver.showPlan(title)} onPress={() => show?.(plan)}>
        {text.takeOver.show}
      </Button>
    </p>
  );
  return (
    <>
      {view.takesOver
        ? other(view.takesOver.plan, view.takesOver.title, text.takeOver.tookOver(view.takesOver.title))
        : null}
      {view.takenOverBy.map((one) =>
        other(one.plan, one.title, text.takeOver.takenBy(one.targets.length, one.title)),
      )}
    </>
  );
}

/** Steps of the plan itself that are due and not done; they hold nothing, and are said. */
function Left() {
  const { view } = usePlan();
  const left = leftSaid(view);
  if (left.length === 0) return null;
  return (
    <p className="pl-l">
      <St kind="todo" />
      <span>
        {left.slice(0, 3).join(' ')} {left.length > 3 ? text.moreLeft(left.length - 3) : ''}
      </span>
    </p>
  );
}

export function PlanHead({ acts }: { acts: Acts }) {
  const { view } = usePlan();
  const status = statusOf(view);
  const { done, all } = progress(view);
  const before = view.startedAt === null;
  const left = openFindings(view);
  return (
    <header className="pl-h">
      <h2 className="ph">
        {KIND_WORD[view.kind]}
        {before ? <S kind="todo">{STATUS_WORD[view.state]}</S> : null}
        <span className="pl-s">
          {before ? (
            left.findings + left.questions > 0 ? (
              <S kind="held">{text.preflight.left(left.findings, left.questions)}</S>
            ) : (
              <S kind={view.checked ? 'done' : 'todo'}>
                {view.checked ? text.preflight.clean : text.preflight.notRun}
              </S>
            )
          ) : (
            <S kind={status.glyph}>{status.word}</S>
          )}
        </span>
      </h2>
      <p className="pl-d">
        <span className="cut" title={view.title}>
          {view.title || text.changeLine(view.change.system, view.change.from, view.change.to)}
        </span>
        <span className="dim">{before ? text.preflight.why.split(';')[0] : text.steps(done, all)}</span>
      </p>
      {before || view.watch.here ? null : (
        <p className="pl-w">
          <St kind="held" />
          <span>{view.watch.device ? text.watchedBy(view.watch.device) : text.watchedByNobody}</span>
          <Button look="tiny" onPress={acts.takeWatch}>
            {text.takeWatch}
          </Button>
        </p>
      )}
      <Commanders />
      <TakenOver />
      <Left />
      {view.sleepWarning ? (
        <p className="pl-w">
          <St kind="held" />
          <span title={view.sleepWarning}>{view.sleepWarning}</span>
        </p>
      ) : null}
    </header>
  );
}
