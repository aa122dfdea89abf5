// Which device writes here: the one of device.key, as long as this is the same profile on the same machine. A copy, a repaired
// journal or a lost key becomes a new device, which says so in every chain it takes up (journal.md, clones).
import * as say from '../../shared/text/journal.ts';
import { AUTOMATIC_ACTOR, type Maker, prepareEntry, writeEntries } from './append.ts';
import type { Db } from './database.ts';
import {
  copiedFrom,
  createDevice,
  type Device,
  type Place,
  placeOf,
  readDevice,
  replaceDevice,
} from './device.ts';
import type { JournalNotice } from './journal.ts';
import type { Loss, Rows } from './rows.ts';

export interface Succession {
  readonly device: string;
  readonly notices: readonly JournalNotice[];
}

export interface SuccessionDeps extends Maker {
  readonly folder: string;
  readonly machineId?: string | undefined;
}

/** Stands in meta `succeeds` of a repaired journal when nothing says which device wrote the damaged one. */
export const UNKNOWN_DEVICE = 'unknown';
const NOBODY = '';

/** Settles the device of a writable journal. Writes only when something changed. */
export function settleDevice(db: Db, rows: Rows, deps: SuccessionDeps): Succession {
  const is = placeOf(deps.folder, deps.machineId);
  const settled = unchanged(rows, deps, is);
  if (settled !== null) return { device: settled, notices: [] };
  // Again under the lock: another process may be settling the same at this moment.
  return db
    .transaction((): Succession => {
      const again = unchanged(rows, deps, is);
      return again === null ? change(rows, deps, is) : { device: again, notices: [] };
    })
    .immediate();
}

function unchanged(rows: Rows, deps: SuccessionDeps, is: Place): string | null {
  if ((rows.meta('succeeds') ?? NOBODY) !== NOBODY) return null;
  const device = rows.meta('device');
  if (device === undefined || rows.meta('place') !== JSON.stringify(is)) return null;
  return readDevice(deps.folder)?.id === device ? device : null;
}

function change(rows: Rows, deps: SuccessionDeps, is: Place): Succession {
  const repaired = rows.meta('succeeds') ?? NOBODY;
  const was = repaired === NOBODY ? (rows.meta('device') ?? null) : repaired;
  const place = rows.meta('place');
  const held = readDevice(deps.folder);
  const unique = deps.ids.uuid();
  const before = place === undefined ? null : (JSON.parse(place) as Place);
  const why = repaired === NOBODY ? reasonForNew(was, held, before, is) : say.newDeviceReasons.repaired;
  const device = (
    why === null ? (held ?? createDevice(deps.folder, unique)) : replaceDevice(deps.folder, unique)
  ).id;
  rows.setMeta('device', device);
  rows.setMeta('place', JSON.stringify(is));
  if (repaired !== NOBODY) rows.setMeta('succeeds', NOBODY);
  if (why === null) return { device, notices: [] };

  const losses = rows.losses();
  const ends = was === null ? [] : rows.incidents().flatMap((incident) => endOf(rows, incident, was));
  writeEntries(
    rows,
    device,
    ends.map(({ incident, end }) =>
      prepareEntry({
        incident,
        kind: 'device-succeeded',
        actor: AUTOMATIC_ACTOR,
        body: { device: end.device, seq: end.seq, hash: end.hash, reason: why, ...missing(losses, incident) },
      }),
    ),
    deps,
  );
  return {
    device,
    notices: [{ code: 'new-device', level: 'warning', text: say.newDeviceNotice(why, ends.length) }],
  };
}

function reasonForNew(
  was: string | null,
  held: Device | null,
  place: Place | null,
  is: Place,
): string | null {
  if (was === null) return null;
  const copied = place === null ? null : copiedFrom(place, is);
  if (copied !== null) return copied;
  if (held === null) return say.newDeviceReasons.keyGone;
  return held.id === was ? null : say.newDeviceReasons.keyOther;
}

const endOf = (rows: Rows, incident: string, device: string) => {
  const end = rows.chainEnd(incident, device);
  return end === undefined ? [] : [{ incident, end }];
};

function missing(losses: readonly Loss[], incident: string) {
  const ranges = losses.filter((loss) => loss.incident === incident);
  return ranges.length === 0
    ? {}
    : { missing: ranges.map(({ device, first, last }) => ({ device, first, last })) };
}
