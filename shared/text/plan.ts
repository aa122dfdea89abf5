// Sentences of the room's rollback plans: what the service answers, readings in words, and the text of a plan made in the room.
import type { State } from '../health/types.ts';
import { STATE_WORD } from './ui.ts';

const list = (items: readonly string[]): string => items.join(', ');
const percent = (value: number): string => `${Number(value.toFixed(value < 10 ? 1 : 0))} %`;

export const planText = {
  noPlan: (id: string) => `There is no plan ${id} in this incident. "plan show" lists those that there are.`,
  wrong: (where: string, line: number, column: number, text: string, more: number) =>
    `${where} is wrong in line ${line}, column ${column}: ${text}${more > 0 ? ` (and ${more} more)` : ''}`,
  noText: 'The text of this plan is not in this profile. The plan itself is in the journal and works.',
  madeHere: 'The plan',
  takeOver: {
    over: (title: string, status: string) =>
      `“${title}” is ${status}: nothing of it starts any more, so there is nothing to take over. Make the plan without taking over; its targets are free.`,
    notBegun: (title: string) =>
      `“${title}” has not been started, so there is nothing to take over. Make the plan without taking over, and start only one of the two.`,
    nonePending: (title: string) =>
      `None of these targets is pending in “${title}”: what has begun stays with it. Make the plan without taking over, or name other targets.`,
  },
  confirmNeeded: (word: string, title: string) =>
    `“${title}” is dangerous. Type ${word} to confirm that it is done.`,
  confirmTarget: (target: string, title: string) =>
    `“${title}” is among the steps that are left, and it is dangerous. Type ${target} to confirm that all are done.`,
  secondNeeded: (title: string) =>
    `“${title}” needs a second person. Name one; “by phone” is enough, your own name is not.`,
  reasonNeeded: 'Say why: the reason stands in the timeline.',
  noFinding: (about: string) =>
    `Preflight has no open finding of that kind about ${about}. It may have been accepted or fixed meanwhile.`,
  watchedHere: 'This machine watches the plan already.',
  notStarted: 'The plan has not been started; whoever starts it watches it.',
  over: (status: string) => `The plan is ${status}.`,
  unknownWave: (wave: string) => `There is no wave “${wave}” in this plan.`,
  unknownTarget: (target: string) => `There is no target ${target} in this plan.`,
  knownTarget: (target: string) => `${target} is a target of this plan already.`,
  unknownStep: (step: number) => `There is no step ${step} in that section.`,
  notPending: (what: string, state: string) => `${what} is ${state}; only what is pending can be changed.`,
  wavePassed: (wave: string) => `“${wave}” has passed its gate.`,
  lastTarget: (target: string) => `${target} is the last target of the plan. Abort the plan instead.`,
  sameWave: (target: string, wave: string) => `${target} is in “${wave}” already.`,
  unknownRule: (rule: string) => `There is no rule ${rule} of the breaker in this plan.`,
  ruleWithoutLimit: (rule: string) =>
    `“${rule}” has no limit to change. Override a trip of it by name instead.`,
  limitUnread: (field: string, column: number, text: string) =>
    `The ${field} cannot be read, column ${column}: ${text}`,
  stepUnread: (line: number, text: string) => `The step cannot be read, line ${line}: ${text}`,
  nothingChanged: 'Nothing is different from what stands in the plan.',
  places: {
    region: 'the whole region',
    probe: (name: string) => `probe ${name}`,
    silent: (name: string) => `probe ${name}, not heard now`,
    alert: (name: string) => `alert ${name}`,
    noTopology:
      'No topology is known: no pack with a topology.yaml is chosen. Type the targets, as provider/region.',
    unknown: (system: string) =>
      `${system} does not stand in the topology. Type its targets, as provider/region.`,
    runsNowhere: (system: string) =>
      `The topology does not say where ${system} runs. Type its targets, or take those that it leans on.`,
  },
  wrongWaves: 'Name exactly the waves that have not begun, each once.',
  cannotStayAwake: (reason: string) =>
    `This machine may fall asleep while the plan runs: ${reason} Plug it in and keep it awake; time asleep is not watched.`,
  rehearsing:
    'This is a rehearsal: the script of the night acts, the room shows it. To act yourself, start without --rehearse.',
  rehearsalTitle: (title: string) => `Rehearsal: ${title}`,
  rehearsalUnreadable: (path: string, reason: string) => `${path} cannot be read: ${reason}`,
  keptAwake: 'A rollback plan runs',
  noName: 'An alarm is had by a name. Say yours first, then “I have it” again.',
  noAlarm: 'Nothing sounds here any more: somebody has it, or it is over.',
  /** What an alarm is about, in the middle of a sentence. */
  alarm: {
    breaker: (target: string) => `breaker open${target === '' ? '' : `, ${target}`}`,
    gate: (wave: string) => `gate of ${wave} waits`,
    bake: (wave: string) => `bake of ${wave} full, its gate has passed`,
    clock: (_: string) => 'the clock cannot be trusted',
  },
  reading: {
    probe: (errors: number, tries: number, p95: number | undefined) =>
      `errors ${percent(errors)}, ${tries} ${tries === 1 ? 'try' : 'tries'}${p95 === undefined ? '' : `, p95 ${Math.round(p95)} ms`}`,
    feed: (service: string | null, health: State) => `${service ?? 'region'}: ${STATE_WORD[health]}`,
    alert: (name: string, firing: boolean) => `${name} ${firing ? 'fires' : 'is quiet'}`,
    person: (health: State, by: string) => `${STATE_WORD[health]}, says ${by}`,
  },
  because: {
    order: 'Targets where the fewest of our services run come first.',
    plain: 'Nothing is known of traffic: targets stand as they were given.',
    canary: (target: string) => `${target} goes first, alone.`,
    apart: (domain: string) =>
      `The next wave has nothing in ${domain}, so that the canary’s trouble says something about the change.`,
    notApart: 'Every target shares the canary’s failure domain; the next wave cannot be apart from it.',
    grow: 'Each wave is about twice the one before, and none holds more than half of all targets.',
  },
  releaseIsEnded: 'the release is ended',
  releaseEnded: 'Ended',
  planOpen: (titles: readonly string[], over = 'the incident is closed') =>
    `${list(titles.map((one) => `“${one}”`))} still runs. Complete or abort it first, or say why ${over} over it.`,
  planOpenOverride: (titles: readonly string[], why: string, closed = 'Closed') =>
    `${closed} over the running plan ${list(titles.map((one) => `“${one}”`))}: ${why}`,
} as const;

/** Body of a plan that is made in the room without a text of its own: it fits a deployment in regions. */
export const defaultBody = (
  title: string,
  system: string,
  from: string | null,
  to: string,
): string => `# ${title}

## Before

1. Freeze deployments of ${system}, pipelines and GitOps included
2. Check that ${to} can be fetched in every region

## Prepare each target

1. Freeze automatic scaling and deployment of the target
2. Note what it runs now

## Each target

1. Shift traffic away from the target {danger, expect: 5m}

   Expect: no requests of users reach it.
2. Deploy ${to} to the target {expect: 10m}

   Expect: every instance reports ${to}.
3. Verify health and a checked request of each kind {expect: 3m}

   Expect: no errors.
4. Shift traffic back {danger, expect: 5m}

   Expect: traffic as before, errors as before or fewer.

## After each wave

1. Say in the room what the wave showed
${
  from === null
    ? ''
    : `
## Revert a target

1. Shift traffic away from the target {danger, expect: 5m}

   Expect: no requests of users reach it.
2. Deploy ${from} to the target {expect: 10m}

   Expect: every instance reports ${from}.
3. Shift traffic back {danger, expect: 5m}

   Expect: traffic as before.
`
}
## Finally

1. Undo the freezes
2. Say in the room that the plan is through
`;
