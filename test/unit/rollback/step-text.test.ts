// A step's text taken apart for editing, put together again, and read with the plan's own parser.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { joinStep, splitStep } from '../../../shared/rollback/step-parts.ts';
import { readStep } from '../../../shared/rollback/step-text.ts';
import { planOf, planText } from './nights.ts';

const text = `2. Shift **traffic** away {danger, confirm: us-east-1, expect: 5m}

   \`\`\`sh
   shift {{target}}

   done
   \`\`\`
   Expect: traffic at 0`;

describe('a step', () => {
  test('is taken apart into what a person edits', () => {
    expect(splitStep(text)).toEqual({
      marker: '2. ',
      title: 'Shift **traffic** away',
      marks: 'danger, confirm: us-east-1, expect: 5m',
      body: '```sh\nshift {{target}}\n\ndone\n```\nExpect: traffic at 0',
    });
    expect(splitStep('- [ ] Use {{region}}')).toMatchObject({
      marker: '- [ ] ',
      title: 'Use {{region}}',
      marks: '',
    });
  });

  test('of every section of the fixture plan is the same step after it was taken apart and put together', () => {
    const plan = planOf(planText());
    for (const section of ['before', 'prepare', 'each', 'revert'] as const)
      for (const { number, line, ...step } of plan.steps[section]) {
        const again = readStep(section, joinStep(splitStep(step.text)));
        expect(again.ok && { ...again.step, text: '' }, `${section} ${number}, line ${line}`).toEqual({
          ...step,
          text: '',
        });
      }
  });

  test('keeps a command that is only indented when its title is corrected', () => {
    const indented = '1. Shift traffic {danger}\n\n       kubectl rollout undo';
    const again = readStep('each', joinStep({ ...splitStep(indented), title: 'Shift it' }));
    expect(again).toMatchObject({
      ok: true,
      step: { title: 'Shift it', commands: ['kubectl rollout undo'] },
    });
  });

  test('reads with commands, marks and what is expected', () => {
    expect(readStep('each', text)).toMatchObject({
      ok: true,
      step: {
        title: 'Shift traffic away',
        commands: ['shift {{target}}\n\ndone'],
        expected: 'traffic at 0',
        danger: true,
        confirm: 'us-east-1',
        lasts: 300_000,
      },
    });
  });

  test.each([
    ['each', '', 1],
    ['each', 'no list', 1],
    ['each', '1. One\n2. Two', 2],
    ['each', '1. One\n\nlost', 2],
    ['each', '1. One {dangerous}', 1],
    ['prepare', '1. One {danger}', 1],
    ['each', '1. One\n\n## Finally\n\n1. Two', 1],
  ] as const)('that is not exactly one step is refused with its line: %#', (section, given, line) => {
    expect(readStep(section, given)).toMatchObject({ ok: false, line });
  });

  test('parts survive being put together; 500 runs', () => {
    const word = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9 ,.'-]{0,20}$/).map((one) => one.trim());
    const parts = fc.record({
      marker: fc.constantFrom('1. ', '12. ', '3) ', '- [ ] ', '* '),
      title: word,
      marks: fc.constantFrom('', 'danger', 'two-person, expect: 5m', 'danger, confirm: WORD'),
      body: fc
        .array(
          fc.oneof(
            word,
            fc.constant(''),
            fc.constant('```'),
            fc.constant('  indented'),
            fc.constant('    command'),
          ),
          {
            maxLength: 6,
          },
        )
        .map((lines) => lines.join('\n').replace(/^\n+/, '').trimEnd()),
    });
    fc.assert(
      fc.property(parts, (given) => {
        expect(splitStep(joinStep(given))).toEqual(given);
      }),
      { numRuns: 500 },
    );
  });
});
