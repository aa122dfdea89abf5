// templates/ of a pack: what updates to stakeholders begin as. Markdown with front matter and fields in double braces:
//   {{title}}                        the field's text
//   {{#impact}} ... {{/impact}}      only when the field has one
//   {{^impact}} ... {{/impact}}      only when it has none
//   {{! a note to the author }}      nothing
//   \{{                              two braces as they are
// A tag alone on its line takes its line with it. The front matter is published as schemas/update-template.schema.json.
import { z } from 'zod';
import { templateText } from '../text/templates.ts';
import { isTemplateField, nearestField, type TemplateField } from './template-fields.ts';
import { type FileProblem, readYaml } from './yaml.ts';

export const AUDIENCES = ['internal', 'customers', 'executives'] as const;
export type Audience = (typeof AUDIENCES)[number];
export const OCCASIONS = ['first', 'running', 'resolved'] as const;
export type Occasion = (typeof OCCASIONS)[number];

const MAX_NAME = 120;

export const templateSchema = z.strictObject({
  name: z.string().min(1).max(MAX_NAME).optional().describe('Default: the name of the file'),
  audience: z.enum(AUDIENCES).describe('Whom it is for; what goes to customers names who approved it'),
  when: z
    .enum(OCCASIONS)
    .default('running')
    .describe(
      'first: the first update; running: every further one; resolved: the last one, which states data integrity. Every other one states when the next update comes',
    ),
  channel: z
    .string()
    .min(1)
    .max(120)
    .optional()
    .describe('Where it usually goes: the status page, #incidents'),
});

export type TemplatePart =
  | { readonly text: string }
  | { readonly field: TemplateField }
  /** `shown` true: its parts count when the field has a text; false: when it has none. */
  | { readonly field: TemplateField; readonly shown: boolean; readonly parts: readonly TemplatePart[] };

export interface UpdateTemplate {
  readonly name: string;
  readonly audience: Audience;
  readonly when: Occasion;
  readonly channel: string | null;
  readonly parts: readonly TemplatePart[];
  /** Fields that it uses, each once, in the order of first use. */
  readonly fields: readonly TemplateField[];
  /** The Markdown as written, without the front matter. */
  readonly source: string;
}

export const MAX_TEMPLATE = 64 * 1024;
const MAX_DEPTH = 8;
const MAX_PROBLEMS = 50;
const LINE_END = /[ \t]*(?:\r?\n|$)/y;

interface Split {
  readonly yaml: string | null;
  readonly body: string;
  /** Lines of the file before the body. */
  readonly line: number;
}

function split(source: string): Split {
  const open = /^---[ \t]*\r?\n/.exec(source);
  if (open === null) return { yaml: null, body: source, line: 0 };
  const rest = source.slice(open[0].length);
  const close = /^---[ \t]*(?:\r?\n|$)/m.exec(rest);
  if (close === null) return { yaml: null, body: source, line: 0 };
  const head = open[0].length + close.index + close[0].length;
  return {
    yaml: rest.slice(0, close.index),
    body: source.slice(head),
    line: source.slice(0, head).split('\n').length - 1,
  };
}

interface Block {
  readonly field: TemplateField | null;
  readonly name: string;
  readonly shown: boolean;
  readonly at: number;
  readonly parts: TemplatePart[];
}

/** Line and column (from 1) of a place in a text. */
function placeIn(text: string, lines: number): (offset: number) => { line: number; column: number } {
  return (offset) => {
    const before = text.slice(0, offset);
    const last = before.lastIndexOf('\n');
    return { line: lines + before.split('\n').length, column: offset - last };
  };
}

/** The parts of a body. Never throws; with a problem the parts are not to be used. */
export function parseTemplateBody(
  body: string,
  linesBefore = 0,
): { readonly parts: readonly TemplatePart[]; readonly problems: readonly FileProblem[] } {
  const place = placeIn(body, linesBefore);
  const problems: FileProblem[] = [];
  const report = (at: number, text: string): void => {
    if (problems.length < MAX_PROBLEMS) problems.push({ ...place(at), text });
  };
  const root: Block = { field: null, name: '', shown: true, at: 0, parts: [] };
  const open: Block[] = [root];
  const write = (text: string): void => {
    if (text === '') return;
    const { parts } = open.at(-1)!;
    const last = parts.at(-1);
    if (last !== undefined && 'text' in last) parts[parts.length - 1] = { text: last.text + text };
    else parts.push({ text });
  };
  const known = (name: string, at: number): TemplateField | null => {
    if (isTemplateField(name)) return name;
    report(at, templateText.unknownField(name, nearestField(name)));
    return null;
  };
  let from = 0;
  while (from < body.length) {
    const start = body.indexOf('{{', from);
    if (start === -1) break;
    if (body[start - 1] === '\\' && start - 1 >= from) {
      write(`${body.slice(from, start - 1)}{{`);
      from = start + 2;
      continue;
    }
    const end = body.indexOf('}}', start + 2);
    const inside = end === -1 ? null : body.slice(start + 2, end);
    // A tag ends on its line: what does not was never closed, and the tag after it is no part of it.
    if (inside === null || (inside[0] !== '!' && /[\r\n]|\{\{/.test(inside))) {
      report(start, templateText.unclosedField);
      write(body.slice(from, start + 2));
      from = start + 2;
      continue;
    }
    const sign = /^[#^/!]/.exec(inside)?.[0] ?? '';
    const name = inside.slice(sign.length).trim();
    let before = body.slice(from, start);
    from = end + 2;
    if (sign !== '') {
      // Alone on its line: the line goes with it.
      const head = start === 0 ? '' : body.slice(body.lastIndexOf('\n', start - 1) + 1, start);
      LINE_END.lastIndex = from;
      if (/^[ \t]*$/.test(head) && LINE_END.test(body)) {
        before = before.slice(0, before.length - head.length);
        from = LINE_END.lastIndex;
      }
    }
    write(before);
    if (sign === '!') continue;
    if (name === '') {
      report(start, templateText.emptyTag);
      continue;
    }
    if (sign === '') {
      const field = known(name, start + 2);
      if (field !== null) open.at(-1)!.parts.push({ field });
    } else if (sign === '/') {
      const block = open.at(-1)!;
      if (block === root) report(start, templateText.neverOpened(name));
      else if (block.name !== name) report(start, templateText.crossed(name, block.name));
      else {
        open.pop();
        if (block.field !== null)
          open.at(-1)!.parts.push({ field: block.field, shown: block.shown, parts: block.parts });
      }
    } else {
      const field = known(name, start + 3);
      if (open.length > MAX_DEPTH) report(start, templateText.tooDeep(MAX_DEPTH));
      else open.push({ field, name, shown: sign === '#', at: start, parts: [] });
    }
  }
  write(body.slice(from));
  for (const block of open.slice(1)) report(block.at, templateText.unclosedBlock(block.name));
  return { parts: root.parts, problems };
}

function* fieldsIn(parts: readonly TemplatePart[]): Generator<TemplateField> {
  for (const part of parts) {
    if ('text' in part) continue;
    yield part.field;
    if ('parts' in part) yield* fieldsIn(part.parts);
  }
}

/** Reads one file of `templates/`. Never throws; null when there is any problem. `file`: its name, without the folder. */
export function parseTemplate(
  source: string,
  file: string,
): { readonly value: UpdateTemplate | null; readonly problems: readonly FileProblem[] } {
  if (source.length > MAX_TEMPLATE)
    return {
      value: null,
      problems: [{ line: 1, column: 1, text: templateText.tooLong(MAX_TEMPLATE / 1024) }],
    };
  const { yaml, body, line } = split(source);
  if (yaml === null) return { value: null, problems: [{ line: 1, column: 1, text: templateText.noFront }] };
  const front = readYaml(yaml, templateSchema);
  const read = parseTemplateBody(body, line);
  const problems = [...front.problems.map((one) => ({ ...one, line: one.line + 1 })), ...read.problems];
  if (front.value === null || problems.length > 0) return { value: null, problems };
  const fields = [...new Set(fieldsIn(read.parts))];
  const { name, audience, when, channel } = front.value;
  const missing = when === 'resolved' ? 'dataIntegrity' : 'nextUpdate';
  if (!fields.includes(missing))
    return {
      value: null,
      problems: [
        {
          line: line + 1,
          column: 1,
          text: when === 'resolved' ? templateText.noIntegrity : templateText.noNextUpdate,
        },
      ],
    };
  return {
    value: {
      name: name ?? file.replace(/\.md$/i, '').slice(0, MAX_NAME),
      audience,
      when,
      channel: channel ?? null,
      parts: read.parts,
      fields,
      source: body,
    },
    problems: [],
  };
}

/** The text of a template with these values; a field without a value is empty. Values are text and never read as tags. */
export function fillTemplate(
  parts: readonly TemplatePart[],
  values: Readonly<Partial<Record<TemplateField, string>>>,
): string {
  const textOf = (field: TemplateField): string => values[field] ?? '';
  let filled = '';
  for (const part of parts) {
    if ('text' in part) filled += part.text;
    else if (!('parts' in part)) filled += textOf(part.field);
    else if ((textOf(part.field).trim() !== '') === part.shown) filled += fillTemplate(part.parts, values);
  }
  return filled;
}
