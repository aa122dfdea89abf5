// Entries of two machines in any order of arrival: the ledger makes the same plan of them, piece by piece or at once.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredEntry } from '../../../electron/journal/journal.ts';
import { createLedger } from '../../../electron/plan/ledger.ts';
import type { FoldEntry } from '../../../shared/journal/types.ts';
import { foldEntries } from '../../../shared/rollback/fold.ts';
import { parsePlan } from '../../../shared/rollback/plan.ts';
import { createStage } from '../../../shared/rollback/stage.ts';

const TEXT = `---
change: { system: c, from: 2, to: 1, schema: reversible }
waves:
  - { name: a, targets: [x/1, x/2], bake: 2m }
  - { name: b, targets: [x/3], bake: 2m }
data: { probe: web, tries: ">= 10" }
breaker: { trip: [ { probe: web, errors: "> 5%" } ], cool: 2m }
---
## Each target
1. Deploy
2. Verify
## Revert a target
1. Back
`;

/** A night of two machines that are apart for a while, with a trip and a clock that is set. */
function night(): readonly FoldEntry[] {
  const stage = createStage(parsePlan(TEXT).plan!, ['a', 'b'], Date.UTC(2026, 0, 1), {});
  const hear = (errors: number): void => {
    for (const target of ['x/1', 'x/2', 'x/3'])
      stage.hear({ type: 'probe', name: 'web', target, errors, tries: 20 } as Parameters<
        typeof stage.hear
      >[0]);
    stage.settle();
  };
  const by = { by: 'Marta', reason: 'r' };
  hear(0);
  stage.perform('a', { ...by, do: 'accept-findings' });
  stage.perform('a', { ...by, do: 'start-plan' });
  stage.perform('a', { ...by, do: 'finish-target', target: 'x/1' });
  stage.cut('b');
  stage.perform('b', { ...by, by: 'Tom', do: 'step', section: 'each', step: 1, target: 'x/2', to: 'failed' });
  stage.perform('a', { ...by, do: 'finish-target', target: 'x/2' });
  stage.setClock('a', 3_600_000);
  stage.passTo(60_000);
  hear(40);
  stage.join('b');
  stage.settle();
  stage.passTo(120_000);
  hear(0);
  stage.perform('a', { ...by, do: 'override', hold: 'disputed', target: 'x/2' });
  return stage.machines[0]!.entries;
}

const stored = (entry: FoldEntry, row: number): StoredEntry => ({
  ...entry,
  row,
  body: JSON.stringify(entry.body),
  erased: false,
  prev: '',
  salt: '',
  bodyHash: '',
  hash: '',
});

describe('the ledger', () => {
  const entries = night();
  const wanted = JSON.stringify(foldEntries(entries));

  it('had a night worth folding', () => {
    const kinds = new Set(entries.map((entry) => entry.kind));
    for (const kind of ['breaker-opened', 'clock-jumped', 'step-failed', 'hold-overridden'])
      expect(kinds.has(kind), kind).toBe(true);
  });

  it('makes the same plan of the same entries, whatever their order of arrival and however they come', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...entries], { minLength: entries.length }),
        fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 30 }),
        (order, pages) => {
          const rows: StoredEntry[] = [];
          const ledger = createLedger(
            {
              read: (_, after, limit) => rows.filter((one) => one.row > after).slice(0, limit),
              entry: () => null,
            },
            'i',
          );
          let at = 0;
          for (const size of [...pages, order.length]) {
            for (const one of order.slice(at, at + size)) rows.push(stored(one, rows.length + 1));
            at += size;
            ledger.catchUp();
          }
          expect(JSON.stringify([...ledger.plans.values()][0])).toBe(wanted);
          expect(ledger.catchUp()).toBe(false);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('lets an erased body go at once, as the next start would', () => {
    const rows = entries.map((one, i) => stored(one, i + 1));
    const ledger = createLedger(
      { read: (_, after, limit) => rows.filter((one) => one.row > after).slice(0, limit), entry: () => null },
      'i',
    );
    ledger.catchUp();
    const gone = entries.find((one) => one.kind === 'step-failed')!;
    rows.push(
      stored(
        { ...entries.at(-1)!, kind: 'erased', seq: 9999, hlc: 'ffffffffffff0000', body: { entry: gone.id } },
        rows.length + 1,
      ),
    );
    expect(ledger.catchUp()).toBe(true);
    const rest = entries.map((one) => (one.id === gone.id ? { ...one, body: null } : one));
    expect(JSON.stringify([...ledger.plans.values()][0])).toBe(JSON.stringify(foldEntries(rest)));
  });
});
