// The application: calls each service's createX and binds it to the contract. Whichever host shows it, it is the same.
import type { Handlers } from '../shared/contract/index.ts';
import { BulkheadError } from '../shared/result.ts';
import { toInstant } from '../shared/time/clock.ts';
import { createEvents } from './contract/events.ts';
import { createRouter } from './contract/router.ts';
import { type Core, openCore } from './core.ts';
import { createDesk } from './desk/desk.ts';
import { createHealth } from './health/health.ts';
import type { Application, ApplicationDeps } from './host/application.ts';
import { createJournalCare } from './journal/care.ts';
import { createClockWatch } from './journal/clock-watch.ts';
import { heardFromHealth } from './plan/from-health.ts';
import { tryOwn } from './profile/own.ts';

/** Throws BulkheadError (`profile-in-use`, `newer-file`, ...); its message is for people. */
export async function createApp(deps: ApplicationDeps): Promise<Application> {
  const { host, clock, ids, log, profile, replay, why, version } = deps;
  const owned = tryOwn(profile.path);
  if (!owned.ok) throw new BulkheadError(owned.error.code, owned.error.message);
  const check = process.env['NODE_ENV'] !== 'production';
  const events = createEvents({ log, check });
  const { emit } = events;

  let core: Core;
  const health = await createHealth({
    folder: profile.path,
    clock,
    ids,
    random: Math.random,
    host,
    emit,
    log: log.child('health'),
    owner: true,
    settings: () => core.settings.get(),
    replay,
  });
  core = await openCore({
    profile: profile.path,
    clock: health.clock,
    ids,
    log,
    host,
    emit,
    version,
    watch: true,
    owner: true,
    signals: (wanted) => health.evidence(wanted),
    readings: () => heardFromHealth(health.readings()),
    lookAtClock: () => void clockWatch.look(),
  });
  const desk = createDesk({
    host,
    why,
    version,
    profile,
    owner: true,
    settings: core.settings,
    journal: core.journal,
    replay: () => health.replaying(),
    clock: health.clock,
    ids,
    emit,
    log,
  });
  const sayNotices = (): void => {
    for (const notice of core.journal.notices()) desk.notice(notice.level, notice.text);
  };
  sayNotices();
  for (const text of [...core.settings.notices, ...core.library.notices, ...health.notices])
    desk.notice('warning', text);
  core.journal.onChange(() => {
    sayNotices();
    desk.changed();
  });
  let asleepSince: string | null = null;
  const stopPower = host.onPower((what) => {
    const now = toInstant(clock.now());
    if (what === 'resume' && asleepSince !== null) {
      core.plans.slept(asleepSince, now);
      void core.rooms.noteSleep(asleepSince, now);
    }
    asleepSince = what === 'suspend' ? now : null;
  });
  health.onSignals((signals) => void core.rooms.noteSignals(signals));
  const clockWatch = createClockWatch({
    journal: core.journal,
    clock,
    incidents: () => [...new Set([...core.rooms.openIncidents(), ...core.plans.live()])],
  });
  // The opening verified the end of a long journal; the rest, and the day's snapshot, are seen to while people work.
  const journalCare = createJournalCare({
    folder: profile.path,
    journal: core.journal,
    clock,
    onTrouble: (what) => log.error('the journal could not be tended', { what }),
    onTended: sayNotices,
  });

  const bridge = createRouter({
    handlers: {
      ...desk.handlers,
      ...health.handlers,
      ...core.rooms.handlers,
      ...core.library.handlers,
      ...core.reports.handlers,
      ...core.plans.handlers,
    } as Handlers,
    events,
    log,
    clock,
    checkOutput: check,
  });
  return {
    bridge,
    start: async () => {
      await core.rooms.start();
      await health.start();
      clockWatch.start();
      await core.plans.start(core.rooms.openIncidents());
      journalCare.start();
    },
    stop: async () => {
      stopPower();
      clockWatch.stop();
      journalCare.stop();
      desk.stop();
      await health.stop();
      await core.stop();
      owned.value.release();
    },
    blob: (sha256) => core.blob(sha256),
  };
}
