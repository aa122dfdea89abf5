// Words of what the board opens: known events, all probes, what the desk was told of, the past. Times arrive already written.

import { many } from './many.ts';
import { notifyText } from './notify.ts';

export const knownWords = {
  title: (name: string) => `Open events, ${name}`,
  command: 'Open events',
  commandAsk: 'The longest open first; an old one can be marked known',
  show: (n: number) => many(n, 'open event', 'open events'),
  sum: (open: number, known: number) =>
    `${open} open${known ? `, ${known} known` : ''}, the longest open first`,
  why: 'A known event stays listed, under Elsewhere, and counts as no trouble until its state, its regions or its services change. Then it is news again.',
  none: 'No event is open.',
  noneWhy: 'What the source says of single services stands in the cells.',
  noFeed: 'No feed speaks of this row, so it has no events.',
  reading: 'Reading the open events.',
  open: (since: string, age: string) => `open since ${since}, ${age}`,
  heard: (since: string, age: string) => `heard since ${since}, ${age}`,
  places: (n: number, names: readonly string[]) =>
    n === 0 ? 'no region named' : n <= names.length ? names.join(', ') : many(n, 'region', 'regions'),
  services: (n: number, names: readonly string[]) =>
    n === 0
      ? 'no service named'
      : n <= names.length
        ? names.join(', ')
        : `${many(n, 'service', 'services')}: ${names.join(', ')} and ${n - names.length} more`,
  mark: 'Known until it changes',
  markOf: (title: string) => `Known until it changes: ${title}`,
  unmark: 'Take it back',
  unmarkOf: (title: string) => `Take it back: ${title}`,
  by: (name: string, time: string) =>
    name ? `Known until it changes, ${name}, ${time}` : `Known until it changes, ${time}`,
  word: (state: string) => `${state}, known`,
  inspect: 'Known until it changes',
  regions: (n: number) => many(n, 'region with known trouble', 'regions with known trouble'),
  beside: (n: number) => `${many(n, 'service', 'services')} known`,
  more: (n: number) => `${many(n, 'more event', 'more events')}, opened later`,
} as const;

export const probeListWords = {
  title: 'Probes',
  command: 'Probes',
  commandAsk: 'Every probe of ours, the worst first, with the chart that shows why',
  sum: (n: number, bad: number) => (bad ? `${bad} of ${n} not well` : many(n, 'probe', 'probes')),
  shown: (n: number, all: number) => `${n} of ${all}`,
  list: 'Probes, the worst first',
  find: 'Find by name, target, region or service',
  filter: 'Which',
  filters: { all: 'All', bad: 'Not well', odd: 'Unusual' },
  none: 'No probe of ours. A pack folder with a probes.yaml names what is tried, from where and for which region.',
  noneWhy: 'A probe says what we see; a provider’s page says what the provider says.',
  noneReplay: 'A recording is replayed. Probes see what is now, so none is tried.',
  noneFound: 'No probe is like that.',
  noneYet: 'None yet.',
  reading: 'Asking for the probes.',
  days: (n: number) => (n < 0 ? 'expired' : `${many(n, 'day', 'days')} left`),
  detail: (name: string) => `Probe ${name}`,
  choose: 'Choose a probe with the arrows.',
  now: 'Check now',
  odd: 'unusual',
  target: 'Tries',
  place: 'Speaks of',
  path: 'Path',
  paths: { none: 'inside, no path', internet: 'the internet' },
  checked: 'Last tried',
  window: (minutes: number) => `${minutes} min`,
  windows: 'Over',
  tries: 'Tries',
  failed: 'Failed',
  rate: 'Errors',
  p50: 'Half within',
  p95: '95 % within',
  certificate: 'Certificate',
  anomaly: 'Unusual?',
  judged: (value: string, median: string, limit: string) =>
    `Median of the last 5 min ${value}; usual ${median}; unusual from ${limit} on.`,
  score: (score: string, limit: number) => `Score ${score}, unusual above ${limit}.`,
  method: (method: string, tries: number) => `${method}; baseline of ${tries} tries in the hour before.`,
  legend: {
    line: 'answers',
    median: 'usual',
    limit: 'unusual from here',
    failed: 'failed',
    now: 'last 5 min',
  },
  top: (ms: string) => `top ${ms}`,
} as const;

export const notifyListWords = {
  title: 'Notifications',
  command: 'Notifications',
  commandAsk: 'What is open, who had what, sound and silence',
  open: (n: number) => (n ? `${n} open, nobody has them yet` : 'Nothing is open'),
  none: 'Nothing is open. What is chosen under Silence and settings stands here until a named person has it.',
  list: 'Open, oldest first',
  view: 'Shown',
  views: { open: 'Open', told: 'Silence and settings', had: 'Who had what' },
  first: (time: string, count: number) => `first ${time}, ${many(count, 'signal', 'signals')}`,
  haveOf: (text: string) => `I have it: ${text}`,
  kind: notifyText.title,
  silence: 'Silence',
  minutes: { '10': '10 min', '30': '30 min', '60': '1 h', '480': '8 h' },
  more: (n: number) => `${n} more; they stand here as these are taken.`,
  had: 'Who had what',
  hadLine: (by: string, time: string) => `${by} has it, ${time}`,
  hadNone: 'Nobody had anything yet.',
} as const;

export const pastMore = {
  glance: 'At a glance, then',
  broken: 'Broken then',
  shown: 'Shown',
  ago: (length: string) => `${length} ago`,
  now: 'Now',
  first: (place: string, time: string) => `First ${place} ${time}`,
  signals: (n: number) => (n ? `${many(n, 'signal', 'signals')} until then` : 'No signal until then'),
  noCascade: 'Nothing was spreading',
  signalsSum: (n: number, time: string) => `${n} until ${time}`,
  signalsNone: (time: string) => `No signal until ${time}.`,
  gap: (from: string | null, until: string | null) =>
    from && until
      ? `Nobody watched from ${from} to ${until}. Bad news is the last word before it; the rest is unknown.`
      : from
        ? `Nobody watched since ${from}. Bad news is the last word before it; the rest is unknown.`
        : 'Nobody watched then. Nothing can be said of it.',
  feeds: 'Feeds are known as they are now, not as they were.',
  waiting: 'Reading the record.',
} as const;
