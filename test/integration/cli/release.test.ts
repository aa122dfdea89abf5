// A release on the command line: listed as what it is, found by its own label, exported as its own document.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { declare, desk, must, signal } from '../room/helpers.ts';

const CLI = process.env['BULKHEAD_CLI'] ?? join(import.meta.dirname, '../../../electron/cli.ts');
const run = promisify(execFile);

it('is listed apart from incidents, and found by its label before and after it is one', {
  timeout: 120_000,
}, async () => {
  const d = desk({ signals: [signal()] });
  await declare(d, { signals: ['s1'] });
  const first = await must(d.call['incidents.release']({ title: 'checkout-api 4.19.0' }));
  const second = await must(d.call['incidents.release']({ title: 'sign-in 2.2.0' }));
  await must(
    d.call['incidents.declare']({
      title: 'Sign-in fails',
      severity: 'SEV2',
      signals: [],
      impactStarted: null,
      commander: false,
      release: second.id,
    }),
  );
  await d.rooms.stop();
  d.journal.close();
  const bulkhead = async (...args: string[]): Promise<string> =>
    (
      await run(process.execPath, [
        '--disable-warning=ExperimentalWarning',
        CLI,
        ...args,
        '--profile',
        d.folder,
      ])
    ).stdout;

  const list = (await bulkhead('incident', 'list')).split('\n');
  expect(list.find((one) => one.startsWith('REL-0001'))).toMatch(/release +Watched .*checkout-api 4\.19\.0/);
  expect(list.find((one) => one.startsWith('INC-0002'))).toMatch(/SEV2 +Investigating .*Sign-in fails/);

  const shown = await bulkhead('incident', 'show', 'rel-1');
  expect(shown).toContain('REL-0001  release  Watched  checkout-api 4.19.0');
  expect(shown).toContain('no incident was declared');
  // A number alone is an incident's; a release that became one is found by both labels.
  const number = await bulkhead('incident', 'show', '1');
  expect(number).toContain('INC-0001');
  // Who wrote a row stands behind it; nobody wrote a signal.
  expect(number).toMatch(/ us-east-1: .*\(automatic\)\n/);
  expect(await bulkhead('incident', 'show', 'REL-0002')).toContain('INC-0002');

  const out = join(d.folder, 'release.md');
  await bulkhead('incident', 'export', 'REL-0001', '--format', 'md', '--out', out);
  expect(readFileSync(out, 'utf8')).toMatch(/^# Release REL-0001: checkout-api 4\.19\.0\n/);
  const file = join(d.folder, 'release.json');
  await bulkhead('incident', 'export', 'REL-0001', '--format', 'json', '--out', file);
  expect(await bulkhead('incident', 'verify', file)).toContain('REL-0001 checkout-api 4.19.0');
  expect(first.label).toBe('REL-0001');
});
