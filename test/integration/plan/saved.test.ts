// A plan made in the room, saved as a runbook and read back: the same plan, whatever was typed into it.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { writeRunbook } from '../../../electron/library/write.ts';
import { planMarkdown } from '../../../electron/plan/make.ts';
import { type MadePlan, madePlan } from '../../../shared/contract/plan.ts';
import { formatDuration, parseDuration } from '../../../shared/rollback/duration.ts';
import { parsePlan } from '../../../shared/rollback/plan.ts';
import { runbookName } from '../../../shared/runbook/file-name.ts';

const folder = mkdtempSync(join(tmpdir(), 'bulkhead saved '));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Words as people and machines write them: quotes, colons, hashes, braces, other scripts, numbers that are none. */
const words = fc
  .stringMatching(/^[\p{L}\p{N}'":#{}[\],&*!|>%@`. -]{1,24}$/u)
  .map((one) => one.trim())
  .filter((one) => one !== '' && one !== '__proto__');
const duration = fc.constantFrom('0s', '90s', '10m', '15m', '1h', '1h30m');
const gate = fc.constantFrom('health' as const, 'manual' as const);
const percent = (ops: readonly string[]) =>
  fc.tuple(fc.constantFrom(...ops), fc.integer({ min: 0, max: 99 }));

const made: fc.Arbitrary<unknown> = fc
  .record({
    kind: fc.constantFrom('rollback' as const, 'roll-forward' as const),
    title: fc.oneof(words, fc.constant('')),
    system: words,
    from: fc.oneof(words, fc.constantFrom('4.10', '007', '1e3', 'true', 'null', '~')),
    to: fc.oneof(words, fc.constantFrom('4.1', '0x10', 'no', '2026-10-20')),
    deployedAt: fc.constantFrom(null, '2026-10-20T07:44:00.000Z'),
    schema: fc.constantFrom('reversible', 'expand-only', 'irreversible', 'unknown') as fc.Arbitrary<
      MadePlan['change']['schema']
    >,
    waves: fc
      .uniqueArray(fc.stringMatching(/^[a-z]{2,8}\/[a-z0-9-]{1,12}$/), { minLength: 1, maxLength: 12 })
      .chain((targets) =>
        fc.record({
          targets: fc.constant(targets),
          cut: fc.integer({ min: 1, max: targets.length }),
          bakes: fc.tuple(duration, duration),
          gates: fc.tuple(gate, gate),
        }),
      ),
    probe: words,
    limits: fc.tuple(percent(['>', '>=']), percent(['<', '<='])),
    breaker: fc.record({ stale: duration, cool: duration }),
  })
  .map(({ system, from, to, deployedAt, schema, waves, probe, limits, breaker, kind, title }) => {
    const [trip, success] = limits;
    const parts = [waves.targets.slice(0, waves.cut), waves.targets.slice(waves.cut)].filter(
      (one) => one.length > 0,
    );
    return {
      kind,
      title,
      change: { system, from, to, deployedAt, schema },
      targets: waves.targets,
      waves: parts.map((targets, i) => ({
        name: i === 0 ? 'canary' : 'the rest: all of it',
        targets,
        bake: waves.bakes[i]!,
        gate: waves.gates[i]!,
      })),
      watch: ['aws/sqs'],
      success: [{ health: 'operational' }, { probe, errors: `${success[0]} ${success[1]}%` }],
      data: { probe, tries: '>= 100' },
      pace: { atOnce: 2, apart: '2m' },
      breaker: {
        ...breaker,
        trip: [{ health: 'worse-than-baseline' }, { probe, errors: `${trip[0]} ${trip[1]}%`, for: '3m' }],
      },
    };
  });

it('any plan that is made, saved and read back is the same plan; 200 runs', async () => {
  await fc.assert(
    fc.asyncProperty(made, async (given) => {
      // What the window could send at all.
      const plan = madePlan.parse(given);
      const text = planMarkdown(plan);
      const here = parsePlan(text);
      expect(here.problems).toEqual([]);
      const name = runbookName(here.plan?.title ?? '');
      const written = await writeRunbook(folder, name, text, true);
      if (!written.ok) throw new Error(written.error.message);
      const there = parsePlan(readFileSync(written.value, 'utf8'));
      expect(there).toEqual(here);
      expect(there.plan).toMatchObject({
        kind: plan.kind,
        change: {
          system: plan.change.system,
          from: plan.change.from,
          to: plan.change.to,
          schema: plan.change.schema,
          deployedAt: plan.change.deployedAt,
        },
        targets: plan.targets,
        waves: plan.waves.map(({ name: wave, targets, bake, gate: by }) => ({
          name: wave,
          targets,
          bake: parseDuration(bake),
          gate: by,
        })),
        data: { probe: plan.data?.probe },
        breaker: {
          stale: parseDuration(plan.breaker?.stale ?? ''),
          cool: parseDuration(plan.breaker?.cool ?? ''),
        },
      });
      if (plan.title.trim() !== '') expect(there.plan?.title).toBe(plan.title.trim());
      expect(there.plan?.strangeKeys).toEqual([]);
      expect(formatDuration(there.plan?.pace.apart ?? 0)).toBe('2m');
    }),
    { numRuns: 200 },
  );
});
