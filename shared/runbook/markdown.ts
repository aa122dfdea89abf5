// One Markdown dialect for everything: CommonMark and GFM tables, raw HTML inert, links and images only where they may go.
// Safe by construction: `html: false` escapes every tag of the text, so what is rendered is only what these rules make.
import MarkdownIt, { type MarkdownIt as Markdown, type Token } from 'markdown-it';
import { showHidden } from './hidden.ts';

/** Where links and images of a document lead; decided by who renders it. */
export interface Targets {
  /** `href` for a relative link, or null to leave it as text. */
  link(relative: string): string | null;
  /** `src` on the own origin for a relative image, or null to leave its words. */
  image(relative: string): string | null;
}

const NO_TARGETS: Targets = { link: () => null, image: () => null };

/** `https:` and `mailto:` leave by the system's browser after a check; a bare `#part` stays in the document. */
export function linkKind(href: string): 'web' | 'mail' | 'part' | 'relative' | 'refused' {
  // Browsers drop tabs, newlines and controls inside a scheme; so does this check.
  const plain = [...href].filter((c) => c > ' ' && c !== '\u007f').join('');
  if (plain.startsWith('#')) return 'part';
  if (/^https?:\/\//i.test(plain)) {
    try {
      const url = new URL(plain);
      return url.username === '' && url.password === '' ? 'web' : 'refused';
    } catch {
      return 'refused';
    }
  }
  if (/^mailto:[^\s@]+@[^\s@]+$/i.test(plain)) return 'mail';
  if (/^[a-z][a-z0-9+.-]*:/i.test(plain)) return 'refused';
  if (/%3a/i.test(plain.split('/')[0]!) || plain.includes('\\') || plain.startsWith('//')) return 'refused';
  return plain === '' ? 'refused' : 'relative';
}

/** Markup that authors leave in Markdown and that means nothing here; its text stays. Anything else is shown as written. */
const LEFTOVER =
  /<\/?(?:details|summary|p|center|div|span|sub|sup|kbd|b|i|u|em|strong|small|code|ul|ol|li|table|thead|tbody|tr|td|th|hr|a|img|input|pre)(?:\s[^<>]{0,500})?\/?>|<!--[\s\S]{0,5000}?-->/gi;
const BREAK = /<br\s*\/?>/i;

const slug = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}\s-]/gu, '')
    .trim()
    .replace(/\s+/g, '-')
    .slice(0, 80);

/** Anchors have a prefix of their own: a heading called "location" must not become `window.location` (DOM clobbering). */
export function anchors(): (text: string) => string {
  const seen = new Map<string, number>();
  return (text) => {
    const base = `rb-${slug(text) || 'part'}`;
    const n = seen.get(base) ?? 0;
    seen.set(base, n + 1);
    return n === 0 ? base : `${base}-${n}`;
  };
}

/** Inline text of a token's children, as people read it. */
export function plainInline(children: readonly Token[] | null): string {
  if (!children) return '';
  let out = '';
  for (const child of children) {
    if (child.type === 'text' || child.type === 'code_inline') out += child.content;
    else if (child.type === 'softbreak' || child.type === 'hardbreak') out += ' ';
    else if (child.type === 'image') out += plainInline(child.children);
  }
  return out.replace(LEFTOVER, '').replace(BREAK, ' ');
}

/** `!!! note "Title"` with an indented body (MkDocs) becomes a quotation with a bold lead, so that it is not a code block. */
export function foldAdmonitions(source: string): string {
  if (!/^ {0,3}[!?]{3}/m.test(source)) return source;
  const out: string[] = [];
  let inside = false;
  for (const line of source.split('\n')) {
    const head = /^ {0,3}[!?]{3}\+?\s+([\w-]{1,30})(?:\s+"([^"]{0,200})")?\s*$/.exec(line);
    if (head) {
      inside = true;
      const word = head[2] ?? head[1]!;
      out.push(`> **${word.charAt(0).toUpperCase()}${word.slice(1)}**`, '>');
    } else if (inside && /^(?: {4}|\t)/.test(line)) out.push(`> ${line.replace(/^(?: {4}|\t)/, '')}`);
    else if (inside && line.trim() === '') out.push('>');
    else {
      if (inside) out.push('');
      inside = false;
      out.push(line);
    }
  }
  return out.join('\n');
}

/** A parser and renderer of its own per document: targets and anchors belong to one document. */
export function createMarkdown(targets: Targets = NO_TARGETS): Markdown {
  const md = new MarkdownIt({ html: false, linkify: false, typographer: false, maxNesting: 60 });
  md.validateLink = (href) => linkKind(href) !== 'refused';
  const escapeHtml = md.utils.escapeHtml;

  md.core.ruler.push('leftover-markup', (state) => {
    for (const block of state.tokens) {
      if (block.type !== 'inline' || !block.children) continue;
      const out: Token[] = [];
      for (const child of block.children) {
        if (child.type !== 'text') {
          out.push(child);
          continue;
        }
        const parts = child.content.split(/<br\s*\/?>/i);
        parts.forEach((part, i) => {
          if (i > 0) out.push(new state.Token('hardbreak', 'br', 0));
          const token = new state.Token('text', '', 0);
          token.content = showHidden(part.replace(LEFTOVER, ''));
          out.push(token);
        });
      }
      block.children = out;
    }
  });

  md.core.ruler.push('task-boxes', (state) => {
    state.tokens.forEach((token, i) => {
      const first = token.type === 'inline' ? token.children?.[0] : undefined;
      if (first?.type !== 'text' || state.tokens[i - 2]?.type !== 'list_item_open') return;
      const box = /^\[([ xX])\]\s+/.exec(first.content);
      if (!box) return;
      first.content = first.content.slice(box[0].length);
      const mark = new state.Token(box[1] === ' ' ? 'task_open' : 'task_ticked', 'input', 0);
      token.children!.unshift(mark);
    });
  });
  md.renderer.rules['task_open'] = () => '<input type="checkbox" disabled> ';
  md.renderer.rules['task_ticked'] = () => '<input type="checkbox" disabled checked> ';

  md.core.ruler.push('heading-anchors', (state) => {
    const anchor = anchors();
    state.tokens.forEach((token, i) => {
      if (token.type !== 'heading_open') return;
      token.attrSet('id', anchor(plainInline(state.tokens[i + 1]?.children ?? null).trim()));
      // The page has one h1; a document's headings stand one level below it.
      const level = Math.min(6, Number(token.tag.slice(1)) + 1);
      token.tag = `h${level}`;
      const close = state.tokens.slice(i).find((t) => t.type === 'heading_close' && t.level === token.level);
      if (close) close.tag = token.tag;
    });
  });

  md.renderer.rules['code_inline'] = (tokens, i) =>
    `<code>${escapeHtml(showHidden(tokens[i]!.content))}</code>`;
  md.renderer.rules['code_block'] = (tokens, i) =>
    `<pre><code>${escapeHtml(showHidden(tokens[i]!.content))}</code></pre>\n`;
  md.renderer.rules['fence'] = (tokens, i) => {
    const language = /^[\w+-]{1,30}/.exec(tokens[i]!.info.trim())?.[0] ?? '';
    const shown = escapeHtml(showHidden(tokens[i]!.content));
    return `<pre${language ? ` class="language-${language}"` : ''} tabindex="0"><code>${shown}</code></pre>\n`;
  };
  md.renderer.rules['link_open'] = (tokens, i, options, _env, self) => {
    const token = tokens[i]!;
    const href = String(token.attrGet('href') ?? '');
    const kind = linkKind(href);
    const target =
      kind === 'relative'
        ? targets.link(href)
        : kind === 'part'
          ? `#rb-${href.slice(1).replace(/^rb-/, '')}`
          : kind === 'refused'
            ? null
            : href;
    token.attrs = target === null ? [['title', showHidden(href)]] : [['href', target]];
    if (target !== null && (kind === 'web' || kind === 'mail'))
      token.attrs.push(['rel', 'noreferrer noopener'], ['title', showHidden(href)]);
    return self.renderToken(tokens, i, options);
  };
  md.renderer.rules['image'] = (tokens, i) => {
    const token = tokens[i]!;
    const alt = showHidden(plainInline(token.children));
    const href = String(token.attrGet('src') ?? '');
    const src = linkKind(href) === 'relative' ? targets.image(href) : null;
    // A remote image is a beacon: only its words are shown.
    if (src === null)
      return `<span class="no-image">${escapeHtml(alt || 'image')} (${escapeHtml(showHidden(href.slice(0, 200)))})</span>`;
    return `<img src="${escapeHtml(src)}" alt="${escapeHtml(alt)}">`;
  };
  return md;
}
