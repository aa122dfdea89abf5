// Declare an incident: one line, a severity with the sentence that helps to choose, and what it takes from the signals. Nothing is sent.
import { useId, useMemo, useState } from 'react';
import type { SignalLine } from '../../../shared/contract/health.ts';
import { firstSignal, suggestSeverity, takenRegions } from '../../../shared/incident/suggest.ts';
import { board as boardWords } from '../../../shared/text/board.ts';
import { release as releaseWords } from '../../../shared/text/release-ui.ts';
import { SEVERITY, stateWord, ui } from '../../../shared/text/ui.ts';
import { inSentence, utc } from '../../../shared/time/format.ts';
import { Dialog } from '../../app/dialogs.tsx';
import { useApp, useBoard, useIncidents, useNow, useServices } from '../../app/services.ts';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Nb } from '../../components/Nb.tsx';
import { Problem } from '../../components/Problem.tsx';
import { Sev } from '../../components/Sev.tsx';
import { St } from '../../components/St.tsx';
import { openIncidents, openReleases } from '../../state/stores.ts';
import { wordClass } from '../board/marks.ts';
import { takenSignals } from '../board/signal-list.ts';
import { type Impact, ImpactField } from './ImpactField.tsx';
import { type DeclaredRelease, leftOut } from './release.ts';
import { movedSince } from './since.ts';

const words = boardWords.declareForm;
const turned = releaseWords.declare;
const SEVERITIES = ['SEV1', 'SEV2', 'SEV3', 'SEV4'] as const;
type Severity = (typeof SEVERITIES)[number];
/** Regions shown one by one; the others stay taken and are counted. */
const SHOWN = 8;
const FIRST_UPDATE_MS = 5 * 60_000;

/** What the person left ticked, of the signals that were there then. */
interface Chosen {
  readonly taken: readonly SignalLine[];
  readonly off: ReadonlySet<string>;
}

function Declares() {
  const now = useNow();
  const person = useApp((app) => app?.person?.name ?? words.desk);
  return <span className="r dim">{words.by(utc(now), person)}</span>;
}
function UpdateDue({ severity }: { severity: Severity | null }) {
  const now = useNow();
  if (severity === 'SEV4') return <span>{words.updateNone}</span>;
  return (
    <span>
      {words.updateDue(utc(now + FIRST_UPDATE_MS, 'minute'))} <span className="dim">{words.updateIn}</span>
    </span>
  );
}

export function DeclareDialog(props: {
  onClose: () => void;
  signals: readonly string[];
  /** A release that becomes this incident. */
  release?: DeclaredRelease;
}) {
  const { release } = props;
  const tripped = release?.targets ?? [];
  const { client, nav, clock } = useServices();
  const board = useBoard((b) => b);
  const person = useApp((app) => app?.person?.name ?? null);
  const all = useIncidents();
  const open = openIncidents(all);
  const watched = release ? [] : openReleases(all).map((one) => one.label);
  const heading = useId();
  const line = useId();

  // What is there now, signals that arrive while the form is open too, until the person chooses: then it stays as chosen.
  const now = board ? takenSignals(board, props.signals, clock.now()) : [];
  const [opened] = useState(now);
  const [chosen, setChosen] = useState<Chosen | null>(() =>
    // Signals that were marked on the board are a choice already.
    props.signals.length > 0 ? { taken: opened, off: new Set() } : null,
  );
  const taken = chosen?.taken ?? now;
  const regions = useMemo(() => takenRegions(taken), [taken]);
  const off = chosen?.off ?? leftOut(regions, tripped);
  const moved = movedSince(opened, taken);
  const [suggestion] = useState(() => (board ? suggestSeverity(board) : null));
  const [title, setTitle] = useState(release ? turned.line(release.title, tripped) : '');
  const [severity, setSeverity] = useState<Severity | null>(
    // A target that got worse is at least one region out of order; if in doubt, the higher one.
    suggestion?.severity ?? (tripped.length > 0 ? 'SEV2' : null),
  );
  const [impact, setImpact] = useState<Impact | null>(null);
  const [pending, setPending] = useState(false);
  const [command, setCommand] = useState(true);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const kept = taken.filter((s) => !off.has(`${s.provider}/${s.region}`));
  const first = firstSignal(kept);
  const blocked = !title.trim()
    ? words.needLine
    : severity === null
      ? words.needSeverity
      : pending
        ? words.impactAsk
        : null;

  const declare = async (): Promise<void> => {
    if (blocked || severity === null || busy) return;
    setBusy(true);
    const answer = await client.call('incidents.declare', {
      title: title.trim(),
      severity,
      // The contract takes 500; a declaration of more names the first of them, worst region first.
      signals: [...new Set(kept.map((s) => s.id))].slice(0, 500),
      impactStarted: impact,
      commander: command,
      ...(release ? { release: release.id } : {}),
    });
    setBusy(false);
    if (!answer.ok) {
      setProblem(answer.error.message);
      return;
    }
    props.onClose();
    nav.go('room', { incident: answer.value.id });
  };
  return (
    <Dialog className="dec" labelledBy={heading} onClose={props.onClose} onPrimary={() => void declare()}>
      <header className="dec-h">
        <Icon name="siren" />
        <h2 id={heading}>{release ? turned.title : words.title}</h2>
        <Declares />
        <kbd>Esc</kbd>
      </header>
      <div className="dec-b">
        <div className="dec-l">
          <label className="lg" htmlFor={line}>
            {words.line}
          </label>
          <input
            id={line}
            data-autofocus
            autoComplete="off"
            maxLength={300}
            value={title}
            onChange={(event) => setTitle(event.target.value)}
          />
          <fieldset>
            <legend className="lg">{words.severity}</legend>
            {SEVERITIES.map((sev) => (
              <label className="svr" key={sev}>
                <input
                  type="radio"
                  name="severity"
                  checked={severity === sev}
                  aria-label={`${sev}: ${SEVERITY[sev].what}`}
                  onChange={() => setSeverity(sev)}
                />
                <Sev severity={sev} />
                <span>
                  {SEVERITY[sev].what}
                  <span className="dim">{SEVERITY[sev].how}</span>
                </span>
              </label>
            ))}
          </fieldset>
          <p className="fine">
            {tripped.length > 0 ? <Nb>{`${turned.tripped(tripped)} `}</Nb> : null}
            {suggestion ? (
              <Nb>
                {`${words.suggested(
                  suggestion.severity,
                  suggestion.regions
                    .slice(0, 4)
                    .map((r) => `${r.region} ${stateWord(r.state).toLowerCase()}`)
                    .join(', '),
                )} `}
              </Nb>
            ) : null}
            {words.doubt}
          </p>
          <p className="fine">
            {open.length
              ? words.others(
                  open
                    .slice(0, 3)
                    .map((i) => `${i.severity} ${i.label}`)
                    .join(', '),
                )
              : words.noOther}
          </p>
          {watched.length > 0 ? <p className="fine">{turned.watched(watched.slice(0, 3))}</p> : null}
          <Problem text={problem} />
        </div>
        <div className="dec-r">
          <h3>
            {taken.length ? words.taken(new Set(kept.map((s) => s.id)).size) : words.takenNone}
            {taken.length ? <span className="phn">{words.untick}</span> : null}
          </h3>
          <p className="fine" role="status">
            {moved.more > 0 || moved.gone > 0 ? words.since(moved.more, moved.gone) : null}
          </p>
          <ul className="tk">
            {regions.slice(0, SHOWN).map((r) => (
              <li key={r.key}>
                <label className="tk-l">
                  <input
                    type="checkbox"
                    checked={!off.has(r.key)}
                    onChange={() => {
                      const next = new Set(off);
                      if (!next.delete(r.key)) next.add(r.key);
                      setChosen({ taken, off: next });
                    }}
                  />
                  <span>{r.provider}</span>
                  <span>
                    <Nb>{r.region}</Nb>
                    {r.others.length ? `, ${boardWords.moreRegions(r.others.length)}` : ''}{' '}
                    <b className={wordClass(r.worst)}>{stateWord(r.worst).toLowerCase()}</b>{' '}
                    <span className="dim">
                      {r.services.slice(0, 4).join(', ')}
                      {r.services.length > 4 ? `, ${boardWords.andMore(r.services.length - 4)}` : ''}
                    </span>
                  </span>
                </label>
              </li>
            ))}
            {regions.length > SHOWN ? (
              <li>
                <St kind="todo" />
                <span>{words.regions}</span>
                <span>{boardWords.andMore(regions.length - SHOWN)}</span>
              </li>
            ) : null}
            {first ? (
              <li>
                <St kind="info" />
                <span>{words.first}</span>
                <span>
                  <Nb>{`${first.source} ${first.service} ${first.region}, ${inSentence(first.at, clock.now())}`}</Nb>
                </span>
              </li>
            ) : null}
            <li>
              <St kind={impact ? 'done' : 'todo'} />
              <span>{words.impact}</span>
              <ImpactField
                offer={first?.at ?? null}
                value={impact}
                onChange={setImpact}
                onPending={setPending}
              />
            </li>
            <li>
              <St kind="unknown" />
              <span>{words.data}</span>
              <span>
                {words.dataUnknown}{' '}
                {severity === 'SEV1' || severity === 'SEV2' ? (
                  <span className="dim">{words.dataAsked(severity)}</span>
                ) : null}
              </span>
            </li>
            <li>
              <label className="tk-l">
                <input
                  type="checkbox"
                  checked={command}
                  onChange={(event) => setCommand(event.target.checked)}
                />
                <span>{words.command}</span>
                <span>
                  {command ? (
                    words.you(person ?? words.desk)
                  ) : (
                    <>
                      {ui.noCommander} <span className="dim">{words.takeCommand}</span>
                    </>
                  )}
                </span>
              </label>
            </li>
            <li>
              <St kind="todo" />
              <span>{words.update}</span>
              <UpdateDue severity={severity} />
            </li>
          </ul>
        </div>
      </div>
      <footer className="dec-f">
        <Button look="key" keys="Ctrl Enter" blocked={blocked} busy={busy} onPress={() => void declare()}>
          {severity ? words.submit(severity) : words.submitNone}
        </Button>
        <Button look="quiet" keys="Esc" onPress={props.onClose}>
          {ui.cancel}
        </Button>
        <span className="dim">{release ? turned.note(release.label) : words.note}</span>
      </footer>
    </Dialog>
  );
}
