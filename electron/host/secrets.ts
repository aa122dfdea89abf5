// Secrets outside the journal: `secrets.json` in the profile, mode 0600. With a keyring its values are encrypted by the system;
// without one they lie there as they are, which the capability says. What one host's way wrote, the other says it cannot open.
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fail, ok, type Result } from '../../shared/result.ts';
import { hostText } from '../../shared/text/host.ts';

export interface Keyring {
  encrypt(text: string): Uint8Array;
  decrypt(bytes: Uint8Array): string;
}

export interface Secrets {
  get(name: string): Promise<Result<string | null>>;
  set(name: string, value: string): Promise<Result<null>>;
}

interface Stored {
  readonly by: 'keyring' | 'file';
  readonly value: string;
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,199}$/;

/** `keyring` null: values are kept as text in the file. A name also found as `BULKHEAD_SECRET_<NAME>` is taken from there first. */
export function createSecrets(deps: {
  path: string;
  keyring: Keyring | null;
  env: Readonly<Record<string, string | undefined>>;
}): Secrets {
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = turn.then(work, work);
    turn = next.catch(() => {});
    return next;
  };

  const get = async (name: string): Promise<Result<string | null>> => {
    if (!NAME.test(name)) return badName(name);
    const fromEnvironment = deps.env[environmentName(name)];
    if (fromEnvironment) return ok(fromEnvironment);
    const all = await readAll(deps.path);
    if (!all.ok) return all;
    const stored = all.value.get(name);
    if (stored === undefined) return ok(null);
    if (stored.by === 'file') return ok(stored.value);
    if (deps.keyring === null)
      return fail('secret-elsewhere', hostText.secret.elsewhere(name, environmentName(name)));
    try {
      return ok(deps.keyring.decrypt(Buffer.from(stored.value, 'base64')));
    } catch {
      return fail('secret-unreadable', hostText.secret.unreadable(name));
    }
  };

  const set = async (name: string, value: string): Promise<Result<null>> => {
    if (!NAME.test(name)) return badName(name);
    const all = await readAll(deps.path);
    if (!all.ok) return all;
    const stored: Stored = deps.keyring
      ? { by: 'keyring', value: Buffer.from(deps.keyring.encrypt(value)).toString('base64') }
      : { by: 'file', value };
    all.value.set(name, stored);
    return writeAll(deps.path, all.value);
  };

  return { get: (name) => inTurn(() => get(name)), set: (name, value) => inTurn(() => set(name, value)) };
}

/** `statuspage/acme` -> `BULKHEAD_SECRET_STATUSPAGE_ACME`. */
const environmentName = (name: string): string =>
  `BULKHEAD_SECRET_${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`;

const badName = (name: string): Result<never> => fail('bad-secret-name', hostText.secret.badName(name));

async function readAll(path: string): Promise<Result<Map<string, Stored>>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ok(new Map());
    return fail('secrets-unreadable', hostText.secret.cannotRead(path, (error as Error).message));
  }
  const found = new Map<string, Stored>();
  try {
    const parsed: unknown = JSON.parse(text);
    for (const [name, item] of Object.entries((parsed as { items: Record<string, Stored> }).items))
      if ((item.by === 'keyring' || item.by === 'file') && typeof item.value === 'string')
        found.set(name, item);
  } catch {
    return fail('secrets-unreadable', hostText.secret.noSecrets(path));
  }
  return ok(found);
}

async function writeAll(path: string, all: ReadonlyMap<string, Stored>): Promise<Result<null>> {
  const aside = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const text = `${JSON.stringify({ version: 1, items: Object.fromEntries(all) }, null, 2)}\n`;
    await writeFile(aside, text, { mode: 0o600, flush: true });
    await chmod(aside, 0o600);
    await rename(aside, path);
    return ok(null);
  } catch (error) {
    return fail('secrets-unwritable', hostText.secret.notKept(path, (error as Error).message));
  }
}
