// The closed lists of an incident's words, plain: the contract makes schemas of them, the window offers them without carrying a validator.

export const SEVERITIES = ['SEV1', 'SEV2', 'SEV3', 'SEV4'] as const;

export const PHASES = [
  'investigating',
  'identified',
  'rolling-back',
  'monitoring',
  'resolved',
  'reviewed',
  'declined',
  'merged',
] as const;

const CLOSED: readonly string[] = ['resolved', 'reviewed', 'declined', 'merged'];

/** Is it over: resolved, reviewed, declined or merged? */
export const isClosed = (phase: (typeof PHASES)[number]): boolean => CLOSED.includes(phase);

/** Which entries the timeline lists; the index gives each its bit by its place. */
export const FILTERS = [
  'all',
  'signals',
  'steps',
  'notes',
  'decisions',
  'facts',
  'actions',
  'pinned',
] as const;
