// Reads a command's arguments: options may stand anywhere, an unknown one is wrong usage and is named.
import { UsageError } from './io.ts';

export interface Options {
  readonly positionals: readonly string[];
  /** Value of an option, or undefined. */
  value(name: string): string | undefined;
  flag(name: string): boolean;
  /** Value of an option that must be there. */
  need(name: string): string;
}

/** `values`: options that take one (`--kind KIND` or `--kind=KIND`); `flags`: those that do not. `--` ends the options. */
export function readOptions(
  argv: readonly string[],
  values: readonly string[],
  flags: readonly string[],
): Options {
  const said = new Map<string, string>();
  const set = new Set<string>();
  const positionals: string[] = [];
  for (let i = 0; i < argv.length; i += 1) {
    const word = argv[i]!;
    if (word === '--') {
      positionals.push(...argv.slice(i + 1));
      break;
    }
    const m = /^--([a-z][a-z-]*)(?:=([\s\S]*))?$/.exec(word);
    if (!m) {
      if (/^-[a-zA-Z]/.test(word) && !/^-\d/.test(word))
        throw new UsageError(`${word} is not an option here.`);
      positionals.push(word);
      continue;
    }
    const name = m[1]!;
    if (flags.includes(name) && m[2] === undefined) set.add(name);
    else if (values.includes(name)) {
      const value = m[2] ?? argv[++i];
      if (value === undefined) throw new UsageError(`--${name} needs a value after it.`);
      said.set(name, value);
    } else throw new UsageError(`--${name} is not an option here.`);
  }
  return {
    positionals,
    value: (name) => said.get(name),
    flag: (name) => set.has(name),
    need: (name) => {
      const value = said.get(name);
      if (value === undefined || value === '') throw new UsageError(`--${name} is missing.`);
      return value;
    },
  };
}

/** The positionals by name; too few or too many is wrong usage. */
export function positionals<const N extends readonly string[]>(
  options: Options,
  names: N,
): { [K in keyof N]: string } {
  if (options.positionals.length < names.length)
    throw new UsageError(`${names[options.positionals.length]} is missing.`);
  if (options.positionals.length > names.length)
    throw new UsageError(`${JSON.stringify(options.positionals[names.length])} is one word too many.`);
  return [...options.positionals] as unknown as { [K in keyof N]: string };
}
