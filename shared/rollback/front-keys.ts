// Keys of a front matter that mean nothing here: a slip of the pen in a rule of the breaker must not pass unseen.
import { KNOWN_KEYS, TOP_KEYS } from './front.ts';

const MOST = 50;
/** Words that other front matters use beside a plan's, and that are only by chance near to one of its keys. */
const OTHERS: readonly string[] = ['date', 'dates', 'name', 'path'];

/** As paths, `breaker.trip.1.margni`. The top level is a runbook's: there only what looks like a slip is one. */
export function strangeKeys(raw: Readonly<Record<string, unknown>>): string[] {
  const strange: string[] = [];
  const look = (value: unknown, kind: string, at: string): void => {
    if (Array.isArray(value)) {
      for (const [i, item] of value.entries()) look(item, kind, `${at}.${i}`);
      return;
    }
    const known = KNOWN_KEYS[kind];
    if (!known || !value || typeof value !== 'object') return;
    for (const [key, inner] of Object.entries(value)) {
      if (!known.includes(key)) strange.push(`${at}.${key}`);
      else look(inner, key, `${at}.${key}`);
    }
  };
  for (const [key, value] of Object.entries(raw)) {
    if (TOP_KEYS.includes(key)) look(value, key, key);
    else if (
      !OTHERS.includes(key) &&
      TOP_KEYS.some((known) => !Object.hasOwn(raw, known) && isNear(key, known))
    )
      strange.push(key);
  }
  return strange.slice(0, MOST);
}

/** The same but for capitals, or one letter too many, missing, wrong or in the wrong place. */
function isNear(key: string, known: string): boolean {
  const a = key.toLowerCase();
  if (a === known.toLowerCase()) return true;
  if (a.length < 4 || Math.abs(a.length - known.length) > 1) return false;
  let i = 0;
  while (i < a.length && a[i] === known[i]) i += 1;
  const rest = (text: string, from: number): string => text.slice(from);
  return (
    rest(a, i + 1) === rest(known, i + 1) ||
    rest(a, i + 1) === rest(known, i) ||
    rest(a, i) === rest(known, i + 1) ||
    (a[i] === known[i + 1] && a[i + 1] === known[i] && rest(a, i + 2) === rest(known, i + 2))
  );
}
