// What is wrong in a YAML file of a person, in words that tell how it is written: fragments that follow a place or a name.

/** Codes of the YAML reader; what is not here keeps the reader's words. */
const SYNTAX: Readonly<Record<string, string | ((said: string) => string)>> = {
  TAB_AS_INDENT: 'the line is indented with a tab; indent with spaces',
  BAD_INDENT: 'the line is not indented like the others of its map or list',
  BLOCK_AS_IMPLICIT_KEY:
    'a colon where none belongs: put a text that has one in quotes, or indent the next line like this one',
  MULTILINE_IMPLICIT_KEY: 'the line belongs to nothing: a colon is missing in it, or it is indented wrongly',
  BAD_SCALAR_START: (said) =>
    `a text that begins with ${said.trim().at(-1)} stands in quotes, for example "> 5%"`,
  BAD_ALIAS: 'a text that begins with * stands in quotes; as it is, it names an anchor that is not there',
  DUPLICATE_KEY: 'this key stands here twice',
  MULTIPLE_DOCS: 'a second document begins here; a file of a pack has one',
  MISSING_CHAR: (said) =>
    /quote/.test(said) ? 'a quote is opened and not closed before here' : `something is missing: ${said}`,
};

export const yamlSyntax = (code: string, said: string): string => {
  const words = SYNTAX[code];
  return words === undefined ? said : typeof words === 'string' ? words : words(said);
};

const listed = (all: readonly string[], last: string): string =>
  all.length < 2 ? (all[0] ?? '') : `${all.slice(0, -1).join(', ')} ${last} ${all.at(-1)}`;

/** What stands somewhere, named by its type. */
const what = (value: unknown): string => {
  if (Array.isArray(value)) return 'a list';
  if (value === null) return 'empty';
  if (typeof value === 'object') return 'keys with values';
  return typeof value === 'string' ? 'a text' : typeof value === 'number' ? 'a number' : 'true or false';
};

const FORMS: Readonly<Record<string, string>> = {
  string: 'a text: what looks like a number, or is none at all, in quotes',
  number: 'a number, without quotes, unit or thousands comma',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list: [a, b], or a line with a dash for each',
  record: 'names with a colon after each, indented below it',
  object: 'keys with a colon after each, indented below it',
};
const SHORT: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  array: 'a list',
  null: 'null',
};

export const yamlValue = {
  missing: 'is missing',
  type: (value: unknown, expected: string): string =>
    `is ${what(value)}; write ${FORMS[expected] ?? expected}`,
  /** `keys`: of the maps that may stand here. */
  forms: (value: unknown, expected: readonly string[], keys: readonly string[]): string =>
    `is ${what(value)}; write ${listed(
      [
        ...expected.map((one) => SHORT[one] ?? one),
        ...(keys.length > 0 ? [`a map with ${listed(keys, 'or')}`] : []),
      ],
      'or',
    )}`,
  option: (values: readonly unknown[]): string => `must be ${listed(values.map(String), 'or')}`,
  oneKey: (keys: readonly string[]): string => `says none of ${listed(keys, 'and')}; one of them is needed`,
  onlyOne: (keys: readonly string[]): string =>
    `says ${listed(keys, 'and')}; only one of them may stand here`,
  empty: 'is empty',
  emptyList: 'lists nothing',
  tooLong: (max: string): string => `is longer than ${max} characters`,
  tooMany: (max: string): string => `lists more than ${max}`,
  least: (min: string): string => `is too small; the least is ${min}`,
  most: (max: string): string => `is too large; the most is ${max}`,
  key: (key: string, known: readonly string[]): string =>
    known.includes(key)
      ? `the key ${JSON.stringify(key)} does not go with the others here`
      : `there is no key ${JSON.stringify(key)} here${known.length > 0 ? `; there are ${listed(known, 'and')}` : ''}`,
} as const;
