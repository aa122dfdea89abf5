// What the palette finds: every word typed must occur; a title that begins with them comes first. Pure.

export interface Findable {
  readonly title: string;
  readonly detail?: string | undefined;
  readonly group: string;
  readonly also?: string | undefined;
  readonly foundOnly?: boolean | undefined;
}

const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** Words of a query; `>` in front only says "commands" and is not searched. */
export const queryWords = (query: string): string[] =>
  fold(query.replace(/^[>?]/, '')).split(/\s+/).filter(Boolean);

/** Higher is better; null does not match. Without words everything matches that is not data (`foundOnly`). */
export function score(item: Findable, words: readonly string[]): number | null {
  if (!words.length) return item.foundOnly ? null : 0;
  const title = fold(item.title);
  const all = `${title} ${fold(item.detail ?? '')} ${fold(item.group)} ${fold(item.also ?? '')}`;
  let sum = 0;
  for (const word of words) {
    if (!all.includes(word)) return null;
    if (title.startsWith(word)) sum += 4;
    else if (new RegExp(`(^|[^\\p{L}\\p{N}])${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`, 'u').test(title))
      sum += 3;
    else if (title.includes(word)) sum += 2;
    else sum += 1;
  }
  return sum;
}

/** At most this many rows: more is a sign to type another letter. */
export const MOST = 60;

/** The found items in groups; the group with the best item first, at most MOST items. */
export function search<T extends Findable>(
  items: readonly T[],
  query: string,
): { group: string; items: T[] }[] {
  const words = queryWords(query);
  const found = items
    .map((item, order) => ({ item, order, score: score(item, words) }))
    .filter((f): f is { item: T; order: number; score: number } => f.score !== null)
    .sort((a, b) => b.score - a.score || a.order - b.order)
    .slice(0, MOST);
  const groups = new Map<string, T[]>();
  for (const { item } of found) groups.set(item.group, [...(groups.get(item.group) ?? []), item]);
  return [...groups].map(([group, list]) => ({ group, items: list }));
}

/** A text in pieces, every second one found: `['', 'eu', '-west']`. */
export function pieces(text: string, words: readonly string[]): string[] {
  if (!words.length) return [text];
  const pattern = words.map((w) => w.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  return text.split(new RegExp(`(${pattern})`, 'iu'));
}
