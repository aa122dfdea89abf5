// Puts a person's word over what the sources say: which state, until when, and why. It ends by itself and hides nothing from gates.
import { useId, useState } from 'react';
import type { Override } from '../../../shared/contract/watch.ts';
import { STATES, type State } from '../../../shared/health/types.ts';
import { overrideWords as words } from '../../../shared/text/ours-ui.ts';
import { STATE_WORD, ui } from '../../../shared/text/ui.ts';
import { Dialog } from '../../app/dialogs.tsx';
import { openName } from '../../app/open.tsx';
import { useServices } from '../../app/services.ts';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Problem } from '../../components/Problem.tsx';
import { Segment } from '../../components/Segment.tsx';
import { StateWord } from '../../components/St.tsx';

type Mode = Override['mode'];

export function OverrideDialog(props: {
  readonly provider: string;
  readonly region: string;
  /** Null: the whole region. */
  readonly service: string | null;
  /** How the place is called: `AWS us-east-1`. */
  readonly name: string;
  readonly sources: State;
  /** The one in force there. */
  readonly before: Override | null;
  readonly onClose: () => void;
}) {
  const services = useServices();
  const heading = useId();
  const ids = { state: useId(), hours: useId(), reason: useId() };
  const [state, setState] = useState<State>(
    props.before?.state ?? (props.sources === 'operational' ? 'degraded' : 'operational'),
  );
  const [mode, setMode] = useState<Mode>(props.before?.mode ?? 'until-change');
  const [hours, setHours] = useState('2');
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const length = Number(hours.replace(',', '.'));
  const blocked = !(length >= 0.25 && length <= 12)
    ? words.hoursBad
    : reason.trim()
      ? null
      : words.needReason;
  const weight = STATES.indexOf(state) - STATES.indexOf(props.sources);
  const save = async (): Promise<void> => {
    if (blocked || busy) return;
    setBusy(true);
    const answer = await services.client.call('health.override', {
      provider: props.provider,
      region: props.region,
      service: props.service,
      state,
      mode,
      hours: length,
      reason: reason.trim(),
    });
    setBusy(false);
    if (answer.ok) {
      props.onClose();
      return;
    }
    setProblem(answer.error.message);
    // An override carries a name: who sits here is asked, and what was filled in stays.
    if (answer.error.code === 'no-name') openName(services);
  };
  return (
    <Dialog className="dec add-d" labelledBy={heading} onClose={props.onClose} onPrimary={() => void save()}>
      <header className="dec-h">
        <h2 id={heading}>{words.title(props.name)}</h2>
        <span className="r dim">
          {words.sources} <StateWord state={props.sources} />
        </span>
      </header>
      <div className="fd-b">
        <div className="fld">
          <label htmlFor={ids.state}>{words.shown}</label>
          <span className="sel-w">
            <select
              id={ids.state}
              className="inp"
              data-autofocus
              value={state}
              onChange={(event) => setState(event.target.value as State)}
            >
              {STATES.map((s) => (
                <option key={s} value={s}>
                  {STATE_WORD[s]}
                </option>
              ))}
            </select>
            <Icon name="chevron-down" />
          </span>
        </div>
        <p className="fine">{weight > 0 ? words.better : weight < 0 ? words.worse : words.same}</p>
        <div className="fld">
          <span>{words.mode}</span>
          <Segment
            label={words.mode}
            value={mode}
            options={[
              { id: 'until-change', label: words.modes['until-change'] },
              { id: 'locked', label: words.modes.locked },
            ]}
            onChange={setMode}
          />
        </div>
        <div className="fld">
          <label htmlFor={ids.hours}>{words.hours}</label>
          <input
            id={ids.hours}
            inputMode="decimal"
            autoComplete="off"
            maxLength={6}
            value={hours}
            onChange={(event) => setHours(event.target.value)}
          />
        </div>
        <p className="fine">{words.hoursWhy}</p>
        <div className="fld">
          <label htmlFor={ids.reason}>{words.reason}</label>
          <input
            id={ids.reason}
            autoComplete="off"
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </div>
        {props.before ? <p className="fine">{words.replaces(props.before.by)}</p> : null}
        <Problem text={problem} />
      </div>
      <footer className="dec-f">
        <Button look="key" keys="Ctrl Enter" blocked={blocked} busy={busy} onPress={() => void save()}>
          {words.set}
        </Button>
        <Button look="quiet" keys="Esc" onPress={props.onClose}>
          {ui.cancel}
        </Button>
      </footer>
    </Dialog>
  );
}
