// The hashes themselves. The vectors here are frozen: were one to change, no journal and no export would verify any more.
import { createHash, hash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalText } from '../../../shared/journal/canonical.ts';
import { bodyHashOf, envelopeHash, envelopeText, seal, sha256Text } from '../../../shared/journal/chain.ts';
import type { Entry } from '../../../shared/journal/types.ts';

const FROZEN: Omit<Entry, 'bodyHash' | 'hash'> = {
  id: '0199f0f4-7d20-7000-8000-000000000001',
  incident: '0199f0f4-7d20-7000-8000-0000000000aa',
  kind: 'note',
  v: 1,
  key: null,
  body: '{"text":"us-east-1: DynamoDB « errors » 🔥"}',
  actor: 'ada',
  device: 'd'.repeat(64),
  seq: 1,
  hlc: '0199f0f47d200000',
  occurredAt: '2026-10-20T07:48:20.000Z',
  recordedAt: '2026-10-20T07:48:21.000Z',
  prev: '',
  salt: '000102030405060708090a0b0c0d0e0f',
};

describe('hashes', () => {
  test('SHA-256 of FIPS 180-4, and the same as the run-time’s', () => {
    expect(sha256Text('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(sha256Text(text)).toBe(hash('sha256', text, 'hex'));
      }),
    );
  });

  test('the frozen entry', () => {
    const entry = seal(FROZEN);
    expect(entry.bodyHash).toBe(createHash('sha256').update(FROZEN.salt).update(FROZEN.body).digest('hex'));
    expect(envelopeText(entry)).toBe(
      `{"actor":"ada","bodyHash":"${entry.bodyHash}","device":"${'d'.repeat(64)}","hlc":"0199f0f47d200000",` +
        '"id":"0199f0f4-7d20-7000-8000-000000000001","incident":"0199f0f4-7d20-7000-8000-0000000000aa","key":null,' +
        '"kind":"note","occurredAt":"2026-10-20T07:48:20.000Z","prev":"","recordedAt":"2026-10-20T07:48:21.000Z",' +
        '"seq":1,"v":1}',
    );
    expect(entry.bodyHash).toBe('4185c466bfe1c2f4dae3818d0eee6638b4ef5f2038f2e34b2006cf0a8d09a679');
    expect(entry.hash).toBe('1358b3fbe05c35c088bb8a85ad545b02bc234c37ff1941d17b5bafbd6829387d');
  });

  test('the envelope is the RFC 8785 text of the entry without body, salt and hash, whatever the texts hold', () => {
    const text = fc.string({ unit: 'binary', minLength: 1 });
    const envelope = fc.record({
      id: text,
      incident: text,
      kind: text,
      v: fc.nat(),
      key: fc.option(text),
      actor: text,
      device: text,
      seq: fc.nat(),
      hlc: text,
      occurredAt: text,
      recordedAt: text,
      prev: text,
      bodyHash: text,
    });
    fc.assert(
      fc.property(envelope, (e) => {
        expect(envelopeText(e)).toBe(canonicalText(e));
      }),
    );
  });

  test('every field of the envelope, and salt and body, change the hash', () => {
    const entry = seal(FROZEN);
    for (const field of Object.keys(entry) as (keyof Entry)[]) {
      if (field === 'hash') continue;
      const changed = { ...entry, [field]: typeof entry[field] === 'number' ? 7 : `${entry[field]}x` };
      const same =
        envelopeHash(changed) === entry.hash && bodyHashOf(changed.salt, changed.body) === entry.bodyHash;
      expect(same, field).toBe(false);
    }
  });
});
