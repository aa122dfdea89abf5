// The window: bars around one page, dialogs above it, one place that is read aloud.
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { ui } from '../../shared/text/ui.ts';
import { Button } from '../components/Button.tsx';
import { Sprite } from '../components/Sprite.tsx';
import { St } from '../components/St.tsx';
import { openIncidents } from '../state/stores.ts';
import { views } from '../views/registry.ts';
import { useWindowCommands } from './actions.tsx';
import { Banners } from './Banners.tsx';
import { DialogHost } from './dialogs.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { IncidentLine } from './IncidentLine.tsx';
import { useKeyRouter } from './KeyRouter.tsx';
import { NotifyLine } from './NotifyLine.tsx';
import { StatusLine } from './StatusLine.tsx';
import { useApp, useClient, useIncidents, useRoute, useServices } from './services.ts';
import { applyLook } from './theme.ts';
import { WindowBar } from './WindowBar.tsx';

function Live() {
  const { announce, panes } = useServices();
  const status = useStore(announce.store, (s) => s.status);
  const alert = useStore(announce.store, (s) => s.alert);
  const pane = useStore(panes, (s) => s.label);
  return (
    <div className="vh">
      <div role="status">{status}</div>
      <div role="status">{pane ? ui.keysNow(pane) : ''}</div>
      <div role="alert">{alert}</div>
    </div>
  );
}

/** Before the first answer, and when there is none. */
function Waiting() {
  const { app } = useServices();
  const error = useStore(app.store, (s) => s.error);
  return (
    <main id="main" className="whole" tabIndex={-1}>
      {error ? (
        <>
          <h1>
            <St kind="failed" />
            {ui.noBridge}
          </h1>
          <p>{error.message}</p>
          <Button onPress={() => void app.refresh()}>{ui.tryAgain}</Button>
        </>
      ) : (
        <>
          <h1 className="vh">{ui.product}</h1>
          <p className="dim">{ui.loading}</p>
        </>
      )}
    </main>
  );
}

export function App() {
  const services = useServices();
  const client = useClient();
  const route = useRoute();
  const settings = useApp((app) => app?.settings ?? null);
  const open = openIncidents(useIncidents()).length;
  const dialog = useStore(services.dialogs.store, (s) => s.stack.length > 0);
  const view = views[route.view];
  const first = useRef(true);

  useWindowCommands();
  useKeyRouter();

  useEffect(() => {
    if (settings) applyLook(document.documentElement, settings);
  }, [settings]);

  useEffect(() => {
    document.title = `${view.label} - ${ui.product}`;
    services.panes.setState({ active: view.pane, label: '' });
    const label = document.querySelector<HTMLElement>(`[data-pane="${CSS.escape(view.pane)}"]`)?.dataset
      .paneLabel;
    services.panes.setState(label ? { active: view.pane, label } : { active: null, label: '' });
    // A change of page moves the focus there; the first page leaves it where the window put it.
    if (!first.current) document.getElementById('main')?.focus();
    first.current = false;
  }, [view, services]);

  const firstRun = settings?.firstRunDone === false;
  useEffect(() => {
    if (firstRun && services.nav.store.getState().view === 'board') services.nav.go('start');
  }, [firstRun, services]);

  // A rehearsal is about its room: it opens as soon as it is there, once, for who has not gone elsewhere.
  const rehearsed = useApp((app) => app?.replay?.room ?? null);
  useEffect(() => {
    if (rehearsed !== null && services.nav.store.getState().view === 'board')
      services.nav.go('room', { incident: rehearsed });
  }, [rehearsed, services]);

  const View = view.component;
  return (
    <>
      <Sprite />
      <div className="shell" inert={dialog}>
        {/* biome-ignore lint/a11y/useValidAnchor: it is a link within the page; the address keeps the page's name */}
        <a
          className="skip"
          href="#main"
          onClick={(event) => {
            event.preventDefault();
            document.getElementById('main')?.focus();
          }}
        >
          {ui.skip}
        </a>
        <WindowBar />
        <div className="under">
          <Banners />
          <NotifyLine />
          {view.ownIncidentLine || open === 0 ? null : <IncidentLine />}
        </div>
        {settings ? (
          <ErrorBoundary
            key={route.view}
            report={(message, where) =>
              void client.call('app.report', {
                message: message.slice(0, 4000),
                where: `${where} ${route.view}`,
              })
            }
          >
            <View params={route.params} />
          </ErrorBoundary>
        ) : (
          <Waiting />
        )}
        <StatusLine />
      </div>
      <DialogHost />
      <Live />
    </>
  );
}
