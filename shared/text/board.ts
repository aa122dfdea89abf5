// Words of the board: glance, matrix, cell, signals, feeds, the declare form and the first run. Times arrive already written.
import type { FeedStateWord } from '../contract/health.ts';
import { many } from './many.ts';

/** A feed's own state; each also has a shape of its own. */
export const FEED_WORD: Record<FeedStateWord, string> = {
  'not-heard': 'Not heard yet',
  fresh: 'Fresh',
  late: 'Late',
  stale: 'Stale',
  unreachable: 'Unreachable',
  unparseable: 'Not readable',
  offline: 'Offline',
  paused: 'Paused',
};

/** The same beside a row's name, where the age follows. */
export const rowAge = (state: FeedStateWord, age: string | null): string => {
  switch (state) {
    case 'fresh':
      return age ?? '';
    case 'late':
      return age ? `late ${age}` : 'late';
    case 'stale':
      return age ? `stale ${age}` : 'stale';
    case 'not-heard':
      return 'not heard yet';
    case 'unreachable':
      return 'unreachable';
    case 'unparseable':
      return 'not readable';
    case 'offline':
      // The shape says offline; the age is what one needs of it.
      return age ?? 'offline';
    case 'paused':
      return 'paused';
  }
};

export const board = {
  title: 'Health board',
  glance: 'At a glance',
  broken: 'Broken',
  now: 'Now',
  next: 'Next',
  nothingDue: 'Nothing is due',
  nothingDueWhy: 'Polls go on by themselves.',
  openRoom: 'Open room',
  declare: 'Declare incident',
  reading: 'Asking main for the board.',
  failed: 'The board cannot be read',
  side: 'Signals and feeds',

  regions: 'Regions',
  legend: 'Key',
  staleKey: 'Stale',
  moveByCell: 'Move by cell',
  openCell: 'Services of the cell',
  moveSignal: 'Next, previous signal',
  weRun: 'we run here',
  grid: 'Provider by region health',
  say: 'What providers say',
  see: 'What we see',
  elsewhere: 'Elsewhere',
  elsewhereTitle: 'All other regions, by worst state. Enter opens the list',
  find: 'Find a region, a service, a feed',
  noRows: 'Nothing is watched, so nothing can be said of any region.',
  inspect: 'Selected cell',
  absent: (provider: string) => `${provider} has no region here`,
  since: (time: string, age: string) => `since ${time}, ${age}`,
  staleSince: (word: string, time: string) => `${word}, stale since ${time}`,
  staleWord: (word: string) => `${word}, stale`,
  staysBad: (name: string) => `Stays so until ${name} says otherwise`,
  listsOnlyTrouble: (name: string) => `${name} lists only trouble, and lists none here`,
  noLongerListed: 'No longer listed, not resolved',
  notHeardSince: (name: string, time: string | null) =>
    time ? `${name} is not heard since ${time}` : `${name} is not heard yet`,
  troubled: (n: number) => many(n, 'service', 'services'),
  elsewhereSum: (regions: number, troubled: number) =>
    `${many(regions, 'region', 'regions')}${troubled ? `, ${troubled} with trouble` : ''}`,
  moreRegions: (n: number) => many(n, 'more region', 'more regions'),
  andMore: (n: number) => `and ${n} more`,

  lower: 'Below the regions',
  cellTab: 'Cell',
  cell: 'Services',
  cellOf: (provider: string, region: string) => `${provider} ${region}`,
  cellCount: (n: number, bad: number) =>
    bad ? `${bad} of ${n} not healthy` : `${many(n, 'service', 'services')} spoken of`,
  cellNone: (name: string) =>
    `${name} says nothing of its services here. A source that lists only trouble lists none now.`,
  cellNoneWhy: 'That is not the same as healthy: nobody stated it. A probe of your own would.',
  cellLoading: 'Reading what the sources say.',
  cellNothing: 'Services of a cell stand here as soon as something is watched.',
  cellAbsent: 'Choose a cell of the matrix with the arrows.',
  service: 'Service',
  state: 'State',
  sinceHead: 'Since',
  said: 'Said by',
  words: 'In their words',
  evidence: (service: string) => `Evidence for ${service}`,
  stated: 'stated',
  notStated: 'lists only trouble',
  fetched: (time: string) => `fetched ${time}`,
  eventId: 'Event',
  raw: 'Raw source',
  rawTitle: (name: string) => `Raw source, ${name}`,
  rawCut: 'Cut at 64 kB. The rest is in the profile on this disk.',
  rawNone: 'Nothing was fetched from it yet.',
  showAll: (n: number) => `Show all ${n}`,
  runHere: 'We run here',
  runHereSet: 'Always has a column, and counts under Broken',
  elsewhereNone: 'No region beside those with a column.',
  elsewhereOf: (name: string) => `${name}, elsewhere`,
  back: 'Back to the list',
  region: 'Region',
  servicesHead: 'Services',

  signals: 'Signals',
  signalsLabel: 'Signals, newest first',
  signalsSum: (n: number, since: string) => `${n} since ${since}`,
  signalsNone: (since: string | null) =>
    since ? `No signals since ${since}, when the watch was set.` : 'No signals yet.',
  signalsNoneWhy:
    'A signal is a change of health. What was broken before the watch is on the board, not here.',
  notHeard: (names: string, one: boolean) => `${names} ${one ? 'is' : 'are'} not heard.`,
  newRegion: 'new region',
  newOnes: (n: number) => `${n} new`,
  older: 'Show older',
  times: (n: number) => `×${n}`,
  timesSaid: (n: number) => `said ${n} times`,
  take: 'Take into a declaration',
  taken: (n: number) => `${many(n, 'signal', 'signals')} marked for D`,
  began: (time: string) => `began ${time}`,
  signalSaid: (n: number) => `${many(n, 'new signal', 'new signals')}`,

  feeds: 'Feeds',
  feedsNone: 'No feeds. Nothing is watched.',
  addFeed: 'Add a feed',
  feedSum: (fresh: number, other: readonly string[]) => [`${fresh} fresh`, ...other].join(', '),
  feedOf: (fresh: number, all: number) => `${fresh} of ${all} fresh`,
  feedMore: (n: number) => `${n} fresh`,
  oldest: (age: string) => `oldest ${age}`,
  never: 'never',
  every: (interval: string, limit: string) => `polled every ${interval}, stale after ${limit}`,
  feedKind: 'Kind',
  feedUrl: 'Address',
  feedEvery: 'Asked',
  feedEveryValue: (interval: string) => `every ${interval}`,
  feedLimit: 'Stale after',
  feedHeard: 'Last heard',
  feedTried: 'Last asked',
  feedNext: 'Asked again',
  feedTook: 'Answer took',
  feedEvents: 'Open events',
  feedProblems: 'Not as documented',
  feedProblemsNone: 'Nothing: it reads as documented.',
  builtIn: 'comes with Bulkhead',
  own: 'added here',
  pollNow: 'Ask now',
  pause: 'Pause',
  resume: 'Resume',
  remove: 'Remove feed',
  removeAsk: (name: string) =>
    `${name} is no longer asked, and its cells leave the board. What it said stays in the incidents that took it.`,
  removeDo: 'Remove it',
  keep: 'Keep it',
  pausedWhy: 'Switched off by a person. Its cells are unknown, not healthy.',

  add: {
    title: 'Add a feed',
    label: 'Address of a status page or feed',
    placeholder: 'https://www.githubstatus.com',
    why: 'It is fetched once and shown before anything is kept. Its kind is recognised from what it answers.',
    look: 'Look at it',
    looking: 'Asking it once.',
    found: 'What it says',
    kind: 'Kind',
    provider: 'Provider',
    name: 'Name on the board',
    observations: (n: number) => (n === 1 ? '1 statement' : `${n} statements`),
    openEvents: 'Open events',
    none: 'none',
    problems: 'Not as documented',
    keep: 'Watch it',
    again: 'Another address',
    empty: 'An address begins with https:// or http://.',
  },

  declareForm: {
    title: 'Declare an incident',
    by: (time: string, name: string) => `${time}, ${name} declares`,
    desk: 'this desk',
    line: 'What is wrong, in one line',
    severity: 'Severity',
    doubt: 'If in doubt, the higher one; it can go down later.',
    suggested: (sev: string, why: string) => `${sev} suggested: ${why}.`,
    noOther: 'No other incident is open.',
    others: (names: string) => `Already open: ${names}. Ctrl I opens the list.`,
    taken: (n: number) => `Taken from ${many(n, 'signal', 'signals')}`,
    takenNone: 'Taken from no signal',
    untick: 'untick what is not it',
    since: (more: number, gone: number) =>
      `${[
        more > 0 ? many(more, 'more signal', 'more signals') : '',
        gone > 0 ? `${more > 0 ? gone : many(gone, 'signal', 'signals')} left out` : '',
      ]
        .filter((part) => part !== '')
        .join(', ')} since this was opened`,
    regions: 'Regions',
    signals: 'Signals',
    first: 'First signal',
    impact: 'Impact',
    impactNot: 'Not set. The clock reads since declared.',
    impactSet: (time: string) => `Started ${time}`,
    impactOffer: (time: string) => `Started ${time}`,
    impactOther: 'Other time',
    impactClear: 'Not set after all',
    impactLabel: 'When the impact started',
    impactAsk: 'Which one?',
    data: 'Data',
    dataUnknown: 'Integrity unknown',
    dataAsked: (sev: string) => `asked before ${sev} closes`,
    command: 'Command',
    you: (name: string) => `${name}, from now`,
    takeCommand: 'I take command',
    update: 'Update 1',
    updateDue: (time: string) => `due ${time}`,
    updateIn: '5 min from now',
    updateNone: 'none owed',
    submit: (sev: string) => `Declare ${sev}`,
    submitNone: 'Declare',
    needLine: 'say what is wrong',
    needSeverity: 'choose a severity',
    note: 'Opens the room and the journal. Nothing is sent.',
  },

  start: {
    title: 'Set the watch',
    lead: 'Bulkhead keeps your incident room on this machine, so it works when the cloud does not. Choose what to watch and point it at your runbooks. You can change all of it later.',
    setup: 'Setup',
    feedsDone: (n: number) => `Feeds, ${n} heard`,
    feedsSome: (heard: number, all: number) => `Feeds, ${heard} of ${all} heard`,
    runbooksDone: (n: number) => `Runbooks, ${many(n, 'file', 'files')}`,
    runbooksNone: 'Runbooks, none yet',
    deskDone: 'This desk',
    deskOpen: 'This desk, no name yet',
    watch: 'What to watch',
    watchCount: (n: number) => many(n, 'feed', 'feeds'),
    runbooks: 'Runbooks',
    choose: 'Choose a folder',
    chooseMore: 'Another folder',
    path: 'Folder on this disk',
    pathAdd: 'Use it',
    pathNeeded: 'Write the path of the folder first.',
    noFolder: 'No folder yet. Any folder of Markdown files will do, a Git checkout too.',
    noFolderWhy:
      'They are read and kept here, so that they open when their own site is down. Steps are found in lists and headings.',
    files: (n: number) => `${many(n, 'Markdown file', 'Markdown files')}.`,
    withoutOwner: (n: number) =>
      n === 1
        ? '1 file has no owner line. It starts all the same.'
        : `${n} files have no owner line. They start all the same.`,
    desk: 'This desk',
    yourName: 'Your name',
    namePlaceholder: 'as it stands in entries',
    clock: 'Second clock',
    ownZone: (zone: string) => `This machine, ${zone}`,
    theme: 'Theme',
    type: 'Type',
    normal: 'Normal',
    large: 'Large',
    open: 'Open the board',
    leaves: 'Nothing leaves this machine except feed requests.',
    profile: 'Data',
    host: 'Window',
    secrets: 'Secrets',
    secretsWord: {
      keyring: 'in the keyring of the system',
      file: 'in a file only you can read',
      environment: 'from the environment',
    },
    preview: 'How states look',
    previewWhy:
      'Normal is unlit. Worse is heavier: dash, dot, outline, wash, solid. Each has its shape and word, in every theme.',
    heardMs: (ms: number) => `${ms} ms`,
    regions: 'Where you run',
    regionsWhy:
      'These regions always have a column, and only they count under Broken. Choose more from any cell of the board.',
    regionsNone: 'None chosen. Until then the board takes its columns from the data.',
    regionAdd: 'Region, as provider/region',
    regionAddDo: 'Add',
    regionBad: 'Write it as provider/region, for example aws/us-east-1.',
    regionRemove: (name: string) => `Remove ${name}`,
  },
} as const;
