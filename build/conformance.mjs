// Runs the hosts' conformance inside the real Electron (the public workflow; it needs Electron's binary and a display).

import { installedElectron } from './electron.mjs';
import { at, cleanEnv, ensureReady, launch, manifest, node24, root, runToEnd, Stop } from './lib.mjs';

async function bundle() {
  const { build } = await import('vite');
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    ssr: { noExternal: true, external: ['electron', 'better-sqlite3', 'playwright-core'] },
    build: {
      ssr: true,
      target: 'node24',
      outDir: at('.state', 'conformance'),
      emptyOutDir: true,
      minify: false,
      rollupOptions: {
        input: at('test', 'integration', 'host', 'electron-real.ts'),
        output: { format: 'es', entryFileNames: 'main.mjs' },
      },
    },
  });
}

launch(async () => {
  if (process.version !== `v${manifest().devDependencies.node}`) {
    await ensureReady();
    return runToEnd(node24(), [at('build', 'conformance.mjs')]);
  }
  const electron = installedElectron();
  if (electron === null)
    throw new Stop('Electron’s binary is not installed: node node_modules/electron/install.js');
  await bundle();
  return runToEnd(electron, [at('.state', 'conformance', 'main.mjs')], {
    env: cleanEnv({ BULKHEAD_ROOT: root }),
  });
});
