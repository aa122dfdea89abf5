// The window's composition root: makes the services, hands them to the components, and listens to main.
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { createAnnouncer } from './app/announce.ts';
import { createCommandRegistry } from './app/command-list.ts';
import { createDialogs } from './app/dialog-stack.ts';
import { createPanesStore } from './app/panes-store.ts';
import { createNav } from './app/route.ts';
import { type Services, ServicesContext } from './app/services.ts';
import { createClient } from './state/client.ts';
import { createAppTopic, createBoardTopic, createIncidentsTopic } from './state/stores.ts';
import './styles/index.css';
import { browserClock, createMainClock } from './time/clock.ts';

const client = createClient(window.bulkhead);
const clock = createMainClock(browserClock);
const services: Services = {
  client,
  clock,
  app: createAppTopic(client),
  board: createBoardTopic(client),
  incidents: createIncidentsTopic(client),
  nav: createNav(window),
  panes: createPanesStore(),
  commands: createCommandRegistry(),
  dialogs: createDialogs(),
  announce: createAnnouncer(clock),
};

// The window's clock is main's, or the recording's while one is replayed.
services.app.store.subscribe((state, before) => {
  const snapshot = state.value;
  if (!snapshot || snapshot === before.value) return;
  const { replay } = snapshot;
  if (replay) clock.sync(replay.clock, replay.ended ? 0 : replay.speed);
  else clock.sync(snapshot.now);
});

const report = (message: string, where: string): void => {
  void client.call('app.report', { message: message.slice(0, 4000), where: where.slice(0, 400) });
};
window.addEventListener('error', (event) =>
  report(String(event.error?.stack ?? event.message), `window ${event.filename}:${event.lineno}`),
);
window.addEventListener('unhandledrejection', (event) =>
  report(String(event.reason?.stack ?? event.reason), 'unhandled rejection'),
);

clock.start();
services.nav.start();
void services.app.refresh();
void services.board.refresh();
void services.incidents.refresh();

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <ServicesContext value={services}>
      <App />
    </ServicesContext>,
  );
}
