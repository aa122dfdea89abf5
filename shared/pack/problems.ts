// What a schema says of a file of a pack, as problems with a place and words for people: the schema's own messages are for programs.
import { z } from 'zod';
import { yamlValue } from '../text/yaml.ts';

type Path = readonly PropertyKey[];
export interface Misfit {
  readonly path: Path;
  readonly text: string;
}
type Issue = z.core.$ZodIssue;

const isMap = (value: unknown): value is Record<PropertyKey, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const valueAt = (raw: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (at, key) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, key)
        ? (at as Record<PropertyKey, unknown>)[key]
        : undefined,
    raw,
  );

/** The schema without what only surrounds it: optional, default, lazy. */
function bare(schema: z.core.$ZodType): z.core.$ZodType {
  let one = schema;
  for (;;) {
    if (one instanceof z.ZodOptional || one instanceof z.ZodDefault) one = one.def.innerType;
    else if (one instanceof z.ZodLazy) one = one.def.getter();
    else return one;
  }
}

/** Every schema that may stand at a path: of a union all. */
function schemasAt(root: z.core.$ZodType, path: Path): readonly z.core.$ZodType[] {
  const open = (schema: z.core.$ZodType): readonly z.core.$ZodType[] => {
    const one = bare(schema);
    return one instanceof z.ZodUnion ? one.def.options.flatMap(open) : [one];
  };
  let found = open(root);
  for (const key of path) {
    found = found.flatMap((one) => {
      if (one instanceof z.ZodObject) {
        const next = one.def.shape[String(key)];
        return next === undefined ? [] : open(next);
      }
      if (one instanceof z.ZodRecord) return open(one.def.valueType);
      return one instanceof z.ZodArray ? open(one.def.element) : [];
    });
    // A schema that holds itself would grow with each level.
    found = [...new Set(found)];
  }
  return found;
}

/** Keys that may stand in a map: of the forms that know most of what is written there. */
function keysOf(schemas: readonly z.core.$ZodType[], value: unknown): readonly string[] {
  const shapes = schemas.flatMap((one) => (one instanceof z.ZodObject ? [Object.keys(one.def.shape)] : []));
  const written = isMap(value) ? Object.keys(value) : [];
  const strange = shapes.map((keys) => written.filter((key) => !keys.includes(key)).length);
  const fewest = Math.min(...strange);
  return [...new Set(shapes.filter((_, i) => strange[i] === fewest).flat())];
}

const absent = (issue: Issue, value: unknown): boolean =>
  issue.path.length === 1 && valueAt(value, issue.path) === undefined;

/** How far a form is from what was written: another type is farthest, a missing key farther than one too many. */
const distance = (issues: readonly Issue[], value: unknown): number =>
  issues.reduce(
    (sum, one) => {
      if (one.path.length === 0 && one.code === 'invalid_type') return sum + 100;
      if (one.code === 'unrecognized_keys') return sum + 2 * one.keys.length;
      return sum + (absent(one, value) ? 0 : 1);
    },
    issues.some((one) => absent(one, value)) ? 3 : 0,
  );

/** Of the forms that may stand here, what is wrong in the one that was meant; where that cannot be told, which forms there are. */
function unionMisfits(
  root: z.core.$ZodType,
  branches: readonly (readonly Issue[])[],
  path: Path,
  raw: unknown,
): Misfit[] {
  const value = valueAt(raw, path);
  const far = branches.map((issues) => distance(issues, value));
  const near = Math.min(...far);
  const nearest = branches.filter((_, i) => far[i] === near);
  const under = (issues: readonly Issue[]): Misfit[] =>
    issues.flatMap((one) => misfits(root, { ...one, path: [...path, ...one.path] }, raw));
  if (nearest.length === 1) return under(nearest[0]!);
  if (!isMap(value) || near >= 100) {
    const expected = branches.flatMap((issues) =>
      issues.flatMap((one) => (one.code === 'invalid_type' && one.path.length === 0 ? [one.expected] : [])),
    );
    const forms = [...new Set<string>(expected)].filter((one) => one !== 'object');
    return [
      { path, text: `${name(path)} ${yamlValue.forms(value, forms, keysOf(schemasAt(root, path), value))}` },
    ];
  }
  const missing = nearest.map((issues) =>
    issues.flatMap((one) => (absent(one, value) ? [String(one.path[0])] : [])),
  );
  const always = missing[0]!.filter((key) => missing.every((keys) => keys.includes(key)));
  const strange = nearest.map((issues) =>
    issues.flatMap((one) => (one.code === 'unrecognized_keys' ? one.keys : [])),
  );
  // What each of the nearest forms does not know is wrong whichever was meant.
  const unknown = strange[0]!.filter((key) => strange.every((keys) => keys.includes(key)));
  // Of a form that wants several keys the first one names it.
  const needed = [
    ...new Set(missing.flatMap((keys) => keys.filter((key) => !always.includes(key)).slice(0, 1))),
  ];
  const known = keysOf(schemasAt(root, path), value);
  const said = [
    ...always.map((key) => ({ path: [...path, key], text: `${name([...path, key])} ${yamlValue.missing}` })),
    ...(needed.length > 0 ? [{ path, text: `${name(path)} ${yamlValue.oneKey(needed)}` }] : []),
    ...unknown.map((key) => ({ path: [...path, key], text: yamlValue.key(key, known) })),
  ];
  if (said.length > 0) return said;
  const each = [...new Set(strange.flat())];
  return each.length > 1 ? [{ path, text: `${name(path)} ${yamlValue.onlyOne(each)}` }] : under(nearest[0]!);
}

const name = (path: Path): string => path.map(String).join('.');

function words(issue: Issue, value: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return yamlValue.type(value, issue.expected);
    case 'invalid_value':
      return yamlValue.option(issue.values);
    case 'too_small':
      if (issue.origin === 'string') return yamlValue.empty;
      return issue.origin === 'array' ? yamlValue.emptyList : yamlValue.least(String(issue.minimum));
    case 'too_big':
      if (issue.origin === 'string') return yamlValue.tooLong(String(issue.maximum));
      return (issue.origin === 'array' ? yamlValue.tooMany : yamlValue.most)(String(issue.maximum));
    default:
      return issue.message;
  }
}

/** Messages of the schema library itself; all others are ours and stand as they are. */
const THEIRS = /^(?:Invalid|Unrecognized|Too (?:big|small))/;

/** Problems of one issue. Never throws. */
export function misfits(root: z.core.$ZodType, issue: Issue, raw: unknown): Misfit[] {
  const { path } = issue;
  const value = valueAt(raw, path);
  const where = name(path);
  const say = (text: string): Misfit[] => [{ path, text: where === '' ? text : `${where} ${text}` }];
  if (issue.code === 'unrecognized_keys') {
    const known = keysOf(schemasAt(root, path), value);
    return issue.keys.map((key) => ({ path: [...path, key], text: yamlValue.key(key, known) }));
  }
  if (value === undefined && path.length > 0) return say(yamlValue.missing);
  if (issue.code === 'invalid_union' && issue.errors.length > 0)
    return unionMisfits(root, issue.errors, path, raw);
  if (issue.code === 'invalid_key')
    return [{ path, text: `${where}: ${issue.issues[0]?.message ?? issue.message}` }];
  if (!THEIRS.test(issue.message))
    return [{ path, text: where === '' ? issue.message : `${where}: ${issue.message}` }];
  return say(words(issue, value));
}
