// A long list of which only the visible rows exist. Heights are measured; the list never moves under the pointer by itself.
// With `at` and `onAt` it moves by J, K, arrows, Page, Home and End: a row's element with `data-row` takes the focus.
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef } from 'react';

const PAGE = 10;

/** Where a key leads in a list of so many; null: it is no key of the list. */
export function listMove(key: string, at: number, count: number): number | null {
  const step: Readonly<Record<string, number>> = {
    ArrowDown: 1,
    j: 1,
    ArrowUp: -1,
    k: -1,
    PageDown: PAGE,
    PageUp: -PAGE,
  };
  const to = key === 'Home' ? 0 : key === 'End' ? count - 1 : step[key] === undefined ? null : at + step[key];
  return to === null || count === 0 ? null : Math.max(0, Math.min(count - 1, to));
}

export function VirtualList<T>(props: {
  readonly items: readonly T[];
  readonly keyOf: (item: T, index: number) => string;
  readonly row: (item: T, index: number) => ReactNode;
  /** Height of a row before it is measured, in pixels. */
  readonly estimate: number;
  readonly label: string;
  readonly className?: string;
  readonly role?: 'list' | 'feed' | 'listbox';
  /** The row that one stands on. */
  readonly at?: number;
  readonly onAt?: (index: number) => void;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  /** A row that was reached by a key and is to have the focus as soon as it exists. */
  const wanted = useRef<number | null>(null);
  const virtual = useVirtualizer({
    count: props.items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => props.estimate,
    overscan: 8,
    getItemKey: (index) => {
      const item = props.items[index];
      return item === undefined ? index : props.keyOf(item, index);
    },
  });
  useLayoutEffect(() => {
    const index = wanted.current;
    if (index === null) return;
    const row = scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"] [data-row]`);
    if (!row) return;
    wanted.current = null;
    row.focus({ preventScroll: true });
  });
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!props.onAt || event.ctrlKey || event.altKey || event.metaKey) return;
    const to = listMove(event.key, props.at ?? 0, props.items.length);
    if (to === null) return;
    event.preventDefault();
    if (to === props.at) return;
    wanted.current = to;
    virtual.scrollToIndex(to, { align: 'auto' });
    props.onAt(to);
  };
  const itemRole = props.role === 'listbox' ? undefined : props.role === 'feed' ? undefined : 'listitem';
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the rows inside have the focus; this adds the keys between them
    <div
      ref={scroller}
      className={['virtual', props.className].filter(Boolean).join(' ')}
      onKeyDown={props.onAt ? onKeyDown : undefined}
    >
      {/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: the role is a list of one kind or another */}
      <div
        role={props.role ?? 'list'}
        aria-label={props.label}
        className="virtual-in"
        style={{ height: virtual.getTotalSize() }}
      >
        {virtual.getVirtualItems().map((v) => {
          const item = props.items[v.index];
          if (item === undefined) return null;
          return (
            // biome-ignore lint/a11y/useAriaPropsSupportedByRole: the position is said of list items alone
            <div
              key={v.key}
              role={itemRole}
              aria-setsize={itemRole ? props.items.length : undefined}
              aria-posinset={itemRole ? v.index + 1 : undefined}
              data-index={v.index}
              ref={virtual.measureElement}
              className="virtual-row"
              style={{ transform: `translateY(${v.start}px)` }}
            >
              {props.row(item, v.index)}
            </div>
          );
        })}
      </div>
    </div>
  );
}
