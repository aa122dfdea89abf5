// settings.json: how the desk looks and who sits at it. Written atomically; a broken file is set aside and said, never lost.
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Person, person, type Settings, settings } from '../../shared/contract/app.ts';
import { appText } from '../../shared/text/app.ts';
import { writeFileAtomic } from '../files/atomic.ts';

const file = z.object({ settings: settings.partial(), person: person.nullable() });

export const DEFAULTS: Settings = {
  theme: 'night',
  type: 'normal',
  zone: '',
  regions: [],
  firstRunDone: false,
};

export interface SettingsStore {
  get(): Settings;
  person(): Person | null;
  set(change: Partial<Settings>): void;
  setPerson(person: Person): void;
  readonly notices: readonly string[];
}

/** Reads or begins `settings.json` in a profile folder. `set` takes effect even when the disk refuses it; the error is thrown then. */
export function openSettings(folder: string): SettingsStore {
  const path = join(folder, 'settings.json');
  const notices: string[] = [];
  let current: Settings = DEFAULTS;
  let who: Person | null = null;
  if (existsSync(path)) {
    try {
      const read = file.parse(JSON.parse(readFileSync(path, 'utf8')));
      current = { ...DEFAULTS, ...read.settings };
      who = read.person;
    } catch (error) {
      renameSync(path, `${path}.broken`);
      notices.push(appText.settingsBroken((error as Error).message.slice(0, 200)));
    }
  }
  const save = (): void => {
    writeFileAtomic(path, `${JSON.stringify({ settings: current, person: who }, null, 2)}\n`);
  };
  return {
    notices,
    get: () => current,
    person: () => who,
    set: (change) => {
      current = { ...current, ...change };
      save();
    },
    setPerson: (next) => {
      who = next;
      save();
    },
  };
}
