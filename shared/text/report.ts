// Words of exported documents.
import type { Metric } from '../report/metrics.ts';

export const metricName: Record<Metric['name'], string> = {
  detect: 'Time to detect',
  acknowledge: 'Time to acknowledge',
  mitigate: 'Time to mitigate',
  resolve: 'Time to resolve',
};

export const milestoneName: Record<Metric['from'], string> = {
  'impact-started': 'impact started',
  detected: 'detected',
  acknowledged: 'acknowledged',
  identified: 'identified',
  mitigated: 'mitigated',
  resolved: 'resolved',
};

export const phaseName: Record<string, string> = {
  investigating: 'Investigating',
  identified: 'Identified',
  'rolling-back': 'Rolling back',
  monitoring: 'Monitoring',
  resolved: 'Resolved',
  reviewed: 'Reviewed',
  declined: 'Declined',
  merged: 'Merged',
};

export const integrityName: Record<string, string> = {
  unknown: 'Unknown',
  'none-compromised': 'No data compromised',
  suspected: 'Suspected',
  confirmed: 'Confirmed',
};

export const factName: Record<string, string> = {
  confirmed: 'Confirmed',
  suspected: 'Suspected',
  'ruled-out': 'Ruled out',
};

export const stepName: Record<string, string> = {
  todo: 'to do',
  doing: 'doing',
  done: 'done',
  failed: 'failed',
  skipped: 'skipped',
  undone: 'undone',
};

export const reportText = {
  none: 'none',
  notSet: 'not set',
  release: 'Release',
  opened: 'Opened',
  ended: 'Ended',
  stillWatched: 'not ended',
  watchedFor: 'Watched for',
  became: 'Incident',
  noIncidentYet: 'none was declared',
  watchedBefore: 'Watched before',
  watchedAs: (label: string, title: string, since: string) => `as release ${label}, ${title}, since ${since}`,
  summary: 'At a glance',
  metrics: 'Metrics',
  roles: 'Roles',
  affected: 'Affected',
  decisions: 'Decisions',
  facts: 'Facts',
  actions: 'Actions',
  questions: 'Open questions',
  checklists: 'Checklists',
  timeline: 'Timeline',
  who: 'Who',
  event: 'Event',
  automatic: 'automatic',
  pinned: 'pinned',
  pending: 'pending',
  invalid: 'invalid: it ends before it starts. Correct one of the two milestones.',
  notApplicable: (from: string, to: string) => `not applicable: ${from} or ${to} was never set`,
  reopened: (n: number) => `set ${n} times, the last counts`,
  amended: (by: string, was: string) => `(amended by ${by}; before: ${was})`,
  retracted: (why: string) => `(retracted: ${why})`,
  erased: 'Erased',
  recorded: (at: string) => `recorded ${at}`,
  seenBy: (n: number) => `seen by ${n}`,
  times: (n: number) => `x${n}`,
  left: (what: string) => `Left out of this export: ${what}.`,
  leftAutomatic: 'automatic rows',
  leftRetracted: 'retracted rows',
  leftUnpinned: 'rows that are not pinned',
  made: (at: string, version: string, entries: number) =>
    `Made ${at} by Bulkhead ${version} from ${entries.toLocaleString('en')} journal entries. Times are UTC.`,
  approximate: 'A time without seconds is known to the minute; ~ means about.',
  noDialog: 'This window has no save dialog: type the whole path of the file to write.',
  pathNotAbsolute: (path: string) =>
    `${JSON.stringify(path)} is not a whole path. Type it from the root, for example /home/you/timeline.md.`,
  cannotWrite: (path: string, why: string) =>
    `${path} was not written: ${why}. An older file of that name is as it was.`,
};
