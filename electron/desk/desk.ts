// The desk: where the application runs, who sits here, how it looks, where the data is and when it was last saved.
import type { AppSnapshot, Notice } from '../../shared/contract/app.ts';
import type { Emit, Handlers } from '../../shared/contract/index.ts';
import { fail, ok } from '../../shared/result.ts';
import { appText } from '../../shared/text/app.ts';
import { type Clock, toInstant } from '../../shared/time/clock.ts';
import { diskReason } from '../files/atomic.ts';
import type { Host } from '../host/host.ts';
import type { JournalState } from '../journal/journal.ts';
import type { Log } from '../log/log.ts';
import type { SettingsStore } from '../settings/settings.ts';

export interface DeskDeps {
  readonly host: Host;
  readonly why: string;
  readonly version: string;
  readonly profile: { readonly path: string; readonly temporary: boolean };
  readonly owner: boolean;
  readonly settings: SettingsStore;
  readonly journal: { state(): JournalState };
  /** Null when nothing is replayed. */
  readonly replay: () => AppSnapshot['replay'];
  readonly clock: Clock;
  /** How far the wall clock is off; null: not that we know. */
  readonly clockOff?: () => number | null;
  readonly ids: { uuid(): string };
  readonly emit: Emit;
  readonly log: Log;
}

export interface Desk {
  readonly handlers: Handlers<'app'>;
  /** Something of the snapshot changed; the window hears of it at most four times a second. */
  changed(): void;
  notice(level: Notice['level'], text: string): void;
  stop(): void;
}

const APART = 250;

export function createDesk(deps: DeskDeps): Desk {
  const { settings, clock, host } = deps;
  let notices: Notice[] = [];
  let revision = 1;
  let timer: NodeJS.Timeout | null = null;

  const snapshot = (): AppSnapshot => {
    const journal = deps.journal.state();
    return {
      rev: revision,
      version: deps.version,
      host: { kind: host.kind, why: deps.why.slice(0, 400), capabilities: { ...host.capabilities } },
      profile: { ...deps.profile, owner: deps.owner },
      person: settings.person(),
      // A replay goes straight to the board: its profile is for looking, not for setting up.
      settings: deps.replay() === null ? settings.get() : { ...settings.get(), firstRunDone: true },
      journal: {
        entries: journal.entries,
        savedAt: journal.savedAt,
        writable: journal.writable,
        reason: journal.reason,
      },
      replay: deps.replay(),
      notices: notices.slice(0, 50),
      clockOff: deps.clockOff?.() ?? null,
      now: toInstant(clock.now()),
    };
  };

  const tell = (): void => {
    timer = null;
    revision += 1;
    deps.emit('app.changed', { rev: revision, snapshot: snapshot() });
  };
  const changed = (): void => {
    timer ??= setTimeout(tell, APART);
  };
  const notice = (level: Notice['level'], text: string): void => {
    if (notices.some((n) => n.text === text)) return;
    notices = [
      ...notices,
      { id: deps.ids.uuid(), level, text: text.slice(0, 2000), since: toInstant(clock.now()) },
    ];
    changed();
  };
  const keep = (what: () => void): ReturnType<Handlers<'app'>['app.setSettings']> => {
    try {
      what();
    } catch (error) {
      const text = appText.settingsNotSaved(diskReason(error));
      deps.log.warn(text);
      notice('warning', text);
    }
    changed();
    return Promise.resolve(ok({}));
  };

  return {
    changed,
    notice,
    stop: () => {
      if (timer) clearTimeout(timer);
      timer = null;
    },
    handlers: {
      'app.snapshot': async () => ok(snapshot()),
      'app.setPerson': ({ name }) =>
        keep(() =>
          settings.setPerson({
            id: settings.person()?.id ?? deps.ids.uuid(),
            name: name.trim() || appText.thisDesk,
          }),
        ),
      'app.setSettings': (change) => keep(() => settings.set(change)),
      'app.openExternal': async ({ url }) => {
        if (!host.capabilities.openExternal) return fail('not-here', appText.cannotOpen(url));
        const opened = await host.openExternal(url);
        return opened.ok ? ok({}) : opened;
      },
      'app.dismissNotice': async ({ id }) => {
        notices = notices.filter((n) => n.id !== id);
        changed();
        return ok({});
      },
      'app.report': async ({ message, where }) => {
        deps.log.error('the window reports', { message, where });
        return ok({});
      },
    },
  };
}
