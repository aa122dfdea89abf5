// The services that every way of running needs: journal, rooms, runbooks, reports and settings over one profile.
// app.ts adds health and the window; the command line uses these as they are.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Person } from '../shared/contract/app.ts';
import type { ChangeLine } from '../shared/contract/changes.ts';
import type { Emit } from '../shared/contract/index.ts';
import { BulkheadError, type Result } from '../shared/result.ts';
import { appText } from '../shared/text/app.ts';
import type { Clock } from '../shared/time/clock.ts';
import type { Host } from './host/host.ts';
import { type OpenJournal, openJournal } from './journal/open.ts';
import { createLibrary, type Library } from './library/library.ts';
import type { Log } from './log/log.ts';
import { createPlans, type PlanPorts, type Plans } from './plan/plans.ts';
import { readMachineId } from './profile/machine.ts';
import { createReports, type Reports } from './report/report.ts';
import { createBlobs } from './room/blobs.ts';
import { createRooms, type LocksPort, type Rooms, type SignalEvidence } from './room/rooms.ts';
import { openSettings, type SettingsStore } from './settings/settings.ts';

export interface CoreDeps {
  readonly profile: string;
  readonly clock: Clock;
  readonly ids: { uuid(): string };
  readonly log: Log;
  readonly host: Host;
  readonly emit: Emit;
  readonly version: string;
  /** Watches runbook folders and the journal of other processes. */
  readonly watch: boolean;
  /** The owner of the profile mends a damaged journal; other processes leave it alone. */
  readonly owner: boolean;
  /** Who writes, instead of the person kept in the profile. */
  readonly by?: string;
  readonly signals: (ids: readonly string[]) => readonly SignalEvidence[];
  /** Changes by id. Default: none is known. */
  readonly changes?: (ids: readonly string[]) => readonly ChangeLine[];
  /** Regions where we run or probe, as `provider/region`. Default: those of the settings. */
  readonly ours?: () => readonly string[];
  /** Locks over what the board shows, which end at a handoff. Default: there are none. */
  readonly locks?: LocksPort;
  /** What rollback plans hear and know. Default: nobody is heard, and nothing known. */
  readonly plans?: Partial<PlanPorts>;
}

export interface Core {
  readonly journal: OpenJournal;
  readonly rooms: Rooms;
  readonly plans: Plans;
  readonly library: Library;
  readonly reports: Reports;
  readonly settings: SettingsStore;
  blob(sha256: string): Promise<Uint8Array | null>;
  stop(): Promise<void>;
}

const must = <T>(result: Result<T>): T => {
  if (result.ok) return result.value;
  throw new BulkheadError(result.error.code, result.error.message, result.error.detail);
};

/** Opens a profile. Throws BulkheadError (`newer-file`, ...) with a sentence for people. */
export async function openCore(deps: CoreDeps): Promise<Core> {
  const { profile, clock, ids, log, host, emit } = deps;
  const settings = openSettings(profile);
  const journal = must(
    openJournal({
      folder: profile,
      clock,
      ids,
      random: randomBytes,
      machineId: readMachineId(),
      mayRepair: deps.owner,
      watch: deps.watch,
      onListenerError: (error) => log.error('a follower of the journal failed', { error }),
    }),
  );
  const library = createLibrary({
    profile,
    clock,
    ids,
    host,
    emit,
    log: log.child('library'),
    watch: deps.watch,
  });
  const blobs = createBlobs(join(profile, 'blobs'));
  const person = (): Person =>
    deps.by !== undefined
      ? { id: deps.by, name: deps.by }
      : (settings.person() ?? { id: 'desk', name: appText.thisDesk });
  const rooms = createRooms({
    journal,
    clock,
    ids,
    person,
    emit,
    signals: deps.signals,
    ...(deps.changes ? { changes: deps.changes } : {}),
    library,
    blobs,
    viewFolder: profile,
    log: log.child('room'),
    ours: deps.ours ?? (() => settings.get().regions),
    ...(deps.locks ? { locks: deps.locks } : {}),
  });
  const plans = createPlans({
    journal,
    clock,
    ids,
    person,
    named: () => deps.by !== undefined || settings.person() !== null,
    emit,
    rooms,
    library,
    blobs,
    folder: profile,
    owner: deps.owner,
    readings: () => [],
    topology: () => null,
    ...deps.plans,
    host,
    log: log.child('plan'),
  });
  const source = {
    incident: rooms.incident,
    rows: rooms.rows,
    plans: plans.views,
  };
  const reports = createReports({ source, journal, host, clock, version: deps.version });
  return {
    journal,
    rooms,
    plans,
    library,
    reports,
    settings,
    blob: async (sha256) => blobs.read(sha256) ?? library.picture(sha256),
    stop: async () => {
      plans.stop();
      await rooms.stop();
      await library.stop();
      journal.close();
    },
  };
}
