// What is wrong in the front matter of a plan: the schema's messages in words that tell how it is written.

const SHAPES: readonly (readonly [RegExp, string | ((hit: RegExpExecArray) => string)])[] = [
  [
    /expected string, received number/,
    'is a bare number; write it as text with its unit, for example 10m or "> 5%", a name in quotes.',
  ],
  [
    /^Invalid input: expected array/,
    'is not a list; write it in square brackets, or a line with a dash for each.',
  ],
  [/^Invalid input: expected object/, 'holds no keys; write them in braces, or each on a line of its own.'],
  [/expected int\b/, 'is not a whole number.'],
  [/expected number, /, 'is not a number; write it without quotes or unit.'],
  [/expected string, /, 'is not a text.'],
  [/^Too small: .*?>=?(\d+)/, (hit) => `is too small; the least is ${hit[1]}.`],
  [/^Too big: .*?<=?(\d+)/, (hit) => `is too large; the most is ${hit[1]}.`],
  [/^Invalid option: expected one of (.+)$/, (hit) => `must be one of ${hit[1]?.replaceAll('|', ', ')}.`],
  [/^Invalid input$/, 'is not a text or a number.'],
];

/** `message`: what the schema says of the value at this place; `raw`: the front matter as it was read. */
export const frontProblem = (path: readonly PropertyKey[], message: string, raw: unknown): string => {
  const where = path.map(String).join('.');
  const value = path.reduce<unknown>(
    (at, key) =>
      at !== null && typeof at === 'object' ? (at as Record<PropertyKey, unknown>)[key] : undefined,
    raw,
  );
  if (value === undefined) return `${where} is missing.`;
  for (const [shape, words] of SHAPES) {
    const hit = shape.exec(message);
    if (hit) return `${where || 'The front matter'} ${typeof words === 'string' ? words : words(hit)}`;
  }
  return `${where || 'The front matter'}: ${message}`;
};
