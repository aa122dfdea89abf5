// Sound for an open breaker and a waiting gate: at once, and again every 5 minutes until somebody has it. Acting on it counts as having it.
import { useCallback, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { plan as text } from '../../../../shared/text/plan-ui.ts';
import { fromInstant, type Instant, toInstant } from '../../../../shared/time/clock.ts';
import { useServices } from '../../../app/services.ts';
import { personName, useWrite } from '../session.ts';
import { alarms } from './model.ts';
import { usePlan } from './store.ts';

export const AGAIN_MS = 5 * 60_000;

interface Had {
  readonly by: string;
  readonly at: Instant;
}
type HadStore = StoreApi<{ readonly had: Readonly<Record<string, Had>> }>;

/** Who has which alarm, as long as the window lives: leaving the room and coming back must not sound again. */
const owners = new WeakMap<object, HadStore>();
function hadStore(owner: object): HadStore {
  const held =
    owners.get(owner) ?? createStore<{ readonly had: Readonly<Record<string, Had>> }>(() => ({ had: {} }));
  owners.set(owner, held);
  return held;
}

/** Two short tones; low twice for a gate, falling for the breaker. Returns what failed, in words for the report; null when it sounded. */
export function sound(kind: 'breaker' | 'gate'): string | null {
  try {
    const context = new AudioContext();
    const tones = kind === 'breaker' ? [880, 587] : [523, 523];
    tones.forEach((pitch, i) => {
      const tone = context.createOscillator();
      const loud = context.createGain();
      const from = context.currentTime + i * 0.24;
      tone.frequency.value = pitch;
      loud.gain.setValueAtTime(0, from);
      loud.gain.linearRampToValueAtTime(0.2, from + 0.02);
      loud.gain.linearRampToValueAtTime(0, from + 0.2);
      tone.connect(loud).connect(context.destination);
      tone.start(from);
      tone.stop(from + 0.22);
      if (i === tones.length - 1) tone.onended = () => void context.close();
    });
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

export interface Alarm {
  /** Who has the alarm that stands now; null while it sounds. */
  readonly had: Had | null;
  readonly stands: boolean;
  have(): Promise<string | null>;
  /** Somebody acted: no entry, the act is one. */
  acted(): void;
}

export function useAlarm(play: (kind: 'breaker' | 'gate') => string | null = sound): Alarm {
  const services = useServices();
  const { view } = usePlan();
  const write = useWrite();
  const store = hadStore(services.client);
  const had = useStore(store, (s) => s.had);
  const list = alarms(view);
  const standing = list.filter((one) => !had[one.key]);
  const keys = standing.map((one) => `${one.kind} ${one.key}`).join('\n');
  const lastPlayed = useRef<Record<string, number>>({});

  useEffect(() => {
    if (keys === '') return;
    let gone = false;
    const ring = async (): Promise<void> => {
      const now = services.clock.uptime();
      const due = keys.split('\n').filter((key) => {
        const at = lastPlayed.current[key];
        return at === undefined || now - at >= AGAIN_MS;
      });
      if (due.length === 0) return;
      for (const key of due) lastPlayed.current[key] = now;
      // The desk's own settings: sound off, or silenced for a while. Where they cannot be read, it sounds.
      const desk = await services.client.call('notify.get', {});
      if (gone) return;
      const snoozed =
        desk.ok &&
        (!desk.value.settings.sound ||
          (desk.value.snoozedUntil !== null && fromInstant(desk.value.snoozedUntil) > services.clock.now()));
      if (snoozed) return;
      const failed = play(due.some((key) => key.startsWith('breaker')) ? 'breaker' : 'gate');
      if (failed !== null) services.announce.alert(failed);
    };
    void ring();
    const timer = setInterval(() => void ring(), 1000);
    return () => {
      gone = true;
      clearInterval(timer);
    };
  }, [keys, services, play]);

  const mark = useCallback(
    (by: string): void => {
      const at = toInstant(services.clock.now());
      store.setState((s) => ({
        had: { ...s.had, ...Object.fromEntries(standing.map((one) => [one.key, { by, at }])) },
      }));
    },
    [services, store, standing],
  );
  const first = list[0];
  return {
    stands: list.length > 0,
    had: first ? (had[first.key] ?? null) : null,
    async have() {
      const by = personName(services);
      if (by === '') return text.nameFirst;
      const what = standing.map((one) =>
        one.kind === 'breaker'
          ? `${text.open.toLowerCase()}, ${one.about}`
          : text.gateWaits(one.about).toLowerCase(),
      );
      if (what.length === 0) return null;
      const answer = await write('room.log', {
        kind: 'note',
        text: text.hadIt(by, what.join('; ')),
        occurred: null,
      });
      if (!answer.ok) return answer.error.message;
      mark(by);
      return null;
    },
    acted() {
      if (standing.length > 0) mark(personName(services));
    },
  };
}
