// Sentences of probes.
const ms = (value: number): string =>
  value >= 1000 ? `${(value / 1000).toFixed(1)} s` : `${Math.round(value)} ms`;

export const probeText = {
  group: 'Own probes',
  some: (n: number, all: number): string => `${n} of ${all} own probes`,
  /** Why a cell of probes is not known; `cut` of its `all` probes lie on these paths. */
  cutOff: (paths: readonly string[], cut: number, all: number): string =>
    `${cut === all ? '' : `${cut} of ${all} probes: `}${paths
      .map((path) => (path === 'internet' ? 'no internet' : `path ${path} is lost`))
      .join(', ')}`,
  notYet: 'Not tried yet.',
  firstFailure: (why: string): string => `${why} Tried again before it counts.`,
  failing: (why: string, inARow: number): string => `${why} ${inARow} in a row.`,
  share: (errors: number, tries: number): string => `${errors} of ${tries} fail`,
  slow: (took: number, limit: number): string => `Answers in ${ms(took)}, slower than ${ms(limit)}`,
  certificate: (days: number): string =>
    days < 0
      ? `Its certificate ended ${-days} ${days === -1 ? 'day' : 'days'} ago`
      : `Its certificate ends in ${days} ${days === 1 ? 'day' : 'days'}`,
  well: (took: number | null): string => (took === null ? 'Answers' : `Answers in ${ms(took)}`),
  status: (got: number, wanted: readonly number[]): string =>
    `Answered ${got} instead of ${wanted.join(' or ')}.`,
  noBody: (wanted: string): string => `The answer does not hold ${JSON.stringify(wanted.slice(0, 80))}.`,
  notJson: 'The answer is not JSON.',
  json: (path: string, got: unknown, wanted: unknown): string =>
    `${path} is ${got === undefined ? 'missing' : JSON.stringify(got).slice(0, 80)} instead of ${JSON.stringify(wanted).slice(0, 80)}.`,
  refused: (target: string): string => `${target} refused the connection.`,
  timeout: (target: string, after: number): string => `${target} did not answer within ${ms(after)}.`,
  tcp: (target: string, why: string): string => `${target}: ${why}.`,
  dnsNone: (what: string): string => `${what} has no answer.`,
  dnsMissing: (what: string, wanted: string, got: readonly string[]): string =>
    `${what} answers ${got.slice(0, 3).join(', ')}, without ${wanted}.`,
  dnsFailed: (what: string, why: string): string => `${what} could not be resolved: ${why}.`,
  inDoubt: (path: string): string =>
    `It fails, and so does everything else that was asked on the path ${path}: nothing is said of it until the path is sure.`,
  anomaly: (value: number, usual: number, score: number): string =>
    `${ms(value)}, usually ${ms(usual)}: score ${score.toFixed(1)}`,
  badServer: (server: string): string =>
    `${JSON.stringify(server)} is no address; a DNS server is named by its IP address, 192.0.2.53 or 192.0.2.53:5353`,
  noPath: (path: string): string =>
    `there is no path ${JSON.stringify(path)} in the feeds.yaml of this pack: nobody notices when it is lost, and the probe then reads as an outage`,
  noProbe: (id: string): string => `There is no probe ${id}. It was taken out of its pack.`,
} as const;
