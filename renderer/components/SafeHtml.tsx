// The only place where other people's markup enters the window. It is built anew from an allow list, and its links do nothing by themselves.
import { type MouseEvent, useLayoutEffect, useRef } from 'react';
import { type BuildOptions, buildSafe, type Link } from './safe-html.ts';

export function SafeHtml(props: {
  readonly html: string;
  readonly options: BuildOptions;
  readonly onLink: (link: Link) => void;
  readonly onCopy: (command: string) => void;
  readonly className?: string;
}) {
  const box = useRef<HTMLDivElement>(null);
  const links = useRef<ReadonlyMap<Element, Link>>(new Map());
  const { html, options } = props;
  useLayoutEffect(() => {
    const node = box.current;
    if (!node) return;
    const built = buildSafe(html, document, options);
    links.current = built.links;
    node.replaceChildren(built.fragment);
  }, [html, options]);
  const follow = (event: MouseEvent): void => {
    if (!(event.target instanceof Element)) return;
    const anchor = event.target.closest('a');
    if (anchor && box.current?.contains(anchor)) {
      event.preventDefault();
      const link = links.current.get(anchor);
      if (link && event.button === 0) props.onLink(link);
      return;
    }
    const copy = event.target.closest('[data-copy]');
    const code = copy?.parentElement?.querySelector('code,pre');
    if (code) props.onCopy(code.textContent ?? '');
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Enter on a link or a button is a click
    // biome-ignore lint/a11y/noStaticElementInteractions: the links and buttons inside have the focus
    <div ref={box} className={props.className} onClick={follow} onAuxClick={follow} />
  );
}
