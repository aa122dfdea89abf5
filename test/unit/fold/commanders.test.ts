// Two commanders after a split: both are shown until one yields (rollback.md 9), whatever the order of arrival.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fold, toView } from '../../../shared/journal/fold.ts';
import type { FoldEntry } from '../../../shared/journal/types.ts';

const ROLE = 'Incident commander';
const BASE = Date.UTC(2026, 9, 20, 8);

function claim(n: number, device: string, name: string | null, from: string | null): FoldEntry {
  const at = new Date(BASE + n * 1000).toISOString();
  return {
    id: `${device}-${n}`,
    incident: 'i',
    kind: 'role-assigned',
    v: 1,
    key: null,
    body: { role: ROLE, name, from, by: name ?? 'x' },
    actor: device,
    device,
    seq: n,
    hlc: `${(BASE + n * 1000).toString(16).padStart(12, '0')}0000`,
    occurredAt: at,
    recordedAt: at,
  };
}
const held = (...entries: FoldEntry[]) => {
  const role = toView(fold('i', entries)).roles[0];
  return role ? [role.name, ...(role.others ?? [])] : [];
};

test('on one machine, and on two that heard each other, there is one', () => {
  expect(held(claim(1, 'a', 'Marta', null), claim(2, 'a', 'Tom', 'Marta'))).toEqual(['Tom']);
  expect(held(claim(1, 'a', 'Marta', null), claim(2, 'b', 'Tom', 'Marta'))).toEqual(['Tom']);
  expect(held(claim(1, 'a', 'Marta', null), claim(2, 'b', 'Marta', null))).toEqual(['Marta']);
});

test('taken on two machines that were apart, both hold it until one that saw both takes or gives it', () => {
  const apart = [claim(1, 'a', 'Marta', null), claim(2, 'b', 'Tom', null)];
  expect(held(...apart)).toEqual(['Tom', 'Marta']);
  expect(held(...apart, claim(3, 'a', 'Marta', 'Tom'))).toEqual(['Marta']);
  expect(held(...apart, claim(3, 'b', 'Tom', 'Tom'))).toEqual(['Tom']);
  // Still apart: Marta handed over to Ana, who has not heard of Tom either.
  expect(held(...apart, claim(3, 'a', 'Ana', 'Marta'))).toEqual(['Ana', 'Tom']);
});

test('the same in any order of arrival; 200 runs', () => {
  const name = fc.constantFrom('Marta', 'Tom', 'Ana', null);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), name, name), { maxLength: 8 }),
      fc.nat(1000),
      (list, seed) => {
        const entries = list.map(([device, to, from], i) => claim(i + 1, device, to, from));
        const mixed = [...entries].sort(
          (x, y) => ((x.seq * 7919 + seed) % 31) - ((y.seq * 7919 + seed) % 31),
        );
        expect(held(...mixed)).toEqual(held(...entries));
        const now = held(...entries);
        expect(new Set(now).size).toBe(now.length);
      },
    ),
    { numRuns: 200 },
  );
});
