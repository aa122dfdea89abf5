// A plan's change in the head of its runbook: words, not data.
import { expect, test } from 'vitest';
import { changeWords, planMeta } from '../../../renderer/views/runbooks/meta.ts';

test('the change of a plan is said in words', () => {
  const change = {
    system: 'checkout-api',
    from: '4.18.0',
    to: '4.17.3',
    deployedAt: '2025-10-20T06:44:00Z',
    schema: 'reversible',
  };
  expect(changeWords(JSON.stringify(change))).toBe(
    'checkout-api 4.18.0 to 4.17.3, deployed Mon 20 Oct 06:44Z, schema reversible',
  );
  // A time without a zone is UTC; a version may be a number; what is missing is not said.
  expect(changeWords('{"system":"a","from":1,"to":2,"deployedAt":"2025-10-20 06:44"}')).toBe(
    'a 1 to 2, deployed Mon 20 Oct 06:44Z',
  );
  expect(changeWords('{"system":"a","to":"2","deployedAt":"last night"}')).toBe('a 2, deployed last night');
});

test.each(['', 'the whole thing', '[]', '"x"', 'null', '{"to":"2"}', '{"system":"a"}'])(
  'anything else is shown as written: %s',
  (value) => {
    expect(changeWords(value)).toBeNull();
  },
);

test('of a plan: waves by name, lists as written, other data is left to the plan', () => {
  expect(
    planMeta('waves', '{"name":"canary","targets":["a/b"]}, {"name":"the rest","targets":["a/c"]}'),
  ).toBe('canary, the rest');
  expect(planMeta('waves', '{"name":"cana')).toBeNull();
  expect(planMeta('targets', 'aws/us-east-1, aws/us-west-2')).toBe('aws/us-east-1, aws/us-west-2');
  expect(planMeta('breaker', '{"stale":"5m"}')).toBeNull();
  expect(planMeta('change', '{"system":"a","to":"2"}')).toBe('a 2');
});
