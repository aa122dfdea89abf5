// What every entry does once its host is there: start the application, keep the window open, end everything in order.
import { mkdirSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { BulkheadError } from '../../shared/result.ts';
import { hostText } from '../../shared/text/host.ts';
import type { Clock } from '../../shared/time/clock.ts';
import type { Arguments } from '../arguments.ts';
import { diskReason } from '../files/atomic.ts';
import { createFileLog } from '../log/file.ts';
import type { Log } from '../log/log.ts';
import type { Application, CreateApplication } from './application.ts';
import type { Host } from './host.ts';
import { version } from './version.ts';

export interface Place {
  readonly path: string;
  readonly temporary: boolean;
}

/** The profile's folder, made when missing; a temporary one where none was asked for. Without an await: Electron's lock lies in it. */
export function openProfile(wanted: string | null): Place {
  if (wanted === null) return { path: mkdtempSync(join(tmpdir(), 'bulkhead-')), temporary: true };
  try {
    mkdirSync(wanted, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new BulkheadError('no-profile', hostText.noProfile(wanted, diskReason(error)));
  }
  return { path: wanted, temporary: false };
}

export interface RunDeps {
  readonly create: CreateApplication;
  readonly clock: Clock;
  readonly args: Pick<Arguments, 'replay' | 'why'> & Partial<Pick<Arguments, 'rehearse'>>;
  readonly profile: Place;
  /** Makes the host; `blob` reads through the application once it is there. */
  readonly host: (around: { log: Log; blob: (sha256: string) => Promise<Uint8Array | null> }) => Host;
  /** Inner size of the window in CSS pixels; 1440 x 900 when nobody says. */
  readonly size?: { readonly width: number; readonly height: number };
  /** Called when the application runs and its window is about to open. */
  readonly onReady?: (host: Host, log: Log) => void;
}

/** Runs until the window is closed. Everything started here has ended when it resolves or throws. */
export async function run(deps: RunDeps): Promise<void> {
  const { profile, clock } = deps;
  const file = createFileLog({ dir: join(profile.path, 'logs'), clock });
  const { log } = file;
  let app: Application | null = null;
  try {
    const host = deps.host({
      log: log.child('host'),
      blob: async (sha256) => (await app?.blob?.(sha256)) ?? null,
    });
    // Nothing is written before the application owns the profile: a second start says so and touches nothing.
    app = await deps.create({
      host,
      clock,
      ids: { uuid: () => uuidv7() },
      log,
      profile,
      replay: deps.args.replay,
      rehearse: deps.args.rehearse ?? null,
      why: deps.args.why,
      version,
    });
    log.info('starting', { version, host: host.kind, why: deps.args.why });
    await app.start();
    deps.onReady?.(host, log);
    const size = deps.size ?? { width: 1440, height: 900 };
    await host.openWindow({ title: 'Bulkhead', ...size, path: '/' }, app.bridge);
    log.info('the window was closed');
  } catch (error) {
    if (app) log.error('ended by a failure', { error });
    throw error;
  } finally {
    await app?.stop();
    await file.close();
    if (profile.temporary) await rm(profile.path, { recursive: true, force: true, maxRetries: 3 });
  }
}
