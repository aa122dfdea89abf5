// The plan pane: head, matrix with gates, what the chosen cell is about, and the one panel at the bottom edge. Before the start: preflight.
import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { PlanView, PlanWave } from '../../../../shared/contract/plan.ts';
import { KIND_WORD, STATUS_WORD, plan as text } from '../../../../shared/text/plan-ui.ts';
import { useCommands } from '../../../app/commands.ts';
import { useServices } from '../../../app/services.ts';
import { Button } from '../../../components/Button.tsx';
import { Pane } from '../../../components/Pane.tsx';
import { Problem } from '../../../components/Problem.tsx';
import { type Glyph, S, St } from '../../../components/St.tsx';
import { Tabs } from '../../../components/Tabs.tsx';
import { useAlarm } from './alarm.ts';
import { Inspector } from './Inspector.tsx';
import { Matrix } from './Matrix.tsx';
import {
  columns,
  firstCell,
  gateShows,
  openFindings,
  panelOf,
  progress,
  type RowKey,
  rows,
  shortName,
  waitingWave,
} from './model.ts';
import { BreakerPanel, GatePanel, RevertPanel } from './Panels.tsx';
import { PreflightList, PreflightStart } from './Preflight.tsx';
import { PlanContext, type PlanStore, usePlan } from './store.ts';
import { type Acts, type Chosen, useActs } from './use-acts.tsx';

/** `hidden`: another tab is shown; what sounds and is said goes on. */
export function PlanPane({ store, hidden }: { store: PlanStore; hidden: boolean }) {
  const cls = hidden ? 'pane plan off' : 'pane plan';
  const view = useStore(store.state, (s) => s.view);
  const heardAt = useStore(store.state, (s) => s.heardAt);
  const error = useStore(store.state, (s) => s.error);
  if (!view)
    return (
      <Pane id="room.plan" label={text.pane} as="aside" className={cls}>
        <div className="ck-none">
          <h2 className="ph">{error ? text.openFailed : text.opening}</h2>
          <Problem text={error?.message ?? null} />
          {error ? <Button onPress={() => void store.refresh()}>{text.again}</Button> : null}
        </div>
      </Pane>
    );
  return (
    <PlanContext.Provider value={{ store, view, heardAt }}>
      <Pane id="room.plan" label={text.pane} as="aside" className={cls}>
        <Loaded key={view.id} problem={error?.message ?? null} hidden={hidden} />
      </Pane>
    </PlanContext.Provider>
  );
}

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

function Head({ acts }: { acts: Acts }) {
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
      {view.sleepWarning ? (
        <p className="pl-w">
          <St kind="held" />
          <span>{view.sleepWarning}</span>
        </p>
      ) : null}
    </header>
  );
}

/** What is said aloud: the breaker as an alert, gates and bakes as status. */
function useSaid(view: PlanView): void {
  const { announce } = useServices();
  const last = useRef<PlanView | null>(null);
  useEffect(() => {
    const was = last.current;
    last.current = view;
    if (was?.id !== view.id) {
      if (view.breaker.state === 'open' && view.startedAt !== null)
        announce.alert(text.say.breakerOpen(view.breaker.tripped?.target ?? ''));
      return;
    }
    if (was.breaker.state !== view.breaker.state) {
      const target = view.breaker.half?.target ?? view.breaker.tripped?.target ?? '';
      if (view.breaker.state === 'open') announce.alert(text.say.breakerOpen(target));
      else announce.status(view.breaker.state === 'closed' ? text.say.breakerClosed : text.say.half(target));
    }
    for (const wave of view.waves) {
      const before = was.waves.find((one) => one.name === wave.name);
      if (!before) continue;
      if (before.gate.state !== wave.gate.state) {
        if (wave.gate.state === 'waiting') announce.status(text.say.gateWaits(wave.name));
        if (wave.gate.state === 'passed') announce.status(text.say.gatePassed(wave.name));
      } else if (before.bake.endedBy !== 'full' && wave.bake.endedBy === 'full')
        announce.status(text.say.bakeFull(wave.name));
    }
  }, [view, announce]);
}

function Loaded({ problem, hidden }: { problem: string | null; hidden: boolean }) {
  const { view } = usePlan();
  const [chosen, setChosen] = useState<Chosen>(() => firstCell(view));
  const [shownFolds, setShownFolds] = useState<readonly string[]>([]);
  const [tab, setTab] = useState<'preflight' | 'waves'>('preflight');
  const keyed = useRef(false);
  const alarm = useAlarm();
  const acts = useActs(chosen, () => {
    if (panelOf(view)?.kind !== 'revert') alarm.acted();
  });
  useSaid(view);

  const before = view.startedAt === null;
  const passed = (wave: PlanWave): boolean => ['passed', 'overridden'].includes(gateShows(wave));
  const folded = (wave: PlanWave): boolean => passed(wave) && !shownFolds.includes(wave.name);
  const grid = rows(view, folded);
  const cols = columns(view);
  const last = cols.prepare.length + cols.each.length + 1;
  const at = grid.findIndex((row) => row.key === chosen.row);
  const move = (down: number, right: number): void => {
    keyed.current = true;
    if (right !== 0 && grid[at]?.target) {
      setChosen((now) => ({ ...now, col: Math.min(last, Math.max(0, now.col + right)) }));
      return;
    }
    const next = grid[Math.min(grid.length - 1, Math.max(0, (at < 0 ? 0 : at) + down))];
    if (next) setChosen((now) => ({ ...now, row: next.key }));
  };
  // A folded or removed row must not keep the only tab stop.
  useEffect(() => {
    if (at < 0 && grid[0]) setChosen({ row: grid[0].key, col: 0 });
  }, [at, grid]);
  // A target that begins to revert takes the hand: its steps are the ones to tick.
  const panel = panelOf(view);
  const reverting = panel?.kind === 'revert' ? panel.target.id : null;
  useEffect(() => {
    if (reverting !== null) setChosen((now) => ({ ...now, row: `t:${reverting}` }));
  }, [reverting]);

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

  const matrix = (
    <Matrix
      rows={grid}
      prepare={cols.prepare}
      each={cols.each}
      chosen={chosen}
      focus={keyed.current}
      terse={panel !== null}
      onChoose={(row: RowKey, col: number) => {
        keyed.current = true;
        setChosen((now) =>
          now.row === row && (now.col === col || row.startsWith('w:')) ? now : { row, col },
        );
      }}
      onFold={(wave) =>
        setShownFolds((now) => (now.includes(wave) ? now.filter((one) => one !== wave) : [...now, wave]))
      }
    />
  );
  const ended = view.state === 'completed' || view.state === 'aborted';
  const finishable =
    view.state === 'running' &&
    view.actions.complete.length === 0 &&
    view.waves.every((wave) => passed(wave));
  return (
    <>
      <Head acts={acts} />
      <Problem text={problem} />
      {before ? (
        <>
          <Tabs
            label={text.preflight.tabs}
            tabs={[
              { id: 'preflight', label: text.preflight.title },
              { id: 'waves', label: text.preflight.waves, note: view.waves.length },
            ]}
            selected={tab}
            onSelect={setTab}
            panelId="plan-before"
          />
          <div
            className="pl-b pm-p"
            id="plan-before"
            role="tabpanel"
            aria-label={tab === 'preflight' ? text.preflight.title : text.preflight.waves}
          >
            {tab === 'preflight' ? <PreflightList acts={acts} /> : matrix}
          </div>
          <PreflightStart acts={acts} />
        </>
      ) : (
        <>
          <div className="pl-b">
            {matrix}
            {ended ? (
              <section className="pl-e" aria-label={text.ended_}>
                <h3 className="lg">{text.ended_}</h3>
                <ul className="ask-l">
                  {view.list.map((one) => (
                    <li key={one.target}>
                      <b>{one.target}</b> {one.text}
                    </li>
                  ))}
                </ul>
              </section>
            ) : null}
          </div>
          <Inspector acts={acts} slim={panel !== null} />
          {panel?.kind === 'breaker' ? <BreakerPanel acts={acts} alarm={alarm} /> : null}
          {panel?.kind === 'gate' ? (
            <GatePanel key={panel.wave.name} wave={panel.wave} acts={acts} alarm={alarm} />
          ) : null}
          {panel?.kind === 'revert' ? <RevertPanel target={panel.target} acts={acts} /> : null}
          {panel === null && !ended ? <Foot acts={acts} finishable={finishable} /> : null}
        </>
      )}
    </>
  );
}

/** Nothing is wrong: the keys for the hand. */
function Foot({ acts, finishable }: { acts: Acts; finishable: boolean }) {
  const { view } = usePlan();
  const next = view.waves.find((wave) => wave.startedAt === null);
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
        ) : (
          <Button look="key" keys="X" onPress={acts.done}>
            {text.keys.done}
          </Button>
        )}
        <Button keys="S" onPress={acts.start}>
          {text.keys.start}
        </Button>
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
