// Buttons. A blocked one stays readable and focusable: dashed outline, and the reason beside it (`blocked`), never just grey.
import { type ReactNode, type Ref, useId } from 'react';
import { Icon, type IconName } from './Icon.tsx';
import { Keys } from './Kbd.tsx';
import { St } from './St.tsx';

export interface ButtonProps {
  readonly children: ReactNode;
  readonly onPress?: () => void;
  /** `key`: the one primary key of a pane. `guard`: dangerous, hatched. */
  readonly look?: 'plain' | 'key' | 'quiet' | 'tiny' | 'guard';
  readonly big?: boolean;
  readonly keys?: string;
  readonly icon?: IconName;
  /** Why it cannot be pressed now; shown beside it. */
  readonly blocked?: string | null;
  readonly type?: 'button' | 'submit';
  readonly label?: string;
  readonly pressed?: boolean;
  readonly expanded?: boolean;
  readonly busy?: boolean;
  readonly className?: string;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function Button(props: ButtonProps) {
  const { look = 'plain', blocked } = props;
  const why = useId();
  const cls = ['btn', look === 'plain' ? '' : look, props.big ? 'big' : '', props.className ?? '']
    .filter(Boolean)
    .join(' ');
  const off = Boolean(blocked) || props.busy === true;
  const button = (
    <button
      ref={props.ref}
      type={props.type ?? 'button'}
      className={cls}
      aria-label={props.label}
      aria-pressed={props.pressed}
      aria-expanded={props.expanded}
      aria-busy={props.busy || undefined}
      aria-disabled={off || undefined}
      aria-describedby={blocked ? why : undefined}
      aria-keyshortcuts={props.keys?.replaceAll(' ', '+').replace('Ctrl', 'Control')}
      onClick={(event) => {
        if (off) {
          event.preventDefault();
          return;
        }
        props.onPress?.();
      }}
    >
      {props.icon ? <Icon name={props.icon} /> : null}
      <span>{props.children}</span>
      {props.keys ? <Keys keys={props.keys} /> : null}
    </button>
  );
  if (!blocked) return button;
  return (
    <span className="blocked">
      {button}
      <span id={why} className="need">
        <St kind="held" />
        {blocked}
      </span>
    </span>
  );
}
