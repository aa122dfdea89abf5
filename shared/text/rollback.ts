// Every sentence of the rollback area that people read: why something is held, and what to do.
import { formatDuration } from '../rollback/duration.ts';
import { utc } from '../time/format.ts';

/** Codes of holds and refusals, and the rule of the design that each rests on. */
export const HOLD_RULES = {
  'plan-not-running': '11',
  'wave-before-not-passed': '1',
  'breaker-open': '3',
  pace: '1',
  'worse-than-plan-baseline': '1',
  preflight: '1',
  manual: '6',
  'bake-not-full': '5',
  stale: '6',
  'data-not-met': '6',
  'success-not-met': '6',
  'no-better': '6',
  'two-no-better': '6',
  blind: '2',
  'target-failed': '8',
  'target-reverted': '13',
  disputed: '9',
  'danger-twice': '9',
  'cut-off': '9a',
  cool: '4',
  'needs-decision': '2a',
  'clock-untrusted': '14',
  'no-revert-steps': '13',
  'not-retractable': '14',
  'not-pending': '10',
} as const;
export type HoldCode = keyof typeof HOLD_RULES;
export const isHoldCode = (text: string): text is HoldCode => Object.hasOwn(HOLD_RULES, text);

const list = (items: readonly string[]): string => items.join(', ');

export const rollbackText = {
  planNotRunning: (status: string) =>
    status === 'paused'
      ? 'The plan is paused. Resume it first.'
      : status === 'draft'
        ? 'The plan has not been started.'
        : `The plan is ${status}.`,
  planState: (status: string) => `The plan is ${status}.`,
  waveBefore: (wave: string) => `"${wave}" has not passed its gate.`,
  breakerClosed: 'The breaker is closed.',
  noTriesAsked: 'The plan asks for no number of tries.',
  splitKeepsOne: (wave: string) => `"${wave}" must keep one target, and one must leave it.`,
  breakerOpen: (state: string, targets: readonly string[]) =>
    `The breaker is ${state}${targets.length > 0 ? `, tripped by ${list(targets)}` : ''}. ${
      state === 'half-open'
        ? 'It closes when the try or the look ends well.'
        : 'Try one, look again, or accept.'
    }`,
  paceMany: (running: readonly string[], most: number) =>
    `${list(running)} ${running.length === 1 ? 'is' : 'are'} being worked; the pace is ${most} at once.`,
  paceSoon: (left: number, apart: number) =>
    `The last start was less than ${formatDuration(apart)} ago. Wait ${formatDuration(Math.ceil(left / 1000) * 1000)}.`,
  worse: (target: string, what: string) => `${target} is worse than when the plan started: ${what}.`,
  notWorse: 'No target is worse than when the plan started.',
  preflight: (count: number, first: string) =>
    `Preflight has ${count} open ${count === 1 ? 'finding' : 'findings'}: ${first} Fix it or accept it by name.`,
  irreversible:
    'The change cannot be reversed in its data. Override by name, and name the owner of the data.',
  notChecked: 'Preflight has not been run.',
  manual: 'A named person decides this gate.',
  acceptedManual: (targets: readonly string[]) =>
    `${list(targets)} was accepted worse; a named person decides this gate.`,
  bakeLeft: (left: number) => `The bake has ${formatDuration(left)} to go.`,
  bakeFull: 'The bake is full.',
  bakeNone: 'The bake has not begun.',
  bakeAgain: 'The bake begins again from zero when the breaker is closed.',
  stale: (targets: readonly string[], stale: number) =>
    `${list(targets)}: no reading of ours for more than ${formatDuration(stale)}.`,
  linkLost: (target: string, since: number) =>
    `${target}: our own link is lost since ${utc(since)}, so nothing of it is heard. A person there can type a reading.`,
  fresh: 'Every target has a fresh reading of ours.',
  data: (tries: string, probe: string) => `${probe} has ${tries} tries in this bake.`,
  dataShort: (target: string, tries: number, limit: string, probe: string) =>
    `${target}: ${tries} tries of ${probe}, ${limit.replace(/^>=\s*/, '')} are needed.`,
  success: 'Every target meets success.',
  noSuccess: (target: string, why: readonly string[]) => `${target}: ${list(why)}.`,
  noBetter: (target: string) => `${target} was rolled back and is no better. A named person decides.`,
  twoNoBetter: (targets: readonly string[]) =>
    `${list(targets)} were rolled back and are no better. This may be the wrong remedy.`,
  blind: (target: string) =>
    `${target} could not get worse at its start; only success or a person passes its gate.`,
  targetFailed: (target: string) => `${target} failed. Retry it, skip it with a reason, revert it, or abort.`,
  revertFailed: (target: string, steps: readonly string[]) =>
    `Reverting ${target} failed at step ${list(steps)}. Do that step again, or skip it with a reason.`,
  targetReverted: (target: string) => `${target} was reverted. Retry it or skip it with a reason.`,
  disputed: (target: string) =>
    `${target}: two machines reported different outcomes of one step. A named person settles it.`,
  dangerTwice: (target: string, steps: readonly number[], names: readonly string[]) =>
    `${target}: dangerous step ${list(steps.map(String))} was done twice, by ${names.join(' and ')}.`,
  dangerTwiceReverting: (target: string, steps: readonly number[], names: readonly string[]) =>
    `${target}: dangerous step ${list(steps.map(String))} of its revert was done twice, by ${names.join(' and ')}.`,
  cutOff: (peers: readonly string[]) =>
    `Cut off from ${list(peers)} since the bake began. A named person decides.`,
  cool: (left: number) => `The breaker may close in ${formatDuration(left)}.`,
  halfSilent: (target: string) => `${target} is silent, so the breaker stays half-open.`,
  needsDecision: (target: string, service: string) =>
    `${target}: the provider names ${service} without saying since when. A named person decides whether it is ours.`,
  clockUntrusted:
    'After the restart the clock cannot be trusted. Bakes stop and gates wait until a named person says go on.',
  noRevertSteps: 'No revert steps: the plan has no section "Revert a target".',
  wrongState: (thing: string, state: string, wanted: string) => `${thing} is ${state}; it must be ${wanted}.`,
  unknown: (thing: string) => `${thing} does not stand in the plan.`,
  nothingHeld: (code: string) => `Nothing is held by "${code}" there at this moment.`,
  notRetractable: (kind: string, key: string) => `"${kind}" cannot be retracted. ${key}`,
  asleep: (device: string) => `Machine ${device} is asleep or not running; nothing can be written on it.`,
  untouched: (worse: number, of: number) =>
    of === 0 ? 'no target is untouched' : `also worse in ${worse} of ${of} targets that we have not touched`,
  limitWrong: (example: string) => `not a limit of this rule; write for example "${example}".`,
  limitNever: (example: string) => `it would never trip; write for example "${example}".`,
  limitOf: 'more failures than tries that are looked at.',
  marginWrong: 'not a number of points; write for example 5, or leave it empty.',
  forWrong: 'not a duration; write for example 3m, 90s or 1h30m, or leave it empty.',
  noStepThere: 'There is no step in it. Begin with "1. " and its title.',
  oneStepOnly: 'It must be one step. Write the lines below its first one indented.',
  notOfTheStep: 'This does not belong to the step. Indent it under the first line.',
  strangeMarks: (marks: readonly string[]) =>
    `Marks that mean nothing: ${list(marks)}. Known are danger, confirm: WORD, two-person and expect: 5m.`,
  waveNotBegun: (wave: string) => `"${wave}" has not begun.`,
  leftBefore: (n: number) =>
    `${n} ${n === 1 ? 'step' : 'steps'} of Before ${n === 1 ? 'is' : 'are'} not done.`,
  leftAfter: (n: number, wave: string) =>
    `${n} ${n === 1 ? 'step' : 'steps'} after ${wave} ${n === 1 ? 'is' : 'are'} not done.`,
  leftFinally: (n: number) =>
    `${n} ${n === 1 ? 'step' : 'steps'} of Finally ${n === 1 ? 'is' : 'are'} not done.`,
  askPause: (count: number) => `${count} targets were reverted. Pause the plan?`,
} as const;

/** The key that undoes what a retraction would have (rule 14: the refusal names the key). */
export function keyInstead(kind: string): string {
  if (kind.startsWith('step-')) return 'Ctrl Z writes an undo of the step.';
  if (kind === 'target-started' || kind === 'target-done' || kind === 'target-failed')
    return 'Undo a step with Ctrl Z, or revert the target with V.';
  if (kind.startsWith('target-')) return 'R tries the target again, V reverts it.';
  if (kind.startsWith('gate-') || kind.startsWith('bake-') || kind.startsWith('wave-'))
    return 'Undo a step with Ctrl Z to bake again, pause the plan with Shift P, or revert a target with V.';
  if (kind.startsWith('breaker-') || kind.startsWith('trip-'))
    return 'H opens the three choices of the breaker.';
  if (kind === 'hold-overridden') return 'Shift P pauses the plan.';
  return 'A amends its words; Shift P pauses the plan, Shift A aborts it.';
}
