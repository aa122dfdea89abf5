// npm run --silent bulkhead -- ...: the command line. Standard output is the command's own; set-up speaks on standard error.
import { at, ensureReady, launch, node24, runToEnd, standing } from './lib.mjs';

launch(async () => {
  await ensureReady();
  return runToEnd(node24(), [at('dist', 'main', 'cli.js'), ...process.argv.slice(2)], { cwd: standing() });
});
