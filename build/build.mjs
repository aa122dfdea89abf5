// Bundles main, preload and renderer into dist/. `node build/build.mjs [main|renderer]` from any Node 20 or later; the work runs on the pinned one.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  at,
  ensureReady,
  launch,
  manifest,
  node24,
  root,
  runToEnd,
  say,
  sourcesHash,
  stampBuild,
} from './lib.mjs';

const EXTERNAL = ['better-sqlite3', 'electron', 'playwright-core'];

/** Entries of main: the hosts, the command line, and every worker (`*-worker.ts`), each a file of its own beside them. */
function mainEntries() {
  const entries = {};
  for (const name of ['main', 'chromium-main', 'app', 'cli']) {
    const path = at('electron', `${name}.ts`);
    if (existsSync(path)) entries[name] = path;
  }
  for (const file of readdirSync(at('electron'), { recursive: true }))
    if (String(file).endsWith('-worker.ts'))
      entries[basename(String(file), '.ts')] = at('electron', String(file));
  return entries;
}

/** How long plugins took is no news to whoever starts the application. */
const QUIET = { pluginTimings: false };

const common = () => ({
  configFile: false,
  root,
  logLevel: 'warn',
  envDir: false,
  publicDir: false,
  define: { BULKHEAD_VERSION: JSON.stringify(manifest().version) },
});

const node = (input, output) => ({
  ...common(),
  ssr: { noExternal: true, external: EXTERNAL },
  build: {
    ssr: true,
    target: 'node24',
    outDir: at('dist', 'main'),
    emptyOutDir: false,
    minify: false,
    sourcemap: false,
    rollupOptions: { input, output, checks: QUIET },
  },
});

const renderer = (react) => ({
  ...common(),
  root: at('renderer'),
  base: '/',
  plugins: [react()],
  build: {
    target: 'chrome140',
    outDir: at('dist', 'renderer'),
    emptyOutDir: true,
    sourcemap: false,
    // Fonts and pictures stay files: the policy takes fonts from the own origin only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { checks: QUIET },
    chunkSizeWarningLimit: 4000,
    reportCompressedSize: false,
  },
});

/** `part`: `main`, `renderer`, or everything. */
async function bundle(part) {
  const { build } = await import('vite');
  const { default: react } = await import('@vitejs/plugin-react');
  const hash = sourcesHash();
  if (part !== 'main') await build(renderer(react));
  if (part === 'renderer') return;
  rmSync(at('dist', 'main'), { recursive: true, force: true });
  // Chunks lie beside the entries: services find their workers next to their own file.
  const modules = { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' };
  await build(node(mainEntries(), modules));
  const script = { format: 'cjs', entryFileNames: 'preload.cjs', codeSplitting: false };
  await build(node({ preload: join(root, 'electron', 'preload.ts') }, script));
  if (part !== 'main') stampBuild(hash);
}

launch(async () => {
  const right = `v${manifest().devDependencies.node}`;
  if (process.version === right) {
    await bundle(process.argv[2]);
    return 0;
  }
  await ensureReady({ build: false });
  say('building');
  return runToEnd(node24(), [at('build', 'build.mjs'), ...process.argv.slice(2)]);
});
