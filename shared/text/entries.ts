// Words of timeline rows: the bold lead and the rest, one function per thing that can happen. Plain text, no markup.
import type { State } from '../health/types.ts';
import { overrideText } from './overrides.ts';
import { FACT_WORD, INTEGRITY_WORD } from './room-ui.ts';
import { PHASE_WORD, STATE_WORD } from './ui.ts';

type Phase = keyof typeof PHASE_WORD;

/** What people call a provider; others keep the name they were configured with. */
const PROVIDER: Readonly<Record<string, string>> = {
  aws: 'AWS',
  gcp: 'Google Cloud',
  azure: 'Azure',
  oci: 'Oracle Cloud',
  github: 'GitHub',
  cloudflare: 'Cloudflare',
  slack: 'Slack',
  fastly: 'Fastly',
};
export const providerWord = (provider: string): string =>
  Object.hasOwn(PROVIDER, provider) ? PROVIDER[provider]! : provider;

const MILESTONE = {
  'impact-started': 'Impact started',
  detected: 'Detected',
  acknowledged: 'Acknowledged',
  identified: 'Identified',
  mitigated: 'Mitigated',
  resolved: 'Resolved',
} as const;
type Milestone = keyof typeof MILESTONE;

const because = (reason: string): string => (reason === '' ? '' : ` ${reason}`);
const sentence = (text: string): string => (text === '' || /[.!?”"]$/.test(text) ? text : `${text}.`);
const step = (index: number, title: string): string => `${index + 1}. ${title}`;

export const entryText = {
  declared: (severity: string, title: string, mode: string, release = '') => ({
    lead:
      mode === 'drill'
        ? `Drill declared, ${severity}`
        : mode === 'retrospective'
          ? `Written afterwards, ${severity}`
          : release === ''
            ? `Declared ${severity}`
            : `Declared ${severity}, was ${release}`,
    text: title,
  }),
  releaseOpened: (label: string, title: string) => ({ lead: `Release ${label} watched`, text: title }),
  releaseEnded: (reason: string) => ({
    lead: 'Release ended',
    text: reason === '' ? 'It is not watched any more.' : sentence(reason),
  }),
  releaseReopened: (reason: string) => ({
    lead: 'Release watched again',
    text: reason === '' ? 'Its end was not the end.' : sentence(reason),
  }),
  severity: (from: string, to: string, reason: string) => ({
    lead: `Severity ${to}`,
    text: sentence(`Was ${from}.${because(reason)}`),
  }),
  phase: (from: Phase, to: Phase, reason: string, override: string) => ({
    lead: PHASE_WORD[to],
    text: sentence(
      `Was ${PHASE_WORD[from].toLowerCase()}.${because(reason)}${override === '' ? '' : ` Data integrity unknown, overridden: ${override}`}`,
    ),
  }),
  milestone: (name: Milestone, typed: string) => ({
    lead: MILESTONE[name],
    text: typed === '' ? 'Set by hand.' : `Set by hand, typed “${typed}”.`,
  }),
  role: (role: string, name: string | null, from: string | null, kept: readonly string[] = []) => ({
    lead: 'Role',
    text: [
      name === null
        ? `${role}: nobody${from === null ? '' : `, was ${from}`}.`
        : `${role}: ${name}${from === null ? '' : `, from ${from}`}.`,
      ...(kept.length === 0 ? [] : [overrideText.kept(kept)]),
    ].join(' '),
  }),
  note: 'Note',
  decision: 'Decision',
  fact: (state: keyof typeof FACT_WORD) =>
    state === 'confirmed' ? 'Fact' : `Fact, ${FACT_WORD[state].toLowerCase()}`,
  question: 'Question',
  answer: (question: string) => ({ lead: 'Answer', to: question === '' ? '' : `“${question}” ` }),
  actionOpened: (text: string, owner: string, due: string) => ({
    lead: 'Action',
    text: `${text}${owner === '' ? '' : ` ${owner}`}${due === '' ? '' : `, due ${due}`}`,
  }),
  actionDone: 'Action done',
  actionReopened: 'Action open again',
  /** Health's own sentence names its places and its state; only what is missing is put before it. */
  signal: (service: string, region: string, to: State, about: boolean, text: string) => {
    if (text !== '' && (!about || region === '' || text.includes(region))) return text;
    const place = [service, region].filter((part) => part !== '').join(' ');
    const state = text.toLowerCase().includes(STATE_WORD[to].toLowerCase()) ? '' : STATE_WORD[to];
    const rest = [state, text].filter((part) => part !== '').join('. ');
    return `${place}: ${rest}`;
  },
  affected: (
    provider: string,
    region: string,
    state: State,
    services: readonly string[],
    reason: string,
  ) => ({
    lead: 'Affected',
    text: sentence(
      `${providerWord(provider)} ${region}: ${STATE_WORD[state]}${services.length === 0 ? '' : `, ${services.join(', ')}`}.${because(reason)}`,
    ),
  }),
  impact: (text: string) => ({ lead: 'Impact', text: text === '' ? 'Cleared.' : text }),
  integrity: (state: keyof typeof INTEGRITY_WORD, basis: string) => ({
    lead: 'Data integrity',
    text: sentence(`${INTEGRITY_WORD[state]}${basis === '' ? '' : `: ${basis}`}`),
  }),
  checklistStarted: (title: string, path: string, steps: number) => ({
    lead: 'Checklist started',
    text: `${title}, ${steps === 1 ? '1 step' : `${steps} steps`}, from ${path}.`,
  }),
  valueSet: (name: string, value: string, was: string | null) => ({
    lead: 'Value set',
    text: `${name} = ${value}${was === null || was === '' ? '' : `, was ${was}`}`,
  }),
  step: (
    word: 'Step started' | 'Step done' | 'Step failed' | 'Step skipped' | 'Step undone',
    index: number | null,
    title: string,
    target: string,
    reason: string,
    second: string,
  ) => ({
    lead: word,
    text: sentence(
      `${index === null ? title : step(index, title)}${target === '' ? '' : `, ${target}`}${second === '' ? '' : `, second person ${second}`}${reason === '' ? '' : `: ${reason}`}`,
    ),
  }),
  deviceSucceeded: (reason: string) => ({
    lead: 'New device',
    text: reason === '' ? 'This machine goes on under a new key.' : sentence(reason),
  }),
  clockJumped: (ahead: boolean, by: string, trusted: boolean) =>
    trusted
      ? {
          lead: 'Clock set',
          text: `This machine’s clock was set ${by} ${ahead ? 'forward' : 'back'}. Timers that ran subtract it.`,
        }
      : {
          lead: 'Clock not trusted',
          text: `After a restart this machine’s clock is ${by} ${ahead ? 'ahead' : 'behind'}. Bakes stop and gates wait until a named person says go on.`,
        },
  notWatched: (from: string, to: string, length: string) => ({
    lead: 'Not watched',
    text: `${from} to ${to}, ${length}. Bulkhead did not run; what happened then is not in here by itself.`,
  }),
  slept: (from: string, to: string, length: string) => ({
    lead: 'Machine slept',
    text: `${from} to ${to}, ${length}.`,
  }),
  erased: (by: string, reason: string) =>
    `Erased${by === '' ? '' : ` by ${by}`}${reason === '' ? '.' : `: ${sentence(reason)}`}`,
  notDeclared: 'Its declaration is not in this journal',
  withheld: 'The text of this entry is withheld.',
  unknownKind: (v: number) =>
    `An entry of a kind this Bulkhead does not know (version ${v}). It is kept and passed on as it is.`,
  newerVersion: (v: number) =>
    `Written by a newer Bulkhead (version ${v} of its body). It is kept and passed on as it is.`,
  notReadable: 'The body of this entry is not as its kind says. It is kept and passed on as it is.',
} as const;

/** Why a kind cannot be retracted, and what to do. */
export const retractText = {
  declared: 'A declaration is not retracted. Amend its title, or set the phase to Declined.',
  release: 'The opening of a release is not retracted. Amend its title, or end the release.',
  releaseEnd: 'The end of a release is not retracted. Watch it again instead; both stand in the timeline.',
  releaseAgain: 'That a release is watched again is not retracted. End it again instead.',
  severity: 'A change of severity is not retracted. Set the severity again (Shift S).',
  phase: 'A change of phase is not retracted. Set the phase again (P); it may go back.',
  role: 'A change of role is not retracted. Assign the role again (Shift R).',
  actionState: 'Open or finish the action again instead; both stand in the timeline.',
  integrity: 'The assessment is not retracted. Set data integrity again, with its basis.',
  impact: 'Impact is not retracted. Write it again.',
  step: 'A step is not retracted. Undo it (Ctrl Z); both stand in the timeline.',
  checklist: 'A started checklist is not retracted. Skip its steps, with a reason.',
  value: 'A value is not retracted. Set it again.',
  mark: 'This entry only changes another one. Amend or retract that one.',
  machine: 'What the machine wrote about itself is not retracted. Write a note beside it.',
} as const;
