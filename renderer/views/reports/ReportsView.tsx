// Reports: what goes into the document, the document itself, and where it was written.
import { useId, useState } from 'react';
import type { ExportOptions } from '../../../shared/contract/report.ts';
import type { IncidentLine } from '../../../shared/contract/room.ts';
import { release } from '../../../shared/text/release-ui.ts';
import { reports } from '../../../shared/text/reports-ui.ts';
import { PHASE_WORD } from '../../../shared/text/ui.ts';
import { zoneOrOwn } from '../../../shared/time/zone.ts';
import { useCommands } from '../../app/commands.ts';
import { openDeclare } from '../../app/open.tsx';
import { useApp, useIncidents, useNav, useServices, useZone } from '../../app/services.ts';
import { Button } from '../../components/Button.tsx';
import { Pane } from '../../components/Pane.tsx';
import { Problem } from '../../components/Problem.tsx';
import { Sev } from '../../components/Sev.tsx';
import { S } from '../../components/St.tsx';
import { Tabs } from '../../components/Tabs.tsx';
import { isOpen, isRelease, openIncidents } from '../../state/stores.ts';
import { useCall } from '../../state/use-call.ts';
import type { ViewProps } from '../view.ts';
import { Document } from './Document.tsx';
import { OptionFields } from './OptionFields.tsx';
import { folderOf, size, wholePath } from './path.ts';
import { type Saved, Written } from './Written.tsx';

const thousands = (n: number): string => n.toLocaleString('en-US').replaceAll(',', '\u00a0');

export function ReportsView({ params }: ViewProps) {
  const all = useIncidents();
  // The room it was opened from: another incident may be chosen here, the way back leads there all the same.
  const [from] = useState(params.incident ?? null);
  const newest = [...all].sort((a, b) => b.declaredAt.localeCompare(a.declaredAt));
  const incident =
    all.find((one) => one.id === params.incident) ?? openIncidents(all)[0] ?? newest[0] ?? null;
  if (incident === null) return <Nothing />;
  const room = all.find((one) => one.id === from) ?? null;
  return <Export key={incident.id} incident={incident} all={newest} from={room} />;
}

function Nothing() {
  const services = useServices();
  return (
    <main id="main" tabIndex={-1} className="whole">
      <h1>{reports.none}</h1>
      <p className="dim">{reports.noneWhy}</p>
      <Button look="key" keys="D" icon="siren" onPress={() => openDeclare(services)}>
        {reports.declare}
      </Button>
    </main>
  );
}

function Export(props: {
  incident: IncidentLine;
  all: readonly IncidentLine[];
  /** The room that it was opened from; null: it was opened from elsewhere. */
  from: IncidentLine | null;
}) {
  const { incident, all, from } = props;
  const { client, announce } = useServices();
  const nav = useNav();
  const ownZone = zoneOrOwn(useZone());
  const dialogs = useApp((app) => app?.host.capabilities.dialogs ?? false);
  const [options, setOptions] = useState<ExportOptions>({
    format: 'md',
    automatic: true,
    retracted: false,
    pinnedOnly: false,
    zone: '',
  });
  const [view, setView] = useState<'paper' | 'source'>('paper');
  const [path, setPath] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [saved, setSaved] = useState<Saved | null>(null);
  const [left, setLeft] = useState(false);
  const field = useId();
  const preview = useCall('report.preview', { incident: incident.id, options }, incident.entries, 120);
  const [last, setLast] = useState<typeof preview.value>(null);
  if (preview.value !== null && preview.value !== last) setLast(preview.value);
  const shown = preview.value ?? (preview.error ? null : last);

  const set = (change: Partial<ExportOptions>): void => {
    setOptions((now) => ({ ...now, ...change }));
    setSaved(null);
    setLeft(false);
    setProblem(null);
  };
  const whole = wholePath(path, shown?.suggestedName ?? `${incident.label}.${options.format}`);
  const blocked = dialogs || whole !== null ? null : reports.pathNeeded;
  const word = options.format === 'md' ? reports.md : reports.json;

  const save = async (): Promise<void> => {
    if (busy || blocked !== null) return;
    setBusy(true);
    setProblem(null);
    setSaved(null);
    setLeft(false);
    const answer = await client.call('report.save', {
      incident: incident.id,
      options,
      path: dialogs ? null : whole,
    });
    setBusy(false);
    if (!answer.ok) return setProblem(`${reports.failed} ${answer.error.message}`);
    const to = answer.value.path;
    if (to === null) return setLeft(true);
    setSaved({ path: to, bytes: answer.value.bytes, sha256: answer.value.sha256 });
    if (!dialogs) setPath(folderOf(to));
    announce.status(reports.saved(to));
  };
  const keys = reports.keys;
  const back = (): void => nav.go('room', { incident: (from ?? incident).id });
  useCommands('view', () => [
    {
      id: 'ex.save',
      title: keys.save,
      keys: ['Ctrl Enter'],
      group: keys.group,
      icon: 'file-text',
      run: () => void save(),
    },
    {
      id: 'ex.back',
      title: keys.back,
      ...(from ? { keys: ['Esc'] } : {}),
      group: keys.group,
      icon: 'arrow-right',
      run: back,
    },
  ]);

  const tab = options.format === 'json' ? 'source' : view;
  return (
    <main id="main" tabIndex={-1} className="ex two">
      <Pane id="reports.options" label={reports.options} as="aside" className="pane opt">
        <header className="ex-h">
          <p>
            {isRelease(incident) ? (
              <span className="mode">{release.word}</span>
            ) : (
              <Sev severity={incident.severity} />
            )}
            <span className="mono">{incident.label}</span>
          </p>
          <h1>{reports.title}</h1>
          <p className="dim">
            <S kind={isOpen(incident) ? 'doing' : 'done'}>
              {isRelease(incident)
                ? isOpen(incident)
                  ? release.watched
                  : release.ended
                : PHASE_WORD[incident.phase]}
            </S>
          </p>
        </header>
        <div className="form">
          {all.length > 1 ? (
            <div className="ask-f">
              <label htmlFor={`${field}-i`}>{reports.incident}</label>
              <select
                id={`${field}-i`}
                className="inp"
                value={incident.id}
                onChange={(event) => nav.set({ incident: event.target.value })}
              >
                {all.slice(0, 500).map((one) => (
                  <option key={one.id} value={one.id}>
                    {one.label} {one.title}
                  </option>
                ))}
              </select>
            </div>
          ) : null}
          <OptionFields options={options} ownZone={ownZone} set={set} />
          {dialogs ? null : (
            <fieldset>
              <legend>{reports.where}</legend>
              <div className="ask-f">
                <label htmlFor={field}>{reports.path}</label>
                <input
                  id={field}
                  className="inp mono"
                  value={path}
                  maxLength={4096}
                  autoComplete="off"
                  spellCheck={false}
                  placeholder={`/home/me/${shown?.suggestedName ?? ''}`}
                  aria-describedby={`${field}-why`}
                  onChange={(event) => setPath(event.target.value)}
                />
                <p id={`${field}-why`} className="fine">
                  {reports.pathWhy}
                </p>
              </div>
            </fieldset>
          )}
        </div>
        <footer className="st-a">
          <Problem text={problem} />
          <Written saved={saved} left={left} />
          <div>
            <Button look="key" keys="Ctrl Enter" busy={busy} blocked={blocked} onPress={() => void save()}>
              {reports.save(word)}
            </Button>
          </div>
          {from ? (
            <div>
              <Button look="quiet" keys="Esc" onPress={back}>
                {keys.back}
              </Button>
            </div>
          ) : null}
          {dialogs ? <p className="dim">{reports.dialogWhy}</p> : null}
        </footer>
      </Pane>
      <Pane id="reports.preview" label={reports.preview} className="pane pv-p">
        <Tabs
          label={reports.view}
          tabs={[
            ...(options.format === 'md' ? [{ id: 'paper' as const, label: reports.paper }] : []),
            { id: 'source' as const, label: options.format === 'md' ? reports.source : reports.json },
          ]}
          selected={tab}
          onSelect={setView}
          panelId="ex-panel"
        >
          <span className="sp1" />
          <span className="dim pg" aria-live="polite">
            {shown
              ? reports.size(thousands(shown.entries), shown.entries === 1, size(shown.bytes))
              : reports.making}
          </span>
        </Tabs>
        <div className="desk" id="ex-panel" role="tabpanel" aria-label={reports.preview} tabIndex={0}>
          {preview.error ? <Problem text={`${reports.previewFailed} ${preview.error.message}`} /> : null}
          {shown ? <Document text={shown.text} format={options.format} drawn={tab === 'paper'} /> : null}
          {shown?.truncated ? (
            <p className="ex-cut">{reports.truncated(size(shown.text.length), size(shown.bytes))}</p>
          ) : null}
        </div>
      </Pane>
    </main>
  );
}
