// The client of AWS weighs more than the rest of main: nothing that a start needs leads to it but through an import made when asked.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';

/** Files that a file imports at once, itself among them, and the packages that they name. */
function statically(entry: string): {
  readonly files: ReadonlySet<string>;
  readonly packages: ReadonlySet<string>;
} {
  const files = new Set<string>();
  const packages = new Set<string>();
  const open = [resolve(entry)];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (files.has(file)) continue;
    files.add(file);
    const text = readFileSync(file, 'utf8');
    for (const [, type, name] of text.matchAll(/^(?:import|export)\s(type\s)?[^;'"]*['"]([^'"]+)['"];/gm)) {
      if (type !== undefined) continue;
      if (!name!.startsWith('.')) packages.add(name!);
      else if (existsSync(join(dirname(file), name!))) open.push(resolve(dirname(file), name!));
    }
  }
  return { files, packages };
}

test.each(['electron/app.ts', 'electron/cli.ts', 'electron/health/parse-worker.ts'])(
  '%s starts without the client of AWS',
  (entry) => {
    const { packages } = statically(entry);
    expect([...packages].filter((name) => /^@(aws-sdk|smithy)\//.test(name))).toEqual([]);
  },
);

test('the walk of the test above sees what is there', () => {
  const { files, packages } = statically('electron/app.ts');
  expect([...files].some((file) => file.endsWith(join('aws', 'ask.ts')))).toBe(true);
  expect([...files].some((file) => file.endsWith(join('aws', 'api.ts')))).toBe(false);
  expect(packages.has('better-sqlite3')).toBe(true);
  expect(statically('electron/health/aws/api.ts').packages.has('@aws-sdk/client-health')).toBe(true);
});
