import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitFrontMatter } from '../../../shared/runbook/front-matter.ts';
import { durationMs, readRunbook } from '../../../shared/runbook/parse.ts';
import { fill, placeholders } from '../../../shared/runbook/variables.ts';
import { corpus } from '../../corpus.ts';

const read = (text: string) => readRunbook(text, 'folder/drain-region.md');

describe('front matter', () => {
  it('names line and column of what is wrong in the file, and the document opens all the same', () => {
    const r = read('---\ntitle: {{ .Name }} x\n---\n# Body\n\n1. Look\n');
    expect(r.problems[0]).toMatch(/^Line 2, column \d+: /);
    expect(r.steps.map((s) => s.title)).toEqual(['Look']);
    expect(r.title).toBe('Body');
  });
  it('keeps the place of a step in the file', () => {
    expect(read('---\nowner: Traffic\n---\n\n1. First\n2. Second\n').steps.map((s) => s.line)).toEqual([
      5, 6,
    ]);
  });
  it('refuses a bomb of aliases without taking long', () => {
    const bomb = `---\na: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n---\n# T\n`;
    expect(splitFrontMatter(bomb).problems[0]?.text).toMatch(/alias/i);
  });
  it('a document that opens with a rule has no front matter', () => {
    expect(read('---\n\ntext\n').problems).toEqual([]);
  });
});

describe('steps', () => {
  it('takes a task list before numbered lists', () => {
    const r = read('# T\n\n1. not this\n\n- [ ] Freeze deploys\n- [x] Tell support\n');
    expect(r.steps.map((s) => s.title)).toEqual(['Freeze deploys', 'Tell support']);
  });
  it('takes numbered lists, with command, expected result and marks', () => {
    const r = read(
      '# T\n\n## Move\n\n1. Shift traffic away {danger, confirm: us-east-1, expect: 5m}\n\n   ```sh\n   flagctl drain <region>\n   ```\n\n   Expect: nothing is served there.\n2. Second person looks {two-person}\n',
    );
    expect(r.steps[0]).toMatchObject({
      title: 'Shift traffic away',
      section: 'Move',
      command: 'flagctl drain <region>',
      expect: 'nothing is served there.',
      danger: true,
      confirm: 'us-east-1',
      twoPerson: false,
      expectMs: 300_000,
      variables: ['region'],
    });
    expect(r.steps[1]).toMatchObject({ title: 'Second person looks', twoPerson: true, danger: false });
  });
  it('takes headings followed by code where there is no list, and not the background', () => {
    const r = read(
      '# T\n\n## Meaning\n\n```\nx\n```\n\n## Restart it\n\nDo it.\n\n```\nsystemctl restart x\n```\n',
    );
    expect(r.steps.map((s) => s.title)).toEqual(['Restart it']);
  });
  it('takes bullets under a heading that says what to do where there is nothing else', () => {
    const r = read('# T\n\n## Meaning\n\n- it is bad\n\n## Mitigation\n\n- Add a node\n- Remove load\n');
    expect(r.steps.map((s) => s.title)).toEqual(['Add a node', 'Remove load']);
  });
  it('reads CRLF, a byte order mark and admonitions', () => {
    const r = read(
      '\ufeff---\r\ntitle: T\r\n---\r\n\r\n!!! warning "Stop if"\r\n    The queue grows.\r\n\r\n1. Go\r\n',
    );
    expect(r.title).toBe('T');
    expect(r.html).toContain('<strong>Stop if</strong>');
    expect(r.html).not.toContain('<pre');
    expect(r.steps).toHaveLength(1);
  });
  it('reads durations', () => {
    expect(['5m', '1h 30m', '90s', '2 min', '', 'soon'].map(durationMs)).toEqual([
      300000,
      5400000,
      90000,
      120000,
      null,
      null,
    ]);
  });
});

describe('variables', () => {
  it('finds the three forms, and no markup, shell or assigned names', () => {
    const found = placeholders(
      'X=1; echo $X $HOME ${REGION} {{cap}} <pod name> <br> <details> <https://x.example> $POD',
      true,
    );
    expect(found.map((p) => p.name)).toEqual(['REGION', 'cap', 'pod name', 'POD']);
  });
  it('fills in what is known and names what is missing', () => {
    expect(fill('kubectl -n <ns> delete $POD', { ns: 'a b' }, true)).toEqual({
      text: 'kubectl -n a b delete $POD',
      missing: ['POD'],
    });
  });
  it('a value never opens another placeholder', () => {
    expect(fill('<one> <two>', { one: '<two>', two: 'x' }, false).text).toBe('<two> x');
  });
});

describe('any text', () => {
  it('is read without throwing, and renders nothing that runs', () => {
    fc.assert(
      fc.property(
        fc
          .array(
            fc.oneof(
              fc.string(),
              fc.constantFrom(
                '<script>',
                '`',
                '[x](javascript:1)',
                '![](//h/x)',
                '- [ ] ',
                '\n',
                '1. ',
                '# ',
                '---\n',
                '<',
                '>',
                '{danger}',
                '```\n',
                '&#x6a;',
              ),
            ),
          )
          .map((p) => p.join('')),
        (text) => {
          const { html } = readRunbook(text, 'x.md');
          expect(html).not.toMatch(/<(?:script|iframe|object|embed|style|form|svg|math|base|meta|link)\b/i);
          expect(html).not.toMatch(/(?:href|src)="\s*(?:javascript|data|vbscript|file):/i);
        },
      ),
      { numRuns: 500 },
    );
  });
  it('a very long line and deep nesting take no long time', () => {
    expect(readRunbook(`1. ${'x'.repeat(200_000)}`, 'x.md').steps[0]!.title.length).toBeLessThanOrEqual(1900);
    expect(() => readRunbook(`${'> '.repeat(20_000)}x`, 'x.md')).not.toThrow();
    expect(() => readRunbook('[a](<b>'.repeat(20_000), 'x.md')).not.toThrow();
  });
});

describe('recorded runbooks', () => {
  const folder = corpus('runbooks');
  it.skipIf(folder === null)('every document of three real repositories opens, and most have steps', () => {
    const files = (readdirSync(folder!, { recursive: true }) as string[]).filter((f) => f.endsWith('.md'));
    let withSteps = 0;
    for (const file of files) {
      const r = readRunbook(readFileSync(join(folder!, file), 'utf8'), file);
      expect(r.title, file).not.toBe('');
      expect(r.html, file).not.toMatch(
        /<(?:script|iframe|details|input(?! type="checkbox" disabled(?: checked)?>))\b/i,
      );
      if (r.steps.length > 0) withSteps += 1;
    }
    expect(files.length).toBeGreaterThan(400);
    expect(withSteps / files.length).toBeGreaterThan(0.7);
  });
});
