// A name for an exported file that every file system takes and that leads nowhere else.

const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

/** `INC-0142 Checkout and sign-in failing.md`: letters of any language stay, everything with a meaning to a file system goes. */
export function exportName(label: string, title: string, format: 'md' | 'json'): string {
  const clean = `${label} ${title}`
    .normalize('NFC')
    .replace(/[\p{C}<>:"/\\|?*]/gu, ' ')
    .replace(/\.{2,}/g, '.')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^[.\s-]+|[.\s]+$/g, '');
  let base = '';
  let bytes = 0;
  for (const c of clean) {
    bytes += new TextEncoder().encode(c).length;
    if (bytes > 120) break;
    base += c;
  }
  base = base.replace(/[.\s]+$/, '');
  if (base === '' || RESERVED.test(base.split('.')[0]!)) base = `incident ${base}`.trim();
  return `${base}.${format}`;
}
