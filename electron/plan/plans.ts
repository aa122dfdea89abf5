// The live service of rollback plans. The contract stands first; the service follows in the next commit.
import type { Handlers } from '../../shared/contract/index.ts';
import { fail } from '../../shared/result.ts';

const notYet = async () => fail('plan-not-ready', 'Rollback plans are not wired into the room yet.');

export const planHandlers: Handlers<'plan'> = {
  'plan.create': notYet,
  'plan.make': notYet,
  'plan.propose': notYet,
  'plan.get': notYet,
  'plan.text': notYet,
  'plan.do': notYet,
};
