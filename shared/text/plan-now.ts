// Words of what plans do now and what comes next: one line for a tired person.
import { duration } from '../time/format.ts';
import { many } from './many.ts';
import { gapCauseWord, holdWord } from './plan-entries.ts';

const list = (names: readonly string[], most = 3): string =>
  names.length <= most
    ? names.join(', ')
    : `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
/** At the beginning of a sentence. */
const begin = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
/** What is left of such a line where nobody has command: "; breaker open" of "decides; breaker open". */
export const undecided = (line: string): string => /^decides(;.*)$/.exec(line)?.[1] ?? '';

export const planNowText = {
  brokenOpen: (wave: string | null, target: string) =>
    `Plan held${wave === null ? '' : ` at ${wave}`}. Decide on ${target}.`,
  openSince: 'decides; breaker open',
  untouched: (worse: number, of: number) =>
    of === 0 ? 'No target is untouched' : `Also worse in ${worse} of ${of} targets we have not touched`,
  halfSilent: (target: string) => `Breaker half-open: ${target} is silent.`,
  silentSince: (target: string) => `${target} is not heard`,
  neverHeard: (target: string) => `${target} was never heard`,
  halfLook: (target: string) => `Breaker half-open: looking again at ${target}.`,
  looks: 'watches it, still to go',
  halfTry: (target: string) => `Breaker half-open: trying ${target} alone.`,
  decidesSilent: 'decides. Nothing starts until it is heard.',
  decidesHalf: 'decides. Nothing else starts until it closes.',
  reverting: (targets: readonly string[], ask: boolean) =>
    `Reverting ${list(targets)}.${ask ? ' Pause the plan?' : ''}`,
  decidesPause: 'decides whether to pause',
  gateWaits: (wave: string, why: string) => `Gate of ${wave} waits${why === '' ? '' : `: ${why}`}.`,
  waiting: 'decides; it waits',
  held: (what: string) => `Plan held: ${what}`,
  twoHold: 'decides',
  clock: 'Plan held: the clock cannot be trusted.',
  working: (wave: string, done: number, all: number) => `${begin(wave)}: ${done} of ${all} targets done.`,
  /** Over, and hands are still on it. */
  stillWorked: (state: string, targets: readonly string[]) =>
    `Plan ${state}${targets.length === 0 ? '; a step of it is still worked.' : `; ${list(targets)} half-done.`}`,
  isAt: (step: string, target: string) => `is at “${step}” in ${target}`,
  isAtOwn: (step: string) => `is at “${step}”`,
  started: (targets: readonly string[]) => `${list(targets)} started, no step is being worked`,
  startNext: (targets: readonly string[]) => `Next to start: ${list(targets)}`,
  bakes: (wave: string) => `${begin(wave)} bakes.`,
  bakeLeft: (needed: number) => `${duration(needed)} of watched time, still to go`,
  bakeGap: (wave: string, cause: string) =>
    `${begin(wave)} bakes, but nobody watches: ${gapCauseWord(cause)}.`,
  notWatched: 'not counted',
  waveNext: (wave: string, targets: number) => `Start ${wave}, ${many(targets, 'target', 'targets')}.`,
  passed: (wave: string) => `Gate of ${wave} passed`,
  complete: 'All gates have passed. Complete the plan.',
  completeSkipped: 'What is left was skipped. Complete the plan.',
  paused: 'Plan paused. Nothing starts, no gate passes.',
  ready: (title: string) => `Plan ready: ${title}`,
  readyLine: 'W starts the plan',
  draft: (findings: number) =>
    findings === 0
      ? 'Plan made; preflight has not been run.'
      : `Plan made; preflight asks for ${many(findings, 'decision', 'decisions')}.`,
  next: {
    bakeFull: (wave: string) => `Bake of ${wave} full`,
    gateThen: (kind: 'health' | 'manual') => (kind === 'manual' ? 'then a person decides' : 'then its gate'),
    cool: 'Breaker may close',
    coolNote: 'cool ends',
    look: 'Look again ends',
    trial: (target: string) => `Bake of ${target} full`,
    trialNote: 'tried alone',
    heard: (target: string) => `${target} is heard`,
    heardNote: (length: number) => `then ${duration(length)} anew`,
    wave: (wave: string, targets: number) => `${wave}, ${many(targets, 'target', 'targets')}`,
    waveNote: (wave: string) => `gate of ${wave}`,
    soundsAgain: 'Sounds again',
    waits: 'waits',
  },
  keys: {
    half: 'half-open',
    revert: 'revert',
    override: 'override',
    gate: 'gate',
    done: 'done',
    failed: 'failed',
    wave: 'start',
  },
  code: holdWord,
} as const;
