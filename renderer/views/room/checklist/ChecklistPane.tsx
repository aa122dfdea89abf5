// The right pane: the incident's checklists. Ticking acts at once and is undone with Ctrl Z; the keys for the hand stay at the bottom edge.
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { Checklist } from '../../../../shared/contract/room.ts';
import type { Result } from '../../../../shared/result.ts';
import { room, STEP_WORD } from '../../../../shared/text/room-ui.ts';
import { useCommands } from '../../../app/commands.ts';
import { useDialogs } from '../../../app/dialogs.tsx';
import { useNav, useServices } from '../../../app/services.ts';
import { Button } from '../../../components/Button.tsx';
import { copyText } from '../../../components/copy.ts';
import { Pane } from '../../../components/Pane.tsx';
import { Problem } from '../../../components/Problem.tsx';
import { Tabs } from '../../../components/Tabs.tsx';
import { Time } from '../../../components/Time.tsx';
import { InRoom } from '../questions.tsx';
import { useRoom, useWrite } from '../session.ts';
import { asksFirst, can, filledCommand, firstOpen, type StepState } from './model.ts';
import { AskConfirm, AskReason, type StepAnswer } from './Questions.tsx';
import { StepItem } from './StepItem.tsx';

const text = room.checklist;
const keys = room.keys;

function NoChecklist() {
  const nav = useNav();
  const { incident } = useRoom();
  return (
    <div className="ck-none">
      <h2 className="ph">{text.pane}</h2>
      <p>{text.none}</p>
      <p className="dim">{text.noneWhy}</p>
      <Button look="key" icon="book-open" onPress={() => nav.go('runbooks', { incident: incident.id })}>
        {text.choose}
      </Button>
    </div>
  );
}

/** `more`: what else can be begun where no checklist runs. */
export function ChecklistPane({ more }: { more?: ReactNode }) {
  const { incident } = useRoom();
  const [chosen, setChosen] = useState<string | null>(null);
  const lists = incident.checklists;
  const newest = [...lists].sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
  const list =
    lists.find((one) => one.id === chosen) ?? newest.find((one) => one.settled < one.total) ?? newest[0];
  return (
    <Pane id="room.checklist" label={text.pane} as="aside" className="pane ckl">
      {list ? (
        <>
          {lists.length > 1 ? (
            <Tabs
              label={text.lists}
              tabs={newest.map((one) => ({
                id: one.id,
                label: one.title,
                note: `${one.settled}/${one.total}`,
              }))}
              selected={list.id}
              onSelect={setChosen}
              panelId="checklist-panel"
            />
          ) : null}
          <Running key={list.id} list={list} />
        </>
      ) : (
        <>
          <NoChecklist />
          {more}
        </>
      )}
    </Pane>
  );
}

function Running({ list }: { list: Checklist }) {
  const { announce } = useServices();
  const room_ = useRoom();
  const { session } = room_;
  const nav = useNav();
  const dialogs = useDialogs();
  const write = useWrite();
  const ticks = useStore(session.ticks, (s) => s.list);
  const [at, setAt] = useState(() => firstOpen(list.steps));
  const [problem, setProblem] = useState<string | null>(null);
  const [copied, setCopied] = useState<{ step: number; text: string } | null>(null);
  const body = useRef<HTMLOListElement>(null);
  const step = list.steps[at];

  const wantFocus = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs for each move
  useEffect(() => {
    const node = body.current?.querySelector<HTMLElement>('.stp.cur .stp-h');
    node?.scrollIntoView({ block: 'nearest' });
    if (wantFocus.current) node?.focus({ preventScroll: true });
    wantFocus.current = false;
  }, [at]);
  const move = (by: number): void => {
    wantFocus.current = true;
    setAt((now) => Math.min(list.steps.length - 1, Math.max(0, now + by)));
  };

  const tick = async (index: number, to: StepState, answer: StepAnswer = {}): Promise<Result<unknown>> => {
    const one = list.steps[index];
    const result = await write('checklist.step', { checklist: list.id, step: index, to, ...answer });
    if (!result.ok) {
      setProblem(`${text.failed} ${result.error.message}`);
      return result;
    }
    setProblem(null);
    const title = one?.title ?? '';
    if (to === 'undone') announce.status(text.undone(title));
    else {
      session.ticks.setState((s) => ({
        list: [...s.list, { checklist: list.id, step: index, title }].slice(-50),
      }));
      announce.status(text.ticked(STEP_WORD[to], title));
    }
    // What is settled hands over to the next one.
    if ((to === 'done' || to === 'skipped') && index < list.steps.length - 1) setAt(index + 1);
    return result;
  };
  const go = (to: StepState): void => {
    if (!step || !can(step.state, to)) return;
    if (!asksFirst(step, to)) return void tick(step.index, to);
    const index = step.index;
    dialogs.open((close) => (
      <InRoom room={room_}>
        {to === 'skipped' || to === 'failed' ? (
          <AskReason step={step} to={to} onClose={close} tick={(answer) => tick(index, to, answer)} />
        ) : (
          <AskConfirm
            step={step}
            checklist={list}
            to={to}
            onClose={close}
            tick={(answer) => tick(index, to, answer)}
          />
        )}
      </InRoom>
    ));
  };
  const undo = async (): Promise<void> => {
    if (!last) return setProblem(text.undoNone);
    session.ticks.setState((s) => ({ list: s.list.filter((one) => one !== last) }));
    const result = await tick(last.step, 'undone');
    if (result.ok) setAt(last.step);
  };
  const copy = async (): Promise<void> => {
    if (!step) return;
    const command = filledCommand(step, list.values);
    if (!command) return;
    if (command.missing.length > 0) return setCopied({ step: at, text: text.needs(command.missing) });
    setCopied({ step: at, text: (await copyText(command.text)) ? text.copied : text.copyFailed });
  };

  const group = keys.checklist;
  const state = step?.state ?? 'todo';
  const last = ticks.findLast((one) => one.checklist === list.id);
  useCommands('pane:room.checklist', () => [
    {
      id: 'ck.down',
      title: keys.down,
      keys: ['J', 'Down'],
      group,
      keyOnly: true,
      repeats: true,
      run: () => move(1),
    },
    {
      id: 'ck.up',
      title: keys.up,
      keys: ['K', 'Up'],
      group,
      keyOnly: true,
      repeats: true,
      run: () => move(-1),
    },
    { id: 'ck.start', title: text.start, keys: ['S'], group, glyph: 'doing', run: () => go('doing') },
    { id: 'ck.done', title: text.done, keys: ['X'], group, glyph: 'done', run: () => go('done') },
    {
      id: 'ck.fail',
      title: text.fail,
      detail: keys.asks,
      keys: ['Shift F'],
      group,
      glyph: 'failed',
      run: () => go('failed'),
    },
    {
      id: 'ck.skip',
      title: text.skip,
      detail: keys.asks,
      keys: ['Shift K'],
      group,
      glyph: 'skipped',
      run: () => go('skipped'),
    },
    { id: 'ck.retry', title: text.retry, keys: ['R'], group, glyph: 'doing', run: () => go('doing') },
    { id: 'ck.copy', title: text.copy, keys: ['Y'], group, icon: 'copy', run: () => void copy() },
  ]);
  useCommands('view', () => [
    { id: 'ck.undo', title: text.undo, keys: ['Ctrl Z'], group, icon: 'undo-2', run: () => void undo() },
  ]);

  return (
    <>
      <header className="pl-h" id="checklist-panel">
        <h2 className="ph">
          <span className="ck-t" title={list.title}>
            {list.title}
          </span>
          <span className="pl-s">{text.progress(list.settled, list.total)}</span>
        </h2>
        <p className="pl-d">
          <button
            type="button"
            className="fold mono"
            onClick={() => nav.go('runbooks', { path: list.path, incident: room_.incident.id })}
          >
            {list.path}
          </button>
          <span className="dim">
            {text.startedBy(list.startedBy)} <Time at={list.startedAt} show="zm" />
          </span>
        </p>
        <span className="ck-bar" aria-hidden="true">
          <i style={{ width: `${list.total ? (list.settled / list.total) * 100 : 0}%` }} />
        </span>
      </header>
      <div className="ck-b-l">
        {list.steps.length === 0 ? (
          <p className="none">{text.noSteps}</p>
        ) : (
          <ol ref={body} aria-label={text.steps}>
            {list.steps.map((one, i) => {
              const section =
                one.section !== '' && one.section !== list.steps[i - 1]?.section ? one.section : null;
              return (
                <StepGroup key={one.index} section={section}>
                  <StepItem
                    step={one}
                    checklist={list}
                    current={i === at}
                    onSelect={() => {
                      setAt(i);
                    }}
                    onCopy={() => void copy()}
                    copied={copied?.step === i ? copied.text : null}
                  />
                </StepGroup>
              );
            })}
          </ol>
        )}
      </div>
      <footer className="ck-f">
        <Problem text={problem} />
        {list.total > 0 && list.settled === list.total ? <p className="fine">{text.complete}</p> : null}
        {last ? (
          <p className="ck-l">
            <span>{text.last(last.title)}</span>
            <Button look="tiny" keys="Ctrl Z" onPress={() => void undo()}>
              {text.undoShort}
            </Button>
          </p>
        ) : null}
        <div className="ck-a">
          {state === 'failed' ? (
            <Button keys="R" onPress={() => go('doing')}>
              {text.retry}
            </Button>
          ) : (
            <Button keys="S" onPress={() => go('doing')}>
              {text.start}
            </Button>
          )}
          <Button look={step?.danger ? 'guard' : 'key'} keys="X" onPress={() => go('done')}>
            {text.done}
          </Button>
          <Button keys="Shift F" onPress={() => go('failed')}>
            {text.fail}
          </Button>
          <Button keys="Shift K" onPress={() => go('skipped')}>
            {text.skip}
          </Button>
        </div>
      </footer>
    </>
  );
}

function StepGroup({ section, children }: { section: string | null; children: ReactNode }) {
  return (
    <>
      {section !== null ? (
        <li className="stp-s">
          <h3 className="lg">{section}</h3>
        </li>
      ) : null}
      {children}
    </>
  );
}
