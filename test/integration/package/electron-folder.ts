// An unpacked Electron that is none: the files the builder looks for, and an executable of the system that carries the fuse wire.
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { createPackage } from '@electron/asar';

/** @electron/fuses: the wire follows this text as version, length, and one character per fuse. */
export const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

export async function makeElectronFolder(folder: string, version: string): Promise<void> {
  mkdirSync(join(folder, 'resources'), { recursive: true });
  mkdirSync(join(folder, 'locales'));
  const executable = join(folder, 'electron');
  copyFileSync('/bin/true', executable);
  chmodSync(executable, 0o755);
  // As Electron leaves the factory: RunAsNode, NodeOptions and CliInspect on, the rest off but the file privileges and trap handlers.
  appendFileSync(
    executable,
    Buffer.concat([Buffer.from(SENTINEL), Buffer.from([1, 9]), Buffer.from('101100011')]),
  );
  writeFileSync(join(folder, 'version'), version);
  writeFileSync(join(folder, 'LICENSE'), 'stand-in');
  writeFileSync(join(folder, 'LICENSES.chromium.html'), 'stand-in');
  const welcome = join(folder, 'welcome');
  mkdirSync(welcome);
  writeFileSync(join(welcome, 'index.js'), '');
  await createPackage(welcome, join(folder, 'resources', 'default_app.asar'));
  rmSync(welcome, { recursive: true });
  for (const locale of ['de', 'en-US']) writeFileSync(join(folder, 'locales', `${locale}.pak`), 'stand-in');
}

/** The characters of the fuse wire of an executable: `1` on, `0` off, in the order of FuseV1Options. */
export function fuseWire(executable: string): string {
  const bytes = readFileSync(executable);
  const at = bytes.indexOf(SENTINEL) + SENTINEL.length;
  return bytes.subarray(at + 2, at + 2 + (bytes[at + 1] ?? 0)).toString();
}
