// The plan of these tests as a runbook: 40 targets in 5 waves.

export const MINUTE = 60_000;

/** 40 targets in 5 waves: two canaries, then 4, 8, 12 and 14. */
export const TARGETS = Array.from({ length: 40 }, (_, i) => `cloud/region-${String(i + 1).padStart(2, '0')}`);
const SIZES = [2, 4, 8, 12, 14];
export const WAVES = SIZES.map((size, i) => {
  const from = SIZES.slice(0, i).reduce((sum, one) => sum + one, 0);
  return { name: i === 0 ? 'canary' : `wave ${i}`, targets: TARGETS.slice(from, from + size) };
});

export const planText = (bake = '10m') => `---
kind: rollback
title: Roll back checkout
change: { system: checkout-api, from: 4.18.0, to: 4.17.3, schema: reversible }
targets: [${TARGETS.join(', ')}]
waves:
${WAVES.map((wave) => `  - { name: ${wave.name}, targets: [${wave.targets.join(', ')}], bake: ${bake}, gate: health }`).join('\n')}
success: [ { probe: checkout, errors: "< 2%" } ]
data: { probe: checkout, tries: ">= 100" }
breaker:
  trip:
    - { probe: checkout, errors: "> 5%", margin: 5, min: 10, for: 1m }
  stale: 3m
  retry: 2m
  cool: 5m
---

# Roll back checkout

## Prepare each target

1. Freeze

## Each target

1. Shift traffic away {danger, confirm: away}

   Expect: no requests.
2. Deploy 4.17.3 {two-person}
3. Verify

## Revert a target

1. Deploy 4.18.0
`;
