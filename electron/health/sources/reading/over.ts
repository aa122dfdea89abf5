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

/** `text`: the beginning of the newest text, plain. */
export function saysOver(title: string, text: string): boolean {
  return says(title.trim().toLowerCase(), IN_TITLE) || says(text.toLowerCase(), IN_TEXT);
}
