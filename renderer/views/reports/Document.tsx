// The document as it will be written: Markdown drawn on paper or as its source, JSON as it stands.
import { useMemo } from 'react';
import { createMarkdown } from '../../../shared/runbook/markdown.ts';
import { SafeHtml } from '../../components/SafeHtml.tsx';
import type { BuildOptions } from '../../components/safe-html.ts';

const PLAIN: BuildOptions = { linkTitle: (_link, href) => href };

export function Document({ text, format, drawn }: { text: string; format: 'md' | 'json'; drawn: boolean }) {
  const html = useMemo(
    () => (format === 'md' && drawn ? createMarkdown().render(text) : null),
    [text, format, drawn],
  );
  return (
    <article className={html === null ? 'paper src' : 'paper md'}>
      {html === null ? (
        <pre tabIndex={0}>{text}</pre>
      ) : (
        // A document of ours has no links to follow; what stands in it is people's words.
        <SafeHtml html={html} options={PLAIN} onLink={() => {}} onCopy={() => {}} />
      )}
    </article>
  );
}
