// Is the window narrow by the design's own measure (under 84rem, so large type is narrow sooner)? Then Command becomes a tab.
import { useEffect, useState, useSyncExternalStore } from 'react';

const COMPACT_REM = 84;

const subscribe = (changed: () => void): (() => void) => {
  const observer = new ResizeObserver(changed);
  observer.observe(document.body);
  const look = new MutationObserver(changed);
  look.observe(document.documentElement, { attributes: true, attributeFilter: ['data-type'] });
  return () => {
    observer.disconnect();
    look.disconnect();
  };
};

const rem = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;

export const useCompact = (): boolean =>
  useSyncExternalStore(subscribe, () => document.body.clientWidth < COMPACT_REM * rem());

/** The root's size in pixels: 16, or more with large type. Read when it changes, not in every draw. */
export function useRem(): number {
  const [size, setSize] = useState(rem);
  useEffect(() => subscribe(() => setSize(rem())), []);
  return size;
}
