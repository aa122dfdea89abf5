// How people are called where there is room for one word.
import { expect, test } from 'vitest';
import { calledBy } from '../../../shared/text/people.ts';

test('people by their first name, a desk without a name whole', () => {
  expect(calledBy('Marta Lindqvist')).toBe('Marta');
  expect(calledBy('Marta')).toBe('Marta');
  expect(calledBy('this desk')).toBe('this desk');
  expect(calledBy('')).toBe('');
});
