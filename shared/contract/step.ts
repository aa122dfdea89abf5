// What a step of a runbook says, in the library and in a checklist started from it.
import { z } from 'zod';
import { text } from './define.ts';

export const stepSays = {
  index: z.number().int(),
  title: text(2000),
  /** Section heading it stands under; empty when none. */
  section: text(400),
  command: text(20_000).nullable(),
  expect: text(2000).nullable(),
  danger: z.boolean(),
  /** What is typed to confirm a dangerous step; null where the runbook names no word of its own. */
  confirm: text(200).nullable(),
  twoPerson: z.boolean(),
};
