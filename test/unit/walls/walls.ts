// The walls of ARCHITECTURE.md as functions over a file's path and text: each finding is a sentence. Paths are relative, with `/`.
import { posix } from 'node:path';

export interface Source {
  readonly path: string;
  readonly text: string;
}

/** Packages that compute and do nothing else: no system, no window, no clock of their own. */
const PURE = new Set([
  '@noble/hashes',
  'ajv',
  'canonicalize',
  'd3-geo',
  'ipaddr.js',
  'markdown-it',
  'saxes',
  'topojson-client',
  'uuid',
  'world-atlas',
  'yaml',
  'zod',
]);

/** Who may know where we run. */
const HOSTS = /^electron\/(?:host\/|main\.ts$|preload\.ts$|chromium-main\.ts$)/;

/** Folders of electron/ that own no tables. */
const WITHOUT_TABLES = /^electron\/(?:host|contract|log|cli|time|files)\/|^electron\/[^/]+\.ts$/;

const IMPORT =
  /(?:^|[;}\s])(?:import|export)\s(?:[^'"`;]*?\sfrom\s*)?['"]([^'"]+)['"]|(?:import|require)\s*\(\s*['"]([^'"]+)['"]/g;

/** Text without comments; strings stay, since they can hold no code that runs. */
export const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`\\])\/\/[^\n]*/g, '$1');

export const importsOf = (text: string): string[] =>
  [...withoutComments(text).matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? '');

const packageOf = (name: string): string =>
  name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');

const topOf = (path: string): string => path.split('/')[0] ?? '';

export function findings({ path, text }: Source): string[] {
  const code = withoutComments(text);
  const top = topOf(path);
  const found: string[] = [];
  for (const name of importsOf(text)) {
    const why = name.startsWith('.') ? wrongFolder(path, name) : wrongPackage(path, name);
    if (why) found.push(`${path}: imports ${name}: ${why}`);
  }
  if (['shared', 'electron', 'renderer'].includes(top) && !/(?:^|\/)time\//.test(path)) {
    const clock = /\bDate\s*\.\s*now\b|\bnew\s+Date\s*(?:\(\s*\)|(?![\w(]))|\bperformance\s*\.\s*now\b/.exec(
      code,
    );
    if (clock) found.push(`${path}: ${clock[0]}: clocks are read inside time/ only`);
  }
  const tables =
    /\bfrom\s+['"]better-sqlite3|\.(?:prepare|pragma)\s*\(|\b(?:CREATE TABLE|INSERT INTO|DELETE FROM)\b/.exec(
      code,
    );
  if (tables && (top !== 'electron' || WITHOUT_TABLES.test(path)) && top !== 'test')
    found.push(`${path}: ${tables[0]}: SQL stands in the folders of services only`);
  return found;
}

function wrongFolder(path: string, name: string): string | null {
  const to = topOf(posix.normalize(posix.join(posix.dirname(path), name)));
  const from = topOf(path);
  if (from === to || to === 'shared') return null;
  if (from === 'test' || from === 'build') return null;
  return `${from}/ may import from shared/ only, not from ${to}/`;
}

function wrongPackage(path: string, name: string): string | null {
  const top = topOf(path);
  const wanted = packageOf(name);
  if ((wanted === 'electron' || wanted === 'playwright-core') && top !== 'test' && !HOSTS.test(path))
    return 'only the hosts know where we run';
  if (top === 'shared' && !PURE.has(wanted)) return 'shared/ takes pure packages only';
  if (top === 'renderer' && (name.startsWith('node:') || wanted === 'better-sqlite3' || wanted === 'undici'))
    return 'the renderer has no system';
  return null;
}

const STATEMENT =
  /(?:^|[;}\s])(?:import|export)\s+(type\s)?([^'"`;]*?)\s*(?:from\s*)?['"]([^'"]+)['"]|import\s*\(\s*['"]([^'"]+)['"]\s*\)/g;

/** What a file takes from others when it runs: imports of types alone are gone by then. */
export function valuesOf(text: string): string[] {
  return [...withoutComments(text).matchAll(STATEMENT)].flatMap(([, type, names = '', from, dynamic]) => {
    if (type !== undefined) return [];
    const list = /^\{([^}]*)\}$/.exec(names.trim())?.[1];
    const onlyTypes =
      list !== undefined &&
      list.trim() !== '' &&
      list.split(',').every((one) => one.trim() === '' || /^type\s/.test(one.trim()));
    return onlyTypes ? [] : [from ?? dynamic ?? ''];
  });
}

/** Packages that come along when the file `entry` is bundled, each with the file that first takes it. */
export function carriedBy(entry: string, all: readonly Source[]): Map<string, string> {
  const texts = new Map(all.map((one) => [one.path, one.text]));
  const packages = new Map<string, string>();
  const seen = new Set<string>();
  const waiting = [entry];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const text = texts.get(path);
    if (text === undefined || seen.has(path)) continue;
    seen.add(path);
    for (const name of valuesOf(text)) {
      if (name.startsWith('.')) waiting.push(posix.join(posix.dirname(path), name));
      else if (!packages.has(packageOf(name))) packages.set(packageOf(name), path);
    }
  }
  return packages;
}

/** Files that import each other round in a circle, types included, each circle as `a > b > a`; one for each file that closes one. */
export function circles(all: readonly Source[]): string[] {
  const next = new Map(
    all.map((one) => [
      one.path,
      importsOf(one.text)
        .filter((name) => name.startsWith('.'))
        .map((name) => posix.join(posix.dirname(one.path), name)),
    ]),
  );
  const found: string[] = [];
  const done = new Set<string>();
  const way: string[] = [];
  const walk = (path: string): void => {
    const at = way.indexOf(path);
    if (at >= 0) found.push([...way.slice(at), path].join(' > '));
    if (at >= 0 || done.has(path)) return;
    way.push(path);
    for (const to of next.get(path) ?? []) walk(to);
    way.pop();
    done.add(path);
  };
  for (const path of next.keys()) walk(path);
  return found;
}
