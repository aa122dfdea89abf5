// Words of the window itself: states, navigation, the bars, the dialogs every page has. Times arrive already written.
import type { State } from '../health/types.ts';

/** What is said when something is copied, wherever that is. */
export const copying = {
  copy: 'Copy',
  copied: 'Copied',
  refused: (what: string) => `The clipboard refused. Select the ${what} and copy it by hand.`,
} as const;

/** The screen's word for a state (ui notes, Words): `operational` that rests on silence reads "Nothing reported". */
export const STATE_WORD: Record<State, string> = {
  'major-outage': 'Outage',
  'partial-outage': 'Partial outage',
  degraded: 'Degraded',
  maintenance: 'Maintenance',
  unknown: 'Unknown',
  operational: 'Healthy',
};
export const NOTHING_REPORTED = 'Nothing reported';

export const stateWord = (state: State, basis: 'stated' | 'nothing-reported' = 'stated'): string =>
  state === 'operational' && basis === 'nothing-reported' ? NOTHING_REPORTED : STATE_WORD[state];

export const PHASE_WORD = {
  investigating: 'Investigating',
  identified: 'Identified',
  'rolling-back': 'Rolling back',
  monitoring: 'Monitoring',
  resolved: 'Resolved',
  reviewed: 'Reviewed',
  declined: 'Declined',
  merged: 'Merged',
} as const;

/** The sentence that helps to choose a severity, and what follows from it (domain notes, Incident). */
export const SEVERITY: Record<'SEV1' | 'SEV2' | 'SEV3' | 'SEV4', { what: string; how: string }> = {
  SEV1: {
    what: 'Customers cannot use a core service, or data is at risk.',
    how: 'Everybody needed is woken. Update every 20 min.',
  },
  SEV2: {
    what: 'A core service is slow or failing for some, or one region is out.',
    how: 'On-call and owners now. Update every 20 min.',
  },
  SEV3: {
    what: 'Some customers notice; there is a way round.',
    how: 'Owners in working hours. Update every hour.',
  },
  SEV4: { what: 'Nobody outside notices. Watched and written down.', how: 'No updates owed.' },
};

export const THEME_WORD = { night: 'Night', red: 'Red', day: 'Day' } as const;

export const ui = {
  product: 'Bulkhead',
  skip: 'Skip to the main panel',
  mainNav: 'Main',
  clockOff: (by: string, ahead: boolean) => `clock off by ${by}, ${ahead ? 'ahead' : 'behind'}`,
  clocks: 'Clocks',
  utc: 'UTC',
  recorded: 'Recorded',
  rehearsed: 'Rehearsed',
  search: 'Search or run a command',
  searchShort: 'Search',
  page: { board: 'Board', room: 'Room', runbooks: 'Runbooks', reports: 'Reports', start: 'Set the watch' },
  keysLabel: 'Keys:',
  keysTitle: 'Letter keys act in this pane',
  keysNow: (pane: string) => `Keys: ${pane}`,
  allKeys: 'All keys',
  noName: 'This desk, no name yet',
  setName: 'Say who sits here',
  journalOn: 'Journal on this disk',
  entries: (n: string, one: boolean) => `${n} ${one ? 'entry' : 'entries'}`,
  saved: (time: string) => `saved ${time}`,
  savedDay: (time: string) => `last saved ${time}`,
  empty: 'empty',
  cannotWrite: (reason: string) => `Cannot write the journal: ${reason}`,
  notWritable: 'Nothing that is typed now is kept. Free the disk or move the profile, then try again.',
  readOnly: 'Read only',
  notOwner: 'Another window of this profile watches the feeds. This one reads and writes the journal.',
  temporary: 'Temporary profile, gone when the window closes',
  offline: (since: string) => `No internet since ${since}`,
  replaying: (name: string, speed: string) => `Replaying ${name} at ${speed}`,
  replayEnded: (name: string) => `Replay of ${name} has ended`,
  replayTime: 'recorded time ',
  rehearsing: (name: string, speed: string) => `Rehearsing ${name} at ${speed}`,
  rehearsalEnded: (name: string) => `The rehearsal of ${name} has ended`,
  rehearsalTime: 'time of the script ',
  replayReal: 'Not live. Nothing here is happening now.',
  loading: 'Reading from the journal.',
  noBridge: 'Bulkhead does not answer',
  failed: 'This part of the window failed',
  failedWay:
    'The journal is not touched by this. Open the page again; if it fails again, the log of this machine says why.',
  tryAgain: 'Try again',
  dismiss: 'Seen',
  moreNotices: (n: number) => `${n} more`,
  cancel: 'Cancel',
  close: 'Close',
  local: (time: string) => `local ${time}`,
  incidents: 'Incidents',
  noIncident: 'No incident is open.',
  noIncidentsEver: 'None was declared on this machine yet. D declares one.',
  openIncidents: (n: number) => (n === 1 ? '1 open' : `${n} open`),
  closedIncidents: 'Closed',
  elapsedImpact: 'since impact',
  elapsedDeclared: 'since declared',
  commander: (name: string) => `${name} has command`,
  noCommander: 'Nobody has command',
  moreIncidents: (n: number) => `+${n}`,
  keysTitleDialog: 'Keys',
  everywhere: 'Everywhere',
  onThisPage: 'On this page',
  keysMove: 'J K Enter / Esc only move, in every pane. They never change anything.',
  paletteEmpty: (query: string) => `Nothing matches “${query}”.`,
  paletteEmptyWay: 'Commands, incidents, regions and runbooks of this machine are searched.',
  paletteRunbook: (title: string) => `Runbook: ${title}`,
  paletteMove: 'move',
  paletteChoose: 'choose',
  results: 'Results',
  palette: 'Command palette',
  name: {
    title: 'Who sits here',
    label: 'Your name, as it stands in entries',
    why: 'Entries carry it. It can be changed at any time; what is written stays as it was.',
    save: 'Keep this name',
    empty: 'A name has at least one letter.',
  },
  cmd: {
    goTo: 'Go to',
    act: 'Act',
    look: 'How it looks',
    declare: 'Declare an incident',
    declareAsk: 'Opens the form, sends nothing',
    incidents: 'Incidents',
    incidentsAsk: 'Lists open and closed ones',
    palette: 'Search or run a command',
    keys: 'All keys',
    theme: 'Next theme',
    themeTo: (word: string) => `Theme: ${word}`,
    typeLarge: 'Large type',
    typeNormal: 'Normal type',
    nextPane: 'Next pane',
    prevPane: 'Previous pane',
    name: 'Say who sits here',
    start: 'Set the watch',
    startAsk: 'What to watch, packs, runbooks, this desk',
    openIncident: (label: string, title: string) => `${label} ${title}`,
  },
} as const;
