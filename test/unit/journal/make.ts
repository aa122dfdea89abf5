// Makes chains of entries for tests of the pure side: several devices, several incidents, everything sealed as the journal does.
import { canonicalText } from '../../../shared/journal/canonical.ts';
import { seal } from '../../../shared/journal/chain.ts';
import { HLC_ZERO, tickHlc } from '../../../shared/journal/hlc.ts';
import type { Entry } from '../../../shared/journal/types.ts';
import { toInstant } from '../../../shared/time/clock.ts';

const START = Date.parse('2026-10-20T07:48:20.000Z');

export function chain(
  incident: string,
  device: string,
  bodies: readonly Record<string, unknown>[],
  kind = 'note',
): Entry[] {
  let prev = '';
  let hlc = HLC_ZERO;
  return bodies.map((body, index) => {
    const at = toInstant(START + index * 1000);
    hlc = tickHlc(hlc, START + index * 1000);
    const entry = seal({
      id: `${incident}-${device}-${index + 1}`,
      incident,
      kind: typeof body['entry'] === 'string' ? 'erased' : kind,
      v: 1,
      key: index % 3 === 0 ? `key ${index}` : null,
      body: canonicalText(body),
      actor: 'Zoë "the boss"',
      device,
      seq: index + 1,
      hlc,
      occurredAt: at,
      recordedAt: at,
      prev,
      salt: (index + 1).toString(16).padStart(32, '0'),
    });
    prev = entry.hash;
    return entry;
  });
}

export const numbered = (n: number): Record<string, unknown>[] =>
  Array.from({ length: n }, (_, i) => ({ text: `note ${i + 1}` }));
