// A stand-in for main's library and reports: documents in memory, valid by the contract both ways. For the screens' own tests only.
import type { Input, Output } from '../../../shared/contract/index.ts';
import type { RunbookDocument, RunbookLine } from '../../../shared/contract/library.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { HandlerMap, Send } from './room.ts';
import { stormSteps } from './room.ts';

const CHANGED = '2026-10-20T06:00:00.000Z';
const line = (
  path: string,
  title: string,
  owner: string,
  change: Partial<RunbookLine> = {},
): RunbookLine => ({
  folder: 'folder-1',
  path,
  title,
  owner,
  tags: [],
  steps: 4,
  bytes: 2400,
  changedAt: CHANGED,
  problem: null,
  kind: '',
  ...change,
});

export const shelf = (): RunbookLine[] => [
  line('traffic/stop-retry-storm.md', 'Stop a retry storm', 'Traffic team', {
    tags: ['webhooks-out', 'session pool', 'eu-west-1'],
  }),
  line('traffic/drain-region.md', 'Drain a region and move sessions', 'Traffic team', {
    tags: ['drain'],
    steps: 11,
  }),
  line('data/session-store-quorum.md', 'Session store: lost quorum', 'Data team', { steps: 9 }),
  line('reference/retry-budgets.md', 'Client retry budgets', '', { steps: 0 }),
  line('messaging/queue-pause.md', 'Queue pause and resume', 'Messaging'),
  line('payments/psp-down.md', 'Payment provider down', 'Payments'),
  line('reference/everything.md', 'Everything we know about us-east-1, in one very long document', '', {
    steps: 0,
    bytes: 85_000,
  }),
  line('broken/not-text.md', 'not-text.md', '', {
    steps: 0,
    problem:
      'This file is not text that can be read: it has NUL bytes. Open it in an editor and save it as UTF-8.',
  }),
  ...Array.from({ length: 400 }, (_, i) => line(`team/page-${i}.md`, `Team page ${i}`, i % 3 ? 'Team' : '')),
];

const STORM_HTML = `
<h1 id="stop-a-retry-storm">Stop a retry storm</h1>
<h2 id="use-this-when">Use this when</h2>
<p>Retries from one client are more than 5 times the usual rate, and a shared pool is over 90 % in use. If the pool is full but retries are normal, use <a href="../data/session-store-quorum.md">Session store: lost quorum</a> instead. See also <a href="https://example.org/retries">the paper</a>.</p>
<h2 id="steps">Steps</h2>
<ol>
<li><p>Confirm the storm</p><pre><code class="language-sh">promq 'sum by (region) (rate(client_retries_total{service="{{service}}"}[1m]))'
</code></pre><p>Expect {{region}} at least 5 times the others.</p></li>
<li><p>Cap retries</p><pre><code class="language-sh">flagctl set {{service}}.retry.max {{cap}} --region {{region}} --ttl 4h
</code></pre></li>
</ol>
<table><thead><tr><th>pool</th><th>limit</th></tr></thead><tbody><tr><td>session</td><td>512</td></tr></tbody></table>
<blockquote><p>Flags come from us-west-2, not us-east-1.</p></blockquote>
<ul class="contains-task-list"><li><input type="checkbox" disabled checked> read by two people</li></ul>`;

/** What an attacker would want to get past main; the window must still draw none of it. */
export const HOSTILE_HTML = `
<h1 id="body">Hostile</h1><script>window.hit = 'script'</script><img src="x" onerror="window.hit='onerror'"><svg onload="window.hit='svg'"><a xlink:href="javascript:window.hit='xlink'">x</a></svg>
<form id="f" action="https://evil.example"><button formaction="javascript:window.hit='form'">go</button><input name="attributes"></form>
<iframe srcdoc="<script>parent.hit='frame'</script>"></iframe><object data="x"></object><embed src="x"><base href="https://evil.example/"><meta http-equiv="refresh" content="0;url=https://evil.example"><link rel="stylesheet" href="https://evil.example/x.css">
<p style="position:fixed;inset:0;background:red" onclick="window.hit='click'" class="dlg" data-x="y" id="document">styled</p>
<a href="javascript:window.hit='js'">js</a> <a href="java&#10;script:window.hit='js2'">js2</a> <a href="data:text/html,<script>1</script>">data</a> <a href="file:///etc/passwd">file</a> <a href="\\\\host\\share">unc</a> <a href="//evil.example/x">scheme-relative</a>
<img src="https://evil.example/beacon.png" alt="beacon"><img src="/blob/${'a'.repeat(64)}" alt="own image">
<math><mtext><table><mglyph><style><img src=x onerror="window.hit='mxss'"></style></mglyph></table></mtext></math>
<noscript><p title="</noscript><img src=x onerror=window.hit='noscript'>"></noscript>`;

const doc = (path: string, change: Partial<RunbookDocument> = {}): RunbookDocument => ({
  folder: 'folder-1',
  path,
  title: shelf().find((l) => l.path === path)?.title ?? path,
  revision: '3f9c2ab41e77',
  owner: 'Traffic team',
  tags: [],
  meta: [
    { name: 'reviewed', value: '2 Sep 2026' },
    { name: 'usual time', value: '9 min' },
  ],
  html: STORM_HTML,
  outline: [
    { level: 1, text: 'Stop a retry storm', anchor: 'stop-a-retry-storm' },
    { level: 2, text: 'Use this when', anchor: 'use-this-when' },
    { level: 2, text: 'Steps', anchor: 'steps' },
  ],
  steps: stormSteps.map((s) => ({
    index: s.index,
    title: s.title,
    section: s.section,
    command: s.command,
    expect: s.expect,
    danger: s.danger,
    confirm: s.confirm,
    twoPerson: s.twoPerson,
    expectMs: 60_000 * (s.index + 1),
    variables: ['service', 'region', 'cap', 'ticket'].filter((v) =>
      `${s.command} ${s.expect}`.includes(`{{${v}}}`),
    ),
  })),
  variables: [
    { name: 'service', form: '{{service}}', default: 'webhooks-out' },
    { name: 'region', form: '{{region}}', default: null },
    { name: 'cap', form: '{{cap}}', default: '1' },
    { name: 'ticket', form: '{{ticket}}', default: null },
  ],
  problems: [],
  truncated: false,
  ...change,
});

const LONG_LINE = 'region-'.repeat(386);
const longHtml = `<h1 id="long">Everything</h1>${Array.from({ length: 30 }, (_, i) => `<h2 id="s${i}">Section ${i}</h2><p>${LONG_LINE}</p>`).join('')}`;

export interface Library {
  readonly handlers: HandlerMap;
  readonly opened: string[];
  readonly saved: Input<'report.save'>[];
}

export function createLibraryStandIn(options: {
  readonly send: Send;
  readonly folders?: 'none' | 'one' | 'unreadable';
  readonly documents?: Readonly<Record<string, Partial<RunbookDocument>>>;
}): Library {
  let rev = 1;
  let kind = options.folders ?? 'one';
  const opened: string[] = [];
  const saved: Input<'report.save'>[] = [];
  const text = (format: 'md' | 'json', automatic: boolean): string =>
    format === 'json'
      ? `${JSON.stringify({ format: 'bulkhead-incident', version: 1, incident: { label: 'INC-0142', severity: 'SEV1' }, entries: 25 }, null, 2)}\n`
      : `# Checkout and sign-in failing after AWS us-east-1 deployment\n\nINC-0142, SEV1, rolling back\n\n## Timeline\n\n| UTC | Event | Who |\n| --- | --- | --- |\n${automatic ? '| 07:48:20 | AWS dynamodb us-east-1: Outage | automatic |\n' : ''}| 08:12:05 | Declared SEV1 | Marta Lindqvist |\n| 08:29:00 | **Decision** Roll back r418 to r417 first; drain us-east-1 last. | Marta Lindqvist |\n\n- a list item\n\n> journal head 7f3c02a91e\n`;
  const handlers: { [N in keyof HandlerMap]?: (input: Input<N & 'library.read'>) => Result<unknown> } = {};
  const bind = <
    N extends
      | 'library.list'
      | 'library.addFolder'
      | 'library.removeFolder'
      | 'library.refresh'
      | 'library.read'
      | 'report.preview'
      | 'report.save'
      | 'app.openExternal',
  >(
    name: N,
    handler: (input: Input<N>) => Result<Output<N>>,
  ): void => {
    handlers[name] = handler as never;
  };
  bind('library.list', () =>
    ok({
      rev,
      folders:
        kind === 'none'
          ? []
          : [
              {
                id: 'folder-1',
                path: '/home/marta/runbooks',
                files: shelf().length,
                readAt: CHANGED,
                problem:
                  kind === 'unreadable'
                    ? 'The folder /home/marta/runbooks cannot be read: permission denied. Give this user the right to read it, or choose another folder.'
                    : null,
                withoutOwner: 31,
              },
            ],
      runbooks: kind === 'none' ? [] : shelf(),
    }),
  );
  bind('library.addFolder', (input) => {
    if (input.path === '/nowhere')
      return fail('no-folder', 'There is no folder /nowhere on this disk. Check the path.');
    kind = 'one';
    rev += 1;
    options.send('library.changed', { rev });
    return ok({ folder: 'folder-1' });
  });
  bind('library.removeFolder', () => {
    kind = 'none';
    rev += 1;
    options.send('library.changed', { rev });
    return ok({});
  });
  bind('library.refresh', () => ok({}));
  bind('library.read', (input) => {
    if (input.path === 'broken/not-text.md')
      return fail(
        'not-text',
        'broken/not-text.md is not text that can be read: it has NUL bytes. Open it in an editor and save it as UTF-8.',
      );
    if (input.path === 'reference/everything.md')
      return ok(
        doc(input.path, {
          html: longHtml,
          owner: '',
          steps: [],
          variables: [],
          meta: [],
          outline: Array.from({ length: 30 }, (_, i) => ({
            level: 2,
            text: `Section ${i}`,
            anchor: `s${i}`,
          })),
          truncated: true,
        }),
      );
    return ok(doc(input.path, options.documents?.[input.path] ?? {}));
  });
  bind('report.preview', (input) => {
    const document = text(input.options.format, input.options.automatic);
    return ok({
      text: document,
      truncated: false,
      bytes: document.length,
      entries: input.options.automatic ? 25 : 19,
      suggestedName: `INC-0142-timeline.${input.options.format}`,
    });
  });
  bind('report.save', (input) => {
    if (input.path === '/full/x.md')
      return fail(
        'disk-full',
        '/full/x.md was not written: the disk is full. What was there before is untouched. Choose another place.',
      );
    saved.push(input);
    return ok({
      path: input.path ?? '/home/marta/INC-0142-timeline.md',
      bytes: 812,
      sha256: '9c41e0a7'.repeat(8),
    });
  });
  bind('app.openExternal', (input) => {
    opened.push(input.url);
    return ok({});
  });
  return { handlers: handlers as HandlerMap, opened, saved };
}
