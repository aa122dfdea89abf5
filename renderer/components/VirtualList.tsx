// A long list of which only the visible rows exist. Heights are measured; the list never moves under the pointer by itself.
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useRef } from 'react';

export function VirtualList<T>(props: {
  readonly items: readonly T[];
  readonly keyOf: (item: T, index: number) => string;
  readonly row: (item: T, index: number) => ReactNode;
  /** Height of a row before it is measured, in pixels. */
  readonly estimate: number;
  readonly label: string;
  readonly className?: string;
  readonly role?: 'list' | 'feed' | 'listbox';
}) {
  const scroller = useRef<HTMLDivElement>(null);
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
  const itemRole = props.role === 'listbox' ? undefined : props.role === 'feed' ? undefined : 'listitem';
  return (
    <div ref={scroller} className={['virtual', props.className].filter(Boolean).join(' ')}>
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
            <div
              key={v.key}
              role={itemRole}
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
