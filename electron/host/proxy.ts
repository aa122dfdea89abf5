// Which proxy an address goes through, from the environment (curl's names) or from a PAC-style answer.

/** `direct` or a proxy URL. NO_PROXY: `*`, names and their subdomains, `host:port`, addresses as written. */
export function proxyFromEnvironment(url: string, env: Readonly<Record<string, string | undefined>>): string {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return 'direct';
  }
  const read = (name: string): string | undefined =>
    env[name.toLowerCase()] || env[name.toUpperCase()] || undefined;
  const host = parsed.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const port = parsed.port || (parsed.protocol === 'http:' ? '80' : '443');
  for (const rule of (read('no_proxy') ?? '').split(/[\s,]+/)) {
    if (rule === '') continue;
    if (rule === '*') return 'direct';
    const [, name = '', rulePort] = /^\[?(.*?)\]?(?::(\d+))?$/.exec(rule.toLowerCase()) ?? [];
    const bare = name.replace(/^\*?\./, '');
    const literal = rule.toLowerCase() === host;
    if (literal || ((host === bare || host.endsWith(`.${bare}`)) && (!rulePort || rulePort === port)))
      return 'direct';
  }
  const found = parsed.protocol === 'http:' ? read('http_proxy') : read('https_proxy');
  const proxy = found ?? read('all_proxy');
  if (!proxy) return 'direct';
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(proxy) ? proxy : `http://${proxy}`;
}

/** Chromium's answer (`PROXY host:port; DIRECT`) as `direct` or the first proxy's URL. */
export function proxyFromPac(answer: string): string {
  const [kind = '', place = ''] = (answer.split(';')[0] ?? '').trim().split(/\s+/);
  const scheme = { PROXY: 'http', HTTPS: 'https', SOCKS: 'socks4', SOCKS4: 'socks4', SOCKS5: 'socks5' }[
    kind.toUpperCase()
  ];
  return scheme && place ? `${scheme}://${place}` : 'direct';
}
