// Dialogs: a stack; the page behind is inert, focus is kept inside and given back, Esc leaves, Ctrl Enter is the primary key.
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { Dialogs } from './dialog-stack.ts';
import { useServices } from './services.ts';

export const useDialogs = (): Dialogs => useServices().dialogs;

export function DialogHost() {
  const { dialogs } = useServices();
  const stack = useStore(dialogs.store, (s) => s.stack);
  return (
    <>
      {stack.map((d, i) => (
        <div key={d.id} inert={i < stack.length - 1}>
          <div className="scrim" />
          {d.node}
        </div>
      ))}
    </>
  );
}

const FOCUSABLE =
  'a[href],button,input:not([type=hidden]),select,textarea,[tabindex]:not([tabindex="-1"]),summary';

export interface DialogProps {
  /** Id of its heading, or a label. */
  readonly labelledBy?: string;
  readonly label?: string;
  readonly className: string;
  readonly onClose: () => void;
  /** Ctrl Enter. */
  readonly onPrimary?: () => void;
  readonly children: ReactNode;
  /** `alertdialog` for a question that must be answered. */
  readonly role?: 'dialog' | 'alertdialog';
}

/** A key that answers a question. Held down it must not answer the next one too, which opens in the place of the first. */
const isAnswer = (event: KeyboardEvent): boolean =>
  event.key === 'Escape' ||
  (event.key === 'Enter' &&
    (event.ctrlKey || event.metaKey || !(event.target instanceof HTMLTextAreaElement)));

/** The frame. What should have the focus first carries `data-autofocus`; else the first thing that can. */
export function Dialog(props: DialogProps) {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const node = frame.current;
    if (!node) return;
    (
      node.querySelector<HTMLElement>('[data-autofocus]') ??
      node.querySelector<HTMLElement>(FOCUSABLE) ??
      node
    ).focus();
    // What goes away with the focus on it (a row that was dealt with) leaves it to the frame: else no key works, not even Esc.
    const watch = new MutationObserver(() => {
      if (document.activeElement === document.body && !node.closest('[inert]'))
        node.focus({ preventScroll: true });
    });
    watch.observe(node, { childList: true, subtree: true });
    // So does the dialog that stood over this one, until its key is given back.
    if (node.parentElement) watch.observe(node.parentElement, { attributeFilter: ['inert'] });
    return () => watch.disconnect();
  }, []);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the role is dialog or alertdialog
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: the role is dialog or alertdialog
    <div
      ref={frame}
      role={props.role ?? 'dialog'}
      aria-modal="true"
      aria-label={props.label}
      aria-labelledby={props.labelledBy}
      tabIndex={-1}
      className={props.className}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.repeat && isAnswer(event)) {
          event.preventDefault();
        } else if (event.key === 'Escape') {
          event.preventDefault();
          props.onClose();
        } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && props.onPrimary) {
          event.preventDefault();
          props.onPrimary();
        } else if (event.key === 'Tab') {
          const all = [...(frame.current?.querySelectorAll<HTMLElement>(FOCUSABLE) ?? [])].filter(
            (el) => el.tabIndex >= 0 && el.offsetParent !== null && !el.hasAttribute('disabled'),
          );
          const first = all[0];
          const last = all.at(-1);
          if (!first || !last) return;
          const at = document.activeElement;
          if (event.shiftKey && (at === first || at === frame.current)) {
            event.preventDefault();
            last.focus();
          } else if (!event.shiftKey && at === last) {
            event.preventDefault();
            first.focus();
          }
        }
      }}
    >
      {props.children}
    </div>
  );
}
