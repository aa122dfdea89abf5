// Finds the steps of a document: task lists where there are any, else numbered lists, else headings that are followed by code
// (real repositories use mostly the last two).
import type { Token } from 'markdown-it';
import { plainInline } from './markdown.ts';

export interface RawStep {
  title: string;
  section: string;
  commands: string[];
  expect: string | null;
  marks: string;
  line: number;
}

const EXPECT = /^\s*(?:expect(?:ed)?(?: result| output)?|expectation)\s*:\s*/i;
/** Sections whose headings are not steps though code follows. */
const BACKGROUND =
  /^(?:meaning|impact|overview|background|description|summary|references?|see also|about|context|example|examples|symptoms?|introduction)\b/i;

/** Splits `Shift traffic away {danger, confirm: us-east-1, expect: 5m}` into words and marks. */
function splitMarks(text: string): { title: string; marks: string } {
  const m = /\s*\{([^{}]*)\}\s*$/.exec(text);
  if (!m || /^\{/.test(m[1]!)) return { title: text.trim(), marks: '' };
  if (!/(?:^|,)\s*(?:danger|two-person|confirm\s*:|expect\s*:)/i.test(m[1]!))
    return { title: text.trim(), marks: '' };
  return { title: text.slice(0, m.index).trim(), marks: m[1]! };
}

/** Headings under which an author says what to do. */
const TO_DO =
  /\b(?:mitigat|diagnos|resol|remed|recover|procedure|steps?|actions?|fix|troubleshoot|response|what to do|checklist)/i;

interface Item {
  ordered: boolean;
  task: boolean;
  depth: number;
  step: RawStep;
}

/** First line of an inline token is the title; an `Expect:` line anywhere in it is the expected result. */
function readInline(token: Token, step: RawStep, first: boolean): boolean {
  const lines: Token[][] = [[]];
  for (const child of token.children ?? []) {
    if (child.type === 'softbreak' || child.type === 'hardbreak') lines.push([]);
    else lines.at(-1)!.push(child);
  }
  const words = lines.map((l) => plainInline(l).trim());
  const expectAt = words.findIndex((w) => EXPECT.test(w));
  if (expectAt >= 0) step.expect = words.slice(expectAt).join(' ').replace(EXPECT, '').trim();
  if (!first) return false;
  const own = (expectAt >= 0 ? words.slice(0, expectAt) : words).filter((w) => w !== '');
  const { title, marks } = splitMarks(own[0] ?? '');
  step.title = [title, ...own.slice(1)].join(' ');
  step.marks = marks;
  if (marks === '' && own.length > 1) {
    const whole = splitMarks(step.title);
    step.title = whole.title;
    step.marks = whole.marks;
  }
  return (token.children ?? []).some((child) => child.type.startsWith('task_'));
}

/** Steps of a token stream (markdown-it); `offset`: lines of front matter before it. */
export function findSteps(tokens: readonly Token[], offset: number): RawStep[] {
  const items: Item[] = [];
  const byHeading: RawStep[] = [];
  const open: { item: Item; named: boolean }[] = [];
  const lists: boolean[] = [];
  let section = '';
  let heading: RawStep | null = null;
  tokens.forEach((token, i) => {
    switch (token.type) {
      case 'heading_open': {
        section = plainInline(tokens[i + 1]?.children ?? null).trim();
        const marks = splitMarks(section);
        heading = {
          title: marks.title,
          section: '',
          commands: [],
          expect: null,
          marks: marks.marks,
          line: (token.map?.[0] ?? 0) + 1 + offset,
        };
        section = marks.title;
        byHeading.push(heading);
        break;
      }
      case 'ordered_list_open':
        lists.push(true);
        break;
      case 'bullet_list_open':
        lists.push(false);
        break;
      case 'ordered_list_close':
      case 'bullet_list_close':
        lists.pop();
        break;
      case 'list_item_open': {
        const step: RawStep = {
          title: '',
          section,
          commands: [],
          expect: null,
          marks: '',
          line: (token.map?.[0] ?? 0) + 1 + offset,
        };
        const item: Item = { ordered: lists.at(-1) ?? false, task: false, depth: lists.length, step };
        items.push(item);
        open.push({ item, named: false });
        break;
      }
      case 'list_item_close':
        open.pop();
        break;
      case 'inline': {
        const at = open.at(-1);
        if (at) {
          const task = readInline(token, at.item.step, !at.named);
          at.named = true;
          at.item.task ||= task;
        } else if (heading && tokens[i - 1]?.type === 'paragraph_open') readInline(token, heading, false);
        break;
      }
      case 'fence':
      case 'code_block': {
        const command = token.content.replace(/\s+$/, '');
        if (command === '' || /^mermaid\b/.test(token.info)) break;
        const at = open.at(-1);
        if (at) at.item.step.commands.push(command);
        if (heading) heading.commands.push(command);
        break;
      }
    }
  });
  const named = (list: readonly Item[]): RawStep[] =>
    list.map((i) => i.step).filter((s) => s.title !== '' || s.commands.length > 0);
  const tasks = named(items.filter((i) => i.task));
  if (tasks.length > 0) return tasks;
  const numbered = named(items.filter((i) => i.ordered && i.depth === 1));
  if (numbered.length > 0) return numbered;
  const headed = byHeading.filter((h) => h.commands.length > 0 && !BACKGROUND.test(h.title));
  if (headed.length > 0) return headed;
  // Prose only: what is to be done stands as bullets, or as headings, under the words people use for it.
  const bullets = named(items.filter((i) => i.depth === 1 && TO_DO.test(i.step.section)));
  return bullets.length > 0 ? bullets : byHeading.filter((h) => TO_DO.test(h.title));
}
