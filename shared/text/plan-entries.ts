// Words of timeline rows about rollback plans: the bold lead and the rest, one function per thing that can happen.

import type { Instant } from '../time/clock.ts';
import { duration, inSentence } from '../time/format.ts';

interface Line {
  readonly lead: string;
  readonly text: string;
}

const because = (reason: string | undefined): string =>
  reason === undefined || reason === '' ? '' : `: ${reason}`;
const dot = (text: string): string => (text === '' || /[.!?”"]$/.test(text) ? text : `${text}.`);
const line = (lead: string, text: string): Line => ({ lead, text: dot(text) });
const seconds = (value: number): string => duration(value * 1000);
const named = (name: string): string => `“${name}”`;

const CAUSE: Readonly<Record<string, string>> = {
  closed: 'Bulkhead was closed',
  asleep: 'this machine slept',
  silent: 'no reading of ours',
  'link-lost': 'our own link was lost',
  'clock-untrusted': 'the clock could not be trusted',
};
const BAKE_END: Readonly<Record<string, string>> = {
  full: 'full',
  trip: 'ended by a trip; it begins again from zero',
  undone: 'ended: a step was undone',
  failed: 'ended: a target failed',
  reverted: 'ended: a target is being reverted',
  aborted: 'ended: the plan was aborted',
  passed: 'ended: its gate was passed',
};
const SECTION: Readonly<Record<string, string>> = {
  before: 'Before',
  prepare: 'preparing each target',
  each: 'each target',
  after: 'After each wave',
  revert: 'reverting a target',
  finally: 'Finally',
};
export const gapCauseWord = (cause: string): string => CAUSE[cause] ?? cause;
export const bakeEndWord = (cause: string): string => BAKE_END[cause] ?? cause;

/** Title of a plan that does not give itself one. */
export const planTitle = (kind: string, system: string, to: string): string =>
  kind === 'rollback' ? `Roll ${system} back to ${to}` : `Roll ${system} forward to ${to}`;

export const planEntryText = {
  created: (title: string, system: string, from: string | null, to: string, targets: number, waves: number) =>
    line(
      'Plan made',
      `${title}. ${system} ${from === null ? 'to' : `${from} to`} ${to}, ${targets} ${targets === 1 ? 'target' : 'targets'} in ${waves} ${waves === 1 ? 'wave' : 'waves'}`,
    ),
  changed: (what: string, reason: string | undefined) => line('Plan changed', `${what}${because(reason)}`),
  change: {
    'set-bake': (wave: string, to: number, before: number | null) =>
      `bake of ${named(wave)} is ${seconds(to)}${before === null ? '' : `, was ${seconds(before)}`}`,
    'set-gate': (wave: string, gate: string) =>
      `gate of ${named(wave)} is ${gate === 'manual' ? 'manual' : 'by health'}`,
    'set-pace': (atOnce: number | null, apart: number) =>
      `${atOnce === null ? 'no limit to how many at once' : `at most ${atOnce} at once`}, ${seconds(apart)} apart`,
    'set-limit': (rule: string, to: string, before: string) =>
      to === ''
        ? `limit of the rule ${rule}`
        : `rule ${named(to)}${before === '' ? '' : `, was ${named(before)}`}`,
    'set-step': (section: string, step: number, title: string, before: string) =>
      `step ${step} of ${SECTION[section] ?? section} reads ${named(title)}${before === '' || before === title ? '' : `, was ${named(before)}`}`,
    'split-wave': (wave: string, targets: string) => `${targets} split off ${named(wave)}`,
    'pull-forward': (target: string) => `${target} pulled forward; it bakes alone`,
    'move-target': (target: string, wave: string) => `${target} moved to ${named(wave)}`,
    'add-target': (target: string, wave: string) => `${target} added to ${named(wave)}`,
    'remove-target': (target: string) => `${target} removed`,
    reorder: (waves: string) => `waves in the order ${waves}`,
    'take-over': () => 'it takes over the targets of another plan',
    'taken-over': (targets: string) => `another plan took over ${targets}`,
    watch: () => 'this machine watches it now',
  },
  loosens: 'It loosens the plan.',
  preflight: (wave: string | undefined, found: number, first: string) =>
    line(
      'Preflight',
      `${wave === undefined ? 'Whole plan' : `Before ${named(wave)}`}: ${found === 0 ? 'nothing new' : `${found} ${found === 1 ? 'finding' : 'findings'}. ${first}`}`,
    ),
  accepted: (text: string, answer: string | undefined, reason: string | undefined) =>
    line(
      'Finding accepted',
      // The reason goes on after the finding's sentence, whose own stop would stand before the colon.
      `${because(reason) === '' ? text : text.replace(/\.$/, '')}${answer === undefined ? '' : ` Answer: ${answer}`}${because(reason)}`,
    ),
  started: () => line('Plan started', 'This machine watches it'),
  paused: (reason: string | undefined) =>
    line('Plan paused', `No start, no gate; bakes and the breaker go on${because(reason)}`),
  resumed: (reason: string | undefined) => line('Plan resumed', `Starts and gates go on${because(reason)}`),
  ended: (how: 'aborted' | 'completed', reason: string | undefined, targets: readonly string[]) =>
    line(
      how === 'aborted' ? 'Plan aborted' : 'Plan completed',
      [dot(reason ?? ''), targets.join('; ')].filter((part) => part !== '').join(' '),
    ),
  waveStarted: (wave: string) => line('Wave started', named(wave)),
  targetStarted: (target: string, wave: string) => line('Target started', `${target} in ${named(wave)}`),
  targetDone: (target: string) => line('Target done', target),
  targetFailed: (target: string, step: number | null, reason: string | undefined) =>
    line('Target failed', `${target}${step === null ? '' : ` at step ${step}`}${because(reason)}`),
  targetRetried: (target: string, fresh: boolean) =>
    line('Target retried', `${target}${fresh ? ', from the start, with a new baseline' : ''}`),
  targetSkipped: (target: string, reason: string) => line('Target skipped', `${target}${because(reason)}`),
  targetReverting: (target: string, reason: string) => line('Reverting', `${target}${because(reason)}`),
  targetReverted: (target: string) => line('Target reverted', target),
  bakeStarted: (wave: string, needed: number, trial: string | null) =>
    line(
      'Bake started',
      `${trial === null ? named(wave) : `${trial} alone`}, ${seconds(needed)} of watched time`,
    ),
  bakeGap: (wave: string, from: Instant, to: Instant, cause: string) =>
    line(
      'Bake not watched',
      `${named(wave)}, ${inSentence(from, to)} to ${inSentence(to, to)}: ${gapCauseWord(cause)}. It is added to the end`,
    ),
  bakeEnded: (wave: string, cause: string, watched: number) =>
    line('Bake ended', `${named(wave)}, ${bakeEndWord(cause)}; ${seconds(watched)} watched`),
  gateWaiting: (wave: string, holds: string) =>
    line('Gate waits', `${named(wave)}${holds === '' ? '' : `: ${holds}`}`),
  gatePassed: (wave: string, alone: boolean, met: number, all: number, reason: string | undefined) =>
    line(
      'Gate passed',
      `${named(wave)}${alone ? ' by itself' : ''}${all === 0 ? '' : `, ${met} of ${all} conditions met`}${because(reason)}`,
    ),
  overridden: (code: string, where: string, overrode: string, reason: string, notCommander: boolean) =>
    line(
      'Hold overridden',
      `${code}${where === '' ? '' : `, ${where}`}${notCommander ? ', not the commander' : ''}${overrode === '' ? '' : `. It said: ${overrode}`}${reason === '' ? '' : ` Reason: ${reason}`}`,
    ),
  breakerOpened: (target: string, back: boolean, evidence: string) =>
    line(
      back ? 'Breaker open again' : 'Breaker opened',
      `${target}${evidence === '' ? '' : `: ${evidence}`}`,
    ),
  evidence: (value: string, limit: string, baseline: string, tries: number | null, untouched: string) =>
    [
      [
        value,
        limit === '' ? '' : `limit ${limit}`,
        baseline === '' ? '' : `baseline ${baseline}`,
        tries === null ? '' : `${tries} tries`,
      ]
        .filter((part) => part !== '')
        .join(', '),
      // A sentence of its own behind the figures.
      untouched === '' ? '' : `${untouched.charAt(0).toUpperCase()}${untouched.slice(1)}`,
    ]
      .filter((part) => part !== '')
      .map(dot)
      .join(' '),
  halfOpened: (choose: string, target: string, reason: string) =>
    line(
      'Breaker half-open',
      `${choose === 'try-one' ? `Try one: ${target}` : `Look again at ${target}`}${because(reason)}`,
    ),
  breakerClosed: (by: string | undefined, reason: string | undefined) =>
    line(
      'Breaker closed',
      `${by === undefined ? 'Nothing is worse any more' : `By ${by}`}${because(reason)}`,
    ),
  tripAccepted: (target: string, reason: string) =>
    line('Trip accepted', `${target}, not ours; its gate is manual${because(reason)}`),
  tripNoted: (target: string, evidence: string) =>
    line('Further trip', `${target}${evidence === '' ? '' : `: ${evidence}`}`),
  lateNews: (target: string, service: string) =>
    line('Late news', `${target}: ${service} was in trouble before the baseline; it counts from there`),
  hasIt: (by: string, what: string) => line('Has it', `${by}${what === '' ? '' : `: ${what}`}`),
  readingTyped: (target: string, health: string, note: string | undefined) =>
    line('Reading typed', `${target} is ${health}${because(note)}`),
  notRetractable:
    'An entry of a rollback plan is not retracted. Undo the step (Ctrl Z), or do the opposite; both stand in the timeline.',
} as const;

/** Where a plan's own step stands: "Before", "after wave 1", "Finally". */
export const stepPlace = (section: string, wave: string): string =>
  section === 'after'
    ? `after ${named(wave)}`
    : section === 'before'
      ? 'Before'
      : section === 'finally'
        ? 'Finally'
        : '';

const HOLD: Readonly<Record<string, string>> = {
  'plan-not-running': 'the plan does not run',
  'wave-before-not-passed': 'the wave before has not passed',
  'breaker-open': 'breaker open',
  pace: 'pace',
  'worse-than-plan-baseline': 'worse than at the plan’s start',
  preflight: 'preflight',
  manual: 'a person decides',
  'bake-not-full': 'bake not full',
  stale: 'no fresh reading',
  'data-not-met': 'too few tries',
  'success-not-met': 'success not met',
  'no-better': 'rolled back, no better',
  'two-no-better': 'two in a row no better',
  blind: 'breaker blind',
  'target-failed': 'a target failed',
  'target-reverted': 'a target was reverted',
  disputed: 'a step is disputed',
  'danger-twice': 'a dangerous step done twice',
  'cut-off': 'cut off from peers',
  cool: 'cool time',
  'needs-decision': 'an event without a start time',
  'clock-untrusted': 'the clock is not trusted',
};
/** A hold's code in a few words; a code of a newer Bulkhead stays as it is. */
export const holdWord = (code: string): string => HOLD[code] ?? code;
