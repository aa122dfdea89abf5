// The part of JSONPath (RFC 9535) that a probe needs: names and indexes, `$.checks[0]['last status']`. No filters, no wildcards.

/** Steps of a path; null when it is not one. */
export function parseJsonPath(text: string): readonly (string | number)[] | null {
  if (!text.startsWith('$')) return null;
  const step =
    /\.([A-Za-z_][\w-]*)|\[(\d{1,9})\]|\['((?:[^'\\]|\\.){0,200})'\]|\["((?:[^"\\]|\\.){0,200})"\]/y;
  const steps: (string | number)[] = [];
  step.lastIndex = 1;
  while (step.lastIndex < text.length) {
    const found = step.exec(text);
    if (found === null || steps.length >= 40) return null;
    const [, name, index, single, double] = found;
    if (name !== undefined) steps.push(name);
    else if (index !== undefined) steps.push(Number(index));
    else steps.push((single ?? double ?? '').replace(/\\(.)/g, '$1'));
  }
  return steps;
}

/** What stands at the path; undefined when nothing does, or the path is none. */
export function readJsonPath(value: unknown, path: string): unknown {
  const steps = parseJsonPath(path);
  if (steps === null) return undefined;
  let at: unknown = value;
  for (const step of steps) {
    if (typeof step === 'number') at = Array.isArray(at) ? at[step] : undefined;
    else if (at !== null && typeof at === 'object' && !Array.isArray(at) && Object.hasOwn(at, step))
      at = (at as Record<string, unknown>)[step];
    else return undefined;
  }
  return at;
}
