// What is said about a feed's payload when it is not what it should be: what happened, to which part, and the way out.

const quoted = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return `"${text.length > 80 ? `${text.slice(0, 79)}…` : text}"`;
};

const megabytes = (bytes: number): string => `${Math.round(bytes / 1048576)} MB`;

/** Sentences of parse problems, by code. */
export const feedText = {
  empty: (kind: string) => `The answer is empty; ${kind} was expected. The last good answer stays in use.`,
  tooLarge: (size: number, limit: number) =>
    `The answer has ${megabytes(size)}, more than the limit of ${megabytes(limit)}; none of it was read.`,
  tooDeep: (limit: number) =>
    `The answer is nested deeper than the limit of ${limit} levels; none of it was read.`,
  tooManyAttributes: (limit: number) =>
    `An element carries more than the limit of ${limit} attributes; none of the answer was read.`,
  tooManyElements: (limit: number) =>
    `The answer has more than the limit of ${limit} elements; none of it was read.`,
  tooManyReferences: (limit: number) =>
    `The answer has more than the limit of ${limit} character references; none of it was read.`,
  textTooLong: (limit: number) =>
    `One element holds more text than the limit of ${megabytes(limit)}; none of the answer was read.`,
  doctype: () => 'The answer declares a document type, which no feed needs; none of it was read.',
  notJson: (kind: string, reason: string) =>
    `The answer is not complete JSON (${reason}); ${kind} was expected. Cut off, or an error page?`,
  notXml: (kind: string, reason: string) =>
    `The answer is not complete XML (${reason}); ${kind} was expected. Cut off, or an error page?`,
  wrongKind: (kind: string, expected: string) =>
    `The answer is not ${kind}: ${expected} is missing. Check the address and the kind of this feed.`,
  parserFailed: (kind: string, reason: string) =>
    `Reading this ${kind} answer failed (${reason}); none of it is used. The last good answer stays in use.`,
  wrongEncoding: (declared: string, used: string) =>
    `The text is not ${declared}; it was read as ${used}. Some letters may be wrong.`,
  cutCharacter: () => 'The last character is cut in half: the answer was cut off.',
  unknownCode: (what: string, code: unknown) =>
    `${what} has the unknown value ${quoted(code)}; it counts as unknown, not as healthy.`,
  badDate: (what: string, value: unknown) =>
    `${what} is no usable date: ${quoted(value)}. The time is left open.`,
  zonelessDate: (what: string, value: unknown) =>
    `${what} has a time without a zone: ${quoted(value)}. It was read as UTC.`,
  missingField: (what: string) => `${what} is missing; this entry was left out.`,
  badEntity: (name: string) => `The text uses the undeclared entity &${name}; it was kept as written.`,
  more: (count: number) => `${count} more problems of this answer are not listed.`,
  severalPages: (page: string, pages: string) =>
    `This is page ${page} of ${pages} of one event; affected resources of the other pages are not in it.`,
  accountEvents: (count: number) =>
    `${count} entries are account notices or future changes, not trouble; they are not shown as health.`,
  failedSet: (count: number) => `AWS Health could not describe ${count} of the events that were asked for.`,
  notSummary: () =>
    'This address lists no components, so nothing in it states that a service works. Use /api/v2/summary.json.',
  oldItems: (count: number) =>
    `${count} items are older than 14 days without a word that they ended; they are left out.`,
  noMapping: () =>
    'No rule says which words mean which state: every open item counts as unknown. Add rules to the feed.',
  watchdogMissing: (name: string) =>
    `The dead man's switch "${name}" does not fire: silence of this Alertmanager is not health.`,
} as const;
