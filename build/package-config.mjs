// electron-builder's configuration: what goes into the packages, what stays out, and the fuses.
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { at, manifest } from './lib.mjs';

/** All nine fuses of Electron 45, by name: off what turns the application into something else, on what binds it to its files. */
export const FUSES = {
  version: FuseVersion.V1,
  strictlyRequireAllFuses: true,
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  [FuseV1Options.WasmTrapHandlers]: true,
};

const EXECUTABLE = 'bulkhead';

function executableOf({ electronPlatformName, appOutDir, packager }) {
  const product = packager.appInfo.productFilename;
  if (electronPlatformName === 'darwin') return join(appOutDir, `${product}.app`);
  return join(appOutDir, electronPlatformName === 'win32' ? `${product}.exe` : EXECUTABLE);
}

const resourcesOf = ({ electronPlatformName, appOutDir, packager }) =>
  electronPlatformName === 'darwin'
    ? join(appOutDir, `${packager.appInfo.productFilename}.app`, 'Contents', 'Resources')
    : join(appOutDir, 'resources');

/** Before signing: the command line goes in beside (the builder would leave its node_modules out), Electron's welcome goes out. */
function placeFiles(context, cli) {
  const resources = resourcesOf(context);
  rmSync(join(resources, 'default_app.asar'), { force: true });
  const beside = context.electronPlatformName === 'darwin' ? resources : context.appOutDir;
  cpSync(cli, join(beside, 'cli'), { recursive: true });
}

/** The builder's own schema refuses `strictlyRequireAllFuses`, so they are set here. */
async function setFuses(context) {
  const adHoc = context.electronPlatformName === 'darwin' && !process.env.CSC_LINK;
  await flipFuses(executableOf(context), { ...FUSES, resetAdHocDarwinSignature: adHoc });
}

/** `electronDist`: a folder of an unpacked Electron, or null to fetch it. `cli`: the folder of the command line, packed beside. */
export function packageConfig({ electronDist, output, cli }) {
  const { version, devDependencies } = manifest();
  return {
    appId: 'dev.bulkhead.desktop',
    productName: 'Bulkhead',
    buildVersion: version,
    copyright: 'Bulkhead',
    electronVersion: devDependencies.electron,
    electronDist,
    directories: { output, buildResources: at('build', 'icons') },
    npmRebuild: false,
    nodeGypRebuild: false,
    asar: true,
    // The one binary cannot be loaded from inside an archive.
    asarUnpack: ['node_modules/better-sqlite3/prebuilds/**'],
    files: [
      'dist/main/**',
      'dist/renderer/**',
      'package.json',
      // The stand-in and the command line are not part of the window's application.
      '!dist/main/chromium-main.js',
      '!dist/main/cli.js',
      '!**/*.map',
      '!node_modules/node-addon-api/**',
      '!node_modules/better-sqlite3/**',
      'node_modules/better-sqlite3/package.json',
      'node_modules/better-sqlite3/LICENSE',
      'node_modules/better-sqlite3/lib/**',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the builder fills these in
      'node_modules/better-sqlite3/prebuilds/${platform}-${arch}.node',
    ],
    extraMetadata: { devDependencies: null, scripts: null, allowScripts: null },
    electronLanguages: ['en-US'],
    afterPack: async (context) => {
      placeFiles(context, cli);
      await setFuses(context);
    },
    linux: {
      target: ['AppImage', 'deb'],
      category: 'Development',
      executableName: EXECUTABLE,
      maintainer: 'Bulkhead <bulkhead@localhost>',
      synopsis: manifest().description,
    },
    mac: {
      target: ['dmg'],
      category: 'public.app-category.developer-tools',
      hardenedRuntime: true,
    },
    win: { target: ['nsis'] },
    nsis: { oneClick: false, perMachine: false, allowToChangeInstallationDirectory: true },
    publish: null,
  };
}
