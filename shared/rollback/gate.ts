// The gate of a wave, its conditions counted one by one (rule 6), and what the watch decides when a bake is full.
import { HOLD_RULES, type HoldCode, rollbackText as say } from '../text/rollback.ts';
import { nothingWorked, silentSpans, watched } from './bake.ts';
import type { Here } from './entry.ts';
import { type Book, isFresh, lastOwn } from './readings.ts';
import {
  dangerTwice,
  isDisputed,
  isOverridden,
  overridesOf,
  type PlanState,
  trippedBy,
  type WaveState,
} from './state.ts';
import { dataMet, notMet, triesIn, type Verdict, verdict } from './success.ts';
import { askingWords, worseNow } from './worse.ts';

/** A statement with the rule it rests on; what every explanation consists of. */
export interface Why {
  readonly rule: string;
  readonly code: HoldCode;
  readonly text: string;
  readonly target?: string;
}

export interface Condition extends Why {
  readonly met: boolean;
  /** Not met, but a named person has overridden it. */
  readonly overridden: boolean;
}

export const why = (code: HoldCode, text: string, target?: string): Why =>
  target === undefined
    ? { rule: HOLD_RULES[code], code, text }
    : { rule: HOLD_RULES[code], code, text, target };

/**
 * Targets whose success, data and readings a gate asks for: a skipped or reverted one has nothing to prove. Where no
 * other is left, there is no other evidence than theirs.
 */
export function provingTargets(state: PlanState, wave: WaveState): string[] {
  if (nothingWorked(state, wave.targets)) return [...wave.targets];
  return wave.targets.filter((id) => ['pending', 'running', 'done'].includes(state.targets[id]?.state ?? ''));
}

/** The verdict of each proving target at this moment. */
export const verdicts = (
  state: PlanState,
  book: Book,
  wave: WaveState,
  now: number,
): Record<string, Verdict> =>
  Object.fromEntries(
    wave.targets
      .filter((id) => state.targets[id]?.state === 'done')
      .map((id) => [id, verdict(state, book, id, now)]),
  );

type Make = (code: HoldCode, failing: readonly Failing[], fine: string) => Condition;

/** `news`: it stands only since after it was overridden, so that says nothing of it. */
interface Failing {
  readonly target?: string;
  readonly text: string;
  readonly news?: boolean;
}

/** Every condition of the wave's gate. The six of a gate by health stand first; the rest only where they apply. */
export function conditions(state: PlanState, book: Book, wave: WaveState, here: Here): Condition[] {
  const { now } = here;
  const proving = provingTargets(state, wave);
  const make: Make = (code, failing, fine) => {
    const left = failing.filter(
      (one) => one.news || !isOverridden(state, code, wave.name, one.target ?? null),
    );
    const met = failing.length === 0;
    const text = met ? fine : failing.map((one) => one.text).join(' ');
    const target = failing.length === 1 ? failing[0]?.target : undefined;
    // As a condition of the gate it is rule 6; at the start of a target it is rule 1.
    const rule = code === 'worse-than-plan-baseline' ? '6' : HOLD_RULES[code];
    return { ...why(code, text, target), rule, met, overridden: !met && left.length === 0 };
  };
  const list: Condition[] = [
    bakeCondition(state, book, wave, now, make),
    make(
      'breaker-open',
      state.breaker.state === 'closed'
        ? []
        : [{ text: say.breakerOpen(state.breaker.state, trippedBy(state)) }],
      say.breakerClosed,
    ),
    dataCondition(state, book, wave, proving, now, make),
    staleCondition(state, book, wave, proving, here, make),
    make(
      'success-not-met',
      proving.flatMap((target) => {
        const missing = notMet(state, book, target, now);
        return missing.length > 0 ? [{ target, text: say.noSuccess(target, missing) }] : [];
      }),
      say.success,
    ),
    make('worse-than-plan-baseline', worseTargets(state, book, now), say.notWorse),
  ];
  list.push(...extras(state, book, wave, here, make));
  return list;
}

function bakeCondition(state: PlanState, book: Book, wave: WaveState, now: number, make: Make): Condition {
  const { bake } = wave;
  if (!bake) return make('bake-not-full', [{ text: say.bakeNone }], '');
  if (bake.ended?.cause === 'full') return make('bake-not-full', [], say.bakeFull);
  if (bake.ended) return make('bake-not-full', [{ text: say.bakeAgain }], '');
  const left = bake.needed - watched(state, book, bake, now);
  return make('bake-not-full', left > 0 ? [{ text: say.bakeLeft(left) }] : [], say.bakeFull);
}

function dataCondition(
  state: PlanState,
  book: Book,
  wave: WaveState,
  proving: readonly string[],
  now: number,
  make: Make,
): Condition {
  const { data } = state.plan;
  const { bake } = wave;
  if (!data) return make('data-not-met', [], say.noTriesAsked);
  const short = proving.flatMap((target) => {
    const tries = bake ? triesIn(state, book, bake, target, now) : 0;
    return dataMet(data.tries, tries)
      ? []
      : [{ target, text: say.dataShort(target, tries, data.tries.text, data.probe) }];
  });
  return make('data-not-met', short, say.data(data.tries.text, data.probe));
}

function staleCondition(
  state: PlanState,
  book: Book,
  wave: WaveState,
  proving: readonly string[],
  { now, lost = null }: Here,
  make: Make,
): Condition {
  const { stale } = state.plan.breaker;
  // With our own link lost, what was heard before it says nothing of now, however young it is.
  const cutOff = (target: string): boolean =>
    lost !== null && (lastOwn(book.of(target), now)?.at ?? Number.NEGATIVE_INFINITY) < lost;
  const silent = proving.filter((target) => !isFresh(book.of(target), now, stale) || cutOff(target));
  const open = wave.bake && !wave.bake.ended && silentSpans(state, book, wave.bake, now).open !== null;
  const failing = silent.map((target) => ({
    target,
    text: cutOff(target) && lost !== null ? say.linkLost(target, lost) : say.stale([target], stale),
  }));
  return make(
    'stale',
    failing.length > 0 || !open ? failing : [{ text: say.stale(proving, stale) }],
    say.fresh,
  );
}

/** Targets, touched or not, that are worse than when the plan started; also those that were skipped or taken back. */
export function worseTargets(state: PlanState, book: Book, now: number): { target: string; text: string }[] {
  return state.plan.targets.flatMap((target) => {
    const baseline = state.planBaseline[target];
    if (!baseline) return [];
    const found = worseNow({ state, target, baseline, readings: book.of(target), since: baseline.at, now });
    return found ? [{ target, text: say.worse(target, `${found.value}, then ${found.baseline}`) }] : [];
  });
}

function extras(state: PlanState, book: Book, wave: WaveState, here: Here, make: Make): Condition[] {
  const list: Condition[] = [];
  const all = wave.targets.flatMap((id) => state.targets[id] ?? []);
  const add = (code: HoldCode, failing: readonly Failing[]): void => {
    if (failing.length > 0) list.push(make(code, failing, ''));
  };
  const accepted = all.filter((target) => target.acceptedWorse).map((target) => target.id);
  if (wave.gate === 'manual') list.push(make('manual', [{ text: say.manual }], ''));
  else if (accepted.length > 0) list.push(make('manual', [{ text: say.acceptedManual(accepted) }], ''));
  add(
    'no-better',
    state.verdicts
      .filter(
        (one) => one.verdict === 'no-better' && wave.targets.includes(one.target) && wave.waiting !== null,
      )
      .map((one) => ({ target: one.target, text: say.noBetter(one.target) })),
  );
  add(
    'blind',
    all
      .filter(
        (target) =>
          target.blind && target.state === 'done' && notMet(state, book, target.id, here.now).length > 0,
      )
      .map((target) => ({ target: target.id, text: say.blind(target.id) })),
  );
  add(
    'needs-decision',
    all.flatMap((target) => {
      if (!target.baseline || target.state === 'skipped') return [];
      const words = askingWords({
        state,
        target: target.id,
        baseline: target.baseline,
        readings: book.of(target.id),
        since: target.baseline.at,
        now: here.now,
      });
      return words.map((word) => ({
        target: target.id,
        text: say.needsDecision(target.id, word.last.service ?? 'the region'),
        // Another question than the one that was answered.
        news: overridesOf(state, 'needs-decision', wave.name, target.id).every(
          (one) => one.at < (word.troubled ?? one.at),
        ),
      }));
    }),
  );
  add(
    'target-failed',
    all
      .filter((one) => one.state === 'failed')
      .map((one) => ({ target: one.id, text: say.targetFailed(one.id) }))
      .concat(revertsFailed(wave, state)),
  );
  add(
    'target-reverted',
    all
      .filter((one) => one.state === 'reverted')
      .map((one) => ({ target: one.id, text: say.targetReverted(one.id) })),
  );
  add(
    'disputed',
    all.filter(isDisputed).map((one) => ({ target: one.id, text: say.disputed(one.id) })),
  );
  add('danger-twice', dangerHolds(state, wave));
  const lost = peersOf(wave, here.device).filter((peer) => !here.peers.includes(peer));
  if (wave.passedAt === null) add('cut-off', lost.length > 0 ? [{ text: say.cutOff(lost) }] : []);
  if (state.untrusted) add('clock-untrusted', [{ text: say.clockUntrusted }]);
  return list;
}

/** Those that this machine had beside it when the bake began (rule 9a): for one that the watch reached, the watch too. */
function peersOf({ bake }: WaveState, device: string): string[] {
  if (!bake) return [];
  const all = bake.peers.includes(device) ? [bake.device, ...bake.peers] : bake.peers;
  return all.filter((peer) => peer !== device);
}

/** A step of a revert failed: the target is neither back nor forward, and its wave is held as by any that failed (rule 8). */
export const revertsFailed = (wave: WaveState, state: PlanState): { target: string; text: string }[] =>
  wave.targets.flatMap((id) => {
    const target = state.targets[id];
    if (target?.state !== 'reverting') return [];
    const failed = Object.entries(target.steps.revert).filter(([, step]) => step.state === 'failed');
    return failed.length > 0
      ? [
          {
            target: id,
            text: say.revertFailed(
              id,
              failed.map(([step]) => step),
            ),
          },
        ]
      : [];
  });

export function dangerHolds(state: PlanState, wave: WaveState): { target: string; text: string }[] {
  return wave.targets.flatMap((id) => {
    const target = state.targets[id];
    if (!target) return [];
    return (['each', 'revert'] as const).flatMap((section) => {
      const steps = dangerTwice(state, target, section);
      const names = steps.flatMap((step) =>
        (target.steps[section][String(step)]?.doneBy ?? []).map((one) => one.by),
      );
      const text = section === 'each' ? say.dangerTwice : say.dangerTwiceReverting;
      return steps.length > 0 ? [{ target: id, text: text(id, steps, names) }] : [];
    });
  });
}

/** Does the gate pass by itself now? Only with every condition met or overridden by name. */
export const passesByItself = (list: readonly Condition[]): boolean =>
  list.every((condition) => condition.met || condition.overridden);

/** A gate's own conditions, that a named pass overrides when they are not met; the others hold the pass itself. */
export const OWN: readonly HoldCode[] = [
  'bake-not-full',
  'data-not-met',
  'stale',
  'success-not-met',
  'worse-than-plan-baseline',
  'blind',
  'needs-decision',
  'cut-off',
];
