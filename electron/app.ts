// The application: calls each service's createX and binds it to the contract. Whichever host shows it, it is the same.
import { BulkheadError } from '../shared/result.ts';
import type { Plan } from '../shared/rollback/plan.ts';
import { toInstant } from '../shared/time/clock.ts';
import { createChanges } from './changes/changes.ts';
import { createEvents } from './contract/events.ts';
import { createRouter } from './contract/router.ts';
import { type Core, openCore } from './core.ts';
import { createDesk } from './desk/desk.ts';
import { createHealth } from './health/health.ts';
import type { Application, ApplicationDeps } from './host/application.ts';
import { createJournalCare } from './journal/care.ts';
import { createClockWatch } from './journal/clock-watch.ts';
import { createNotify } from './notify/notify.ts';
import { createOurs } from './ours/ours.ts';
import { createPacks } from './pack/packs.ts';
import { changeSourcesOf, sourcesOf } from './pack/sources.ts';
import { factsFromHealth, heardFromHealth } from './plan/from-health.ts';
import { createRehearsal } from './plan/rehearsal.ts';
import { tryOwn } from './profile/own.ts';
import { keepApart } from './profile/practice.ts';
import { noteOverride } from './room/overrides.ts';

/** Throws BulkheadError (`profile-in-use`, `newer-file`, ...); its message is for people. */
export async function createApp(deps: ApplicationDeps): Promise<Application> {
  const { host, ids, log, profile, replay, why, version } = deps;
  const rehearsal = deps.rehearse ? createRehearsal(deps.rehearse, deps.clock) : null;
  const clock = rehearsal?.clock ?? deps.clock;
  const owned = tryOwn(profile.path);
  if (!owned.ok) throw new BulkheadError(owned.error.code, owned.error.message);
  const apart = keepApart(profile.path, replay !== null || rehearsal !== null);
  if (!apart.ok) {
    owned.value.release();
    throw new BulkheadError(apart.error.code, apart.error.message);
  }
  // Answers and events are held against their schemas where somebody is developing or testing; in use that is time lost.
  const check = ['test', 'development'].includes(process.env['NODE_ENV'] ?? '');
  const events = createEvents({ log, check });
  const { emit } = events;

  let core: Core;
  /** Which incidents are open is known once all have been read. */
  let roomsRead = false;
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
    person: () => core.settings.person(),
    targets: () => (roomsRead ? core.plans.targets() : []),
    incidents: () => (roomsRead ? core.rooms.openIncidents() : null),
    replay,
    // A rehearsal hears only its script.
    ...(rehearsal ? { feeds: [], references: [] } : {}),
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
    changes: (wanted) => changes.byId(wanted),
    ours: () => health.regions(),
    locks: health.overrides,
    plans: {
      ...(rehearsal?.ports ?? {
        readings: () => heardFromHealth(health.readings()),
        probes: () => health.handlers['health.probes']({}).then((all) => (all.ok ? all.value.probes : [])),
        facts: (plan: Plan) => factsFromHealth(health.readings(), plan),
        topology: () => packs.topology(),
        linkLostSince: () => health.linkLostSince(),
        clockOff: () => health.clockOff(),
        lookAtClock: () => void clockWatch.look(),
      }),
      onAlarms: (alarms) => notify.setAlarms(alarms),
    },
  });
  const desk = createDesk({
    host,
    why,
    version,
    profile,
    owner: true,
    settings: core.settings,
    journal: core.journal,
    replay: () => rehearsal?.shown() ?? health.replaying(),
    clock: health.clock,
    clockOff: () => health.clockSaid(),
    ids,
    emit,
    log,
  });
  health.onClock(() => desk.changed());
  const person = () => core.settings.person();
  const packs = createPacks({
    profile: profile.path,
    clock,
    ids,
    host,
    emit,
    log: log.child('packs'),
    watch: true,
    library: {
      add: (path) => core.library.add(path),
      remove: async (folder) => void (await core.library.handlers['library.removeFolder']({ folder })),
    },
  });
  const ours = createOurs({ clock: health.clock, emit, topology: () => packs.topology(), health });
  const changes = createChanges({
    profile: profile.path,
    clock: health.clock,
    emit,
    log: log.child('changes'),
    owner: true,
    firstSignal: () => health.firstSignal(),
    person,
  });
  const notify = createNotify({
    profile: profile.path,
    // Five minutes until it sounds again are real ones, also while a night is rehearsed at sixty times its speed.
    clock: deps.clock,
    ids,
    host,
    emit,
    log: log.child('notify'),
    person,
    ours: health.runsThere,
    haveAlarms: (incident, plan, keys) =>
      core.plans.handlers['plan.acknowledge']({ incident, plan, keys: [...keys] }),
    silent: replay !== null || rehearsal !== null,
  });
  health.setOurs(ours);
  health.onBoard(() => ours.look());
  packs.onChange(() => {
    health.setPacks(sourcesOf(packs.packs(), health.feedIds()));
    changes.setSources(changeSourcesOf(packs.packs()));
    ours.topologyChanged();
  });
  health.overrides.onNote((note) =>
    noteOverride(core.journal, core.rooms.openIncidents(), note, person(), log),
  );
  const sayNotices = (): void => {
    for (const notice of core.journal.notices()) desk.notice(notice.level, notice.text);
  };
  sayNotices();
  for (const text of [
    ...core.settings.notices,
    ...core.library.notices,
    ...health.notices,
    ...packs.notices,
    ...notify.notices,
  ])
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
  health.onSignals((signals) => {
    notify.noteSignals(signals);
    void core.rooms.noteSignals(signals);
  });
  const clockWatch = createClockWatch({
    journal: core.journal,
    clock,
    incidents: () => [
      ...new Set([...core.rooms.openIncidents(), ...core.rooms.openReleases(), ...core.plans.live()]),
    ],
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
      ...packs.handlers,
      ...ours.handlers,
      ...changes.handlers,
      ...notify.handlers,
    },
    events,
    log,
    clock,
    checkOutput: check,
  });
  return {
    bridge,
    start: async () => {
      await core.rooms.start();
      roomsRead = true;
      await packs.start();
      await health.start();
      await changes.start();
      notify.start();
      // The script of a rehearsal sets its clock, and says so itself.
      if (!rehearsal) clockWatch.start();
      // Not waited for: rooms with a long journal are folded first, and the window does not wait for them.
      core.plans
        .start([...core.rooms.openIncidents(), ...core.rooms.openReleases()])
        .catch((error: unknown) => log.error('the plans that run were not found', { error: String(error) }));
      journalCare.start();
      await rehearsal?.start({
        rooms: core.rooms,
        plans: core.plans,
        journal: core.journal,
        log,
        onShown: () => desk.changed(),
      });
    },
    stop: async () => {
      stopPower();
      rehearsal?.stop();
      clockWatch.stop();
      journalCare.stop();
      desk.stop();
      notify.stop();
      await packs.stop();
      await changes.stop();
      await health.stop();
      await core.stop();
      owned.value.release();
    },
    blob: (sha256) => core.blob(sha256),
  };
}
