// The plan pane: head, matrix with gates, what the chosen cell is about, and the one panel at the bottom edge. Before the start: preflight.
import { useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { PlanWave } from '../../../../shared/contract/plan.ts';
import { plan as text } from '../../../../shared/text/plan-ui.ts';
import { Button } from '../../../components/Button.tsx';
import { Pane } from '../../../components/Pane.tsx';
import { Problem } from '../../../components/Problem.tsx';
import { Tabs } from '../../../components/Tabs.tsx';
import { useAlarm } from './alarm.ts';
import { BreakerPanel } from './BreakerPanel.tsx';
import { GatePanel } from './GatePanel.tsx';
import type { Chosen } from './hand.ts';
import { Inspector } from './Inspector.tsx';
import { Matrix } from './Matrix.tsx';
import { columns, gateShows, panelOf } from './model.ts';
import { PlanFoot } from './PlanFoot.tsx';
import { PlanHead } from './PlanHead.tsx';
import { PreflightList, PreflightStart } from './Preflight.tsx';
import { usePlanCommands } from './plan-commands.ts';
import { RevertPanel } from './RevertPanel.tsx';
import { firstCell, type Jump, jumped, type RowKey, rows } from './rows.ts';
import { PlanContext, type PlanStore, usePlan } from './store.ts';
import { useActs } from './use-acts.tsx';
import { useSaid } from './use-said.ts';

/** `hidden`: another tab is shown; what sounds and is said goes on. */
export function PlanPane({
  store,
  hidden,
  show,
}: {
  store: PlanStore;
  hidden: boolean;
  show: (plan: string) => void;
}) {
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
    <PlanContext.Provider value={{ store, view, heardAt, show }}>
      <Pane id="room.plan" label={text.pane} as="aside" className={cls}>
        <Loaded key={view.id} problem={error?.message ?? null} hidden={hidden} />
      </Pane>
    </PlanContext.Provider>
  );
}

function Loaded({ problem, hidden }: { problem: string | null; hidden: boolean }) {
  const { view } = usePlan();
  const [chosen, setChosen] = useState<Chosen>(() => firstCell(view));
  const [shownFolds, setShownFolds] = useState<readonly string[]>([]);
  const [tab, setTab] = useState<'preflight' | 'waves'>('preflight');
  const keyed = useRef(false);
  const alarm = useAlarm(hidden);
  // An act ends its alarm, or is its acknowledgement: main says so.
  const acts = useActs(chosen, () => undefined);
  useSaid(view);

  const before = view.startedAt === null;
  const passed = (wave: PlanWave): boolean => ['passed', 'overridden'].includes(gateShows(wave));
  const folded = (wave: PlanWave): boolean => passed(wave) && !shownFolds.includes(wave.name);
  const grid = rows(view, folded, shownFolds, chosen.row);
  const cols = useMemo(() => columns(view), [view]);
  const last = cols.prepare.length + cols.each.length + 1;
  const at = grid.findIndex((row) => row.key === chosen.row);
  const move = (down: number, right: number): void => {
    keyed.current = true;
    if (right !== 0 && grid[at]?.kind === 'target') {
      setChosen((now) => ({ ...now, col: Math.min(last, Math.max(0, now.col + right)) }));
      return;
    }
    const next = grid[Math.min(grid.length - 1, Math.max(0, (at < 0 ? 0 : at) + down))];
    if (next) setChosen((now) => ({ ...now, row: next.key }));
  };
  const jump = (to: Jump): void => {
    keyed.current = true;
    const next = jumped(grid, chosen, last, to);
    if (next) setChosen(next);
  };
  // A folded or removed row must not keep the only tab stop: the head of its wave takes the hand.
  const of = view.targets.find((one) => `t:${one.id}` === chosen.row)?.wave;
  const head = grid.find((row) => row.key === `w:${of}`) ?? grid[0];
  // Nobody has put the hand anywhere yet: it goes to what is next. (It never moves for a tick: the same press would tick the next one.)
  useEffect(() => {
    if (at >= 0) return;
    if (!keyed.current) setChosen(firstCell(view));
    else if (head) setChosen({ row: head.key, col: 0 });
  }, [at, head, view]);
  // A wave that begins takes a hand that is on no target, so that nothing to tick moves away under it.
  const begun = view.waves.filter((wave) => wave.startedAt !== null).length;
  const was = useRef(begun);
  useEffect(() => {
    const more = begun > was.current;
    was.current = begun;
    if (!more || !chosen.row.startsWith('w:')) return;
    const wave = view.waves.findLast((one) => one.startedAt !== null);
    const first = view.targets.find((one) => one.wave === wave?.name && one.state === 'pending');
    if (first) setChosen({ row: `t:${first.id}`, col: 1 + cols.prepare.length });
  }, [begun, chosen.row, cols, view]);
  // A target that begins to revert takes the hand: its steps are the ones to tick.
  const panel = panelOf(view);
  const reverting = panel?.kind === 'revert' ? panel.target.id : null;
  useEffect(() => {
    if (reverting !== null) setChosen((now) => ({ ...now, row: `t:${reverting}` }));
  }, [reverting]);

  usePlanCommands({ view, acts, hidden, panel, move, jump });

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
          now.row === row && (now.col === col || !row.startsWith('t:')) ? now : { row, col },
        );
      }}
      folded={folded}
      onEnter={acts.change}
      onFold={(wave) =>
        setShownFolds((now) => (now.includes(wave) ? now.filter((one) => one !== wave) : [...now, wave]))
      }
    />
  );
  const ended = view.state === 'completed' || view.state === 'aborted';
  // Over: where every target stands is what is asked now, and comes first.
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!ended) return;
    const frame = requestAnimationFrame(() => list.current?.scrollTo({ top: 0 }));
    return () => cancelAnimationFrame(frame);
  }, [ended]);
  const finishable =
    view.state === 'running' &&
    view.actions.complete.length === 0 &&
    view.waves.every((wave) => passed(wave));
  return (
    <>
      <PlanHead acts={acts} />
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
          <div className="pl-b" ref={list}>
            {ended ? (
              <section className="pl-e" aria-label={text.ended_}>
                <h3 className="lg">{text.ended_}</h3>
                <ul className="ask-l">
                  {view.list.map((one) => (
                    <li key={one.target}>
                      <b>{one.target}</b> {one.text}
                    </li>
                  ))}
                  {view.left.map((one) => (
                    <li key={one}>{one}</li>
                  ))}
                </ul>
                <Button onPress={acts.save}>{text.save.title}</Button>
                {acts.said ? <p className="fine">{acts.said}</p> : null}
              </section>
            ) : null}
            {matrix}
          </div>
          <Inspector acts={acts} slim={panel !== null} />
          {panel?.kind === 'breaker' ? <BreakerPanel acts={acts} alarm={alarm} /> : null}
          {panel?.kind === 'gate' ? (
            <GatePanel key={panel.wave.name} wave={panel.wave} acts={acts} alarm={alarm} />
          ) : null}
          {panel?.kind === 'revert' ? <RevertPanel target={panel.target} acts={acts} /> : null}
          {panel === null && !ended ? <PlanFoot acts={acts} finishable={finishable} /> : null}
        </>
      )}
    </>
  );
}
