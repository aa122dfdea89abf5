// Sentences of notifications.
import { many } from './many.ts';

export const notifyText = {
  title: {
    'plan-breaker': 'Breaker open',
    'plan-gate': 'Gate waits',
    'plan-bake': 'Bake full',
    'plan-clock': 'Clock not trusted',
    'ours-worse': 'Worse where we run',
    'any-worse': 'Worse elsewhere',
    'feed-stale': 'Not heard',
    'ours-better': 'Better where we run',
  },
  plan: {
    breaker: (system: string, target: string) =>
      `${system}: the breaker is open${target === '' ? '' : `, ${target} is worse`}.`,
    gate: (system: string, wave: string) => `${system}: the gate of ${wave} waits for a person.`,
    bake: (system: string, wave: string) =>
      `${system}: the bake of ${wave} is full and its gate has passed. What comes next waits for a person.`,
    clock: (system: string, _about: string) =>
      `${system}: the clock cannot be trusted. Bakes stop and gates wait until a named person says go on.`,
  },
  more: (text: string, more: number): string => (more === 0 ? text : `${text} And ${more} more.`),
  again: (open: number): string => `${many(open, 'item')} not acknowledged`,
  noName: 'An acknowledgement stands under a name. Say yours first, then acknowledge again.',
  noItem: 'This item is not open any more. It was acknowledged, or it is over.',
  broken: (why: string): string =>
    `The settings of notifications could not be read (${why}) and were set aside as notify.json.broken. They are as they come again.`,
} as const;
