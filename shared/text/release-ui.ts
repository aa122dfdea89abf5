// Words of releases: deployments that are watched without an incident, and the one key that turns one into an incident.

export const release = {
  word: 'Release',
  none: 'Release, no incident',
  list: 'Releases, watched',
  listNone: 'No release is watched.',
  listNoneWhy: 'A normal deployment can be watched the same way: in waves, with bakes, gates and a breaker.',
  listEnded: 'Releases, ended',
  watched: 'Watched',
  ended: 'Ended',
  watch: {
    title: 'Watch a release',
    effect: 'Opens a room for a deployment that goes out in waves. It is no incident; D turns it into one.',
    planEffect: (title: string) =>
      `Opens a room for it, with the plan “${title}” as a draft. It is no incident; D turns it into one.`,
    label: 'What is released, in one line',
    yes: 'Watch it',
    needLine: 'say what is released',
    made: (label: string) => `${label} is watched.`,
    planFailed: (label: string, why: string) => `${label} is open, its plan is not made: ${why}`,
  },
  opened: 'Opened',
  elapsed: 'Elapsed since opened',
  lasted: 'Watched for',
  plan: 'Plan',
  noPlan: 'None yet',
  noPlanWhy: 'Take one from the runbooks, or make one',
  beginOver: 'No plan was made.',
  begin: 'No plan is made.',
  beginWhy:
    'A phased deployment goes out in waves, with bakes, gates and a breaker. Take it from the runbooks, or make it here.',
  planWord: {
    draft: 'Draft',
    ready: 'Ready',
    running: 'Running',
    paused: 'Paused',
    completed: 'Completed',
    aborted: 'Aborted',
  } as Readonly<Record<string, string>>,
  breaker: 'The breaker is open. Is this an incident?',
  calm: 'Nobody is called, no update is owed.',
  over: 'Its plan is over.',
  overWhy: 'End the release when nothing of it is watched any more.',
  turn: 'Turn into an incident',
  turnAsk: 'Opens the form, filled; in the same journal',
  turnShort: 'Make this an incident',
  end: 'End release',
  endAsk: 'Asks first',
  endTitle: 'End the release',
  endEffect: 'It leaves the list of watched releases. Its journal can still be written and exported.',
  endReason: 'How it ended, if there is more to say',
  endOver: 'Why it is ended over its plan',
  reasonNeeded: 'a reason is asked',
  again: 'Watch again',
  againTitle: 'Watch the release again',
  againEffect: 'It stands among the watched releases again. Its first end stays in the timeline.',
  againReason: 'Why, if there is more to say',
  endedLine: (reason: string) =>
    `Ended${reason === '' ? '' : `: ${reason.replace(/[.]$/, '')}`}. The journal can still be written.`,
  now: 'Watching the release',
  noLead: 'Nobody leads it yet',
  noLeadShort: 'nobody leads it',
  declare: {
    watched: (labels: readonly string[]) =>
      `${labels.length === 1 ? 'A release is' : 'Releases are'} watched: ${labels.join(', ')}. D in ${labels.length === 1 ? 'its' : 'their'} room turns it into an incident, with its timeline.`,
    title: 'Turn this release into an incident',
    /** What it begins with when a target got worse; a person corrects it. */
    line: (title: string, targets: readonly string[]) => {
      const [first, second, ...more] = targets;
      if (first === undefined) return title;
      const worse = `: ${[first, ...(second ? [second] : []), ...(more.length > 0 ? [`${more.length} more`] : [])].join(', ')} got worse`;
      // What is wrong stands at the end: a long title gives way to it.
      return `${title.slice(0, Math.max(0, 300 - worse.length))}${worse}`.slice(0, 300);
    },
    note: (label: string) => `${label} goes on in its own journal, with its plan. Nothing is sent.`,
    tripped: (targets: readonly string[]) => `The breaker is open: ${targets.join(', ')}.`,
  },
  watchAs: 'Watch as a release',
  watchAsNew: 'Watch as a new release',
  startAs: (kind: string) => `Start as ${kind.toLowerCase()}`,
} as const;
