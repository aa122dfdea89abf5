// What a verification proves, and that nothing done to a chain escapes it.
import { hash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seal } from '../../../shared/journal/chain.ts';
import {
  createVerifier,
  MAX_BREAKS,
  type VerifiableEntry,
  verifyEntries,
} from '../../../shared/journal/verify.ts';
import { chain, numbered } from './make.ts';

const breaks = (entries: Iterable<VerifiableEntry>) =>
  verifyEntries(entries).breaks.map((b) => [b.code, b.seq, b.to]);

describe('a whole journal', () => {
  const entries = [
    ...chain('a', 'one', numbered(5)),
    ...chain('a', 'two', numbered(3)),
    ...chain('b', 'one', numbered(2)),
  ];

  test('verifies, and says what that means', () => {
    const found = verifyEntries(entries);
    expect(found).toMatchObject({
      ok: true,
      entries: 10,
      incidents: 2,
      devices: 2,
      withheld: 0,
      erased: 0,
      breaks: [],
      unlisted: 0,
    });
    expect(found.chains).toContainEqual({
      incident: 'a',
      device: 'one',
      entries: 5,
      first: 1,
      last: 5,
      lastHash: entries[4]!.hash,
    });
    expect(found.text[0]).toBe(
      'All 10 entries of 2 incidents verify: written by 2 devices in 3 chains, none altered, none left out, none put in between.',
    );
    expect(found.text.at(-1)).toContain('compare the ends with another copy');
  });

  test('in any order of arrival, with any SHA-256', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(entries, { minLength: entries.length }), (shuffled) => {
        const found = verifyEntries(shuffled, (text) => hash('sha256', text, 'hex'));
        expect(found).toMatchObject({ ok: true, entries: 10 });
      }),
    );
  });

  test('nothing proves nothing', () => {
    expect(verifyEntries([])).toMatchObject({
      ok: true,
      entries: 0,
      text: ['There are no entries, so nothing is proven.'],
    });
  });

  test('an export without bodies verifies, and the texts are counted as withheld', () => {
    const redacted: VerifiableEntry[] = entries.map(({ body: _, salt: __, ...rest }, i) =>
      i % 2 ? rest : { ...rest, body: null, salt: '' },
    );
    const found = verifyEntries(redacted);
    expect(found).toMatchObject({ ok: true, withheld: 10, erased: 0 });
    expect(found.text.join('\n')).toContain('10 texts withheld');
  });

  test('an erased entry is counted as such only with its record', () => {
    const whole = chain('a', 'one', [
      { text: 'secret' },
      { entry: 'a-one-1', reason: 'password', by: 'Ada' },
    ]);
    const after = [{ ...whole[0]!, body: '', salt: '' }, whole[1]!];
    expect(verifyEntries(after)).toMatchObject({ ok: true, erased: 1, withheld: 0 });
    expect(verifyEntries(after.slice(0, 1))).toMatchObject({ ok: true, erased: 0, withheld: 1 });
  });
});

describe('57: forged, altered, left out', () => {
  const entries = chain('a', 'one', numbered(6));

  test('any change of any field of any entry is found', () => {
    const fields = [
      'id',
      'kind',
      'v',
      'key',
      'body',
      'actor',
      'device',
      'seq',
      'hlc',
      'occurredAt',
      'recordedAt',
      'prev',
      'salt',
      'bodyHash',
      'hash',
      'incident',
    ] as const;
    fc.assert(
      fc.property(fc.nat({ max: 5 }), fc.constantFrom(...fields), (at, field) => {
        const entry = entries[at]!;
        const changed = {
          ...entry,
          [field]: typeof entry[field] === 'number' ? entry[field] + 100 : `${entry[field] ?? ''}0`,
        };
        const found = verifyEntries(entries.with(at, changed));
        expect(found.ok).toBe(false);
        expect(found.breaks[0]!.text).toMatch(/^(An entry|Entry|Entries|The (text|chain|clock))/);
      }),
    );
  });

  test('what it says, case by case', () => {
    const at = (n: number, change: Partial<VerifiableEntry>) =>
      entries.with(n - 1, { ...entries[n - 1]!, ...change } as never);
    expect(breaks(at(3, { body: '{"text":"forged"}' }))).toEqual([['body', 3, 3]]);
    expect(breaks(at(3, { actor: 'mallory' }))).toEqual([['altered', 3, 3]]);
    expect(breaks(entries.toSpliced(2, 2))).toEqual([['missing', 3, 4]]);
    expect(breaks(entries.slice(2))).toEqual([['missing', 1, 2]]);
    expect(breaks([...entries, entries[1]!])).toEqual([['repeated', 2, 2]]);
    expect(breaks([{ ...entries[0]!, hlc: 'x' }])).toEqual([['malformed', 1, 1]]);
    expect(verifyEntries(entries.toSpliced(2, 1)).breaks[0]!.text).toBe(
      'Entry 3 of incident a on device one is missing.',
    );
  });

  test('an entry sealed again after a change breaks the link to the next', () => {
    const { bodyHash: _, hash: __, ...open } = entries[2]!;
    const resealed = seal({ ...open, body: '{"text":"forged"}' });
    expect(breaks(entries.with(2, resealed))).toEqual([['link', 4, 4]]);
  });

  test('a clock that goes back along a chain', () => {
    const { bodyHash: _, hash: __, ...open } = entries[5]!;
    expect(breaks(entries.with(5, seal({ ...open, hlc: '0000000000010000' })))).toEqual([['order', 6, 6]]);
  });

  test('the end cut off cannot be seen from inside, and that is said', () => {
    const found = verifyEntries(entries.slice(0, 4));
    expect(found.ok).toBe(true);
    expect(found.text.join('\n')).toContain('cut off');
  });

  test.each([
    null,
    undefined,
    7,
    'x',
    [],
    {},
    { ...entries[0], seq: '1' },
    { ...entries[0], seq: 1.5 },
    { ...entries[0], body: 7 },
    { ...entries[0], actor: '\ud800' },
    { ...entries[0], v: 0 },
    { ...entries[0], prev: null },
  ])('somebody else’s file may hold anything: %j', (junk) => {
    const found = verifyEntries([junk as never, ...entries]);
    expect(found.breaks[0]!.code).toBe('malformed');
    expect(found.breaks).toHaveLength(1);
  });

  test('a file of nothing but breaks is counted, not listed without end', () => {
    const verifier = createVerifier();
    for (let i = 0; i < MAX_BREAKS + 50; i++) verifier.add({} as never);
    const found = verifier.finish();
    expect(found.breaks).toHaveLength(MAX_BREAKS);
    expect(found).toMatchObject({ unlisted: 50, ok: false });
  });
});
