// npm test: types, lint, the build, walls, unit, integration and the window end to end. Goes on after a failure, so that one run
// shows everything; the last line of standard output is the sum.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
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

const none = { passed: 0, failed: 0, skipped: 0 };

function readJson(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

/** Tests by outcome; a file that could not even be loaded counts as one failure. */
export function vitestSum(file) {
  const report = readJson(file);
  if (!report) return { ...none, failed: 1 };
  const unloaded = report.testResults.filter(
    (one) => one.status === 'failed' && one.assertionResults.length === 0,
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
  };
}

/** A test that passed only on its second try passed, and is said. */
export function playwrightSum(file) {
  const report = readJson(file);
  if (!report) return { ...none, failed: 1 };
  const { expected, unexpected, flaky, skipped } = report.stats;
  if (flaky > 0)
    say(`${flaky} end-to-end tests passed only on their second try; their names are marked flaky above`);
  return { passed: expected + flaky, failed: unexpected + report.errors.length, skipped };
}

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
  for (const step of STEPS) {
    say(step.name);
    const sum = await runStep(step).catch((error) => {
      say(error.message);
      return { ...none, failed: 1 };
    });
    if (sum.failed > 0) failed.push(step.name);
    for (const key of Object.keys(total)) total[key] += sum[key];
  }
  if (failed.length > 0) say(`failed: ${failed.join(', ')}`);
  process.stdout.write(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
  return total.failed > 0 ? 1 : 0;
});
