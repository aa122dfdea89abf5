// What the test runners' JSON reports say: how many, and which failed, each with the first line of its reason.
import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { at, say } from './lib.mjs';

export const none = { passed: 0, failed: 0, skipped: 0, names: [] };

const MISSING = { ...none, failed: 1, names: ['the test runner left no report'] };

const readJson = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null);

/** The first lines of a message: enough to know a property's seed and what was expected. */
const firstLines = (text, lines = 4) =>
  (text ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, lines)
    .join(' · ')
    .slice(0, 600);

/** Tests by outcome; a file that could not even be loaded counts as one failure. */
export function vitestSum(file) {
  const report = readJson(file);
  if (!report) return MISSING;
  const unloaded = report.testResults.filter(
    (one) => one.status === 'failed' && one.assertionResults.length === 0,
  );
  const names = report.testResults.flatMap((one) => [
    ...one.assertionResults
      .filter((test) => test.status === 'failed')
      .map(
        (test) => `${relative(at(), one.name)} › ${test.fullName}: ${firstLines(test.failureMessages?.[0])}`,
      ),
    ...(unloaded.includes(one) ? [`${relative(at(), one.name)}: ${firstLines(one.message)}`] : []),
  ]);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
    names,
  };
}

const specsOf = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsOf)];

/** A test that passed only on its second try passed, and is said. */
export function playwrightSum(file) {
  const report = readJson(file);
  if (!report) return MISSING;
  const { expected, unexpected, flaky, skipped } = report.stats;
  const names = report.suites.flatMap(specsOf).flatMap((spec) =>
    spec.tests
      .filter((test) => test.status === 'unexpected' || test.status === 'flaky')
      .map((test) => {
        const reason = test.results.find((result) => result.error)?.error?.message;
        const second = test.status === 'flaky' ? 'passed only on its second try: ' : '';
        return `${second}${spec.file}:${spec.line} › ${spec.title}: ${firstLines(reason)}`;
      }),
  );
  if (flaky > 0) say(`${flaky} end-to-end tests passed only on their second try`);
  return { passed: expected + flaky, failed: unexpected + report.errors.length, skipped, names };
}
