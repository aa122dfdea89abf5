// The name of a runbook's file: one that every file system takes and that leads nowhere else, proposed from a title.

const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;
const MOST_BYTES = 200;

/** One name, no path, Markdown, not hidden, and nothing in it that means something to a file system. */
export const isRunbookName = (name: string): boolean =>
  /^[^\p{C}<>:"/\\|?*]+\.(?:md|markdown)$/iu.test(name) &&
  !/^[.\s]/.test(name) &&
  !/[.\s]\.(?:md|markdown)$/i.test(name) &&
  !RESERVED.test(name.split('.')[0] ?? '') &&
  new TextEncoder().encode(name).length <= MOST_BYTES;

/** `Roll back checkout-api 4.18.0` is proposed as `roll-back-checkout-api-4.18.0.md`. Always a name that is taken. */
export function runbookName(title: string): string {
  const clean = title
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}.]+/gu, '-')
    .replace(/\.{2,}/g, '.')
    .replace(/-?\.-|-{2,}/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  let base = '';
  let bytes = 0;
  for (const c of clean) {
    bytes += new TextEncoder().encode(c).length;
    if (bytes > 120) break;
    base += c;
  }
  const name = `${base.replace(/[-.]+$/, '')}.md`;
  return isRunbookName(name) ? name : 'plan.md';
}
