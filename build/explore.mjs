// npm run explore [RUNS] [FIRST_SEED]: every property of test/unit again with other seeds (test/seed.ts). npm test keeps to one seed, so
// that a run can be repeated; this is how the rest of the space is looked at. Says the seed and the test of what failed.
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { at, cleanEnv, ensureReady, launch, node24, runToEnd, say } from './lib.mjs';
import { vitestSum } from './sums.mjs';

const [runs = '10', first = String(Math.floor(Math.random() * 1e9))] = process.argv.slice(2);

/** The test files that hold a property: the others say the same at every seed. */
const properties = () =>
  readdirSync(at('test', 'unit'), { recursive: true })
    .map((name) => `test/unit/${name}`)
    .filter((name) => name.endsWith('.ts') && readFileSync(at(name), 'utf8').includes("from 'fast-check'"));

async function pass(seed, files) {
  const file = at('test-results', `explore-${seed}.json`);
  await runToEnd(
    node24(),
    [
      at('node_modules', 'vitest/vitest.mjs'),
      'run',
      ...files,
      '--reporter=json',
      `--outputFile.json=${file}`,
    ],
    {
      stdio: ['ignore', 'ignore', 'ignore'],
      env: cleanEnv({ NODE_ENV: 'test', BULKHEAD_SEED: String(seed) }),
    },
  );
  return vitestSum(file);
}

launch(async () => {
  await ensureReady({ build: false });
  mkdirSync(at('test-results'), { recursive: true });
  const files = properties();
  let failed = 0;
  for (let seed = Number(first); seed < Number(first) + Number(runs); seed += 1) {
    const sum = await pass(seed, files);
    failed += sum.failed;
    say(`seed ${seed}: ${sum.passed} passed, ${sum.failed} failed`);
    for (const name of sum.names) say(`  ${name}`);
  }
  return failed > 0 ? 1 : 0;
});
