// A row of tabs, one tab stop, arrows inside. The panel it rules has `id={panelId}` and role tabpanel.
import { type ReactNode, useRef } from 'react';

export interface Tab<T extends string> {
  readonly id: T;
  readonly label: ReactNode;
  /** A count or note in the lighter hand. */
  readonly note?: ReactNode;
}

export function Tabs<T extends string>(props: {
  readonly label: string;
  readonly tabs: readonly Tab<T>[];
  readonly selected: T;
  readonly onSelect: (id: T) => void;
  readonly panelId: string;
  readonly children?: ReactNode;
}) {
  const row = useRef<HTMLDivElement>(null);
  const move = (step: number | 'first' | 'last'): void => {
    const at = props.tabs.findIndex((t) => t.id === props.selected);
    const last = props.tabs.length - 1;
    const to =
      step === 'first' ? 0 : step === 'last' ? last : (at + step + props.tabs.length) % props.tabs.length;
    const tab = props.tabs[to];
    if (!tab) return;
    props.onSelect(tab.id);
    row.current?.querySelectorAll<HTMLElement>('[role=tab]')[to]?.focus();
  };
  return (
    <div className="tabs">
      <div role="tablist" aria-label={props.label} className="tablist" ref={row}>
        {props.tabs.map((tab) => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            aria-selected={tab.id === props.selected}
            aria-controls={props.panelId}
            tabIndex={tab.id === props.selected ? 0 : -1}
            onClick={() => props.onSelect(tab.id)}
            onKeyDown={(event) => {
              const step = { ArrowRight: 1, ArrowLeft: -1, Home: 'first', End: 'last' } as const;
              const s = step[event.key as keyof typeof step];
              if (s === undefined) return;
              event.preventDefault();
              move(s);
            }}
          >
            {tab.label}
            {tab.note !== undefined ? <span className="n">{tab.note}</span> : null}
          </button>
        ))}
      </div>
      {props.children}
    </div>
  );
}
