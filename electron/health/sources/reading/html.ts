// HTML and text of providers to plain text: linear in the length, entities decoded, never any markup left (robustness.md A).

const NAMED: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
  ['ndash', '–'],
  ['mdash', '—'],
  ['hellip', '…'],
  ['rsquo', '’'],
  ['lsquo', '‘'],
  ['rdquo', '”'],
  ['ldquo', '“'],
  ['bull', '•'],
  ['middot', '·'],
  ['copy', '©'],
  ['reg', '®'],
  ['trade', '™'],
  ['deg', '°'],
  ['times', '×'],
  ['laquo', '«'],
  ['raquo', '»'],
  ['rarr', '→'],
  ['larr', '←'],
  ['zwj', ''],
  ['zwnj', ''],
  ['shy', ''],
]);

/** Elements whose end or beginning is a new line in text. */
const BLOCK =
  /^\/?(?:p|div|br|hr|li|ul|ol|tr|table|h[1-6]|pre|blockquote|section|article|header|footer|dl|dt|dd|details|summary)$/;
/** Elements whose content is not text for people. */
const SILENT: ReadonlySet<string> = new Set([
  'script',
  'style',
  'noscript',
  'template',
  'iframe',
  'object',
  'svg',
  'math',
  'title',
  'textarea',
  'xmp',
]);

const isTagStart = (c: number): boolean =>
  (c >= 0x61 && c <= 0x7a) || (c >= 0x41 && c <= 0x5a) || c === 0x2f || c === 0x21 || c === 0x3f;

/** One pass over tags. A `<` that no `>` follows, or that begins no tag, is text. */
function stripTags(html: string): string {
  const parts: string[] = [];
  let from = 0;
  // The last places searched for and not found: nothing is searched for twice, so hostile text stays linear.
  let noMoreTags = false;
  let noMoreComments = false;
  const gone = new Set<string>();
  while (!noMoreTags) {
    let open = html.indexOf('<', from);
    while (open !== -1 && !isTagStart(html.charCodeAt(open + 1))) {
      parts.push(html.slice(from, open + 1));
      from = open + 1;
      open = html.indexOf('<', from);
    }
    if (open === -1) break;
    if (!noMoreComments && html.startsWith('<!--', open)) {
      const end = html.indexOf('-->', open + 4);
      if (end === -1) noMoreComments = true;
      else {
        parts.push(html.slice(from, open));
        from = end + 3;
        continue;
      }
    }
    const close = html.indexOf('>', open + 1);
    if (close === -1) {
      noMoreTags = true;
      break;
    }
    parts.push(html.slice(from, open));
    const name = (/^\/?[a-z][a-z0-9]*/i.exec(html.slice(open + 1, open + 16))?.[0] ?? '').toLowerCase();
    from = close + 1;
    if (BLOCK.test(name)) parts.push('\n');
    else if (SILENT.has(name) && !gone.has(name)) {
      const end = indexOfEnd(html, name, from);
      if (end === -1) gone.add(name);
      else from = end;
    }
  }
  parts.push(html.slice(from));
  return parts.join('');
}

/** Where `</name` begins, from `from` on; -1 when nowhere. */
function indexOfEnd(html: string, name: string, from: number): number {
  for (let at = html.indexOf('</', from); at !== -1; at = html.indexOf('</', at + 2)) {
    if (html.slice(at + 2, at + 2 + name.length).toLowerCase() === name) return at;
  }
  return -1;
}

function decodeEntities(value: string): string {
  if (!value.includes('&')) return value;
  return value.replace(/&(#x[0-9a-f]{1,6}|#[0-9]{1,7}|[a-z]{2,8});/gi, (whole, name: string) => {
    if (name[0] !== '#') return NAMED.get(name.toLowerCase()) ?? whole;
    const code =
      name[1] === 'x' || name[1] === 'X' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    if (code === 0xa0) return ' ';
    return code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? '�' : String.fromCodePoint(code);
  });
}

// Control characters other than tab, line feed and carriage return.
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

/**
 * Plain text of what a provider wrote as HTML, escaped HTML or text. Paragraphs become lines; nothing that a browser
 * would take for a tag is left, however often it was escaped. At most `max` characters, cut with an ellipsis.
 */
export function plainText(source: string, max = 4000): string {
  // Nobody reads beyond `max`; markup may be longer than its text, so four times as much is looked at.
  let value = source;
  if (source.length > max * 4) {
    value = source.slice(0, max * 4);
    const open = value.lastIndexOf('<');
    if (open > value.lastIndexOf('>')) value = value.slice(0, open);
  }
  for (let pass = 0; pass < 4 && (value.includes('<') || value.includes('&')); pass += 1) {
    const before = value;
    value = decodeEntities(value.includes('<') ? stripTags(value) : value);
    if (value === before) break;
  }
  // Without markup two thirds of the rest can be cut before it is tidied; each pattern looks only for what has to change.
  if (value.length > max * 2) value = value.slice(0, max * 2);
  value = value
    .replace(/\r\n?/g, '\n')
    .replace(CONTROLS, '')
    .replace(/[ \t\u00a0]{2,}|[\t\u00a0]/g, ' ')
    .replace(/ \n ?|\n /g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  // What is left of a tag after four passes, or was only joined by a removed control character.
  if (value.includes('<')) value = value.replace(/<+(?=[a-z/!?])/gi, '');
  return clip(value, max);
}

/** Something in a line that `plainText` would change: markup, entities, controls, unusual or repeated blanks. */
const UNTIDY = /[<&\u0000-\u001f\u007f-\u00a0]| {2}|^ | $/;

/** The same on one line: titles, names. */
export function plainLine(source: string, max = 300): string {
  if (source.length <= max && !UNTIDY.test(source)) return source;
  return clip(
    plainText(source, max * 2)
      .replace(/\s+/g, ' ')
      .trim(),
    max,
  );
}

/** At most `max` UTF-16 units, never half a character. */
export function clip(value: string, max: number): string {
  if (value.length <= max) return value;
  const cut = value.slice(0, max - 1);
  const last = cut.charCodeAt(cut.length - 1);
  return `${last >= 0xd800 && last <= 0xdbff ? cut.slice(0, -1) : cut}…`;
}
