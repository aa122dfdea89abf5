import { defineConfig } from '@playwright/test';

// The window is the Chromium host's own, opened inside the worker (test/e2e/harness/fixtures.ts); the driver's browsers are not used.
export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '*.spec.ts',
  outputDir: 'test-results/e2e',
  workers: 2,
  fullyParallel: true,
  forbidOnly: !!process.env['CI'],
  // A machine under load loses a key now and then; what needed its second try is named by npm test, so that it is looked at.
  retries: 1,
  // Generous: a loaded machine takes tens of seconds to open a browser, and a slow test is no failed one.
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: { trace: 'off', screenshot: 'off', video: 'off' },
});
