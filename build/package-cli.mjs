// The command line as a folder of its own: the pinned Node, the bundled `cli` with what it imports, the one native binary.
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { at, manifest, node24 } from './lib.mjs';

/** Files of dist/main that these entries import, themselves among them. */
export function closureOf(entries, folder = at('dist', 'main')) {
  const found = new Set();
  const open = [...entries];
  for (let file = open.pop(); file; file = open.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    const text = readFileSync(join(folder, file), 'utf8');
    for (const [, name] of text.matchAll(/(?:from|import)\s*\(?\s*["']\.\/([\w.-]+\.js)["']/g))
      if (existsSync(join(folder, name))) open.push(name);
  }
  return [...found].sort();
}

const SHELL = `#!/bin/sh
# Follows links, so that one in /usr/local/bin works.
here=$(dirname "$(readlink -f "$0")")
exec env -u NODE_OPTIONS "$here/node" "$here/main/cli.js" "$@"
`;
const BATCH = '@echo off\r\nset NODE_OPTIONS=\r\n"%~dp0node.exe" "%~dp0main\\cli.js" %*\r\n';

/** Makes the folder for the machine it runs on; returns its path. */
export function stageCli({ platform = process.platform, arch = process.arch } = {}) {
  const folder = at('.state', 'package', `cli-${platform}-${arch}`);
  rmSync(folder, { recursive: true, force: true });
  const native = join('node_modules', 'better-sqlite3');
  mkdirSync(join(folder, 'main'), { recursive: true });
  mkdirSync(join(folder, native, 'prebuilds'), { recursive: true });
  const workers = readdirSync(at('dist', 'main')).filter((name) => name.endsWith('-worker.js'));
  for (const file of closureOf(['cli.js', ...workers]))
    copyFileSync(at('dist', 'main', file), join(folder, 'main', file));
  for (const part of ['package.json', 'lib', 'LICENSE'])
    cpSync(at(native, part), join(folder, native, part), { recursive: true });
  const binary = `${platform}-${arch}.node`;
  copyFileSync(at(native, 'prebuilds', binary), join(folder, native, 'prebuilds', binary));
  const own = { name: 'bulkhead-cli', version: manifest().version, type: 'module', private: true };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(own, null, 2)}\n`);
  const windows = platform === 'win32';
  copyFileSync(node24(), join(folder, windows ? 'node.exe' : 'node'));
  chmodSync(join(folder, windows ? 'node.exe' : 'node'), 0o755);
  writeFileSync(join(folder, windows ? 'bulkhead.cmd' : 'bulkhead'), windows ? BATCH : SHELL, {
    mode: 0o755,
  });
  return folder;
}
