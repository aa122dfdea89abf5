// Directions and invisible characters that make a command or a name read as something else: shown as their code, never obeyed. One list
// for what main reads and for what the window draws.

/**
 * Soft hyphen, Arabic letter mark, Mongolian vowel separator, zero width and direction marks, line and paragraph separators, embeddings
 * and overrides, word joiner and invisible operators, isolates, byte order mark, interlinear marks, tags.
 */
const HIDDEN =
  /[\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\u{e0001}\u{e0020}-\u{e007f}]/gu;

export const showHidden = (text: string): string =>
  text.replace(HIDDEN, (c) => `[U+${c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}]`);
