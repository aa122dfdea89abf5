import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSecrets, type Keyring } from '../../../electron/host/secrets.ts';

const reverse = (text: string): string => [...text].reverse().join('');
const keyring: Keyring = {
  encrypt: (text) => new TextEncoder().encode(`sealed:${reverse(text)}`),
  decrypt: (bytes) => {
    const text = new TextDecoder().decode(bytes);
    if (!text.startsWith('sealed:')) throw new Error('not mine');
    return reverse(text.slice(7));
  },
};

describe('secrets', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bulkhead-secrets-'));
    path = join(folder, 'secrets.json');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('are kept in a file of this user alone, and read again', async () => {
    const secrets = createSecrets({ path, keyring: null, env: {} });
    expect(await secrets.get('statuspage/acme')).toEqual({ ok: true, value: null });
    await Promise.all([secrets.set('statuspage/acme', 's1'), secrets.set('slack', 's2')]);
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
    const again = createSecrets({ path, keyring: null, env: {} });
    expect(await again.get('statuspage/acme')).toEqual({ ok: true, value: 's1' });
    expect(await again.get('slack')).toEqual({ ok: true, value: 's2' });
  });

  it('with a keyring do not lie in the file', async () => {
    const secrets = createSecrets({ path, keyring, env: {} });
    await secrets.set('slack', 'open-sesame');
    expect(readFileSync(path, 'utf8')).not.toContain('open-sesame');
    expect(await secrets.get('slack')).toEqual({ ok: true, value: 'open-sesame' });
  });

  it('of the keyring are said, not thrown, where there is none', async () => {
    await createSecrets({ path, keyring, env: {} }).set('slack', 'x');
    const answer = await createSecrets({ path, keyring: null, env: {} }).get('slack');
    expect(answer).toMatchObject({ ok: false, error: { code: 'secret-elsewhere' } });
    expect(JSON.stringify(answer)).toContain('BULKHEAD_SECRET_SLACK');
  });

  it('of a keyring that changed are said', async () => {
    const other: Keyring = { ...keyring, encrypt: (text) => new TextEncoder().encode(text) };
    await createSecrets({ path, keyring: other, env: {} }).set('slack', 'x');
    expect(await createSecrets({ path, keyring, env: {} }).get('slack')).toMatchObject({
      error: { code: 'secret-unreadable' },
    });
  });

  it('from the environment come first', async () => {
    const secrets = createSecrets({ path, keyring: null, env: { BULKHEAD_SECRET_STATUSPAGE_ACME: 'env' } });
    await secrets.set('statuspage/acme', 'file');
    expect(await secrets.get('statuspage/acme')).toEqual({ ok: true, value: 'env' });
  });

  it('in a damaged file are not overwritten', async () => {
    writeFileSync(path, '{"items":');
    const secrets = createSecrets({ path, keyring: null, env: {} });
    expect(await secrets.set('slack', 'x')).toMatchObject({ error: { code: 'secrets-unreadable' } });
    expect(readFileSync(path, 'utf8')).toBe('{"items":');
  });

  it('D42 a name that is a path or worse names nothing', async () => {
    const secrets = createSecrets({ path, keyring: null, env: {} });
    for (const name of ['', '../x', '__proto__', 'a b', 'x'.repeat(300), 'a\0'])
      expect((await secrets.set(name, 'x')).ok).toBe(false);
  });
});
