// npm test: types, lint, the build, walls, unit, integration and the window end to end. Goes on after a failure, so that one run
// shows everything; the last line of standard output is the sum.
import { mkdirSync, rmSync } from 'node:fs';
import {
  ALERTMANAGER,
  at,
  CHROMIUM,
  cleanEnv,
  ensurePrograms,
  ensureReady,
  hasBrowser,
  launch,
  node24,
  runToEnd,
  say,
  XVFB,
} from './lib.mjs';
import { none, playwrightSum, vitestSum } from './sums.mjs';

const UNIT = at('test-results', 'unit.json');
const E2E = at('test-results', 'e2e.json');

/** A module's own entry, run with the pinned Node. */
const module24 = (path, ...args) => [node24(), [at('node_modules', path), ...args]];

const STEPS = [
  { name: 'types', command: () => module24('typescript/bin/tsc', '--noEmit', '-p', '.') },
  {
    name: 'lint',
    command: () => module24('@biomejs/biome/bin/biome', 'check', '--diagnostic-level=error', '.'),
  },
  { name: 'build', ready: true },
  {
    name: 'unit and integration',
    command: () =>
      module24('vitest/vitest.mjs', 'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${UNIT}`),
    report: () => vitestSum(UNIT),
  },
  {
    name: 'end to end',
    command: () => module24('@playwright/test/cli.js', 'test', '--config', at('playwright.config.ts')),
    report: () => playwrightSum(E2E),
  },
];

async function runStep({ command, ready, report }) {
  if (ready) {
    await ensureReady();
    return none;
  }
  const [program, args] = command();
  const env = cleanEnv({ NODE_ENV: 'test', FORCE_COLOR: process.stdout.isTTY ? '1' : '0' });
  const code = await runToEnd(program, args, { stdio: ['ignore', 'inherit', 'inherit'], env });
  const sum = report ? report() : none;
  return code !== 0 && sum.failed === 0 ? { ...sum, failed: 1 } : sum;
}

launch(async () => {
  await ensureReady({ build: false });
  await ensurePrograms([...(hasBrowser() ? [] : [CHROMIUM]), XVFB, ALERTMANAGER]);
  mkdirSync(at('test-results'), { recursive: true });
  for (const file of [UNIT, E2E]) rmSync(file, { force: true });
  const total = { ...none };
  const failed = [];
  const names = [];
  for (const step of STEPS) {
    say(step.name);
    const sum = await runStep(step).catch((error) => {
      say(error.message);
      return { ...none, failed: 1 };
    });
    if (sum.failed > 0) failed.push(step.name);
    for (const key of ['passed', 'failed', 'skipped']) total[key] += sum[key];
    names.push(...sum.names);
  }
  if (failed.length > 0) say(`failed: ${failed.join(', ')}`);
  // Said again at the end, since what failed early stands thousands of lines above.
  for (const name of names) say(`  ${name}`);
  process.stdout.write(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
  return total.failed > 0 ? 1 : 0;
});
