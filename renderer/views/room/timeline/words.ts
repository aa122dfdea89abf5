// What changed between two versions of a text, for the amended row: the words in front and behind that stayed, and the middle that did not.

export interface Amended {
  readonly before: string;
  readonly removed: string;
  readonly added: string;
  readonly after: string;
}

const split = (text: string): string[] => text.split(/(\s+)/).filter((part) => part !== '');

/** Common words are kept from both ends; a change in two places shows everything between them as changed. Joined, the parts are the two texts. */
export function amended(was: string, now: string): Amended {
  const old = split(was);
  const fresh = split(now);
  let head = 0;
  while (head < old.length && head < fresh.length && old[head] === fresh[head]) head += 1;
  let tail = 0;
  while (
    tail < old.length - head &&
    tail < fresh.length - head &&
    old[old.length - 1 - tail] === fresh[fresh.length - 1 - tail]
  )
    tail += 1;
  return {
    before: fresh.slice(0, head).join(''),
    removed: old.slice(head, old.length - tail).join(''),
    added: fresh.slice(head, fresh.length - tail).join(''),
    after: fresh.slice(fresh.length - tail).join(''),
  };
}

/** Text longer than this is folded in the list, in characters. */
export const LONG = 600;

/** The first part of a long text, cut at a space; null when it is short enough. */
export function folded(text: string): string | null {
  if (text.length <= LONG) return null;
  const cut = text.lastIndexOf(' ', LONG);
  return text.slice(0, cut > LONG / 2 ? cut : LONG);
}
