// What the journal says to people: breaks of a chain, what a verification proves, and what an opening found.
import type { BreakCode, Verification } from '../journal/proof.ts';

const short = (id: string): string => (id.length > 12 ? id.slice(0, 12) : id);

export const plural = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`;

export const range = (from: number, to: number): string => (from === to ? `${from}` : `${from} to ${to}`);

export function breakText(
  code: BreakCode,
  incident: string,
  device: string,
  seq: number,
  to: number,
): string {
  const place = `of incident ${incident} on device ${short(device)}`;
  switch (code) {
    case 'malformed':
      return `An entry (sequence ${seq}) ${place} has a field that is missing or of the wrong type.`;
    case 'altered':
      return `Entry ${seq} ${place} was altered: its fields do not give its hash.`;
    case 'body':
      return `The text of entry ${seq} ${place} was altered: it does not give the hash that was sealed with it.`;
    case 'link':
      return `The chain breaks at entry ${seq} ${place}: it does not follow the entry before it.`;
    case 'missing':
      return seq === to
        ? `Entry ${seq} ${place} is missing.`
        : `Entries ${range(seq, to)} ${place} are missing.`;
    case 'repeated':
      return `Sequence ${seq} ${place} comes twice.`;
    case 'order':
      return `The clock of entry ${seq} ${place} lies before that of the entry it follows.`;
  }
}

/** What is proven and what is not. A chain proves order and wholeness, not who held the pen, and it cannot see a cut-off end. */
export function provenText(found: Omit<Verification, 'text'>): readonly string[] {
  if (found.entries === 0) return ['There are no entries, so nothing is proven.'];
  const said = [
    found.ok
      ? `All ${plural(found.entries, 'entry', 'entries')} of ${plural(found.incidents, 'incident')} verify: ` +
        `written by ${plural(found.devices, 'device')} in ${plural(found.chains.length, 'chain')}, ` +
        'none altered, none left out, none put in between.'
      : `${plural(found.entries, 'entry', 'entries')} read, ${plural(found.breaks.length + found.unlisted, 'break')} found.`,
  ];
  if (found.erased > 0) {
    said.push(
      `${plural(found.erased, 'text')} erased on the record; ${found.erased === 1 ? 'its place' : 'their places'} in the chain verify.`,
    );
  }
  if (found.withheld > 0) {
    said.push(
      `${plural(found.withheld, 'text')} withheld: the entries stand in the chain, what they say is not in here.`,
    );
  }
  if (found.ok) {
    for (const chain of found.chains.slice(0, 20)) {
      said.push(
        `Incident ${chain.incident}, device ${short(chain.device)}: entries ${range(chain.first, chain.last)}, ` +
          `ending in ${chain.lastHash}.`,
      );
    }
    if (found.chains.length > 20) said.push(`And ${plural(found.chains.length - 20, 'more chain')}.`);
    said.push(
      'Entries cut off after these ends cannot be seen from here: compare the ends with another copy.',
    );
  }
  if (found.unlisted > 0) said.push(`${plural(found.unlisted, 'more break')} not listed.`);
  return said;
}

// ---- The journal on disk ------------------------------------------------------------------------------------------------

export const notKept = (why: string): string => `Nothing was kept. ${why}`;

export const diskFull = (path: string): string =>
  `The disk that holds ${path} is full. Free some space and try again; nothing that was kept before is in danger.`;

export const diskRefuses = (path: string, code: string): string =>
  `The disk that holds ${path} refuses to write (${code}). Check the disk and the rights on that folder, or start Bulkhead ` +
  'with --profile on another disk.';

export const journalBusy = (path: string): string =>
  `Another process has been writing to ${path} for more than five seconds. Try again; if it goes on, close the other Bulkhead.`;

export const journalDamagedNow = (path: string): string =>
  `${path} is damaged. Restart Bulkhead: it keeps the damaged file, copies what verifies, and goes on.`;

export const openedReadOnly = (path: string): string => `${path} was opened for reading only.`;

export const newerFile = (path: string, version: number, known: number): string =>
  `${path} was written by a newer Bulkhead (its version is ${version}, this one knows ${known}). Nothing was touched. ` +
  'Use the newer Bulkhead, or --profile with another folder.';

export const bodyTooLarge = (kind: string, bytes: number, most: number): string =>
  `The text of this ${kind} has ${plural(bytes, 'byte')}; an entry holds at most ${plural(most, 'byte')}. ` +
  'Attach it as a file and write what matters here.';

export const badEntry = (kind: string, why: string): string =>
  `This ${kind || 'entry'} cannot be kept: ${why}.`;

export const noSuchEntry = (id: string): string => `There is no entry ${id} in this journal.`;

export const cannotErase = (id: string, why: 'erased' | 'record'): string =>
  why === 'erased' ? `Entry ${id} is erased already.` : `Entry ${id} is the record of an erasure and stays.`;

export const damageReasons = {
  gone: 'the file is gone',
  unreadable: 'it cannot be read as a database',
  empty: 'it is empty',
  integrity: (what: string) => `its pages are damaged (${what})`,
  chain: (what: string) => what.replace(/\.$/, ''),
  tail: (n: number) => `${plural(n, 'entry', 'entries')} at its end ${n === 1 ? 'is' : 'are'} gone`,
  other:
    'its last entry is not the one that was kept beside it: an old copy or another file was put in its place',
  interrupted: 'a repair was cut short',
} as const;

export const repairedNotice = (found: {
  readonly path: string;
  readonly reasons: readonly string[];
  readonly kept: string;
  readonly entries: number;
  readonly whole: boolean;
}): string =>
  `The journal was damaged: ${found.reasons.join('; ')}. The damaged file is kept in ${found.kept}. ` +
  `${plural(found.entries, 'entry that verifies was', 'entries that verify were')} copied to a new journal, ` +
  `and this machine goes on as a new device. ${found.whole ? 'As far as can be told nothing is missing.' : 'What is missing is listed.'}`;

export const missingNotice = (incident: string, device: string, from: number, to: number): string =>
  `Missing in incident ${incident}: ${from === to ? 'entry' : 'entries'} ${range(from, to)} of device ${short(device)}.`;

export const textsLostNotice = (incident: string, device: string, seqs: readonly number[]): string =>
  `In incident ${incident} the text of ${seqs.length === 1 ? 'entry' : 'entries'} ${seqs.slice(0, 20).join(', ')}` +
  `${seqs.length > 20 ? ` and ${seqs.length - 20} more` : ''} of device ${short(device)} is lost; its place in the chain verifies.`;

export const snapshotNotice = (path: string, day: string, used: number): string =>
  used > 0
    ? `${plural(used, 'entry', 'entries')} came from the snapshot of ${day} (${path}).`
    : `The last snapshot is of ${day}: ${path}. It holds nothing that is missing here.`;

export const noSnapshotNotice = 'There is no snapshot to look into.';

export const newDeviceNotice = (why: string, incidents: number): string =>
  `This profile goes on as a new device, because ${why}. ` +
  `The old device's chain ends where it is in ${plural(incidents, 'incident')}; nothing is lost by this.`;

export const newDeviceReasons = {
  keyGone: 'its device key is gone',
  keyOther: 'its device key is another one',
  repaired: 'its journal was repaired',
} as const;

const span = (ms: number): string => {
  const minutes = Math.round(Math.abs(ms) / 60_000);
  if (minutes < 1) return `${Math.round(Math.abs(ms) / 1000)} s`;
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 72 ? `${hours} h` : `${Math.round(hours / 24)} days`;
};

export const clockBackNotice = (ms: number, last: string): string =>
  `This machine's clock stands ${span(ms)} before the last entry (${last}). Set the clock: until then times in the timeline ` +
  'are wrong and no timer can be trusted.';

export const deviceAheadNotice = (device: string, ms: number): string =>
  `The clock of device ${short(device)} was ${span(ms)} ahead of this machine's. One of the two clocks is wrong.`;

export const headNotice = (why: string): string =>
  `${why}. The journal works, but entries lost from its end would not be noticed.`;

export const pragmaNotice = (what: string): string =>
  `The journal's database does not keep its promise (${what}). Entries may be lost in a power cut.`;

export const networkNotice = (folder: string, kind: string): string =>
  `${folder} is on a network file system (${kind}), where a database of several processes is not safe. ` +
  'Use --profile with a folder on a disk of this machine.';

export const ownerElsewhere = (folder: string, pid: number | null): string =>
  `Another Bulkhead${pid === null ? '' : ` (process ${pid})`} is open on ${folder}. Use its window, or --profile with another folder.`;

export const ownerUnknown = (folder: string, why: string): string =>
  `${folder} could not be taken into use: ${why}. Check the rights on that folder, or use --profile with another one.`;

export const nothingToRead = (path: string): string => `There is no journal to read at ${path}.`;

export const journalClosed = (path: string): string => `${path} was closed.`;

export const eraseSnapshotsNotice = (folder: string): string =>
  `The text is erased from the journal, but a snapshot in ${folder}/snapshots may still hold it, because the disk refused to ` +
  'write. Delete the snapshots there by hand.';
