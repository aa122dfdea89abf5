// A plan made in the room, as the Markdown of a runbook: parsed like any other, and saved as one.
import { stringify } from 'yaml';
import type { z } from 'zod';
import type { MadePlan, proposedWave } from '../../shared/contract/plan.ts';
import { defaultBody } from '../../shared/text/plan.ts';
import { planTitle } from '../../shared/text/plan-entries.ts';

type ProposedWave = z.infer<typeof proposedWave>;

const wave = ({ name, targets, bake, gate }: ProposedWave): Record<string, unknown> => ({
  name,
  targets: [...targets],
  bake,
  gate,
});

/** Front matter and body. What is wrong in it is found by the parser, with line and column. */
export function planMarkdown(made: MadePlan): string {
  const { system, from, to, deployedAt, schema } = made.change;
  const title = made.title.trim() === '' ? planTitle(made.kind, system, to) : made.title.trim();
  const breaker = made.breaker;
  const front = {
    kind: made.kind,
    title,
    change: {
      system,
      ...(from === null ? {} : { from }),
      to,
      ...(deployedAt === null ? {} : { deployedAt }),
      schema,
    },
    targets: [...made.targets],
    ...(made.watch && made.watch.length > 0 ? { watch: [...made.watch] } : {}),
    waves: made.waves.map(wave),
    ...(made.success && made.success.length > 0 ? { success: made.success } : {}),
    ...(made.data ? { data: made.data } : {}),
    ...(made.pace ? { pace: made.pace } : {}),
    ...(breaker
      ? {
          breaker: {
            ...(breaker.trip && breaker.trip.length > 0 ? { trip: breaker.trip } : {}),
            ...(breaker.stale === undefined ? {} : { stale: breaker.stale }),
            ...(breaker.retry === undefined ? {} : { retry: breaker.retry }),
            ...(breaker.cool === undefined ? {} : { cool: breaker.cool }),
          },
        }
      : {}),
  };
  const body = made.body?.trim() ? `${made.body.trim()}\n` : defaultBody(title, system, from, to);
  return `---\n${stringify(front, { lineWidth: 0 })}---\n\n${body}`;
}
