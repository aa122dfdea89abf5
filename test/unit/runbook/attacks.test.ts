// Attacks on Markdown and HTML; the numbers are the threat list's (A).
import { describe, expect, it } from 'vitest';
import { showHidden } from '../../../shared/runbook/hidden.ts';
import { linkKind } from '../../../shared/runbook/markdown.ts';
import { readRunbook } from '../../../shared/runbook/parse.ts';

const html = (text: string): string =>
  readRunbook(text, 'x.md', {
    targets: {
      link: (r) => `#runbook/${encodeURIComponent(r)}`,
      image: (r) => (r === 'ok.png' ? '/blob/ab' : null),
    },
  }).html;

/** Tags that really open in the markup, without what is escaped. */
const tags = (markup: string): string[] =>
  [...markup.matchAll(/<([a-zA-Z][\w-]*)/g)].map((m) => m[1]!.toLowerCase());
const ALLOWED = new Set(
  'p h1 h2 h3 h4 h5 h6 ul ol li pre code strong em s a img span br hr blockquote table thead tbody tr th td'.split(
    ' ',
  ),
);

const RAW: Record<string, string> = {
  'A1 script': '<script>alert(1)</script>',
  'A2 img onerror': '<img src=x onerror=alert(1)>',
  'A3 svg onload': '<svg onload=alert(1)>',
  'A4 math and style mutation': '<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>',
  'A5 noscript': '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
  'A6 form and formaction': '<form action=//evil><button formaction=javascript:alert(1)>x</button></form>',
  'A7 link, meta refresh, base':
    '<link rel=stylesheet href=//e><meta http-equiv=refresh content="0;url=//e"><base href=//e>',
  'A8 iframe srcdoc, embed, object':
    '<iframe srcdoc="<script>1</script>"></iframe><embed src=x><object data=x></object>',
  'A14 DOM clobbering': '<a id=bulkhead name=location>x</a>\n\n# location\n\n# __proto__',
  'A15 data attributes': '<div data-action="resolve" data-testid=x>x</div>',
};

describe('raw HTML is inert', () => {
  for (const [name, text] of Object.entries(RAW)) {
    it(name, () => {
      const out = html(
        `before\n\n${text}\n\ntext ${text} after\n\n| a |\n| - |\n| ${text.split('\n')[0]} |\n`,
      );
      for (const tag of tags(out)) expect(ALLOWED.has(tag), `${tag} in ${out}`).toBe(true);
      expect(out.replace(/&lt;[\s\S]*?&gt;/g, '')).not.toMatch(/<[^>]*\son\w+\s*=/i);
      for (const m of out.matchAll(/ (id|name)="([^"]*)"/g)) expect(m[2]).toMatch(/^rb-/);
      expect(out).not.toMatch(/<[^>]*\sdata-/);
    });
  }
});

describe('links and images go only where they may', () => {
  const REFUSED: Record<string, string[]> = {
    'A9 javascript link': ['javascript:alert(1)', 'JaVaScRiPt:alert(1)'],
    'A10 hidden in the scheme': [
      'java\tscript:alert(1)',
      'java\nscript:alert(1)',
      'java\u0000script:alert(1)',
      ' javascript:alert(1)',
      'javascript%3aalert(1)',
    ],
    'A11 data': ['data:text/html,<script>1</script>', 'data:image/svg+xml,x'],
    'A12 vbscript, file, UNC': ['vbscript:x', 'file:///etc/passwd', '\\\\host\\share', '//host/x'],
    'B25 other schemes': ['smb://h/x', 'ms-settings:x', 'search-ms:query=x'],
    'B26 prefix tricks': ['https://ok@evil.example/'],
  };
  for (const [name, hrefs] of Object.entries(REFUSED)) {
    it(name, () => {
      for (const href of hrefs) {
        expect(linkKind(href), JSON.stringify(href)).toBe('refused');
        for (const text of [
          `[x](<${href}>)`,
          `[x](${href})`,
          `[x]\n\n[x]: <${href}>`,
          `<${href}>`,
          `![x](<${href}>)`,
        ]) {
          expect(html(text)).not.toMatch(/\s(?:href|src)="(?!#)/);
        }
      }
    });
  }
  it('A10 entities in the scheme', () => {
    expect(html('[x](&#x6a;avascript:alert(1)) [y](javascript&colon;alert(1))')).not.toMatch(/href="(?!#)/);
  });
  it('A13 a remote image is only its words', () => {
    const out = html('![tracker](https://evil.example/p.gif) ![own](ok.png)');
    expect(out).not.toContain('src="https');
    expect(out).toContain('tracker');
    expect(out).toContain('<img src="/blob/ab" alt="own">');
  });
  it('https and mailto stay, with no way back to the opener', () => {
    expect(html('[x](https://ok.example/a) [m](mailto:a@b.example)')).toMatch(
      /href="https:\/\/ok\.example\/a" rel="noreferrer noopener"/,
    );
  });
});

it('A17 bidirectional and zero-width characters are shown, not obeyed', () => {
  expect(showHidden('rm \u202e-rf\u200b x')).toBe('rm [U+202E]-rf[U+200B] x');
  // Tags carry a hidden text of their own; an Arabic letter mark and separators steer, too.
  expect(showHidden('ok\u{e0061}\u061c\u2028')).toBe('ok[U+E0061][U+061C][U+2028]');
  expect(showHidden('Größe 日本 \u{1f680} a-b')).toBe('Größe 日本 \u{1f680} a-b');
  expect(html('`a\u202eb`\n\n```\nc\u2066d\n```\n\ntext\u202e')).not.toMatch(/[\u202e\u2066]/);
});
