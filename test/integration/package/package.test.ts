import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { extractFile, listPackage } from '@electron/asar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fuseWire, makeElectronFolder } from './electron-folder.ts';

const root = join(import.meta.dirname, '..', '..', '..');

/** Only Linux can be packed with a stand-in: macOS and Windows look into the binary. */
describe.skipIf(process.platform !== 'linux')(
  'the Linux package, packed with a stand-in for Electron',
  () => {
    const base = mkdtempSync(join(tmpdir(), 'bulkhead package '));
    const output = join(base, 'release');
    const app = join(output, 'linux-unpacked');
    const archive = join(app, 'resources', 'app.asar');
    let packed: string[] = [];
    let all: string[] = [];

    beforeAll(async () => {
      const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
        devDependencies: Record<string, string>;
      };
      await makeElectronFolder(join(base, 'electron'), devDependencies['electron'] ?? '');
      expect(existsSync(join(root, 'dist', 'main', 'main.js')), 'build first: npm run build').toBe(true);
      const args = ['--dir', '--electron-dist', join(base, 'electron'), '--output', output];
      const made = spawnSync(process.execPath, [join(root, 'build', 'package.mjs'), ...args], {
        encoding: 'utf8',
      });
      expect(made.status, made.stderr + made.stdout).toBe(0);
      packed = listPackage(archive, { isPack: false }).map((path) => path.replaceAll('\\', '/'));
      all = readdirSync(app, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(app, join(entry.parentPath, entry.name)));
    }, 300_000);
    afterAll(() => rmSync(base, { recursive: true, force: true }));

    it('carries main, preload, renderer and fonts', () => {
      for (const path of [
        '/dist/main/main.js',
        '/dist/main/preload.cjs',
        '/dist/main/parse-worker.js',
        '/dist/renderer/index.html',
      ])
        expect(packed).toContain(path);
      expect(packed.some((path) => /^\/dist\/renderer\/assets\/ibm-plex-sans.*\.woff2$/.test(path))).toBe(
        true,
      );
      const html = extractFile(archive, 'dist/renderer/index.html').toString();
      const assets = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, asset]) => asset);
      expect(assets.length).toBeGreaterThan(1);
      for (const asset of assets) expect(packed).toContain(`/dist/renderer${asset}`);
    });

    it('everything that main and preload import is there', () => {
      const main = packed.filter((path) => /^\/dist\/main\/.*\.js$/.test(path));
      const asked = main.flatMap((path) =>
        [
          ...extractFile(archive, path.slice(1))
            .toString()
            .matchAll(/(?:from |import\()"\.\/([^"]+\.js)"/g),
        ].map(([, name]) => name),
      );
      expect(asked.length).toBeGreaterThan(1);
      for (const name of asked) expect(packed).toContain(`/dist/main/${name}`);
    });

    it('carries the client of AWS as a chunk of its own, in the window’s application and in the command line', () => {
      const holds = (text: string): boolean => text.includes('AWSHealth_20160804');
      const chunks = packed.filter(
        (path) =>
          /^\/dist\/main\/.*\.js$/.test(path) && holds(extractFile(archive, path.slice(1)).toString()),
      );
      expect(chunks).toHaveLength(1);
      const chunk = chunks[0]!.split('/').at(-1)!;
      const entry = extractFile(archive, 'dist/main/main.js').toString();
      expect(entry).not.toContain(`from "./${chunk}"`);
      const beside = all.filter(
        (path) => /^cli\/main\/.*\.js$/.test(path) && holds(readFileSync(join(app, path), 'utf8')),
      );
      expect(beside).toEqual([`cli/main/${chunk}`]);
    });

    it('carries the one native binary of the platform, outside the archive', () => {
      const natives = [...new Set([...packed, ...all])].filter((path) => path.endsWith('.node'));
      expect(new Set(natives.map((path) => path.split('/').at(-1)))).toEqual(
        new Set([`linux-${process.arch}.node`]),
      );
      const unpacked = 'resources/app.asar.unpacked/node_modules/better-sqlite3/prebuilds';
      expect(all).toContain(`${unpacked}/linux-${process.arch}.node`);
    });

    it('G60 carries no sources, tests, development dependencies, maps, and no folder that could stand before the archive', () => {
      const every = [...packed, ...all];
      for (const path of every)
        expect(path).not.toMatch(/\.tsx?$|\.map$|(?:^|\/)(?:test|\.state|\.git)\/|\.env$/);
      const modules = new Set(
        packed.flatMap((path) => /^\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []),
      );
      expect(modules).toEqual(new Set(['better-sqlite3']));
      expect(packed.some((path) => /better-sqlite3\/(?:src|deps)|chromium-main|playwright/.test(path))).toBe(
        false,
      );
      expect(existsSync(join(app, 'resources', 'app'))).toBe(false);
      expect(existsSync(join(app, 'resources', 'default_app.asar'))).toBe(false);
      const own = JSON.parse(extractFile(archive, 'package.json').toString()) as Record<string, unknown>;
      expect(own['main']).toBe('dist/main/main.js');
      expect(own).not.toHaveProperty('devDependencies');
      expect(own).not.toHaveProperty('scripts');
      for (const path of main(packed)) {
        const text = extractFile(archive, path.slice(1)).toString();
        expect(text).not.toContain('sourceMappingURL=');
        expect(text).not.toContain(root);
      }
    });

    it('G59 has all nine fuses set: no Node, no options, no inspector, only the archive', () => {
      // RunAsNode, CookieEncryption, NodeOptions, CliInspect, AsarIntegrity, OnlyAsar, V8Snapshot, FilePrivileges, WasmTrapHandlers
      expect(fuseWire(join(app, 'bulkhead'))).toBe('010011001');
    });

    it('carries the command line beside it, which runs without anything installed', () => {
      const env = { PATH: '/nowhere', HOME: base, NODE_OPTIONS: '--require=/nowhere/hostile.js' };
      const cli = join(app, 'cli');
      expect(existsSync(join(cli, 'bulkhead'))).toBe(true);
      const kinds = execFileSync(
        join(cli, 'node'),
        [join(cli, 'main', 'cli.js'), 'feed', 'kinds', '--json'],
        {
          env: { HOME: base },
          encoding: 'utf8',
          cwd: base,
        },
      );
      expect(kinds).toContain('statuspage');
      const listed = execFileSync(
        join(cli, 'bulkhead'),
        ['incident', 'list', '--json', '--profile', join(base, 'profile')],
        {
          env: { ...env, PATH: '/usr/bin:/bin' },
          encoding: 'utf8',
          cwd: base,
        },
      );
      expect(() => JSON.parse(listed)).not.toThrow();
    });
  },
);

const main = (packed: readonly string[]): string[] =>
  packed.filter((path) => /^\/dist\/.*\.(?:js|cjs|css|html)$/.test(path));
