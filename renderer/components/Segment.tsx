// A choice of few, all visible: a radio group drawn as one strip. Arrows move and choose.
import { type ReactNode, useRef } from 'react';

export function Segment<T extends string>(props: {
  readonly label: string;
  readonly options: readonly { readonly id: T; readonly label: ReactNode }[];
  readonly value: T;
  readonly onChange: (id: T) => void;
}) {
  const row = useRef<HTMLSpanElement>(null);
  // Nothing chosen yet: the first option is the group's tab stop, else no key reaches it.
  const none = !props.options.some((option) => option.id === props.value);
  return (
    <span className="seg" role="radiogroup" aria-label={props.label} ref={row}>
      {props.options.map((option, index) => (
        <button
          key={option.id}
          type="button"
          role="radio"
          aria-checked={option.id === props.value}
          tabIndex={option.id === props.value || (none && index === 0) ? 0 : -1}
          onClick={() => props.onChange(option.id)}
          onKeyDown={(event) => {
            const step =
              event.key === 'ArrowRight' || event.key === 'ArrowDown'
                ? 1
                : event.key === 'ArrowLeft' || event.key === 'ArrowUp'
                  ? -1
                  : 0;
            if (!step) return;
            event.preventDefault();
            const to = (index + step + props.options.length) % props.options.length;
            props.onChange(props.options[to]!.id);
            row.current?.querySelectorAll<HTMLElement>('[role=radio]')[to]?.focus();
          }}
        >
          {option.label}
        </button>
      ))}
    </span>
  );
}
