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
