// Sentences about feeds, signals and the board: what happened, to which thing, and the way out.
import type { State } from '../health/types.ts';
import { many } from './many.ts';

const seconds = (ms: number): string => `${Math.round(ms / 1000)} s`;
const megabytes = (bytes: number): string => {
  const value = bytes / 1_048_576;
  return `${value >= 10 || Number.isInteger(value) ? Math.round(value) : value.toFixed(1)} MB`;
};
const cut = (text: string, max: number): string => (text.length > max ? `${text.slice(0, max - 1)}…` : text);

/** A state as it is written in a line. */
export const STATE_WORD: Readonly<Record<State, string>> = {
  'major-outage': 'Outage',
  'partial-outage': 'Partial outage',
  degraded: 'Degraded',
  maintenance: 'Maintenance',
  unknown: 'Unknown',
  operational: 'Healthy',
};

/** A feed's own state, as the stream says it. */
export const STATE_OF_FEED = {
  'not-heard': 'Not heard yet',
  fresh: 'Fresh',
  late: 'Late',
  stale: 'Stale',
  unreachable: 'Unreachable',
  unparseable: 'Not readable',
  offline: 'Offline',
  paused: 'Paused',
} as const;

/** `dynamodb us-east-1`, `14 services in 48 regions`, `copilot` (a service that is nowhere in particular). */
const subject = (services: readonly string[], regions: readonly string[]): string => {
  const what =
    services.length <= 3
      ? services.join(', ')
      : `${services.slice(0, 2).join(', ')} and ${many(services.length - 2, 'more service', 'more services')}`;
  if (regions.length > 1) return `${what} in ${many(regions.length, 'region')}`;
  if (regions[0] === 'global') return what;
  return services.length === 1 ? `${what} ${regions[0]}` : `${what} in ${regions[0]}`;
};

/** Lines of the signals stream. */
export const signalText = {
  line: (one: {
    direction: 'worse' | 'better' | 'info' | 'no-longer-listed';
    regions: readonly string[];
    services: readonly string[];
    /** Services of the same line that are not as bad. */
    rest: { readonly count: number; readonly to: State | null } | null;
    from: State | null;
    to: State;
    title: string | null;
    informational: boolean;
  }): string => {
    const word =
      one.direction === 'no-longer-listed'
        ? `no longer listed, not resolved${one.to === 'operational' ? '; its component says healthy' : ''}`
        : one.direction === 'better' && one.from !== null
          ? `${STATE_WORD[one.to]}, was ${STATE_WORD[one.from].toLowerCase()}`
          : STATE_WORD[one.to];
    const informational =
      one.informational && one.direction === 'worse' ? ', provider says informational' : '';
    const rest =
      one.rest === null
        ? ''
        : `, ${many(one.rest.count, 'more service', 'more services')} ${one.rest.to === null ? 'no longer listed' : STATE_WORD[one.rest.to].toLowerCase()}`;
    return `${subject(one.services, one.regions)}: ${word}${informational}${rest}${one.title === null ? '' : `. ${one.title}`}`;
  },
  background: (changes: number, regions: number): string =>
    `${many(changes, 'change')} at ${many(regions, 'site')}: re-routed or maintained, no incident named`,
  event: (how: 'opened' | 'resolved' | 'no-longer-listed', title: string): string =>
    how === 'opened'
      ? `Opened: ${title}`
      : how === 'resolved'
        ? `Resolved: ${title}`
        : `No longer listed, not resolved: ${title}`,
  feedLost: (state: string, reason: string | null): string =>
    `${state}${reason === null ? '' : `. ${reason}`}`,
  feedBack: (name: string): string => `${name} is heard again`,
  feedStale: (bad: number): string =>
    `Stale. ${bad === 0 ? 'What it called well counts as unknown' : `${many(bad, 'place')} stay bad until it says otherwise`}`,
  pathLost: 'No internet: feeds and references do not answer. Everything on it is unknown from here on.',
  pathBack: (minutes: number): string =>
    `Internet is back${minutes < 1 ? '' : ` after ${minutes} min`}. Only what differs from before is told.`,
  namedPathLost: (path: string): string =>
    `Path ${path} is lost: what is asked over it and its references do not answer. Everything on it is unknown from here on.`,
  /** It was lost when it was taken out of its pack: it is not back, and nobody looks any more. */
  pathGone: (path: string): string =>
    `Path ${path} is defined by no pack any more: it was lost, and nobody looks whether it is back.`,
  namedPathBack: (path: string, minutes: number): string =>
    `Path ${path} is back${minutes < 1 ? '' : ` after ${minutes} min`}. Only what differs from before is told.`,
} as const;

/** About the file that health is kept in. */
export const storeText = {
  damaged: (path: string, aside: string, why: string): string =>
    `${path} could not be read (${cut(why, 200)}) and was set aside as ${aside}. Feeds that you added there are lost from the list; health is heard anew.`,
  newer: (path: string): string =>
    `${path} was written by a newer Bulkhead and is left as it is. This run keeps its health in memory only; use the newer version to see the old signals.`,
} as const;

/** About polls and payloads. */
export const pollText = {
  parserEnded: (why: string): string =>
    `Reading the answer was broken off (${cut(why, 200)}). None of it was used; it is tried again.`,
  tooSlow: (ms: number): string =>
    `Reading the answer took more than ${seconds(ms)} and was broken off. None of it was used.`,
  older: (since: string): string =>
    `Only older copies since ${since.slice(11, 16)}Z: a cache answers instead of the provider. What is known stays.`,
  late: 'No answer for more than two intervals. It is asked again.',
  stale: 'No usable answer for longer than its limit. What it called well counts as unknown.',
  offline: 'No internet: nothing can be said. It is asked again when the internet is back.',
  offlineOn: (path: string): string =>
    `The path ${cut(path, 80)} is lost: nothing can be said. It is asked again when the path is back.`,
  paused: 'Switched off. Switch it on to hear it again.',
  notHeard: 'Not asked yet.',
  replaying:
    'A recording is being replayed here: its feeds cannot be changed. Open Bulkhead without --replay.',
  notOwner: 'Another window has this profile open and does the polling. Use that one.',
  knownNoName: 'A known event stands under a name. Say yours first, then mark it again.',
  noEvent: (feed: string): string =>
    `${feed} has no such event any more. It was taken out, or its id changed; look at the open ones again.`,
  ofPack: (feed: string): string =>
    `${feed} comes from a pack. Change it in the feeds.yaml or probes.yaml of the pack; Bulkhead reads it at once.`,
  noFeed: (id: string): string =>
    `There is no feed “${cut(id, 80)}”. It may have been removed; look at the list of feeds.`,
  noKind: (url: string): string =>
    `${cut(url, 200)} answered, but not with a format that is known here. Use the address of a feed: /api/v2/summary.json of a Statuspage, for example.`,
  badKind: (kind: string): string => `There is no feed kind “${cut(kind, 60)}”.`,
  twice: (name: string): string => `This address is watched already, as ${name}.`,
} as const;

/** About recordings. */
export const replayText = {
  noFolder: (dir: string, why: string): string =>
    `${dir} cannot be read as a recording: ${cut(why, 200)}. Give a folder of recorded polls.`,
  noKind: (dir: string): string =>
    `No kind recognises the first polls of ${dir}. Say it with --kind KIND; "feed kinds" lists them.`,
  noPolls: (dir: string): string =>
    `${dir} holds no recorded poll. Its files are named by when they were made: 20250612T190814Z.json.`,
} as const;

/** What is shown of a place, and of the whole. */
export const judgeText = {
  disagreement: (well: readonly string[], bad: readonly string[]): string =>
    cut(`${well.join(', ')} says healthy, ${bad.join(', ')}`, 400),
  badWord: (name: string, state: State): string => `${name} says ${STATE_WORD[state].toLowerCase()}`,
} as const;

/** Why an address was not fetched. */
export const fetchText = {
  folder: (path: string, why: string): string =>
    `The folder ${path} cannot be read: ${why}. Look at its path in the feeds.yaml of the pack; it is tried again.`,
  badUrl: (url: string) => `“${cut(url, 200)}” is no address. Type it whole, beginning with https://.`,
  badScheme: (scheme: string) =>
    `Feeds are read over https and http only, not ${cut(scheme, 40)}. Use the address of a status page.`,
  privateAddress: (host: string, address: string) =>
    `${host} leads to ${address}, inside the private network, and was not asked. Add the feed with that address itself if it is yours.`,
  nameNotFound: (host: string) =>
    `The name ${host} was not found. Check the address and this machine's name server.`,
  refused: (host: string) => `${host} refused the connection. Check address and port; it is tried again.`,
  unreachable: (host: string) => `No way to ${host}: the network is not there. It is tried again.`,
  connectTimeout: (host: string) => `${host} did not take the connection in time. It is tried again.`,
  timeout: (host: string, ms?: number) =>
    `${host} did not finish its answer${ms === undefined ? ' in time' : ` within ${seconds(ms)}`}. It is tried again.`,
  cutOff: (host: string) =>
    `${host} cut the connection in the middle of the answer; none of it was used. It is tried again.`,
  certificate: (host: string, code: string) =>
    `The certificate of ${host} is not trusted (${code}). Nothing was read; check this machine's clock and its certificates, or whether somebody stands in between.`,
  tooLarge: (host: string, limit: number) =>
    `The answer of ${host} is larger than the limit of ${megabytes(limit)} and was not read. Check that the address is a feed.`,
  tooLargeDecoded: (host: string, limit: number) =>
    `The answer of ${host} unpacks to more than the limit of ${megabytes(limit)} and was thrown away. Check that the address is a feed.`,
  badEncoding: (host: string, what: string) =>
    `The answer of ${host} is packed in a way that cannot be opened (${cut(what, 80)}). It is tried again.`,
  redirectLoop: (host: string, limit: number) =>
    `${host} redirected more than ${limit} times. Use the address where the feed lies now.`,
  downgrade: (host: string, to: string) =>
    `${host} redirected from https to plain http (${to}), which was not followed. Use an https address.`,
  badRedirect: (host: string) =>
    `${host} redirected to something that is no address. Check the feed's address.`,
  httpStatus: (host: string, status: number) =>
    `${host} answered ${status}${HTTP_WORDS[status] === undefined ? '' : ` (${HTTP_WORDS[status]})`}. ${
      status === 404 || status === 410 ? "Check the feed's address." : 'It is tried again.'
    }`,
  notHttp: (host: string) => `${host} does not speak HTTP as it should. Check address and port.`,
  proxy: (proxy: string, host: string) =>
    `The proxy ${proxy} did not open the way to ${host}. Check the proxy settings of this machine.`,
  proxyKind: (proxy: string) =>
    `The proxy ${cut(proxy.replace(/\/\/[^@/]*@/, '//'), 80)} is not of a kind that feeds can use. Set an http or https proxy.`,
  failed: (host: string, cause: string) =>
    `${host} could not be read (${cut(cause, 120)}). It is tried again.`,
} as const;

const HTTP_WORDS: Readonly<Record<number, string>> = {
  401: 'sign-in wanted',
  403: 'forbidden',
  404: 'not found',
  407: 'the proxy wants a sign-in',
  410: 'gone',
  429: 'too many requests',
  500: 'server error',
  502: 'bad gateway',
  503: 'service unavailable',
  504: 'gateway timeout',
};

/** Providers as people write them. */
export const PROVIDER_NAME: Readonly<Record<string, string>> = {
  aws: 'AWS',
  gcp: 'Google Cloud',
  azure: 'Azure',
  oci: 'Oracle Cloud',
  github: 'GitHub',
  cloudflare: 'Cloudflare',
};

const minute = (instant: string): string => `${instant.slice(11, 16)}Z`;

const OUT: Readonly<Record<State, string>> = {
  'major-outage': 'out',
  'partial-outage': 'partly out',
  degraded: 'degraded',
  maintenance: 'in maintenance',
  unknown: 'unknown',
  operational: 'healthy',
};

/** The line of Broken, Now, Next. */
export const glanceText = {
  broken: (regions: number, services: number): string =>
    `${many(regions, 'region')}, ${many(services, 'service')}`,
  regions: (groups: readonly { state: State; regions: readonly string[] }[]): string =>
    groups
      .map(({ state, regions }) => {
        const more = regions.length > 4 ? ` and ${regions.length - 4} more` : '';
        return `${regions.slice(0, 4).join(', ')}${more} ${OUT[state]}`;
      })
      .join('; '),
  feed: (name: string, state: keyof typeof STATE_OF_FEED): string =>
    `${name} ${STATE_OF_FEED[state].toLowerCase()}`,
  /** Providers that we run on and that no source speaks of. */
  unwatched: (providers: readonly string[]): string => {
    const names = providers.slice(0, 5).map((one) => PROVIDER_NAME[one] ?? cut(one, 80));
    const more = providers.length - names.length;
    return `Nobody watches ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
  },
  notHeard: (feeds: readonly string[]): string =>
    `Not heard: ${feeds.slice(0, 5).join(', ')}${feeds.length > 5 ? ` and ${feeds.length - 5} more` : ''}.`,
  /** Sources that are cut off together: one word for all of them. */
  pathNotHeard: (path: string, sources: number, all: boolean): string =>
    `${path === 'internet' ? 'the internet' : `path ${cut(path, 80)}`}, ${all && sources > 1 ? 'all ' : ''}${many(sources, 'source')}`,
  elsewhere: (regions: number): string => `Elsewhere: ${many(regions, 'region')}.`,
  overrides: (count: number): string => `${many(count, 'override')}.`,
  brokenThen: (regions: number): string => many(regions, 'region'),
  nobodyWatched: 'Nobody watched',
  nothingBroken: 'Nothing broken',
  noTroubleHeard: 'No trouble heard',
  nothingWatched: 'Nothing is watched',
  noIncident: 'No incident declared',
  firstSignal: (at: string, count: number): string =>
    `First signal ${minute(at)}, ${many(count, 'signal')} of trouble since`,
  offline: (since: string): string => `No internet since ${minute(since)}`,
  offlineWhat: 'Room, runbooks and journal work. Gates wait.',
} as const;

/** Sentences of the board's rows. */
export const boardText = {
  offline: 'No internet: feeds and references do not answer. Everything on it is unknown until it is back.',
  silent: (state: keyof typeof STATE_OF_FEED, reason: string | null): string =>
    cut(
      state === 'not-heard' || reason === null
        ? `${STATE_OF_FEED[state]}. Not counted as healthy.`
        : `${reason} Not counted as healthy.`,
      400,
    ),
  span: (one: {
    state: State;
    basis: 'stated' | 'nothing-reported';
    stale: boolean;
    services: readonly string[];
    title: string | null;
    /** The path that its source is cut off on; null when it is on none that is lost. */
    lostPath: string | null;
  }): string => {
    if (one.state === 'unknown' && one.lostPath !== null)
      return `Global. Not heard: ${one.lostPath === 'internet' ? 'no internet' : `path ${cut(one.lostPath, 80)} is lost`}`;
    if (one.state === 'unknown' && one.stale) return 'Global. Its last word is too old to count as healthy';
    if (one.services.length === 0)
      return one.basis === 'stated'
        ? 'Global. All its services say healthy'
        : 'Global. It lists only trouble, and lists none';
    return `Global. ${subject(one.services, ['global'])}${one.title === null ? '' : `: ${one.title}`}`;
  },
} as const;
