// Bending a running plan (rule 10): each change one entry with the difference and a reason; one that loosens is an override.
import { rollbackText as say } from '../text/rollback.ts';
import { targetStart } from './act-target.ts';
import { type Action, type Answer, allow, base, findNow, type Room, refuse } from './action.ts';
import { canStartTarget } from './can.ts';
import { why } from './gate.ts';
import { waveNamed, waveOf } from './state.ts';

type On<D extends Action['do']> = Extract<Action, { do: D }>;

export function actChange(room: Room, action: On<'pull-forward' | 'set-bake' | 'split-wave'>): Answer {
  const { state } = room;
  if (action.do === 'pull-forward') return pullForward(room, action);
  if (state.status !== 'running' && state.status !== 'paused')
    return refuse([why('plan-not-running', say.planNotRunning(state.status))]);
  const wave = waveNamed(state, action.wave);
  if (!wave) return refuse([why('not-pending', say.unknown(`"${action.wave}"`))]);
  if (action.do === 'set-bake') {
    if (wave.passedAt !== null || wave.bake?.ended?.cause === 'full')
      return refuse([
        why('not-pending', say.wrongState(`The bake of "${wave.name}"`, 'over', 'still to come')),
      ]);
    const before = wave.bakeNeeded ?? 0;
    return allow([
      {
        kind: 'plan-changed',
        body: {
          ...base(state, action),
          change: 'set-bake',
          wave: wave.name,
          seconds: action.bake / 1000,
          before: before / 1000,
          loosens: action.bake < before,
        },
      },
    ]);
  }
  const moving = action.targets;
  const list = moving
    .filter((id) => !wave.targets.includes(id) || state.targets[id]?.state !== 'pending')
    .map((id) =>
      why(
        'not-pending',
        wave.targets.includes(id)
          ? say.wrongState(id, state.targets[id]?.state ?? '', 'pending')
          : say.unknown(`${id} in "${wave.name}"`),
        id,
      ),
    );
  if (list.length > 0) return refuse(list);
  if (moving.length === 0 || new Set(moving).size >= wave.targets.length)
    return refuse([why('not-pending', say.splitKeepsOne(wave.name))]);
  return allow([
    {
      kind: 'plan-changed',
      body: {
        ...base(state, action),
        change: 'split-wave',
        wave: wave.name,
        targets: [...moving],
        name: `${wave.name} 2`,
        loosens: false,
      },
    },
  ]);
}

/** A target pulled forward starts now and bakes alone; with the breaker open it needs an override for that one target. */
function pullForward(room: Room, action: On<'pull-forward'>): Answer {
  const { state, book, here } = room;
  const target = state.targets[action.target];
  const wave = waveOf(state, action.target);
  if (!target || !wave) return refuse([why('not-pending', say.unknown(action.target))]);
  const list = canStartTarget(state, book, target.id, here, findNow(room, wave), {
    sure: action.sure === true,
    alone: true,
  });
  if (list.length > 0) return refuse(list);
  const whole = wave.targets.length === 1 && wave.startedAt === null;
  const name = whole ? wave.name : `${target.id} pulled forward`;
  return allow([
    {
      kind: 'plan-changed',
      body: {
        ...base(state, action),
        change: 'pull-forward',
        target: target.id,
        wave: wave.name,
        name,
        loosens: state.breaker.state !== 'closed',
      },
    },
    {
      kind: 'wave-started',
      key: `wave:${state.id}:${name}:started`,
      body: { ...base(state, action), wave: name },
    },
    targetStart(room, target, name, action),
  ]);
}
