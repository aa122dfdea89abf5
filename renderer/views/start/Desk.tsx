// This desk: the name in entries, the second clock, the theme, the type; and where the data is.
import { useEffect, useId, useMemo, useState } from 'react';
import { board as words } from '../../../shared/text/board.ts';
import { THEME_WORD } from '../../../shared/text/ui.ts';
import { zoneOrOwn } from '../../../shared/time/zone.ts';
import { useApp, useClient } from '../../app/services.ts';
import { THEMES } from '../../app/theme.ts';
import { Icon } from '../../components/Icon.tsx';
import { Problem } from '../../components/Problem.tsx';
import { Segment } from '../../components/Segment.tsx';

export function Desk() {
  const client = useClient();
  const app = useApp((a) => a);
  const name = useId();
  const zone = useId();
  const kept = app?.person?.name ?? '';
  const [typed, setTyped] = useState(kept);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => setTyped(kept), [kept]);
  const zones = useMemo(() => Intl.supportedValuesOf('timeZone'), []);
  if (!app) return null;
  const set = (change: Parameters<typeof client.call<'app.setSettings'>>[1]): void =>
    void client
      .call('app.setSettings', change)
      .then((answer) => setProblem(answer.ok ? null : answer.error.message));
  const keepName = (): void => {
    const next = typed.trim();
    if (!next || next === kept) return;
    void client
      .call('app.setPerson', { name: next })
      .then((answer) => setProblem(answer.ok ? null : answer.error.message));
  };
  return (
    <>
      <h2>
        <span className="hn" aria-hidden="true">
          5
        </span>
        {words.start.desk}
      </h2>
      <div className="fld">
        <label htmlFor={name}>{words.start.yourName}</label>
        <input
          id={name}
          data-pane-focus
          autoComplete="off"
          maxLength={120}
          placeholder={words.start.namePlaceholder}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={keepName}
          onKeyDown={(event) => {
            if (event.key === 'Enter') keepName();
          }}
        />
      </div>
      <div className="fld">
        <label htmlFor={zone}>{words.start.clock}</label>
        <span className="sel-w">
          <select
            id={zone}
            className="inp"
            value={app.settings.zone}
            onChange={(event) => set({ zone: event.target.value })}
          >
            <option value="">{words.start.ownZone(zoneOrOwn(''))}</option>
            {zones.map((z) => (
              <option key={z} value={z}>
                {z.replaceAll('_', ' ')}
              </option>
            ))}
          </select>
          <Icon name="chevron-down" />
        </span>
      </div>
      <div className="fld">
        <span>{words.start.theme}</span>
        <Segment
          label={words.start.theme}
          value={app.settings.theme}
          options={THEMES.map((id) => ({ id, label: THEME_WORD[id] }))}
          onChange={(theme) => set({ theme })}
        />
      </div>
      <div className="fld">
        <span>{words.start.type}</span>
        <Segment
          label={words.start.type}
          value={app.settings.type}
          options={[
            { id: 'normal', label: words.start.normal },
            { id: 'large', label: words.start.large },
          ]}
          onChange={(type) => set({ type })}
        />
      </div>
      <Problem text={problem} />
      <dl className="kvl fr-k">
        <div>
          <dt>{words.start.profile}</dt>
          <dd className="mono">{app.profile.path}</dd>
        </div>
        <div>
          <dt>{words.start.host}</dt>
          <dd>{app.host.why || app.host.kind}</dd>
        </div>
        <div>
          <dt>{words.start.secrets}</dt>
          <dd>{words.start.secretsWord[app.host.capabilities.secrets]}</dd>
        </div>
      </dl>
    </>
  );
}
