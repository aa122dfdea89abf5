// Making a plan in the room: the change and its rules, waves of targets, what is missing here, and save. The whole preflight runs once it is saved.
import { useRef, useState } from 'react';
import type { MadePlan } from '../../../shared/contract/plan.ts';
import { fail, type Result } from '../../../shared/result.ts';
import { plan as text } from '../../../shared/text/plan-ui.ts';
import { useCommands } from '../../app/commands.ts';
import { useDialogs } from '../../app/dialogs.tsx';
import { useNav, useServices } from '../../app/services.ts';
import { Button } from '../../components/Button.tsx';
import { Keys } from '../../components/Kbd.tsx';
import { Nb } from '../../components/Nb.tsx';
import { Pane } from '../../components/Pane.tsx';
import { Problem } from '../../components/Problem.tsx';
import { St } from '../../components/St.tsx';
import { useRoom } from '../room/session.ts';
import { AskTakeOver } from './AskTakeOver.tsx';
import { ChangeForm } from './ChangeForm.tsx';
import {
  addTargets,
  type Draft,
  emptyDraft,
  missing,
  moveTarget,
  removeTarget,
  targetsOf,
  toMade,
} from './draft.ts';
import { IfNothingHolds } from './IfNothingHolds.tsx';
import { PlaceList, usePlaces } from './places.tsx';
import { WavesTable } from './WavesTable.tsx';

const words = text.make;

/** The draft stays while the window does, so that a look at the board loses nothing. */
const kept = new WeakMap<object, Map<string, Draft>>();
function draftsOf(owner: object): Map<string, Draft> {
  const map = kept.get(owner) ?? new Map<string, Draft>();
  kept.set(owner, map);
  return map;
}

export function MakePlan() {
  const { incident } = useRoom();
  const { client, announce } = useServices();
  const nav = useNav();
  const dialogs = useDialogs();
  const drafts = draftsOf(client);
  const [draft, setDraftNow] = useState<Draft>(
    () =>
      drafts.get(incident.id) ?? emptyDraft(incident.mode === 'release' ? 'phased-deployment' : 'rollback'),
  );
  const [at, setAt] = useState<string | null>(null);
  const [typed, setTyped] = useState('');
  const [because, setBecause] = useState<readonly string[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const table = useRef<HTMLTableElement>(null);
  const setDraft = (next: Draft): void => {
    drafts.set(incident.id, next);
    setDraftNow(next);
  };

  const targets = targetsOf(draft);
  const places = usePlaces(draft.system.trim(), targets);
  const suggested = [
    ...new Set(incident.affected.map((one) => `${one.provider.toLowerCase()}/${one.region}`)),
  ].filter((one) => !targets.includes(one));
  const needs = missing(draft);

  const add = (list: readonly string[]): void => {
    setDraft(addTargets(draft, list));
    setTyped('');
    if (list[0]) setAt(list[0]);
  };
  const focusRow = (target: string): void => {
    requestAnimationFrame(() =>
      table.current?.querySelector<HTMLElement>(`[data-target="${CSS.escape(target)}"]`)?.focus(),
    );
  };
  const move = (by: -1 | 1): void => {
    if (at === null) return;
    const next = moveTarget(draft, at, by);
    setDraft(next);
    const wave = next.waves.find((one) => one.targets.includes(at));
    if (wave) announce.status(words.moved(at, wave.name));
    focusRow(at);
  };
  const step = (by: -1 | 1): void => {
    const i = targets.indexOf(at ?? '');
    const next = targets[Math.min(targets.length - 1, Math.max(0, i + by))];
    if (!next) return;
    setAt(next);
    focusRow(next);
  };
  const propose = async (): Promise<void> => {
    if (targets.length === 0) return setProblem(words.need.targets);
    setBusy(true);
    const answer = await client.call('plan.propose', { targets: [...targets] });
    setBusy(false);
    if (!answer.ok) return setProblem(answer.error.message);
    setProblem(null);
    setBecause(answer.value.because);
    setDraft({
      ...draft,
      waves: answer.value.waves.map((wave) => ({ ...wave, targets: [...wave.targets] })),
    });
  };
  const save = async (): Promise<void> => {
    if (needs.length > 0 || busy) return;
    setBusy(true);
    const plan: MadePlan = toMade(draft);
    // A plan that runs here and holds the same targets: asked before, not found out after.
    const others = await client.call('plan.overlap', { incident: incident.id, of: { targets } });
    if (others.ok && others.value.plans.length > 0) {
      setBusy(false);
      const { plans } = others.value;
      dialogs.open((close) => (
        <AskTakeOver plans={plans} onClose={close} make={(takesOver) => make(plan, takesOver)} />
      ));
      return;
    }
    const answer = others.ok ? await make(plan, undefined) : others;
    setBusy(false);
    if (!answer.ok) setProblem(answer.error.message);
  };
  const make = async (plan: MadePlan, takesOver: string | undefined): Promise<Result<unknown>> => {
    const answer = await client.call('plan.make', {
      incident: incident.id,
      plan,
      ...(takesOver === undefined ? {} : { takesOver }),
    });
    if (!answer.ok) {
      const detail = answer.error.detail as { problems?: readonly { text: string }[] } | undefined;
      const lines = (detail?.problems ?? []).slice(0, 5).map((one) => one.text);
      return fail(answer.error.code, [answer.error.message, ...lines].join(' '));
    }
    drafts.delete(incident.id);
    // Preflight has run with it: what is open stands in the pane when the room is back.
    announce.status(text.begin.made(plan.title));
    nav.go('room', { incident: incident.id });
    return answer;
  };
  const leave = (): void => nav.go('room', { incident: incident.id });

  const group = words.title;
  useCommands('pane:plan.waves', () => [
    {
      id: 'pm.up',
      title: words.move,
      keys: ['Alt Up'],
      group,
      keyOnly: true,
      repeats: true,
      run: () => move(-1),
    },
    {
      id: 'pm.down',
      title: words.move,
      keys: ['Alt Down'],
      group,
      keyOnly: true,
      repeats: true,
      run: () => move(1),
    },
    {
      id: 'pm.next',
      title: words.down,
      keys: ['J', 'Down'],
      group,
      keyOnly: true,
      repeats: true,
      run: () => step(1),
    },
    {
      id: 'pm.prev',
      title: words.up,
      keys: ['K', 'Up'],
      group,
      keyOnly: true,
      repeats: true,
      run: () => step(-1),
    },
  ]);
  useCommands('view', () => [
    { id: 'pm.save', title: words.save, keys: ['Ctrl Enter'], group, icon: 'check', run: () => void save() },
    { id: 'pm.propose', title: words.propose, group, icon: 'refresh-cw', run: () => void propose() },
    { id: 'pm.leave', title: words.leave, keys: ['Esc'], group, icon: 'arrow-right', run: leave },
  ]);

  return (
    <div className="cols pm">
      <Pane id="plan.change" label={words.change} as="aside" className="pane pm-c">
        <ChangeForm draft={draft} systems={places?.systems ?? []} onChange={setDraft} />
      </Pane>
      <Pane id="plan.waves" label={words.waves} className="pane pm-w">
        <header className="pl-h">
          <h2 className="ph">
            {words.title}
            <span className="pl-s dim">{words.summary(targets.length, draft.waves.length)}</span>
          </h2>
          <form
            className="pm-a"
            onSubmit={(event) => {
              event.preventDefault();
              add(typed.split(/[\s,;]+/).filter((one) => one !== ''));
            }}
          >
            <input
              className="inp mono"
              aria-label={words.addTarget}
              placeholder={words.targetHint}
              value={typed}
              maxLength={2000}
              autoComplete="off"
              spellCheck={false}
              data-pane-focus
              onChange={(event) => setTyped(event.target.value)}
            />
            <Button type="submit">{words.addTarget}</Button>
            <Button icon="refresh-cw" busy={busy} onPress={() => void propose()}>
              {words.propose}
            </Button>
          </form>
          {suggested.length > 0 ? (
            <p className="pm-g">
              <span className="dim">{words.suggested}</span>
              {suggested.slice(0, 8).map((one) => (
                <Button key={one} look="tiny" icon="plus" onPress={() => add([one])}>
                  {one}
                </Button>
              ))}
            </p>
          ) : null}
        </header>
        <div className="pl-b">
          <PlaceList
            system={draft.system.trim()}
            places={places}
            targets={targets}
            onAdd={add}
            onRemove={(target) => setDraft(removeTarget(draft, target))}
          />
          {targets.length === 0 ? <p className="none">{words.noTargets}</p> : null}
          <WavesTable draft={draft} at={at} places={places} table={table} onDraft={setDraft} onAt={setAt} />
          <IfNothingHolds draft={draft} />
          {because.length > 0 ? (
            <p className="pm-y">
              {words.proposed} {because.join(' ')}
            </p>
          ) : null}
        </div>
        <footer className="pm-k">
          <span>
            <Keys keys={['Alt Up', 'Alt Down']} /> {words.move}
          </span>
          <span className="r">
            <Button
              look="tiny"
              onPress={() =>
                setDraft({
                  ...draft,
                  waves: [
                    ...draft.waves,
                    { name: `wave ${draft.waves.length}`, targets: [], bake: '15m', gate: 'health' },
                  ],
                })
              }
            >
              {words.addWave}
            </Button>
          </span>
        </footer>
      </Pane>
      <Pane id="plan.strip" label={words.strip} as="aside" className="pane pm-p">
        <header className="pl-h">
          <h2 className="ph">{words.strip}</h2>
        </header>
        <div className="pl-b">
          <ul className="fi">
            {needs.map((need) => (
              <li key={need} className="open">
                <div className="fi-t">
                  <St kind="held" label={text.preflight.toDecide} />
                  <b>
                    <Nb>{need}</Nb>
                  </b>
                </div>
              </li>
            ))}
            {needs.length === 0 ? (
              <li className="dn">
                <div className="fi-t">
                  <St kind="done" />
                  <b>{words.fine}</b>
                </div>
              </li>
            ) : null}
          </ul>
          <p className="pm-y">{words.stripWhy}</p>
        </div>
        <footer className="st-a">
          <Problem text={problem} />
          <div>
            <Button
              look="key"
              keys="Ctrl Enter"
              busy={busy}
              blocked={needs[0] ?? null}
              onPress={() => void save()}
            >
              {words.save}
            </Button>
            <Button look="quiet" keys="Esc" onPress={leave}>
              {words.leave}
            </Button>
          </div>
        </footer>
      </Pane>
    </div>
  );
}
