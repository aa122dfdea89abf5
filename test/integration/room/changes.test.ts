// Changes linked to an incident: copied into the journal at the time they took effect, once each, and taken back like any line.
import { expect, it } from 'vitest';
import type { ChangeLine } from '../../../shared/contract/changes.ts';
import { code, declare, desk, must, window } from './helpers.ts';

const change = (id: string, at: string, line: string): ChangeLine => ({
  id,
  at,
  service: 'checkout-api',
  version: '4.18.0',
  places: ['aws/eu-west-1'],
  by: 'deploy bot',
  text: '',
  url: '',
  source: 'deploys.jsonl',
  beforeFirstMs: null,
  rank: null,
  line,
});
const KNOWN = [
  change('c1', '2026-10-20T07:44:00.000Z', 'checkout-api 4.18.0 to eu-west-1, 4 min before the first signal'),
  change('c2', '2026-10-20T06:00:00.000Z', 'flags on'),
];

it('a change is linked once, stands at its own time on strip and timeline, and is taken back', async () => {
  const d = desk({ changes: (ids) => KNOWN.filter((one) => ids.includes(one.id)) });
  const incident = (await declare(d)).id;
  const link = (changes: string[]) => d.call['room.linkChanges']({ incident, changes });
  expect(await code(link(['gone']))).toBe('no-changes');
  const { entry } = await must(link(['c1']));
  expect(await code(link(['c1']))).toBe('already-linked');
  await must(link(['c1', 'c2']));
  const rows = (await window(d, incident)).rows.filter((row) => row.kind === 'change');
  expect(rows.map((row) => [row.occurredAt, row.lead, row.text, row.by])).toEqual([
    [KNOWN[1]!.at, 'Change', 'flags on.', 'Marta Lindqvist'],
    [
      KNOWN[0]!.at,
      'Change',
      'checkout-api 4.18.0 to eu-west-1, 4 min before the first signal.',
      'Marta Lindqvist',
    ],
  ]);
  const strip = await must(d.call['timeline.overview']({ incident }));
  expect(strip.changes.map((one) => one.change)).toEqual(['c1', 'c2']);
  await must(d.call['room.retract']({ incident, entry, reason: 'another system' }));
  const left = await must(d.call['timeline.overview']({ incident }));
  expect(left.changes.map((one) => one.change)).toEqual(['c2']);
  // Taken back by mistake: it may be linked again.
  await must(link(['c1']));
});
