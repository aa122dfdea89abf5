// The second wall around other people's markup: main has sanitised it, and here it is built anew from an allow list, node by node. Nothing parsed is ever put into the page.

import { showHidden } from '../../shared/runbook/hidden.ts';
import { taskBox } from '../../shared/text/runbooks-ui.ts';

export type Link =
  /** A part of this document. */
  | { readonly kind: 'part'; readonly id: string }
  /** Another runbook of a folder. */
  | { readonly kind: 'runbook'; readonly folder: string | null; readonly path: string }
  | { readonly kind: 'web'; readonly url: string };

const BLOCK =
  'h1 h2 h3 h4 h5 h6 p ul ol li dl dt dd pre code blockquote table thead tbody tfoot tr th td hr div section details summary';
const INLINE = 'a strong b em i del s ins sub sup kbd mark br img input span small abbr';
const ALLOWED = new Set(`${BLOCK} ${INLINE}`.split(' '));
/** Gone with everything inside; any other unknown element leaves its text. */
const DROPPED = new Set(
  'script style iframe frame frameset object embed applet svg math template noscript noembed noframes form button select textarea option base link meta title head audio video source track canvas portal dialog slot xmp plaintext listing'.split(
    ' ',
  ),
);
/** How deep elements may stand in each other. */
const DEPTH = 120;

/**
 * What a link may do, or null when it is dead. Control characters and blanks anywhere in it make it dead rather than clean:
 * `java\nscript:` is no spelling mistake.
 */
export function readLink(href: string): Link | null {
  if (href === '' || /[\u0000-\u0020\u007f-\u00a0\\]/.test(href)) return null;
  const runbook = /^#\/runbook\/([^/]+)\/(.+)$/.exec(href);
  if (runbook) {
    try {
      return {
        kind: 'runbook',
        folder: decodeURIComponent(runbook[1] ?? ''),
        path: decodeURIComponent(runbook[2] ?? ''),
      };
    } catch {
      return null;
    }
  }
  if (href.startsWith('#')) return { kind: 'part', id: href.slice(1) };
  if (/^https:\/\//i.test(href)) {
    try {
      const url = new URL(href);
      // A name in front of the host is how `https://bank@evil` is made.
      return url.protocol === 'https:' && url.username === '' && url.password === ''
        ? { kind: 'web', url: url.href }
        : null;
    } catch {
      return null;
    }
  }
  if (/^[a-z][a-z0-9+.-]*:/i.test(href) || href.startsWith('/')) return null;
  if (!/\.(?:md|markdown)(?:[#?].*)?$/i.test(href)) return null;
  try {
    return { kind: 'runbook', folder: null, path: decodeURIComponent(href.split(/[?#]/)[0] ?? '') };
  } catch {
    return null;
  }
}

/** `../data/x.md` seen from `traffic/y.md`; null when it leads out of the folder. */
export function resolvePath(from: string, to: string): string | null {
  const parts = from.split('/').slice(0, -1);
  for (const part of to.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join('/');
}

/** Images of the own origin only, by their content's hash. */
const ownImage = (src: string): boolean => /^\/blob\/[0-9a-f]{64}(?:\.[a-z]{1,5})?$/.test(src);

/** Ids of a document never meet the window's own: each begins `rb-`. */
export const partId = (id: string): string =>
  `rb-${id.replace(/^rb-/, '').replace(/[^\p{L}\p{N}_.-]/gu, '-')}`;

export interface BuildOptions {
  /** What becomes of a text: plain, or parts with a filled-in value. */
  readonly text?: (text: string, inCode: boolean, make: Document) => Node;
  readonly linkTitle: (link: Link | null, href: string) => string;
  /** Wraps a block of code (a copy key beside it). */
  readonly code?: (pre: HTMLElement, make: Document) => HTMLElement;
  /** A first heading that only repeats this is left out. */
  readonly skipTitle?: string;
}

export interface Built {
  readonly fragment: DocumentFragment;
  readonly links: ReadonlyMap<Element, Link>;
}

function attributes(from: Element, to: HTMLElement, tag: string): void {
  const id = from.getAttribute('id');
  if (id && /^h[1-6]$|^(?:li|p|section|div)$/.test(tag)) to.id = partId(id);
  const number = (name: string, max: number): void => {
    const value = Number(from.getAttribute(name));
    if (Number.isInteger(value) && value > 0 && value <= max) to.setAttribute(name, String(value));
  };
  if (tag === 'ol' || tag === 'li') number(tag === 'ol' ? 'start' : 'value', 1_000_000);
  if (tag === 'td' || tag === 'th') {
    number('colspan', 100);
    number('rowspan', 1000);
    const align = /text-align:\s*(left|right|center)/.exec(from.getAttribute('style') ?? '')?.[1];
    if (align) to.classList.add(`al-${align}`);
  }
  if (tag === 'code' || tag === 'pre') {
    const language = /(?:^|\s)(language-[\w+-]{1,30})/.exec(from.getAttribute('class') ?? '')?.[1];
    if (language) to.classList.add(language);
  }
  if (tag === 'span' && /(?:^|\s)no-image(?:\s|$)/.test(from.getAttribute('class') ?? ''))
    to.classList.add('no-image');
  if (tag === 'details' && from.hasAttribute('open')) to.setAttribute('open', '');
}

/** Builds the page's own nodes from markup. Parsing runs in a document without a window: no script, no load, no event. */
export function buildSafe(html: string, make: Document, options: BuildOptions): Built {
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  const fragment = make.createDocumentFragment();
  const links = new Map<Element, Link>();
  let first = true;

  const walk = (from: Node, to: Node, inCode: boolean, depth: number): void => {
    for (const node of from.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) {
        const text = showHidden(node.nodeValue ?? '');
        to.appendChild(options.text ? options.text(text, inCode, make) : make.createTextNode(text));
        continue;
      }
      if (!(node instanceof Element) || depth > DEPTH) continue;
      const tag = node.localName.toLowerCase();
      if (node.namespaceURI !== 'http://www.w3.org/1999/xhtml' || DROPPED.has(tag)) continue;
      if (!ALLOWED.has(tag)) {
        walk(node, to, inCode, depth + 1);
        continue;
      }
      if (first && /^h[12]$/.test(tag)) {
        first = false;
        if (options.skipTitle !== undefined && node.textContent?.trim() === options.skipTitle.trim())
          continue;
      } else if (/^(?:h[1-6]|p|pre|ul|ol|table)$/.test(tag)) first = false;
      if (tag === 'input') {
        if (node.getAttribute('type') !== 'checkbox') continue;
        const box = make.createElement('input');
        box.type = 'checkbox';
        box.checked = node.hasAttribute('checked');
        box.disabled = true;
        box.setAttribute('aria-label', box.checked ? taskBox.ticked : taskBox.open);
        to.appendChild(box);
        continue;
      }
      if (tag === 'img') {
        const src = node.getAttribute('src') ?? '';
        const alt = showHidden(node.getAttribute('alt') ?? '');
        if (!ownImage(src)) {
          to.appendChild(make.createTextNode(alt));
          continue;
        }
        const image = make.createElement('img');
        image.src = src;
        image.alt = alt;
        image.loading = 'lazy';
        to.appendChild(image);
        continue;
      }
      const href = tag === 'a' ? (node.getAttribute('href') ?? node.getAttribute('title') ?? '') : '';
      const link = tag === 'a' ? readLink(node.getAttribute('href') ?? '') : null;
      // The page has one h1, and it is not the document's.
      const name = tag === 'a' && link === null ? 'span' : tag === 'h1' ? 'h2' : tag;
      const made = make.createElement(name);
      if (tag === 'a') {
        made.title = options.linkTitle(link, showHidden(href.slice(0, 400)));
        if (link === null) made.className = 'dead';
        else {
          // The address stays in the map: nothing in the page can be followed by itself.
          made.setAttribute('href', '#');
          made.setAttribute('rel', 'noreferrer noopener');
          links.set(made, link);
        }
      }
      attributes(node, made, tag);
      const code = inCode || tag === 'code' || tag === 'pre';
      walk(node, made, code, depth + 1);
      if (tag === 'pre') made.tabIndex = 0;
      to.appendChild(tag === 'pre' && options.code ? options.code(made, make) : made);
    }
  };
  walk(parsed.body, fragment, false, 0);
  return { fragment, links };
}
