// RSS 2.0, RSS 1.0 and Atom as one shape, so that every XML feed kind reads items and none reads tags.
import type { Problems } from './problems.ts';
import { readXml } from './xml.ts';

export interface SyndicationItem {
  /** `guid` or `id`; null when it has none. */
  readonly id: string | null;
  readonly title: string;
  readonly link: string | null;
  /** Description, summary or content, as served: HTML or text. */
  readonly body: string;
  readonly categories: readonly string[];
  /** As written: `pubDate`, `dc:date`, `published`. */
  readonly published: string | null;
  readonly updated: string | null;
}

export interface Syndication {
  readonly format: 'rss' | 'atom';
  readonly title: string;
  readonly link: string | null;
  /** As written: `lastBuildDate`, channel `pubDate`, `updated`. */
  readonly updated: string | null;
  readonly items: readonly SyndicationItem[];
}

type Field = 'id' | 'title' | 'link' | 'body' | 'content' | 'category' | 'published' | 'updated';

/** Element name (without the prefixes that mean RSS or Atom themselves) -> field. */
const FIELDS: ReadonlyMap<string, Field> = new Map([
  ['guid', 'id'],
  ['id', 'id'],
  ['title', 'title'],
  ['link', 'link'],
  ['description', 'body'],
  ['summary', 'body'],
  ['content', 'content'],
  ['content:encoded', 'content'],
  ['category', 'category'],
  ['dc:subject', 'category'],
  ['pubDate', 'published'],
  ['published', 'published'],
  ['dc:date', 'published'],
  ['lastBuildDate', 'updated'],
  ['updated', 'updated'],
]);

const plainName = (name: string): string => name.replace(/^(?:atom|a10|rss):/, '');

type Draft = Record<Field, string> & { categories: string[]; href: string };

const draft = (): Draft => ({
  id: '',
  title: '',
  link: '',
  body: '',
  content: '',
  category: '',
  published: '',
  updated: '',
  categories: [],
  href: '',
});

const orNull = (value: string): string | null => (value.trim() === '' ? null : value.trim());

const finished = (item: Draft): SyndicationItem => ({
  id: orNull(item.id),
  title: item.title.trim(),
  link: orNull(item.link) ?? orNull(item.href),
  body: item.body.trim() === '' ? item.content : item.body,
  categories: item.categories,
  published: orNull(item.published),
  updated: orNull(item.updated),
});

/** Null when the document is well-formed XML but neither RSS nor Atom. Throws `Refused` as `readXml` does. */
export function readSyndication(xml: string, kind: string, problems: Problems): Syndication | null {
  let format: Syndication['format'] | null = null;
  const head = draft();
  const items: SyndicationItem[] = [];
  let item: Draft | null = null;
  let itemDepth = 0;
  // Text is gathered only inside a field of the channel or of an item; nested markup (xhtml content) adds its text.
  let field: Field | null = null;
  let fieldDepth = 0;
  let pieces: string[] = [];
  readXml(
    xml,
    kind,
    {
      open(written, attributes, depth) {
        const name = plainName(written);
        if (depth === 1) {
          if (name === 'rss' || name === 'rdf:RDF') format = 'rss';
          else if (name === 'feed') format = 'atom';
          return;
        }
        if (format === null || field !== null) return;
        if ((name === 'item' || name === 'entry') && item === null) {
          item = draft();
          itemDepth = depth;
          return;
        }
        const known = FIELDS.get(name);
        if (known === undefined) return;
        const target = item ?? head;
        const level = item === null ? (format === 'atom' ? 2 : 3) : itemDepth + 1;
        if (depth !== level) return;
        if (known === 'link' && attributes['href'] !== undefined) {
          const rel = attributes['rel'] ?? 'alternate';
          if (rel === 'alternate' || target.href === '') target.href = attributes['href'];
          return;
        }
        if (known === 'category' && attributes['term'] !== undefined) {
          target.categories.push(attributes['term'].trim());
          return;
        }
        field = known;
        fieldDepth = depth;
        pieces = [];
      },
      text(value) {
        if (field !== null) pieces.push(value);
      },
      close(_name, depth) {
        if (field !== null && depth === fieldDepth) {
          const value = pieces.join('');
          const target = item ?? head;
          if (field === 'category') target.categories.push(value.trim());
          else if (target[field] === '') target[field] = value;
          field = null;
        } else if (item !== null && depth === itemDepth) {
          items.push(finished(item));
          item = null;
        }
      },
    },
    problems,
  );
  if (format === null) return null;
  return {
    format,
    title: head.title.trim(),
    link: orNull(head.link) ?? orNull(head.href),
    updated: orNull(head.updated) ?? orNull(head.published),
    items,
  };
}
