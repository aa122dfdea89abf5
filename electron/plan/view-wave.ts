// A wave of a plan as the screen draws it: its bake with the gaps, its gate counted one by one, what forbids its start.
import type { PlanWave } from '../../shared/contract/plan.ts';
import type { Action, Room } from '../../shared/rollback/action.ts';
import { causeOf, fullAt, silentSpans, watched } from '../../shared/rollback/bake.ts';
import { canStartWave } from '../../shared/rollback/can.ts';
import { conditions } from '../../shared/rollback/gate.ts';
import { waveStatus } from '../../shared/rollback/holds.ts';
import type { Bake, WaveState } from '../../shared/rollback/state.ts';
import { toInstant } from '../../shared/time/clock.ts';
import { ownView } from './view-steps.ts';
import { at, cut, type Dry, type FindFor, forbids } from './view-words.ts';

export function bakeView(room: Room, bake: Bake | null, needed: number): PlanWave['bake'] {
  const { state, book, here } = room;
  if (bake === null)
    return {
      neededMs: needed,
      watchedMs: 0,
      gaps: [],
      startedAt: null,
      endsAt: null,
      endedAt: null,
      endedBy: null,
    };
  const { open, ended } = silentSpans(state, book, bake, here.now);
  const runs = bake.ended === null;
  const gaps = [
    ...bake.gaps.map((one) => ({ from: one.from, to: one.to as number | null, cause: one.cause })),
    // Heard again, and not yet written by the watch.
    ...ended.map((one) => ({
      from: one.from,
      to: one.to,
      cause: causeOf({ from: one.from, to: one.to ?? here.now }, here.away ?? []),
    })),
    ...(open !== null && runs
      ? [{ from: open, to: null, cause: causeOf({ from: open, to: here.now }, here.away ?? []) }]
      : []),
  ];
  const live = runs && open === null && state.untrusted === null;
  return {
    neededMs: bake.needed,
    watchedMs: Math.min(Math.round(watched(state, book, bake, here.now)), bake.needed),
    gaps: gaps.slice(-200).map((one) => ({ from: toInstant(one.from), to: at(one.to), cause: one.cause })),
    startedAt: toInstant(bake.startedAt),
    endsAt: live ? toInstant(fullAt(state, book, bake, here.now)) : null,
    endedAt: at(bake.ended?.at ?? null),
    endedBy: bake.ended?.cause ?? null,
  };
}

export function waveView(room: Room, wave: WaveState, findFor: FindFor, dry: Dry): PlanWave {
  const { state, book, here } = room;
  const passed = wave.passedAt !== null;
  const now = conditions(state, book, wave, here);
  const shown = passed
    ? wave.passedWith.map((old) => {
        const same = now.find((one) => one.code === old.code);
        const text = (old as { text?: unknown }).text;
        return {
          rule: same?.rule ?? '6',
          code: old.code,
          text: cut(typeof text === 'string' ? text : (same?.text ?? ''), 2000),
          met: old.met,
          overridden: !old.met,
        };
      })
    : now.map(({ rule, code, text, target, met, overridden }) => ({
        rule,
        code,
        text: cut(text, 2000),
        ...(target === undefined ? {} : { target }),
        met,
        overridden,
      }));
  return {
    name: wave.name,
    state: waveStatus(state, wave),
    targets: wave.targets.slice(0, 500),
    alone: wave.alone,
    startedAt: at(wave.startedAt),
    bake: bakeView(room, wave.bake, wave.bakeNeeded ?? 0),
    gate: {
      kind: wave.gate,
      state: passed ? 'passed' : wave.bake?.ended?.cause === 'full' ? 'waiting' : 'closed',
      conditions: shown.slice(0, 40),
      waitingSince: at(wave.waiting?.at ?? null),
      passedAt: at(wave.passedAt),
      passedBy: wave.passedBy,
    },
    startForbids: wave.startedAt === null ? forbids(canStartWave(state, wave, findFor(wave))) : [],
    passForbids: dry({ do: 'pass-gate', wave: wave.name } as Action),
    after: ownView(room, 'after', wave),
  };
}
