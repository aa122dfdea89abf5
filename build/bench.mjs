// npm run bench [NAME]: every file of test/bench with the pinned Node. Each prints figures as lines of JSON
// `{what, value, floor, ratio, reach}` (milliseconds, unless `what` says otherwise) on standard output; here they become one table.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { at, cleanEnv, ensureReady, launch, node24, say } from './lib.mjs';

function runOne(file) {
  return new Promise((resolve) => {
    const child = spawn(node24(), ['--no-warnings', at('test', 'bench', file)], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: cleanEnv(),
      cwd: at(),
    });
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
    });
    child.once('close', (code) => resolve({ code, figures: readFigures(text) }));
  });
}

/** Lines that are figures; everything else a benchmark prints is passed over. */
export function readFigures(text) {
  const figures = [];
  for (const line of text.split('\n')) {
    if (!line.startsWith('{')) continue;
    try {
      const figure = JSON.parse(line);
      if (typeof figure.what === 'string') figures.push(figure);
    } catch {
      // not a figure
    }
  }
  return figures;
}

/** True or false where `reach` is a bound of the ratio; null where it names none. */
export function reached({ ratio, reach }) {
  const [, sign, bound] = /^\s*(<=|>=|<|>)\s*([\d.]+)/.exec(reach ?? '') ?? [];
  if (!sign || typeof ratio !== 'number') return null;
  const limit = Number(bound);
  return { '<=': ratio <= limit, '>=': ratio >= limit, '<': ratio < limit, '>': ratio > limit }[sign];
}

const number = (value) => (typeof value === 'number' ? value.toPrecision(4).replace(/\.?0+$/, '') : '-');

launch(async () => {
  await ensureReady();
  const wanted = process.argv[2];
  const files = readdirSync(at('test', 'bench')).filter(
    (name) => name.endsWith('.ts') && (!wanted || name.includes(wanted)),
  );
  const rows = [['what', 'value', 'floor', 'ratio', 'reach', '']];
  let broken = 0;
  for (const file of files.sort()) {
    say(file);
    const { code, figures } = await runOne(file);
    if (code !== 0 || figures.length === 0) {
      broken += 1;
      say(`${file} ended with code ${code} and ${figures.length} figures`);
    }
    for (const figure of figures) {
      const mark = { true: 'reached', false: 'NOT reached', null: '' }[String(reached(figure))];
      rows.push([
        figure.what,
        number(figure.value),
        number(figure.floor),
        number(figure.ratio),
        figure.reach ?? '-',
        mark,
      ]);
    }
  }
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  for (const row of rows)
    process.stdout.write(
      `${row
        .map((text, column) => text.padEnd(widths[column]))
        .join('  ')
        .trimEnd()}\n`,
    );
  return broken > 0 ? 1 : 0;
});
