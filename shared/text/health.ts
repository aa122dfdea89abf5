// Sentences about feeds, signals and the board: what happened, to which thing, and the way out.

const seconds = (ms: number): string => `${Math.round(ms / 1000)} s`;
const megabytes = (bytes: number): string => {
  const value = bytes / 1_048_576;
  return `${value >= 10 || Number.isInteger(value) ? Math.round(value) : value.toFixed(1)} MB`;
};
const cut = (text: string, max: number): string => (text.length > max ? `${text.slice(0, max - 1)}…` : text);

/** Why an address was not fetched. */
export const fetchText = {
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
