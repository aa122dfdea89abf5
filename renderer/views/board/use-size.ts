// The width of an element and the size of the window, anew when they change.
import { type RefObject, useEffect, useState, useSyncExternalStore } from 'react';

/** Pixels; 0 until it was measured. */
export function useWidth(ref: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const node = ref.current;
    if (!node) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.round(entry?.contentRect.width ?? 0)));
    observer.observe(node);
    return () => observer.disconnect();
  }, [ref]);
  return width;
}

/** Pixels of one of so many equal columns behind the first one of a table; 0 until it was measured. */
export function useColumnWidth(table: RefObject<HTMLTableElement | null>, columns: number): number {
  const [width, setWidth] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another count of columns makes another width of each
  useEffect(() => {
    const node = table.current;
    if (!node) return;
    const measure = (): void => {
      const head = node.tHead?.rows[1]?.cells[1];
      setWidth(head ? Math.round(head.getBoundingClientRect().width * 2) / 2 : 0);
    };
    const observer = new ResizeObserver(measure);
    observer.observe(node);
    measure();
    return () => observer.disconnect();
  }, [table, columns]);
  return width;
}

const rem = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
const watchWindow = (changed: () => void): (() => void) => {
  const size = new ResizeObserver(changed);
  size.observe(document.body);
  const look = new MutationObserver(changed);
  look.observe(document.documentElement, { attributes: true, attributeFilter: ['data-type'] });
  return () => {
    size.disconnect();
    look.disconnect();
  };
};

/** The root's size in pixels: 16, or more with large type. */
export const useRem = (): number => useSyncExternalStore(watchWindow, rem);

/** Is the window short by the design's own measure, under 50rem? */
export const useShort = (): boolean =>
  useSyncExternalStore(watchWindow, () => document.body.clientHeight < 50 * rem());
