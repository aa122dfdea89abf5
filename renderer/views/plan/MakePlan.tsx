// Making a plan in the room: the change and its rules, waves of targets, what is missing here, and save. The whole preflight runs once it is saved.
import { plan as text } from '../../../shared/text/plan-ui.ts';
import { useCommands } from '../../app/commands.ts';
import { useNav } from '../../app/services.ts';
import { Button } from '../../components/Button.tsx';
import { Keys } from '../../components/Kbd.tsx';
import { Nb } from '../../components/Nb.tsx';
import { Pane } from '../../components/Pane.tsx';
import { Problem } from '../../components/Problem.tsx';
import { St } from '../../components/St.tsx';
import { useRoom } from '../room/session.ts';
import { ChangeForm } from './ChangeForm.tsx';
import { removeTarget } from './draft.ts';
import { IfNothingHolds } from './IfNothingHolds.tsx';
import { PlaceList } from './places.tsx';
import { useMaking } from './use-making.tsx';
import { WavesTable } from './WavesTable.tsx';

const words = text.make;

export function MakePlan() {
  const nav = useNav();
  const { incident } = useRoom();
  const making = useMaking();
  const { draft, setDraft, places, targets, suggested, needs, at, setAt, typed, setTyped } = making;
  const { add, move, step, propose, save, because, problem, busy, table } = making;
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
