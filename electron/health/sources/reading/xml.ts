// XML by saxes, with limits and without document types. Entities beyond the five of XML and numeric references are never expanded.
import { SaxesParser } from 'saxes';
import { feedText } from '../../../../shared/text/feeds.ts';
import { MAX_ATTRIBUTES, MAX_DEPTH, MAX_ELEMENTS, MAX_REFERENCES, MAX_TEXT, Refused } from './limits.ts';
import type { Problems } from './problems.ts';

export interface XmlHandler {
  /** `name` as written, with prefix. Attributes have no prototype. */
  open(name: string, attributes: Readonly<Record<string, string>>, depth: number): void;
  /** Character data and CDATA of the element open now; may come in pieces. */
  text(value: string): void;
  close(name: string, depth: number): void;
}

/** Numeric references in the text, counted until above the limit. */
function countReferences(xml: string, limit: number): number {
  let count = 0;
  for (let at = xml.indexOf('&#'); at !== -1 && count <= limit; at = xml.indexOf('&#', at + 2)) count += 1;
  return count;
}

/**
 * Reads a whole document. Throws `Refused`: `not-xml` (cut off, not well-formed), `too-deep`, `too-many-attributes`,
 * `too-many-elements`, `too-many-references`, `text-too-long`, `doctype-refused`.
 */
export function readXml(xml: string, kind: string, handler: XmlHandler, problems: Problems): void {
  if (countReferences(xml, MAX_REFERENCES) > MAX_REFERENCES) {
    throw new Refused('too-many-references', feedText.tooManyReferences(MAX_REFERENCES));
  }
  const parser = new SaxesParser({ xmlns: false, position: false });
  let depth = 0;
  let elements = 0;
  let attributes = 0;
  let length = 0;
  parser.on('error', (error) => {
    // An undeclared entity (&nbsp; in a feed that forgot to escape it) harms one text and not the document.
    if (error.message.includes('undefined entity')) {
      problems.once('bad-entity', 'entity', feedText.badEntity('…'));
      return;
    }
    throw new Refused('not-xml', feedText.notXml(kind, error.message.slice(0, 120)));
  });
  parser.on('doctype', () => {
    throw new Refused('doctype-refused', feedText.doctype());
  });
  parser.on('opentagstart', () => {
    attributes = 0;
  });
  parser.on('attribute', () => {
    attributes += 1;
    if (attributes > MAX_ATTRIBUTES) {
      throw new Refused('too-many-attributes', feedText.tooManyAttributes(MAX_ATTRIBUTES));
    }
  });
  parser.on('opentag', (tag) => {
    depth += 1;
    elements += 1;
    length = 0;
    if (depth > MAX_DEPTH) throw new Refused('too-deep', feedText.tooDeep(MAX_DEPTH));
    if (elements > MAX_ELEMENTS)
      throw new Refused('too-many-elements', feedText.tooManyElements(MAX_ELEMENTS));
    handler.open(tag.name, tag.attributes as Record<string, string>, depth);
  });
  const onText = (value: string): void => {
    length += value.length;
    if (length > MAX_TEXT) throw new Refused('text-too-long', feedText.textTooLong(MAX_TEXT));
    handler.text(value);
  };
  parser.on('text', onText);
  parser.on('cdata', onText);
  parser.on('closetag', (tag) => {
    handler.close(tag.name, depth);
    depth -= 1;
  });
  // A feed may begin with line breaks before its declaration; saxes takes that as an error, readers of feeds do not.
  parser.write(xml.trimStart()).close();
}
