// Names of runbook files: proposed from a title, and refused where a file system or a reader would be surprised.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isRunbookName, runbookName } from '../../../shared/runbook/file-name.ts';

test('a title becomes a name that is read at a glance', () => {
  expect(runbookName('Roll back checkout-api 4.18.0 to 4.17.3')).toBe(
    'roll-back-checkout-api-4.18.0-to-4.17.3.md',
  );
  expect(runbookName('Zurück auf „r417“: sofort!')).toBe('zurück-auf-r417-sofort.md');
  expect(runbookName('../../etc/passwd')).toBe('etc-passwd.md');
  expect(runbookName('con')).toBe('plan.md');
  expect(runbookName('  ')).toBe('plan.md');
});

test.each([
  '../a.md',
  'a/b.md',
  'a\\b.md',
  '.a.md',
  'a',
  'a.txt',
  'a..md ',
  'a:b.md',
  'a\0.md',
  'nul.md',
  ' a.md',
  'a .md',
  '',
])('is not taken: %j', (name) => {
  expect(isRunbookName(name)).toBe(false);
});

test('whatever the title, the name is taken and is one name; 1000 runs', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (title) => {
      const name = runbookName(title);
      expect(isRunbookName(name)).toBe(true);
      expect(name).not.toMatch(/[/\\]/);
    }),
    { numRuns: 1000 },
  );
});
