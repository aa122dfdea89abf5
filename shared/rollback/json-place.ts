// Where a text stops being JSON (RFC 8259): engines do not always say, and a person with a wrong line needs the column.

const LITERAL = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SPACE = /[ \t\r\n]*/y;

/** The column, from 1, of the first character that no JSON text could have there; one past the end when it breaks off. */
export function jsonErrorColumn(text: string): number {
  let at = 0;
  const space = (): void => {
    SPACE.lastIndex = at;
    SPACE.test(text);
    at = SPACE.lastIndex;
  };
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    if (!pattern.test(text)) return false;
    at = pattern.lastIndex;
    return true;
  };
  /** What closes the lists and objects that are open, and what may come now. */
  const open: ('}' | ']')[] = [];
  let wants: 'value' | 'key' | 'colon' | 'after' = 'value';
  let first = false;
  for (;;) {
    space();
    if (at >= text.length) return at + 1;
    const sign = text[at];
    const closer = open.at(-1);
    if (wants === 'colon') {
      if (sign !== ':') return at + 1;
      at += 1;
      wants = 'value';
    } else if (wants === 'after') {
      if (sign === ',' && closer) wants = closer === '}' ? 'key' : 'value';
      else if (sign !== undefined && sign === closer) open.pop();
      else return at + 1;
      at += 1;
      first = false;
    } else if (first && sign === closer) {
      open.pop();
      at += 1;
      wants = 'after';
      first = false;
    } else if (wants === 'key') {
      if (!take(STRING)) return at + 1;
      wants = 'colon';
      first = false;
    } else if (sign === '{' || sign === '[') {
      open.push(sign === '{' ? '}' : ']');
      wants = sign === '{' ? 'key' : 'value';
      first = true;
      at += 1;
    } else {
      if (!take(STRING) && !take(LITERAL)) return at + 1;
      wants = 'after';
      first = false;
    }
  }
}
