// Templates of updates: what they may say, where a slip of the pen is, and what they become.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { nearestField, TEMPLATE_FIELDS, type TemplateField } from '../../../shared/pack/template-fields.ts';
import {
  fillTemplate,
  MAX_TEMPLATE,
  parseTemplate,
  parseTemplateBody,
  type TemplatePart,
  templateSchema,
} from '../../../shared/pack/templates.ts';

const FIELDS = Object.keys(TEMPLATE_FIELDS) as TemplateField[];
const FRONT = '---\naudience: internal\n---\n';
const problemsOf = (body: string) =>
  parseTemplateBody(body).problems.map(({ line, column, text }) => `${line}:${column} ${text}`);
const filled = (body: string, values: Partial<Record<TemplateField, string>> = {}): string => {
  const { parts, problems } = parseTemplateBody(body);
  expect(problems).toEqual([]);
  return fillTemplate(parts, values);
};

describe('what a template becomes', () => {
  test('fields, and blocks that stand or fall with a field', () => {
    const body =
      'A {{title}} {{ severity }}.{{#impact}} Impact: {{impact}}.{{/impact}}{{^impact}} None.{{/impact}}';
    expect(filled(body, { title: 'T', severity: 'SEV1', impact: 'much' })).toBe('A T SEV1. Impact: much.');
    expect(filled(body, { title: 'T', severity: 'SEV1', impact: ' ' })).toBe('A T SEV1. None.');
  });
  test('a tag alone on its line takes the line with it, an inline one does not', () => {
    const body = 'a\n{{#impact}}\nb {{impact}}\n  {{/impact}}  \r\n{{! note }}\nc\n';
    expect(filled(body, { impact: 'x' })).toBe('a\nb x\nc\n');
    expect(filled(body)).toBe('a\nc\n');
    expect(filled('a {{! note }} b\n')).toBe('a  b\n');
  });
  test('two braces as they are', () => {
    expect(filled('\\{{title}} and {{title}} }}', { title: 'T' })).toBe('{{title}} and T }}');
  });
  test('a value is text: what looks like a tag in it stays as it is', () => {
    expect(filled('{{title}}', { title: '{{severity}} {{#impact}}' })).toBe('{{severity}} {{#impact}}');
  });
});

describe('where it is wrong', () => {
  test.each([
    ['x {{titel}}', ['1:5 there is no field "titel"; was title meant?']],
    ['a\nbb {{#serivces}}x{{/serivces}}', ['2:7 there is no field "serivces"; was services meant?']],
    ['{{constructor}}', ['1:3 there is no field "constructor"; the README of the sample pack lists them']],
    [
      'a {{title\nb}}',
      ['1:3 this field is not closed on its line: }} is missing (write \\{{ for two braces)'],
    ],
    [
      'a {{title {{severity}}',
      ['1:3 this field is not closed on its line: }} is missing (write \\{{ for two braces)'],
    ],
    ['{{#impact}}\nx', ['1:1 this block is not closed: {{/impact}} is missing before the end of the file']],
    ['x {{/impact}}', ['1:3 {{/impact}} closes what was never opened']],
    [
      '{{#impact}}{{#title}}{{/impact}}{{/title}}{{/impact}}',
      ['1:22 {{/impact}} stands where {{/title}} has to close first'],
    ],
    ['{{ }}', ['1:1 this field has no name']],
  ])('%j', (body, wanted) => {
    expect(problemsOf(body)).toEqual(wanted);
  });
  test('the place is that of the file, front matter and all', () => {
    const { value, problems } = parseTemplate(`${FRONT}one\n  {{nextUpdat}}\n`, 'a.md');
    expect(value).toBeNull();
    expect(problems).toMatchObject([{ line: 5, column: 5 }]);
  });
  test('front matter is checked, with its line', () => {
    const { problems } = parseTemplate('---\naudience: everybody\nchanel: x\n---\n{{nextUpdate}}', 'a.md');
    expect(problems.map(({ line, column }) => [line, column])).toEqual([
      [2, 1],
      [3, 1],
    ]);
    expect(parseTemplate('{{nextUpdate}}', 'a.md').problems[0]?.text).toContain('front matter');
  });
  test('every update but the last says when the next one comes, the last one states data integrity', () => {
    expect(parseTemplate(`${FRONT}{{title}}`, 'a.md').problems).toMatchObject([
      { line: 4, text: expect.stringContaining('{{nextUpdate}}') as string },
    ]);
    const last = '---\naudience: customers\nwhen: resolved\n---\n';
    expect(parseTemplate(`${last}{{title}} {{nextUpdate}}`, 'a.md').problems).toMatchObject([
      { text: expect.stringContaining('{{dataIntegrity}}') as string },
    ]);
    expect(parseTemplate(`${last}{{dataIntegrity}}`, 'a.md').value).toMatchObject({
      name: 'a',
      when: 'resolved',
    });
  });
  test('a template is called after its file, as far as a name may be long', () => {
    expect(parseTemplate(`${FRONT}{{nextUpdate}}`, `${'n'.repeat(250)}.md`).value?.name).toHaveLength(120);
  });
  test('limits', () => {
    expect(parseTemplate(FRONT + 'x'.repeat(MAX_TEMPLATE), 'a.md').problems[0]?.text).toContain('64 kB');
    const deep = '{{#title}}'.repeat(9) + '{{/title}}'.repeat(9);
    expect(problemsOf(deep)[0]).toContain('nested more than 8');
  });
});

describe('properties', () => {
  const plain = fc
    .string({ unit: 'grapheme', maxLength: 30 })
    .map((text) => text.replace(/[{}\\\r\n]/g, '.'))
    .filter((text) => text.trim() !== '');
  const field = fc.constantFrom(...FIELDS);
  const { parts: anyParts } = fc.letrec<{ parts: TemplatePart[]; part: TemplatePart }>((tie) => ({
    parts: fc.array(tie('part'), { minLength: 1, maxLength: 4, depthIdentifier: 'parts' }).map((parts) =>
      // Two texts beside each other are one.
      parts.filter((one, i) => !('text' in one && i > 0 && 'text' in parts[i - 1]!)),
    ),
    part: fc.oneof(
      { depthIdentifier: 'parts', maxDepth: 3, depthSize: 'small' },
      fc.record({ text: plain }),
      fc.record({ field }),
      fc.record({ field, shown: fc.boolean(), parts: tie('parts') }),
    ),
  }));
  const printed = (parts: readonly TemplatePart[]): string =>
    parts
      .map((part) =>
        'text' in part
          ? part.text
          : 'parts' in part
            ? `{{${part.shown ? '#' : '^'}${part.field}}}${printed(part.parts)}{{/${part.field}}}`
            : `{{${part.field}}}`,
      )
      .join('');
  const joined = (parts: readonly TemplatePart[]): readonly TemplatePart[] => {
    const all: TemplatePart[] = [];
    for (const one of parts) {
      const last = all.at(-1);
      if ('text' in one && last !== undefined && 'text' in last)
        all[all.length - 1] = { text: last.text + one.text };
      else all.push('parts' in one ? { ...one, parts: joined(one.parts) } : one);
    }
    return all;
  };

  test('what is printed is read back', () => {
    fc.assert(
      fc.property(anyParts, (parts) => {
        // Words on both sides: no tag stands alone on its line.
        const body = `.${printed(parts)}.`;
        const read = parseTemplateBody(body);
        expect(read.problems).toEqual([]);
        expect(read.parts).toEqual(joined([{ text: '.' }, ...parts, { text: '.' }]));
      }),
      { numRuns: 2000 },
    );
  });

  test('whatever is written, nothing is thrown, and a problem lies in the text', () => {
    const pieces = fc.constantFrom(
      '{{',
      '}}',
      '{{#',
      '{{/',
      '{{^',
      '{{!',
      '\\',
      '\n',
      '\r\n',
      ' ',
      'title',
      'impact',
      'x',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 5 })), { maxLength: 40 }), (list) => {
        const body = list.join('');
        const { parts, problems } = parseTemplateBody(body);
        const lines = body.split('\n');
        for (const one of problems) {
          expect(one.line).toBeGreaterThanOrEqual(1);
          expect(one.line).toBeLessThanOrEqual(lines.length);
          expect(one.column).toBeGreaterThanOrEqual(1);
          expect(one.column).toBeLessThanOrEqual(lines[one.line - 1]!.length + 1);
        }
        if (!body.includes('{{')) expect(fillTemplate(parts, {})).toBe(body);
        const { value, problems: whole } = parseTemplate(FRONT + body, 'a.md');
        expect(value === null).toBe(whole.length > 0);
      }),
      { numRuns: 5000 },
    );
  });

  test('an unknown field is found where it stands', () => {
    fc.assert(
      fc.property(plain, fc.nat(5), (text, lines) => {
        const { problems } = parseTemplateBody(`${`${text}\n`.repeat(lines)}${text}{{no-such}}`);
        expect(problems).toMatchObject([{ line: lines + 1, column: text.length + 3 }]);
      }),
    );
  });

  test('as many tags as fit on one line are read', () => {
    expect(filled('{{!}}'.repeat(MAX_TEMPLATE / 5))).toBe('');
  });

  test('a long run of spaces is left as it is; looking back over it again and again would take half a minute', () => {
    const wide = `a${' '.repeat(200_000)}b \n`;
    expect(filled(`${wide}  {{#impact}}\nx\n\t{{/impact}}\n`, { impact: 'y' })).toBe(`${wide}x\n`);
  });

  test('a field is nearest to itself', () => {
    for (const one of FIELDS) expect(nearestField(one)).toBe(one);
    expect(nearestField('q'.repeat(30))).toBeNull();
  });
});

describe('the sample pack', () => {
  const folder = join('samples', 'pack', 'templates');
  test.each(readdirSync(folder))('%s is right, and reads well with everything and with nothing', (name) => {
    const { value, problems } = parseTemplate(readFileSync(join(folder, name), 'utf8'), name);
    expect(problems).toEqual([]);
    const bare = fillTemplate(value!.parts, { nextUpdate: '09:40Z', dataIntegrity: 'unknown' });
    const full = fillTemplate(
      value!.parts,
      Object.fromEntries(FIELDS.map((field) => [field, `<${field}>`])) as Record<TemplateField, string>,
    );
    for (const text of [bare, full]) {
      expect(text).not.toMatch(/\{\{|\}\}|\n{3,}/);
      expect(text.trim()).not.toBe('');
    }
    for (const field of value!.fields)
      if (!bare.includes(field)) expect(full.length).toBeGreaterThan(bare.length);
  });
  test('its README lists every field with its meaning', () => {
    const readme = readFileSync(join('samples', 'pack', 'README.md'), 'utf8');
    for (const [field, meaning] of Object.entries(TEMPLATE_FIELDS))
      expect(readme).toContain(`| \`${field}\` | ${meaning} |`);
  });
  test('the published schema is the one in the code', () => {
    const { title: _, ...file } = JSON.parse(readFileSync('schemas/update-template.schema.json', 'utf8')) as {
      title: string;
    };
    expect(file).toEqual(z.toJSONSchema(templateSchema, { io: 'input' }));
  });
});
