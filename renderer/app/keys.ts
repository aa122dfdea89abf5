// Keys as written in the design (`Ctrl K`, `Shift T`, `D`, `F6`, `?`) against keyboard events.

export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const NAMED: Record<string, string> = {
  Up: 'ArrowUp',
  Down: 'ArrowDown',
  Left: 'ArrowLeft',
  Right: 'ArrowRight',
  Esc: 'Escape',
  Space: ' ',
};

/** The letter of an event on any keyboard layout: a non-Latin layout answers with the key's place. */
const letterOf = (event: KeyPress): string => {
  if (event.key.length === 1 && event.key.charCodeAt(0) < 128) return event.key.toUpperCase();
  const match = /^(?:Key([A-Z])|Digit(\d))$/.exec(event.code);
  return match?.[1] ?? match?.[2] ?? event.key;
};

/** Does this press mean that key? `Ctrl` also takes the command key of a Mac. Punctuation ignores Shift, letters do not. */
export function matches(keys: string, event: KeyPress): boolean {
  const parts = keys.split(' ');
  const last = parts.at(-1) ?? '';
  const want = { ctrl: parts.includes('Ctrl'), alt: parts.includes('Alt'), shift: parts.includes('Shift') };
  if (want.ctrl !== (event.ctrlKey || event.metaKey) || want.alt !== event.altKey) return false;
  const named = NAMED[last] ?? (last.length > 1 ? last : null);
  if (named) return event.key === named && want.shift === event.shiftKey;
  if (/^[A-Z]$/.test(last)) return letterOf(event) === last && want.shift === event.shiftKey;
  if (/^\d$/.test(last))
    return (event.key === last || event.code === `Digit${last}`) && want.shift === event.shiftKey;
  return event.key === last;
}

/** Letters act only outside text fields; keys with Ctrl, Alt or of the F row act everywhere. */
export const actsInFields = (keys: string): boolean =>
  /^(?:Ctrl|Alt) /.test(keys) || /^(?:Shift )?F\d+$/.test(keys);

export function inField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (
    target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  )
    return true;
  return (
    target instanceof HTMLInputElement &&
    !['checkbox', 'radio', 'button', 'submit', 'range'].includes(target.type)
  );
}
