// Placeholders of a runbook: `{{region}}`, `$REGION`, `${REGION}`, `<cluster>`. Asked once, filled in everywhere.

export interface Variable {
  readonly name: string;
  /** As first written, for people: `<cluster>`. */
  readonly form: string;
  readonly default: string | null;
}

/** Names of HTML elements: `<details>` in a document is markup that was left in, not something to fill in. */
const ELEMENTS = new Set(
  (
    'a abbr address article aside audio b base bdi bdo blockquote body br button canvas caption center cite code col colgroup ' +
    'data datalist dd del details dfn dialog div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 ' +
    'head header hr html i iframe img input ins kbd label legend li link main map mark math menu meta meter nav noscript object ol ' +
    'optgroup option output p param picture pre progress q rp rt ruby s samp script section select small source span strike strong ' +
    'style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr none nil'
  ).split(' '),
);

/** Of the shell or the system, never asked for. */
const SHELL = new Set(
  'HOME PATH PWD OLDPWD USER SHELL HOSTNAME UID EUID PPID IFS RANDOM SECONDS LINENO OPTARG OPTIND REPLY LANG TERM EDITOR TMPDIR PS1 NF NR FS OFS RS BASH_SOURCE'.split(
    ' ',
  ),
);

const MUSTACHE = /\{\{\s*([A-Za-z_][\w.-]{0,60})\s*\}\}/g;
const ANGLE = /<([A-Za-z][\w.:-]{0,60}(?: [\w.-]+){0,3})>/g;
const DOLLAR = /\$(?:\{([A-Z][A-Z0-9_]{1,60})\}|([A-Z][A-Z0-9_]{1,60})\b)/g;

/** Template keywords of Go and Jinja, which look like a placeholder and are none. */
const KEYWORDS = new Set(['end', 'else', 'endif', 'endfor', 'range', 'if']);

/** Shell variables that the text itself sets: `NS=...`, `for POD in`, `read NAME`, `export X=`. */
function assigned(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const m of text.matchAll(/(?:^|[\s;&|(])(?:export\s+|local\s+|declare\s+)?([A-Z][A-Z0-9_]{1,60})=/gm))
    names.add(m[1]!);
  for (const m of text.matchAll(/\bfor\s+([A-Z][A-Z0-9_]{1,60})\s+in\b/g)) names.add(m[1]!);
  for (const m of text.matchAll(/\bread\s+(?:-r\s+)?([A-Z][A-Z0-9_]{1,60})\b/g)) names.add(m[1]!);
  return names;
}

export interface Placeholder {
  readonly name: string;
  readonly form: string;
  readonly from: number;
  readonly to: number;
}

/**
 * Placeholders of one text, in order. `command`: `$NAME` counts too, unless the text (or `setBefore`) assigns it.
 * `<b>` is markup; `<namespace>` and `<pod name>` are placeholders.
 */
export function placeholders(
  text: string,
  command: boolean,
  setBefore: ReadonlySet<string> = new Set(),
): Placeholder[] {
  const found: Placeholder[] = [];
  const add = (name: string, m: RegExpMatchArray): void => {
    found.push({ name, form: m[0], from: m.index!, to: m.index! + m[0].length });
  };
  for (const m of text.matchAll(MUSTACHE)) if (!KEYWORDS.has(m[1]!)) add(m[1]!, m);
  for (const m of text.matchAll(ANGLE)) {
    const name = m[1]!;
    // `<https:...>` and `<mail@...>` are links; a lower-case element is markup.
    if (ELEMENTS.has(name.split(' ')[0]!.toLowerCase()) || /^[a-z]+:/i.test(name)) continue;
    add(name, m);
  }
  if (command) {
    const set = assigned(text);
    for (const m of text.matchAll(DOLLAR)) {
      const name = (m[1] ?? m[2])!;
      if (!SHELL.has(name) && !set.has(name) && !setBefore.has(name)) add(name, m);
    }
  }
  return found.sort((a, b) => a.from - b.from);
}

/** All names that commands of a document assign, in any of them: a later command may use what an earlier one set. */
export function assignedIn(commands: readonly string[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const command of commands) for (const name of assigned(command)) names.add(name);
  return names;
}

/**
 * Fills values in. A placeholder without a value stays as it is and is named in `missing`.
 * The value is put in as text; nothing is executed or expanded.
 */
export function fill(
  text: string,
  values: Readonly<Record<string, string>>,
  command: boolean,
  setBefore?: ReadonlySet<string>,
): { readonly text: string; readonly missing: readonly string[] } {
  let out = '';
  let at = 0;
  const missing = new Set<string>();
  for (const p of placeholders(text, command, setBefore)) {
    if (p.from < at) continue;
    out += text.slice(at, p.from);
    const value = Object.hasOwn(values, p.name) ? values[p.name]! : '';
    if (value === '') missing.add(p.name);
    out += value === '' ? p.form : value;
    at = p.to;
  }
  return { text: out + text.slice(at), missing: [...missing] };
}
