// J, K and the arrows among rows that are all there: the focus goes to the next or the one before. They change nothing.
import { type KeyboardEvent, type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

const STEP: Readonly<Record<string, number>> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };

/** Moves the focus among `selector` within the element that has the handler. Answers true when the key was one of these. */
export function moveRow(event: KeyboardEvent<HTMLElement>, selector: string): boolean {
  const step = STEP[event.key];
  if (!step || event.ctrlKey || event.altKey || event.metaKey) return false;
  if (event.target instanceof HTMLElement && event.target.matches('input,textarea,select')) return false;
  event.preventDefault();
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>(selector)].filter(
    (row) => row.offsetParent !== null,
  );
  const at = rows.indexOf(document.activeElement as HTMLElement);
  rows[Math.max(0, Math.min(rows.length - 1, at + step))]?.focus();
  return true;
}

/** A box that took the focus before its rows were there hands it to the first of them as soon as they are. */
export function useFirstRow(box: RefObject<HTMLElement | null>, selector: string, ready: boolean): void {
  useEffect(() => {
    if (ready && document.activeElement === box.current)
      box.current?.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true });
  }, [box, selector, ready]);
}

/** When the row in hand goes away, the one that stands in its place has the focus; without rows the box. */
export function useSameRow(box: RefObject<HTMLElement | null>, selector: string, rows: unknown): void {
  const at = useRef<number | null>(null);
  useEffect(() => {
    const node = box.current;
    if (!node) return;
    const note = (event: FocusEvent): void => {
      const found = [...node.querySelectorAll(selector)].indexOf(event.target as Element);
      at.current = found === -1 ? null : found;
    };
    node.addEventListener('focusin', note);
    return () => node.removeEventListener('focusin', note);
  }, [box, selector]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows are the reason to look
  useLayoutEffect(() => {
    const node = box.current;
    if (!node || at.current === null || document.activeElement !== document.body) return;
    const left = node.querySelectorAll<HTMLElement>(selector);
    (left[Math.min(at.current, left.length - 1)] ?? node).focus();
  }, [box, selector, rows]);
}
