// A pane: a region of a page that can have the letter keys. F6 gives them to the next one; the one that has them carries a line along its top.
import type { KeyboardEventHandler, ReactNode } from 'react';
import { usePane } from '../app/panes.ts';

export interface PaneProps {
  /** Unique in the window: `board.matrix`. Commands of the scope `pane:<id>` act while it has the keys. */
  readonly id: string;
  /** Its name in the status line: "Keys: Regions". */
  readonly label: string;
  readonly as?: 'section' | 'aside' | 'div';
  readonly className?: string;
  readonly children: ReactNode;
  /** The pointer came in or went out. */
  readonly onHover?: (over: boolean) => void;
  readonly onKeyDown?: KeyboardEventHandler<HTMLElement>;
}

/** Mark what should be focused when F6 arrives with `data-pane-focus`; without it the pane itself is. */
export function Pane({ id, label, as: Tag = 'section', className, children, onHover, onKeyDown }: PaneProps) {
  const { active, take } = usePane(id, label);
  return (
    <Tag
      data-pane={id}
      data-pane-label={label}
      aria-label={label}
      tabIndex={-1}
      className={[className, active ? 'has-keys' : ''].filter(Boolean).join(' ') || undefined}
      onFocusCapture={take}
      onPointerDownCapture={take}
      onPointerEnter={onHover && (() => onHover(true))}
      onPointerLeave={onHover && (() => onHover(false))}
      onKeyDown={onKeyDown}
    >
      {children}
    </Tag>
  );
}
