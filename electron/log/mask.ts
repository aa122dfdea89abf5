// Nothing that opens a door may stand in the log: known forms of secrets are replaced before a line is written.
// Forms: provider prefixes (AWS, GitHub, Slack, Google), bearer and basic headers, userinfo and credentials in URLs, JWT, PEM.

const MASK = '***';

const FORMS: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, MASK],
  [/\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?/g, MASK],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, MASK],
  [/\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|glpat-[A-Za-z0-9_-]{16,})/g, MASK],
  [/\bxox[abeoprs]-[A-Za-z0-9-]{8,}/g, MASK],
  [/\bAIza[A-Za-z0-9_-]{30,}/g, MASK],
  [/(hooks\.slack\.com\/services\/)[A-Za-z0-9/_-]+/g, `$1${MASK}`],
  [/\b(bearer|basic|token)\s+[A-Za-z0-9+/=._~-]{8,}/gi, `$1 ${MASK}`],
  [/\b([a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/@"'<>]+@/gi, `$1${MASK}@`],
  [
    /([?&;](?:access_?token|api_?key|apikey|auth|key|passw(?:or)?d|pwd|secret|sig|signature|token|x-amz-[a-z-]*(?:credential|signature|token)[a-z-]*)=)[^&\s"'<>#]+/gi,
    `$1${MASK}`,
  ],
  [/\b((?:api[_-]?key|passw(?:or)?d|secret|token)["']?\s*[:=]\s*["']?)[^\s"',;}]{3,}/gi, `$1${MASK}`],
];

const SECRET_NAME =
  /pass(?:word|wd|phrase)?$|secret|token|authorization|cookie|api[_-]?key|private[_-]?key|credential/i;

/** The text with every known form of a secret replaced by `***`. */
export function maskText(text: string): string {
  let masked = text;
  for (const [form, put] of FORMS) masked = masked.replace(form, put);
  return masked;
}

/** Plain data, masked by name and by form, cut at a depth of six and 2,000 characters a text. */
export function maskDetail(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return maskText(value.length > 2000 ? `${value.slice(0, 2000)}…` : value);
  if (value instanceof Error) return maskText(value.stack ?? value.message);
  if (typeof value === 'bigint') return String(value);
  if (value === null || typeof value !== 'object') return typeof value === 'function' ? undefined : value;
  if (depth >= 6) return '…';
  if (Array.isArray(value)) return value.slice(0, 50).map((item) => maskDetail(item, depth + 1));
  const out: Record<string, unknown> = Object.create(null);
  for (const [name, item] of Object.entries(value))
    out[name] = SECRET_NAME.test(name) ? MASK : maskDetail(item, depth + 1);
  return out;
}
