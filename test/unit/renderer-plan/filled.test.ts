// A command is copied as it can be pasted: every word that preflight counts as known is filled in.
import { describe, expect, test } from 'vitest';
import { filled } from '../../../renderer/views/room/plan/hand.ts';
import type { PlanTarget, PlanView, PlanWave } from '../../../shared/contract/plan.ts';
import { unresolvedVariables } from '../../../shared/rollback/findings.ts';
import type { PlanStep } from '../../../shared/rollback/sections.ts';

const view = {
  title: 'Roll back checkout',
  change: { system: 'checkout-api', from: '4.18.0', to: '4.17.3', deployedAt: null, schema: 'reversible' },
  variables: { ticket: 'CHG-7' },
} as unknown as PlanView;
const on = (id: string) => ({
  target: { id } as PlanTarget,
  wave: { name: 'wave 1' } as PlanWave,
});
const put = (command: string, id = 'aws/us-east-1') => filled(command, view, on(id));

describe('a command of a plan', () => {
  test('carries the target, the versions, the system, the wave and the plan’s own variables', () => {
    expect(put('deploy {{system}} --to {{to}} --from {{from}} --in {{target}} # {{ticket}}, {{wave}}')).toBe(
      'deploy checkout-api --to 4.17.3 --from 4.18.0 --in aws/us-east-1 # CHG-7, wave 1',
    );
  });

  test('is filled in whatever way a variable is written', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own way to write a variable
    expect(put('a {{ region }} b $REGION c ${REGION} d <region> e {{Region}}')).toBe(
      'a us-east-1 b us-east-1 c us-east-1 d us-east-1 e us-east-1',
    );
  });

  test('knows a cell from its region', () => {
    expect(put('{{provider}} {{region}} {{cell}}', 'aws/us-east-1/cell-2')).toBe('aws us-east-1 cell-2');
    expect(put('{{region}}', 'ring-2')).toBe('ring-2');
  });

  test('keeps what nothing fills in, and so does preflight name it', () => {
    expect(put('run {{unknown}} in {{region}}')).toBe('run {{unknown}} in us-east-1');
    const step = { text: '', commands: ['run $UNKNOWN in $REGION'] } as unknown as PlanStep;
    expect(unresolvedVariables(step, ['region'])).toEqual(['UNKNOWN']);
  });

  test('of a step of the plan itself has no target', () => {
    expect(filled('freeze {{system}} {{region}}', view, { target: null, wave: null })).toBe(
      'freeze checkout-api {{region}}',
    );
  });
});
