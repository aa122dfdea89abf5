// Words of making a plan and of its preflight.
import { many } from './many.ts';

export const planPreflight = {
  title: 'Preflight',
  notRun: 'Not run yet',
  clean: 'Nothing open',
  left: (findings: number, questions: number) =>
    [
      findings === 0 ? '' : many(findings, 'finding', 'findings'),
      questions === 0 ? '' : many(questions, 'question', 'questions'),
    ]
      .filter((word) => word !== '')
      .join(', '),
  leftLine: (left: string) => `${left} left: fixed, or accepted by name`,
  again: 'Run again',
  why: 'Runs again before every wave; a new finding holds its start.',
  findings: 'Findings',
  questions: 'What Bulkhead cannot know',
  none: 'None.',
  toDecide: 'To decide',
  accepted: 'Accepted',
  acceptedBy: (by: string, reason: string) => `Accepted by ${by}: “${reason}”`,
  accept: 'Accept, with a reason',
  answers: { yes: 'Yes', no: 'No', 'not known': 'Not known' },
  nobody: 'a name will stand here',
  acceptAll: 'Accept all findings',
  start: 'Start plan',
  startNow: 'Hold to start now',
  tabs: 'Preflight or waves',
  waves: 'Waves',
} as const;

export const planTakeOver = {
  title: (plan: string) => `Take over the pending targets of “${plan}”?`,
  titleMany: 'Take over pending targets of a plan that runs?',
  effect:
    'Some targets of the new plan have not begun in a plan that runs here. Only one of them should work them.',
  choose: 'say which',
  yes: 'Take over and make the plan',
  yesNone: 'Make the plan beside it',
  take: (n: number, plan: string) => `Take over ${many(n, 'target', 'targets')} of “${plan}”`,
  takeHelp: (left: number) =>
    left === 0
      ? 'Nothing is left in it; it can be completed.'
      : `It keeps ${many(left, 'target', 'targets')}, and goes on with them.`,
  none: 'Leave them there',
  noneHelp: 'Both plans then name the same targets, and nothing keeps them apart.',
  taken: 'What becomes of each target',
  moves: 'is taken out of that plan and stands in the new one',
  stays: 'has begun there, and stays there as well',
  stayWhy: (n: number) =>
    `${many(n, 'target has', 'targets have')} begun there. Finish or revert ${n === 1 ? 'it' : 'them'} there before the new plan starts ${n === 1 ? 'it' : 'them'}.`,
  tookOver: (plan: string) => `It took over targets of “${plan}”.`,
  takenBy: (n: number, plan: string) => `“${plan}” took over ${many(n, 'target', 'targets')}.`,
  show: 'Show it',
  showPlan: (plan: string) => `Show ${plan}`,
} as const;

export const planSave = {
  title: 'Save as a runbook',
  effect:
    'The text that the plan was made from, as a Markdown file. Changes made while it runs are not part of it.',
  folder: 'Folder',
  name: 'File name',
  nameHint: 'One name that ends in .md.',
  yes: 'Save',
  replace: 'Replace the file that is there',
  exists: 'say that it may be replaced, or choose another name',
  noFolder: 'No runbook folder is chosen. Add one on the Runbooks page first.',
  loading: 'reading the folders',
  needed: 'write a file name',
  saved: (name: string) => `Saved as ${name}.`,
} as const;

export const planBegin = {
  none: 'No rollback plan is made.',
  why: 'A plan takes a system back in waves, with bakes, gates and a breaker. Take one from the runbooks, or make it here.',
  make: 'Make a plan',
  fromLibrary: 'Plan from a runbook',
  startWhy: 'It becomes a draft in the room; preflight comes before anything starts.',
  noIncident: 'no incident is open',
  wrong: 'The plan has problems. Correct the file and read it again:',
  at: (line: number, column: number) => `line ${line}, column ${column}`,
  made: (title: string) => `Plan made: ${title}. Preflight is next.`,
} as const;

export const planMake = {
  title: 'Make a plan',
  leave: 'Back to the room',
  change: 'Change',
  waves: 'Waves',
  rules: 'Rules',
  kind: 'Kind',
  system: 'System',
  from: 'From',
  to: 'To',
  deployedAt: 'Deployed at, UTC',
  deployedHint: '2026-10-19T22:44Z',
  schema: 'Schema',
  schemas: {
    reversible: 'Reversible',
    'expand-only': 'Expand only',
    irreversible: 'Irreversible',
    unknown: 'Unknown',
  },
  name: 'Title',
  addTarget: 'Add target',
  targetHint: 'aws/eu-west-1; several with commas',
  suggested: 'Ours and affected',
  places: (system: string) => `Where ${system} runs`,
  placesNone: 'Where it runs',
  placesWhy: 'Write the system, and the topology of your packs says where it runs.',
  leans: (needs: string) => `it leans on ${needs} there`,
  seenBy: (by: string) => `seen by ${by}`,
  seenShort: (by: readonly string[]) =>
    by.length === 0
      ? 'nobody of ours sees it'
      : by.length <= 2
        ? by.join('; ')
        : `${by.slice(0, 2).join('; ')} and ${by.length - 2} more`,
  seenNone: 'nobody of ours sees it: its gate can only be by a person',
  takeAll: (n: number) => `Take all ${n}`,
  propose: 'Propose waves',
  proposed: 'Proposed:',
  noTargets: 'No target yet. Type one, or take those that are affected.',
  ifNothing: 'If nothing holds',
  ifNothingWhy: 'from now; outlined: bake, watched time only',
  waveUntil: (wave: string, time: string) => `${wave} to ${time}`,
  doneAt: 'done',
  untold: (n: number) => `${many(n, 'step does', 'steps do')} not say how long, and count as nothing.`,
  bake: 'Bake',
  gate: 'Gate',
  health: 'By health',
  manual: 'By a person',
  split: 'Split wave',
  addWave: 'Add wave',
  waveName: 'Wave',
  remove: 'Take out',
  removeOf: (target: string) => `Take out ${target}`,
  moved: (target: string, wave: string) => `${target} is in ${wave} now`,
  breaker: 'Breaker',
  breakerNote: 'one for the plan',
  worse: 'Worse than at its start',
  probe: 'Probe',
  errors: 'Errors over, %',
  stale: 'Silent after',
  retry: 'Look again',
  cool: 'Cool',
  success: 'Success: errors under, %',
  data: 'Tries needed',
  atOnce: 'At once',
  apart: 'Apart',
  steps: 'Steps',
  stepsWhy:
    'Left empty, a short list that fits every rollback is used. Sections: Prepare each target, Each target, Revert a target.',
  strip: 'Preflight',
  stripWhy: 'Preflight runs when the plan is saved, and again before every wave.',
  need: {
    system: 'System is empty.',
    to: 'Version to go to is empty.',
    targets: 'No target is chosen.',
    empty: (wave: string) => `${wave} has no target.`,
    twice: (target: string) => `${target} stands in two waves.`,
    bake: (wave: string) => `Bake of ${wave} is not a time like 10m or 1h30m.`,
    deployedAt: 'Deployed at is not a time like 2026-10-19T22:44Z.',
  },
  fine: 'Nothing is missing here. Saving runs the whole preflight.',
  save: 'Save and run preflight',
  move: 'move a target',
  summary: (targets: number, waves: number) =>
    `${many(targets, 'target', 'targets')}, ${many(waves, 'wave', 'waves')}`,
  down: 'Next row',
  up: 'Row above',
} as const;
