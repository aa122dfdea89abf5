// npm run package [-- --dir] [-- --electron-dist DIR] [-- --output DIR]: installers for the system it runs on, into release/.
// `--dir`: only the folder, no installer. `--electron-dist`: an unpacked Electron instead of fetching one.
import { resolve } from 'node:path';
import { at, ensureReady, launch, manifest, node24, runToEnd, Stop, say, standing } from './lib.mjs';

const USAGE = 'npm run package -- [--dir] [--electron-dist DIR] [--output DIR]';

function readOptions(argv) {
  const options = { dir: false, electronDist: null, output: at('release') };
  for (let index = 0; index < argv.length; index++) {
    const word = argv[index];
    const folder = () => {
      const value = argv[++index];
      if (!value) throw new Stop(`${word} needs a folder after it.\n${USAGE}`);
      return resolve(standing(), value);
    };
    if (word === '--dir') options.dir = true;
    else if (word === '--electron-dist') options.electronDist = folder();
    else if (word === '--output') options.output = folder();
    else throw new Stop(`${word} is not an option.\n${USAGE}`);
  }
  return options;
}

async function pack(options) {
  const { build, Platform } = await import('electron-builder');
  const { packageConfig } = await import('./package-config.mjs');
  const { stageCli } = await import('./package-cli.mjs');
  const cli = stageCli();
  const targets = Platform.current().createTarget(options.dir ? 'dir' : null);
  const config = packageConfig({ ...options, cli });
  const made = await build({ targets, projectDir: at(), config, publish: 'never' });
  say(made.length > 0 ? `made ${made.join(', ')}` : `made ${options.output}`);
}

launch(async () => {
  const options = readOptions(process.argv.slice(2));
  if (process.version === `v${manifest().devDependencies.node}`) {
    await pack(options);
    return 0;
  }
  await ensureReady();
  return runToEnd(node24(), [at('build', 'package.mjs'), ...process.argv.slice(2)]);
});
