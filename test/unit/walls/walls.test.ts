import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { carriedBy, circles, findings, type Source, valuesOf } from './walls.ts';

const root = join(import.meta.dirname, '..', '..', '..');

function sources(): Source[] {
  return ['shared', 'electron', 'renderer'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
      .map((entry) => {
        const full = join(entry.parentPath, entry.name);
        return {
          path: full
            .slice(root.length + 1)
            .split(sep)
            .join('/'),
          text: readFileSync(full, 'utf8'),
        };
      }),
  );
}

/** What main checks and reads; a window that carried it would start later for nothing. */
const OF_MAIN = ['zod', 'ajv', 'yaml', 'saxes', 'uuid', 'canonicalize'];

describe('the window', () => {
  it('carries no validator and no parser of main', () => {
    const carried = carriedBy('renderer/main.tsx', sources());
    expect(carried.get('react')).toBeDefined();
    expect(
      OF_MAIN.flatMap((name) => (carried.has(name) ? [`${name}, by ${carried.get(name)}`] : [])),
    ).toEqual([]);
  });

  it.each([
    ["import type { z } from 'zod';", []],
    ["import { type A, type B } from './a.ts';", []],
    ["import { type A, b } from './a.ts';", ['./a.ts']],
    ["import './a.css';", ['./a.css']],
    ["export { a } from './a.ts';", ['./a.ts']],
    ["const x = await import('./a.ts');", ['./a.ts']],
  ])('takes from %s', (text, expected) => {
    expect(valuesOf(text)).toEqual(expected);
  });
});

describe('the walls', () => {
  it('stand in every source file', () => {
    const all = sources();
    expect(all.length).toBeGreaterThan(50);
    expect(all.flatMap(findings)).toEqual([]);
  });

  it('let nothing go round in a circle', () => {
    expect(circles(sources())).toEqual([]);
    const three = ['b', 'c', 'a'].map((to, i) => ({
      path: `shared/${'abc'[i]}.ts`,
      text: `import type { X } from './${to}.ts';`,
    }));
    expect(circles(three)).toEqual(['shared/a.ts > shared/b.ts > shared/c.ts > shared/a.ts']);
    expect(circles(three.slice(0, 2))).toEqual([]);
  });

  it.each([
    ['shared/a.ts', "import { readFile } from 'node:fs';"],
    ['shared/a.ts', "import type { X } from '../electron/x.ts';"],
    ['shared/a/b.ts', "export { x } from '../../renderer/x.ts';"],
    ['shared/a.ts', "import React from 'react';"],
    ['shared/a.ts', 'const at = Date.now();'],
    ['renderer/a.ts', "import '../electron/x.ts';"],
    ['renderer/views/a.tsx', "const x = await import('../../electron/x.ts');"],
    ['renderer/a.ts', "import { join } from 'node:path';"],
    ['renderer/a.ts', 'const at = new Date();'],
    ['renderer/a.ts', 'const at = performance.now();'],
    ['electron/journal/a.ts', "import { app } from 'electron';"],
    ['electron/app.ts', "import { chromium } from 'playwright-core';"],
    ['electron/health/a.ts', "import { App } from '../../renderer/app.tsx';"],
    ['electron/host/a.ts', "import Database from 'better-sqlite3';"],
    ['electron/host/a.ts', 'db.prepare(`SELECT 1`);'],
    ['electron/cli/a.ts', "const sql = 'INSERT INTO entries VALUES (1)';"],
    ['shared/a.ts', "const sql = 'DELETE FROM entries';"],
  ])('fall loudly: %s with %s', (path, text) => {
    expect(findings({ path, text })).toHaveLength(1);
  });

  it.each([
    ['shared/time/clock.ts', 'const at = Date.now();'],
    ['renderer/time/clock.ts', 'const at = performance.now();'],
    [
      'shared/a.ts',
      "import { z } from 'zod';\nimport { sha256 } from '@noble/hashes/sha2.js';\nimport { b } from './b.ts';",
    ],
    ['shared/a.ts', '// Date.now() would be wrong here\nconst d = new Date(ms);'],
    ['electron/host/electron.ts', "import { app } from 'electron';"],
    ['electron/journal/rows.ts', "import Database from 'better-sqlite3';\ndb.prepare(`SELECT 1`);"],
    ['electron/a.ts', "import { x } from '../shared/x.ts';"],
  ])('let through what is right: %s', (path, text) => {
    expect(findings({ path, text })).toEqual([]);
  });
});
