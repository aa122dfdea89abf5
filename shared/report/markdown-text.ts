// Text of people and providers inside a Markdown document: shown as written, never as markup, and in one table cell.
import { showHidden } from '../runbook/hidden.ts';

/** Escapes what Markdown or HTML would read. Intra-word underscores (`session_store`) mean nothing to GFM and stay. */
function escapeMarkdown(text: string): string {
  return showHidden(text)
    .replace(/[\\`*[\]<>|~]/g, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/&(?=#?\w{1,32};)/g, '&amp;')
    .replace(/\p{Cc}/gu, (c) => (c === '\n' || c === '\t' ? c : ''));
}

/** For a table cell: lines become breaks. */
export const cellText = (text: string): string =>
  escapeMarkdown(text.trim()).replace(/\r?\n/g, '<br>').replace(/\t/g, ' ');

/** For a paragraph of its own: what would open a heading, list or quotation at a line's start is kept as words. */
export const blockText = (text: string): string =>
  escapeMarkdown(text.trim()).replace(/^(\s*)(#{1,6}\s|[-+]\s|\d{1,9}[.)]\s|={2,}|-{2,})/gm, '$1\\$2');
