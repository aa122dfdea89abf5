// Do the words of an item say that it is over? A wrong yes would take trouble off the board, so "unresolved", "not yet resolved",
// "until it is fixed" and "fixed IP addresses" are no end.

const CLEAR = 'resolved|completed|operating normally|mitigated|recovered';
const ALL = `${CLEAR}|fixed|closed`;
/** "Fixed: slow disks", and not "Fixed IP addresses", "Closed beta". */
const MARKED = '(?:fixed|closed)(?=\\s*(?:[\\]):|.!–—-]|$|\\n))';

/** In a title: a clear word anywhere, the others at its end, or with a mark behind them. */
const IN_TITLE = new RegExp(
  `(?<![\\w-])(?:${ALL})(?=[\\])!.]*$)|(?<![\\w-])(?:${CLEAR})(?![\\w-])|(?:^|[[(:|–—-]\\s*)${MARKED}`,
  'g',
);
/** In a text: at its beginning or behind a mark, or as a statement ("has been resolved", "is operating normally"). */
const IN_TEXT = new RegExp(
  `\\b(?:been|is|are|was|were|has|have|had|now|fully|status)\\s+(?:${ALL})(?![\\w-])|(?:^|\\n|[[(:|–—-])\\s*(?:(?:${CLEAR})(?![\\w-])|${MARKED})`,
  'g',
);
/** What turns such a word round, within the same sentence. */
const NOT_YET =
  /(?:\bnot\b|\bno\b|n['’]t\b|\bnever\b|\bcannot\b|\b(?:until|till|once|when|before|unless|if|whether|after|as soon as|being|to be|be|partially|partly|mostly|most|some|many|several|few|half)\b)[^.!?\n]{0,40}$/;

function says(text: string, words: RegExp): boolean {
  for (const found of text.matchAll(words)) {
    // What is in front of it, and the words that led to the match ("is", "has been").
    const before = text.slice(0, found.index + found[0].search(/[a-z]+(?: normally)?$/));
    if (!NOT_YET.test(before.slice(-80))) return true;
  }
  return false;
}

const MARK =
  /(?:^|\n)\s*(?:status:\s*)?(investigating|identified|monitoring|in progress|verifying|scheduled|resolved|completed|postmortem)\s*(?:[-–—:]|\n|$)/;
const OVER: ReadonlySet<string> = new Set(['resolved', 'completed', 'postmortem']);

/** The word that status pages put before each update ("Investigating - We are ..."), the newest first; null when there is none. */
export function markOf(text: string): 'over' | 'open' | 'planned' | null {
  const word = MARK.exec(text.toLowerCase())?.[1];
  if (word === undefined) return null;
  return word === 'scheduled' ? 'planned' : OVER.has(word) ? 'over' : 'open';
}

/** `text`: the beginning of the newest text, plain. Its mark decides over what its sentences speak of. */
export function saysOver(title: string, text: string): boolean {
  const mark = markOf(text);
  if (mark === 'over' || says(title.trim().toLowerCase(), IN_TITLE)) return true;
  return mark === null && says(text.toLowerCase(), IN_TEXT);
}
