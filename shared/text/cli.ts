// Words of the command line.
import { many } from './many.ts';

export const cliText = {
  fileUnreadable: (path: string, why: string) => `${path} cannot be read: ${why}.`,
  fileTooLarge: (path: string, bytes: number, limit: number) =>
    `${path} is ${Math.round(bytes / 1048576)} MB, over the limit of ${limit / 1048576} MB.`,
  notJson: (path: string, why: string) =>
    `${path} is not JSON: ${why}. Hand in the file that "incident export --format json" wrote.`,
  notAnExport: (path: string, why: string) =>
    `${path} is not an exported incident (${why}). Hand in the file that "incident export --format json" wrote.`,
  newerExport: (path: string, version: number) =>
    `${path} is an export of version ${version}, from a newer Bulkhead. Use that one to verify it.`,
  noKind: (kind: string, kinds: readonly string[]) =>
    `There is no feed kind ${JSON.stringify(kind)}. Kinds: ${kinds.join(', ')}.`,
  kindNotFound: (path: string) =>
    `No kind recognises ${path}. Say it with --kind KIND; "feed kinds" lists them.`,
  parsed: (kind: string, observations: number, events: number, problems: number) =>
    `${kind}: ${many(observations, 'observation')}, ${many(events, 'event')}, ${many(problems, 'problem')}`,
  openEvents: (n: number) => many(n, 'open event'),
  notOneOf: (name: string, value: string, list: readonly string[]) =>
    `${name} ${JSON.stringify(value)} is none of ${list.join(', ')}.`,
  badZone: (typed: string) =>
    `--zone ${typed} is no time zone that this machine knows. Write it like Europe/Berlin, or leave it out: times are UTC.`,
  declared: (label: string, id: string) => `${label} declared, on disk: ${id}`,
  noted: (kind: string, label: string, id: string) => `${kind} in ${label}, on disk: ${id}`,
  noIncidents: 'No incidents in this profile.',
  noIncident: (wanted: string) =>
    `There is no incident ${JSON.stringify(wanted)} in this profile. "incident list" names them.`,
  ambiguous: (wanted: string, found: readonly string[]) =>
    `${wanted} is the beginning of several: ${found.join(', ')}.`,
  since: (declared: string, impact: string | null, closed: string | null) =>
    `declared ${declared}${impact ? `, impact started ${impact}` : ', impact started not set'}${closed ? `, closed ${closed}` : ''}`,
  watchedSince: (opened: string, _impact: string | null, ended: string | null) =>
    `watched since ${opened}${ended ? `, ended ${ended}` : ''}; no incident was declared`,
  /** Beside a row of the timeline that nobody wrote. */
  automatic: 'automatic',
  release: 'release',
  watched: 'Watched',
  ended: 'Ended',
  exported: (path: string, bytes: number, sha256: string) => `${path}, ${bytes} bytes, sha256 ${sha256}`,
  folderAdded: (path: string, files: number) => `${path}, ${many(files, 'runbook')}`,
  noFolders: 'No runbook folder in this profile. Add one with "runbook add DIR".',
  noRunbook: (path: string) => `There is no runbook ${JSON.stringify(path)}. "runbook list" names them.`,
  steps: (n: number) => many(n, 'step'),
  badSpeed: (typed: string) => `--speed ${typed} is not a number above 0.`,
  replayed: (polls: number, signals: number, problems: number) =>
    `${many(polls, 'poll')}, ${many(signals, 'signal')}, ${many(problems, 'problem')}`,
  andMore: (first: string, more: number) => (more > 0 ? `${first} +${more}` : first),
  packHolds: (
    pack: { feeds: number; probes: number; services: number; templates: number; runbooks: boolean },
    problems: number,
  ) =>
    `${many(pack.feeds, 'feed')}, ${many(pack.probes, 'probe')}, ${many(pack.services, 'service')}, ${many(pack.templates, 'template')}${pack.runbooks ? ', a folder of runbooks' : ''}; ${many(problems, 'problem')}`,
  planClean: (path: string) => `${path}: nothing found.`,
  planEnd: (plan: string, breaker: string) => `plan ${plan}, breaker ${breaker}`,
  noPlans: (label: string) => `No rollback plan was made in ${label}.`,
  conditionsMet: (met: number, all: number) => `${met} of ${all} conditions met`,
  noCommand: (words: string) => `There is no command ${JSON.stringify(words)}.`,
  internal: (stack: string) =>
    `Bulkhead failed inside. Nothing acknowledged is lost. What happened:\n${stack}`,
};
