// Stands where main would: an init script that answers the contract's calls out of data handed in, and tells the window what changed.
// Other specs add answers with `window.harness.answers['room.open'] = (input) => ({ ... })` in a later init script.
import type { AppSnapshot } from '../../../shared/contract/app.ts';
import type { Board, CellDetail } from '../../../shared/contract/health.ts';
import type { IncidentLine } from '../../../shared/contract/room.ts';

export interface HarnessData {
  app: AppSnapshot;
  board: Board;
  incidents: IncidentLine[];
  cells: Record<string, CellDetail>;
}

export interface Harness extends HarnessData {
  calls: { name: string; input: unknown }[];
  /** Answers by call name; a thrown `{code, message}` becomes a failure. */
  answers: Record<string, (input: never) => unknown>;
  emit(topic: string, payload: unknown): void;
  changeApp(change: Partial<AppSnapshot>): void;
  changeBoard(change: Partial<Board>): void;
  changeIncidents(incidents: IncidentLine[]): void;
}

declare global {
  interface Window {
    harness: Harness;
  }
}

/** Runs in the page before anything else: it may use nothing from outside of itself. */
export function installBridge(data: HarnessData): void {
  const listeners = new Set<(topic: string, payloadJson: string) => void>();
  let incidentsRev = 1;
  const harness: Harness = {
    ...data,
    calls: [],
    answers: {},
    emit(topic, payload) {
      const json = JSON.stringify(payload);
      for (const listener of listeners) listener(topic, json);
    },
    changeApp(change) {
      harness.app = { ...harness.app, ...change, rev: harness.app.rev + 1 };
      harness.emit('app.changed', { rev: harness.app.rev, snapshot: harness.app });
    },
    changeBoard(change) {
      harness.board = { ...harness.board, ...change, rev: harness.board.rev + 1 };
      harness.emit('health.changed', { rev: harness.board.rev, board: harness.board });
    },
    changeIncidents(incidents) {
      harness.incidents = incidents;
      incidentsRev += 1;
      harness.emit('incidents.changed', { rev: incidentsRev, incidents });
    },
  };
  const no = (code: string, message: string): never => {
    throw Object.assign(new Error(message), { code });
  };
  const at = (): string => harness.app.now;
  const answers: Record<string, (input: never) => unknown> = {
    'app.snapshot': () => harness.app,
    'app.setPerson': ({ name }: { name: string }) => {
      harness.changeApp({ person: { id: 'p1', name } });
      return {};
    },
    'app.setSettings': (change: Partial<AppSnapshot['settings']>) => {
      harness.changeApp({ settings: { ...harness.app.settings, ...change } });
      return {};
    },
    'app.dismissNotice': ({ id }: { id: string }) => {
      harness.changeApp({ notices: harness.app.notices.filter((n) => n.id !== id) });
      return {};
    },
    'app.openExternal': () => ({}),
    'app.report': () => ({}),
    'health.board': () => harness.board,
    'health.cell': ({ provider, region }: { provider: string; region: string }) =>
      harness.cells[`${provider}/${region}`] ?? { provider, region, regionName: region, services: [] },
    'health.elsewhere': ({ provider }: { provider: string }) => ({
      cells: ['me-south-1', 'me-central-1', 'af-south-1'].map((region, i) => ({
        provider,
        region,
        state: i === 0 ? 'major-outage' : 'operational',
        basis: i === 0 ? 'stated' : 'nothing-reported',
        stale: false,
        staleSince: null,
        since: i === 0 ? '2026-06-12T04:00:00.000Z' : null,
        troubled: i === 0 ? 12 : 0,
        services: i === 0 ? ['ec2', 's3', 'lambda'] : [],
        noLongerListed: false,
        disagreement: null,
      })),
    }),
    'health.signals': ({ limit }: { limit: number }) => ({
      signals: harness.board.signals.latest
        .slice(0, limit)
        .map((s) => ({ ...s, id: `old-${s.id}`, at: s.at.replace('T0', 'T00').replace('T00', 'T0') })),
      total: harness.board.signals.total,
    }),
    'health.raw': () => ({
      fetchedAt: at(),
      contentType: 'application/json',
      text: '[{"service":"dynamodb-us-east-1","summary":"<script>alert(1)</script>"}]',
      truncated: false,
    }),
    'health.pollNow': ({ feed }: { feed: string }) => {
      harness.changeBoard({
        feeds: harness.board.feeds.map((f) =>
          f.id === feed ? { ...f, state: 'fresh', reason: null, fetchedAt: at(), triedAt: at() } : f,
        ),
      });
      return {};
    },
    'health.setFeed': ({ feed, enabled }: { feed: string; enabled: boolean }) => {
      harness.changeBoard({
        feeds: harness.board.feeds.map((f) =>
          f.id === feed ? { ...f, enabled, state: enabled ? 'not-heard' : 'paused' } : f,
        ),
      });
      return {};
    },
    'health.removeFeed': ({ feed }: { feed: string }) => {
      harness.changeBoard({ feeds: harness.board.feeds.filter((f) => f.id !== feed) });
      return {};
    },
    'health.previewFeed': ({ url }: { url: string }) =>
      url.includes('refused')
        ? no(
            'unreachable',
            'status.refused.example refused the connection on port 443. Check the address, or leave it off; the other feeds still work.',
          )
        : {
            kind: 'statuspage',
            provider: 'example',
            name: 'Example Status',
            observations: 12,
            openEvents: [{ title: 'Delays in the example queue', state: 'degraded' }],
            problems: [],
          },
    'health.addFeed': ({
      url,
      kind,
      name,
      provider,
    }: {
      url: string;
      kind: string;
      name: string;
      provider: string;
    }) => {
      const like = harness.board.feeds[0];
      if (like) {
        harness.changeBoard({
          feeds: [
            ...harness.board.feeds,
            {
              ...like,
              id: 'added',
              url,
              kind,
              name,
              provider,
              builtIn: false,
              state: 'not-heard',
              fetchedAt: null,
            },
          ],
        });
      }
      return { feed: 'added' };
    },
    'incidents.list': () => ({ rev: incidentsRev, incidents: harness.incidents }),
    'incidents.declare': (input: {
      title: string;
      severity: IncidentLine['severity'];
      commander: boolean;
      impactStarted: { at: string } | null;
    }) => {
      const id = `inc-${harness.incidents.length + 1}`;
      harness.changeIncidents([
        ...harness.incidents,
        {
          id,
          label: `INC-${String(143 + harness.incidents.length).padStart(4, '0')}`,
          title: input.title,
          severity: input.severity,
          phase: 'investigating',
          mode: 'real',
          declaredAt: at(),
          impactStartedAt: input.impactStarted?.at ?? null,
          closedAt: null,
          commander: input.commander ? (harness.app.person?.name ?? null) : null,
          entries: 1,
        },
      ]);
      return { id, label: 'INC-0143', entry: 'e1' };
    },
    'library.list': () => ({ rev: 1, folders: [], runbooks: [] }),
    'library.addFolder': ({ path }: { path: string | null }) =>
      path === null
        ? no('no-dialog', 'This window has no folder dialog. Type the folder.')
        : { folder: 'f1' },
  };
  const bridge = {
    async call(name: string, inputJson: string): Promise<string> {
      const input = JSON.parse(inputJson) as never;
      harness.calls.push({ name, input });
      const answer = harness.answers[name] ?? answers[name];
      try {
        if (!answer) no('unknown-call', `The stand-in has no answer to ${name}.`);
        return JSON.stringify({ ok: true, value: await answer!(input) });
      } catch (error) {
        const { code, message } = error as { code?: string; message: string };
        return JSON.stringify({ ok: false, error: { code: code ?? 'stand-in', message } });
      }
    },
    on(listener: (topic: string, payloadJson: string) => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  Object.assign(window, { bulkhead: bridge, harness });
}
