// A guarded key: held for two seconds, by pointer or by Enter, before it acts. Its letter opens the same with a name to type instead.
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Keys } from '../../../components/Kbd.tsx';

export const HOLD_MS = 2000;

export function HoldButton(props: {
  readonly children: ReactNode;
  readonly keys?: string;
  readonly blocked?: boolean;
  readonly describedBy?: string;
  readonly onHeld: () => void;
}) {
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const [holding, setHolding] = useState(false);
  const release = (): void => {
    if (timer.current) clearTimeout(timer.current);
    timer.current = null;
    setHolding(false);
  };
  useEffect(
    () => () => {
      if (timer.current) clearTimeout(timer.current);
    },
    [],
  );
  const press = (): void => {
    if (props.blocked || timer.current) return;
    setHolding(true);
    timer.current = setTimeout(() => {
      release();
      props.onHeld();
    }, HOLD_MS);
  };
  return (
    <button
      type="button"
      className={`btn guard${holding ? ' holding' : ''}`}
      aria-disabled={props.blocked || undefined}
      aria-describedby={props.describedBy}
      aria-keyshortcuts={props.keys?.replaceAll(' ', '+')}
      onPointerDown={press}
      onPointerUp={release}
      onPointerLeave={release}
      onBlur={release}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        if (!event.repeat) press();
      }}
      onKeyUp={release}
    >
      <span>{props.children}</span>
      {props.keys ? <Keys keys={props.keys} /> : null}
    </button>
  );
}
