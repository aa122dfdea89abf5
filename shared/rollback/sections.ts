// Finds the steps of a plan in its Markdown: sections by heading at any level, steps as numbered or task items,
// marks in braces at the end of a step's first line, `Expect:` lines and command blocks inside it.

import type { Token } from 'markdown-it';
import MarkdownIt from 'markdown-it';
import { parseDuration } from './duration.ts';

export const SECTIONS = {
  before: 'Before',
  prepare: 'Prepare each target',
  each: 'Each target',
  after: 'After each wave',
  revert: 'Revert a target',
  finally: 'Finally',
} as const;
export type Section = keyof typeof SECTIONS;

export interface PlanStep {
  /** Within its section, from 1. */
  readonly number: number;
  readonly title: string;
  /** The step's Markdown as written, without the list marker's indent. */
  readonly text: string;
  /** Contents of its code blocks, in order; copied by people, never run. */
  readonly commands: readonly string[];
  readonly expected: string | null;
  /** Expected duration, milliseconds. */
  readonly lasts: number | null;
  readonly danger: boolean;
  /** The word to type before a dangerous step. */
  readonly confirm: string | null;
  readonly twoPerson: boolean;
  /** Marks in braces that are not known; a finding. */
  readonly strange: readonly string[];
  readonly line: number;
}

export type Steps = { readonly [S in Section]: readonly PlanStep[] };

export interface FoundSections {
  readonly steps: Steps;
  /** Sections whose heading stands in the text, even if they hold no step. */
  readonly present: readonly Section[];
  readonly heading: string | null;
  readonly problems: readonly { readonly line: number; readonly column: number; readonly text: string }[];
}

const markdown = new MarkdownIt({ html: false, linkify: false, maxNesting: 40 });

const plain = (token: Token | undefined): string =>
  (token?.children ?? [])
    .map((child) => (child.type === 'softbreak' || child.type === 'hardbreak' ? '\n' : child.content))
    .join('');

const sectionOf = (title: string): Section | null => {
  const wanted = title
    .toLowerCase()
    .replace(/^\s*(?:step\s+)?\d+[.)]?\s+/, '')
    .replace(/[:.\s]+$/, '')
    .replace(/\s+/g, ' ')
    .trim();
  for (const [key, name] of Object.entries(SECTIONS))
    if (name.toLowerCase() === wanted) return key as Section;
  return null;
};

interface Marks {
  title: string;
  danger: boolean;
  confirm: string | null;
  twoPerson: boolean;
  lasts: number | null;
  strange: string[];
}

/** Reads `{danger, confirm: WORD, two-person, expect: 5m}` at the end of a line; `{{variable}}` is none of it. */
export function readMarks(line: string): Marks {
  const marks: Marks = {
    title: line.trim(),
    danger: false,
    confirm: null,
    twoPerson: false,
    lasts: null,
    strange: [],
  };
  const trimmed = line.trimEnd();
  const open = trimmed.lastIndexOf('{');
  if (!trimmed.endsWith('}') || trimmed.endsWith('}}') || open < 0 || trimmed[open - 1] === '{') {
    marks.strange.push(...lostMarks(trimmed));
    return marks;
  }
  marks.strange.push(...lostMarks(trimmed.slice(0, open)));
  marks.title = trimmed.slice(0, open).trim();
  for (const raw of trimmed.slice(open + 1, -1).split(',')) {
    const mark = raw.trim();
    if (!mark) continue;
    const colon = mark.indexOf(':');
    const key = (colon < 0 ? mark : mark.slice(0, colon)).trim().toLowerCase();
    const value = colon < 0 ? '' : mark.slice(colon + 1).trim();
    if (key === 'danger' && !value) marks.danger = true;
    else if (key === 'two-person' && !value) marks.twoPerson = true;
    else if (key === 'confirm' && value) marks.confirm = value;
    else if (key === 'expect' && value && parseDuration(value) !== null) marks.lasts = parseDuration(value);
    else marks.strange.push(mark);
  }
  return marks;
}

/** Marks that do not stand at the end of the first line, or whose brace is open: `danger` must not be lost without a word. */
const lostMarks = (line: string): string[] =>
  [...line.matchAll(/(?<!\{)\{\s*(?:danger|two-person|confirm\s*:|expect\s*:)[^{}]*\}?(?!\})/gi)].map(
    ([mark]) => `${mark.trim()} (marks stand at the end of the step's first line, between braces)`,
  );

/** Where a comment begins in the line; between backticks it is code. */
function commentFrom(line: string, from: number): number {
  for (let at = line.indexOf('<!--', from); at >= 0; at = line.indexOf('<!--', at + 1))
    if ((line.slice(0, at).split('`').length - 1) % 2 === 0) return at;
  return -1;
}

/** The same text with its comments blanked, line for line: a step that is commented out is no step. Code stays as it is. */
function withoutComments(text: string): string {
  if (!text.includes('<!--')) return text;
  let fence: string | null = null;
  let inside = false;
  const lines = text.split('\n').map((line) => {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark && !inside && (fence === null || (mark[0] === fence[0] && mark.length >= fence.length)))
      fence = fence === null ? mark : null;
    if (fence !== null) return line;
    let out = '';
    for (let at = 0; at < line.length; ) {
      const next = inside ? line.indexOf('-->', at) : commentFrom(line, at);
      const until = next < 0 ? line.length : next + (inside ? 3 : 0);
      out += inside ? ' '.repeat(until - at) : line.slice(at, until);
      if (next >= 0) inside = !inside;
      at = until;
    }
    return out;
  });
  // A comment that nobody closed hides nothing: better a step too many on the screen than one too few.
  return inside ? text : lines.join('\n');
}

const TASK = /^\[[ xX]\]\s+/;
const EXPECT =
  /^\s*(?:[-*+]\s+)?(?:\*\*|__|\*|_)?expect(?:ed)?(?:\*\*|__|\*|_)?\s*:(?:\*\*|__|\*|_)?\s*(.+)$/i;

/** Everything between an item's open and close tokens, as one step; null when a bullet is not a task. */
function readItem(
  tokens: readonly Token[],
  { shown: written, bare: lines }: { readonly shown: readonly string[]; readonly bare: readonly string[] },
  numbered: boolean,
): Omit<PlanStep, 'number'> | null {
  const open = tokens[0];
  const first = tokens.find((token) => token.type === 'inline');
  const start = open?.map?.[0] ?? 0;
  const words = plain(first).split('\n');
  // Marks are read from the source line: inside them Markdown's emphasis must not eat characters.
  const source = (lines[first?.map?.[0] ?? start] ?? '').replace(/^\s*(?:[-*+]|\d+[.)])\s+/, '');
  const task = TASK.test(source);
  if (!numbered && !task) return null;
  const marks = readMarks(source.replace(TASK, ''));
  const shown = readMarks((words[0] ?? '').replace(TASK, ''));
  const body = lines.slice(start, open?.map?.[1] ?? start + 1);
  let expected: string | null = null;
  let fenced = false;
  for (const line of body.slice(1)) {
    if (/^\s*(```|~~~)/.test(line)) fenced = !fenced;
    if (!fenced && /^\s*\{/.test(line)) marks.strange.push(...lostMarks(line));
    const hit = fenced ? null : EXPECT.exec(line);
    if (hit && expected === null) expected = (hit[1] ?? '').replace(/[*_]+$/, '').trim();
  }
  const commands = tokens
    .filter((token) => token.type === 'fence' || token.type === 'code_block')
    .map((token) => token.content.replace(/\n$/, ''));
  const indent = (body[0] ?? '').length - (body[0] ?? '').trimStart().length;
  return {
    title: shown.title.replace(/ {2,}/g, ' ') || marks.title || `Step on line ${start + 1}`,
    text: written
      .slice(start, open?.map?.[1] ?? start + 1)
      .map((line) => line.slice(Math.min(indent, line.length - line.trimStart().length)))
      .join('\n')
      .trimEnd(),
    commands,
    expected,
    lasts: marks.lasts,
    danger: marks.danger,
    confirm: marks.confirm,
    twoPerson: marks.twoPerson,
    strange: marks.strange,
    line: start + 1,
  };
}

/** Steps of a Markdown body. `offset`: lines of the file before it. Never throws; nested lists are part of their step. */
export function findSteps(body: string, offset: number): FoundSections {
  const steps: Record<Section, PlanStep[]> = {
    before: [],
    prepare: [],
    each: [],
    after: [],
    revert: [],
    finally: [],
  };
  const present: Section[] = [];
  const problems: { line: number; column: number; text: string }[] = [];
  let heading: string | null = null;
  let section: Section | null = null;
  let level = 0;
  const bare = withoutComments(body);
  const tokens = markdown.parse(bare, {});
  const lines = { shown: body.split(/\r?\n/), bare: bare.split(/\r?\n/) };
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    if (token.type === 'heading_open') {
      const title = plain(tokens[i + 1]);
      const depth = Number(token.tag.slice(1));
      const found = sectionOf(title);
      if (depth === 1 && !found) heading ??= title;
      if (found) {
        if (present.includes(found))
          problems.push({
            line: (token.map?.[0] ?? 0) + 1 + offset,
            column: 1,
            text: `The section "${SECTIONS[found]}" stands here a second time. Put its steps in one section.`,
          });
        else present.push(found);
        section = found;
        level = depth;
      } else if (depth <= level) section = null;
    }
    if (token.type !== 'list_item_open' || !section) continue;
    const end = closing(tokens, i);
    const item = readItem(
      tokens.slice(i, end),
      lines,
      token.info !== '' || /^\d/.test(markerOf(lines.bare, token)),
    );
    i = end;
    if (!item) continue;
    const step = { ...item, line: item.line + offset, number: steps[section].length + 1 };
    if (section === 'prepare' && step.danger)
      problems.push({
        line: step.line,
        column: 1,
        text: `"${step.title}" is marked danger under "${SECTIONS.prepare}". Steps there change nothing that users see; move it to "${SECTIONS.each}".`,
      });
    steps[section].push(step);
  }
  return { steps, present, heading, problems };
}

const markerOf = (lines: readonly string[], token: Token): string =>
  (lines[token.map?.[0] ?? 0] ?? '').trimStart();

function closing(tokens: readonly Token[], from: number): number {
  const level = tokens[from]!.level;
  for (let i = from + 1; i < tokens.length; i++)
    if (tokens[i]!.type === 'list_item_close' && tokens[i]!.level === level) return i;
  return tokens.length;
}
