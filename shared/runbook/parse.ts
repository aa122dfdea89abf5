// A Markdown document becomes a Runbook: what it is called, who owns it, its steps and what has to be filled in. Never throws.
import { splitFrontMatter, valueText } from './front-matter.ts';
import { showHidden } from './hidden.ts';
import { createMarkdown, foldAdmonitions, plainInline, type Targets } from './markdown.ts';
import { findSteps, type RawStep } from './steps.ts';
import type { Heading, Runbook, RunbookStep } from './types.ts';
import { assignedIn, placeholders, type Variable } from './variables.ts';

/** A document may have this many characters; the rest is cut, and that is said. */
const MAX_DOCUMENT = 2_000_000;
const MAX_STEPS = 1000;

/** Milliseconds of `5m`, `1h 30m`, `90s`; null for anything else. */
export function durationMs(text: string): number | null {
  const m = /^\s*(?:(\d{1,4})\s*h)?\s*(?:(\d{1,4})\s*m(?:in)?)?\s*(?:(\d{1,4})\s*s)?\s*$/i.exec(text);
  if (!m || (!m[1] && !m[2] && !m[3])) return null;
  return ((Number(m[1] ?? 0) * 60 + Number(m[2] ?? 0)) * 60 + Number(m[3] ?? 0)) * 1000;
}

function marksOf(marks: string): Pick<RunbookStep, 'danger' | 'confirm' | 'twoPerson' | 'expectMs'> {
  const parts = marks.split(',').map((p) => p.trim());
  const value = (name: string): string | null => {
    const part = parts.find((p) => p.toLowerCase().startsWith(`${name}:`));
    return part ? part.slice(name.length + 1).trim() : null;
  };
  const confirm = value('confirm');
  return {
    danger: parts.some((p) => p.toLowerCase() === 'danger') || confirm !== null,
    confirm,
    twoPerson: parts.some((p) => p.toLowerCase() === 'two-person'),
    expectMs: durationMs(value('expect') ?? ''),
  };
}

const cut = (text: string, max: number): string =>
  text.length > max ? `${text.slice(0, max - 1)}\u2026` : text;

function toStep(raw: RawStep, index: number, set: ReadonlySet<string>): RunbookStep {
  const command = raw.commands.length > 0 ? raw.commands.join('\n') : null;
  const names = new Set<string>();
  for (const p of placeholders(raw.title, false)) names.add(p.name);
  if (command !== null) for (const p of placeholders(command, true, set)) names.add(p.name);
  const title = cut(showHidden(raw.title.trim()) || (command ?? '').split('\n')[0]!, 1900);
  return {
    index,
    title,
    section: cut(showHidden(raw.section), 390),
    command: command === null ? null : cut(command, 19_000),
    expect: raw.expect === null ? null : cut(showHidden(raw.expect), 1900),
    ...marksOf(raw.marks),
    variables: [...names].slice(0, 100),
    line: raw.line,
  };
}

function variablesOf(
  raw: readonly RawStep[],
  set: ReadonlySet<string>,
  meta: Readonly<Record<string, unknown>>,
): Variable[] {
  const found = new Map<string, Variable>();
  const declared = meta['variables'];
  const defaults =
    declared !== null && typeof declared === 'object' && !Array.isArray(declared)
      ? (declared as Record<string, unknown>)
      : {};
  const add = (name: string, form: string): void => {
    if (!found.has(name))
      found.set(name, {
        name,
        form,
        default: Object.hasOwn(defaults, name) ? valueText(defaults[name]) : null,
      });
  };
  for (const step of raw) {
    for (const p of placeholders(step.title, false)) add(p.name, p.form);
    for (const command of step.commands)
      for (const p of placeholders(command, true, set)) add(p.name, p.form);
  }
  return [...found.values()].slice(0, 200);
}

export interface ReadRunbook extends Runbook {
  /** Markup made by our rules only; raw HTML of the text is inert. */
  readonly html: string;
  readonly truncated: boolean;
}

/**
 * Reads a document. `fileName` gives the title when nothing in the document does.
 * `render: false` skips the markup (for listings).
 */
export function readRunbook(
  source: string,
  fileName: string,
  options: { targets?: Targets; render?: boolean } = {},
): ReadRunbook {
  const truncated = source.length > MAX_DOCUMENT;
  const front = splitFrontMatter(truncated ? source.slice(0, MAX_DOCUMENT) : source);
  const md = createMarkdown(options.targets);
  const problems = front.problems.map((p) => `Line ${p.line}, column ${p.column}: ${p.text}`);
  if (truncated)
    problems.push(
      `Longer than ${MAX_DOCUMENT / 1e6} million characters: what follows is not shown. Split the file.`,
    );
  const env = {};
  const tokens = md.parse(foldAdmonitions(front.body.replaceAll('\r\n', '\n')), env);
  const outline: Heading[] = [];
  tokens.forEach((token, i) => {
    if (token.type !== 'heading_open') return;
    outline.push({
      level: Number(token.tag.slice(1)) - 1,
      text: cut(plainInline(tokens[i + 1]?.children ?? null).trim(), 390),
      anchor: String(token.attrGet('id') ?? ''),
    });
  });
  const raw = findSteps(tokens, front.bodyLine);
  if (raw.length > MAX_STEPS)
    problems.push(`${raw.length} steps were found; the first ${MAX_STEPS} are used. Split the runbook.`);
  const kept = raw.slice(0, MAX_STEPS);
  const set = assignedIn(kept.flatMap((s) => s.commands));
  const meta = front.data;
  const firstHeading = outline.find((h) => h.level === 1)?.text;
  const title =
    valueText(meta['title']) ||
    firstHeading ||
    fileName.replace(/^.*\//, '').replace(/\.(?:md|markdown)$/i, '');
  const tags = Array.isArray(meta['tags'])
    ? meta['tags'].map(valueText)
    : valueText(meta['tags']).split(/[,\s]+/);
  return {
    title: cut(showHidden(title), 390),
    owner: cut(showHidden(valueText(meta['owner'])), 190),
    tags: tags
      .filter((t) => t !== '')
      .map((t) => cut(showHidden(t), 79))
      .slice(0, 40),
    meta: Object.entries(meta)
      .filter(([name]) => !['title', 'owner', 'tags', 'variables'].includes(name))
      .slice(0, 60)
      .map(([name, value]) => ({ name: cut(name, 119), value: cut(showHidden(valueText(value)), 1900) })),
    steps: kept.map((step, i) => toStep(step, i, set)),
    variables: variablesOf(kept, set, meta).map((v) => ({
      ...v,
      name: cut(v.name, 119),
      form: cut(v.form, 199),
    })),
    outline: outline.slice(0, 2000),
    problems: problems.slice(0, 20).map((p) => cut(p, 990)),
    html: options.render === false ? '' : md.renderer.render(tokens, md.options, env),
    truncated,
  };
}
