// Sentences about overrides.
import type { State } from '../health/types.ts';
import { STATE_WORD } from './health.ts';

const low = (state: State): string => STATE_WORD[state].toLowerCase();

/** The place of an override as it is written in a line. */
export const overridePlace = (one: {
  readonly provider: string;
  readonly region: string;
  readonly service: string | null;
}): string =>
  [one.provider, one.region === 'global' ? '' : one.region, one.service ?? '']
    .filter((part) => part !== '')
    .join(' ');

const counted = (locks: number): string => (locks === 1 ? '1 lock' : `${locks} locks`);

export const overrideText = {
  noName: 'An override stands under a name. Say yours first, then override again.',
  noReason: 'An override needs a reason: the next shift reads it.',
  noService: (name: string): string =>
    `There is no service ${JSON.stringify(name)} in the topology of the packs.`,
  tooMany: (limit: number): string => `${limit} overrides are in force; end one first.`,
  gone: 'This override has ended already.',
  changed: (from: State, to: State): string => `The sources said ${low(from)} and say ${low(to)} now.`,
  source: (by: string): string => `Override by ${by}`,
  /** The row of an entry. */
  made: (place: string, state: State, sources: State, until: string, reason: string): string =>
    `${place} shown as ${low(state)} until ${until.slice(11, 16)}Z, the sources say ${low(sources)}${reason === '' ? '' : `: ${reason}`}`,
  ended: (place: string, state: State, sources: State, why: string, reason: string): string =>
    `${place} no longer shown as ${low(state)}, the sources say ${low(sources)} (${ENDED[why] ?? why})${reason === '' ? '' : `: ${reason}`}`,
  /** The question at a handoff. */
  endWithHandoff: (locks: number): string =>
    `${counted(locks)} ${locks === 1 ? 'ends' : 'end'} with this handoff. Keep ${locks === 1 ? 'it' : 'them'}?`,
  keep: (locks: number): string => (locks === 1 ? 'Keep it' : 'Keep them'),
  keepHelp: 'each ends at its own time',
  letEnd: (locks: number): string => (locks === 1 ? 'Let it end' : 'Let them end'),
  letEndHelp: 'the board shows again what the sources say',
  lock: (place: string, state: State, sources: State, by: string, until: string): string =>
    `${place} shown as ${low(state)} by ${by} until ${until.slice(11, 16)}Z, the sources say ${low(sources)}`,
  /** In the entry of the handoff. */
  kept: (places: readonly string[]): string => `Kept ${counted(places.length)}: ${places.join(', ')}.`,
  lead: (ended: boolean): string => (ended ? 'Override ended' : 'Override'),
} as const;

const ENDED: Readonly<Record<string, string>> = {
  time: 'its time is over',
  change: 'their word changed',
  person: 'ended by hand',
  replaced: 'another took its place',
  handoff: 'handoff',
  resolved: 'incident resolved',
};
