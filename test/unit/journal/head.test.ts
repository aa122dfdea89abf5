// The head's two slots: a torn or altered one is none, and the larger valid one counts.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeHead,
  decodeSlot,
  encodeSlot,
  HEAD_BYTES,
  type Head,
  SLOT_BYTES,
  slotOffset,
} from '../../../shared/journal/head.ts';

const head = (row: number): Head => ({
  row,
  device: 'd'.repeat(64),
  hash: 'e'.repeat(64),
  incident: 'inc-1',
  seq: row,
});

function file(...heads: Head[]): string {
  let text = ' '.repeat(HEAD_BYTES);
  for (const one of heads) {
    const at = slotOffset(one.row);
    text = text.slice(0, at) + encodeSlot(one) + text.slice(at + SLOT_BYTES);
  }
  return text;
}

describe('head', () => {
  test('a slot has one size and comes back', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1 }),
        fc.integer({ min: 1 }),
        fc.stringMatching(/^[!-~]{1,100}$/),
        (row, seq, incident) => {
          const one: Head = { ...head(row), seq, incident };
          expect(encodeSlot(one)).toHaveLength(SLOT_BYTES);
          expect(decodeSlot(encodeSlot(one))).toEqual(one);
        },
      ),
    );
  });

  test('the larger of two counts; rows take turns', () => {
    expect(decodeHead(file(head(7), head(8)))).toEqual(head(8));
    expect(decodeHead(file(head(9), head(8)))).toEqual(head(9));
    expect(decodeHead(file())).toBeNull();
    expect(decodeHead('')).toBeNull();
  });

  test('torn at any byte: the other slot counts', () => {
    const before = file(head(7), head(8));
    const after = file(head(9), head(8));
    for (let cut = 0; cut < SLOT_BYTES; cut++) {
      const at = slotOffset(9);
      const torn = before.slice(0, at) + after.slice(at, at + cut) + before.slice(at + cut);
      expect([8, 9]).toContain(decodeHead(torn)?.row);
    }
  });

  test('any changed character makes a slot invalid', () => {
    const good = encodeSlot(head(7));
    const said = good.trimEnd().length;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: said - 1 }), fc.constantFrom('0', 'f', ' ', 'x'), (at, char) => {
        fc.pre(good[at] !== char);
        expect(decodeSlot(good.slice(0, at) + char + good.slice(at + 1))).toBeNull();
      }),
    );
  });
});
