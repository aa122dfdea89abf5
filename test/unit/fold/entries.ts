// Entries for tests of the fold: small builders, and an arbitrary journal of several devices.
import fc from 'fast-check';
import type { FoldEntry } from '../../../shared/journal/types.ts';

const T0 = Date.UTC(2026, 9, 20, 7, 48, 20);
export const at = (seconds: number): string => new Date(T0 + seconds * 1000).toISOString();
export const hlc = (seconds: number, counter = 0): string =>
  (T0 + seconds * 1000).toString(16).padStart(12, '0') + counter.toString(16).padStart(4, '0');

let made = 0;
export function entry(
  kind: string,
  body: Record<string, unknown> | null,
  change: Partial<FoldEntry> = {},
): FoldEntry {
  made += 1;
  return {
    id: `e${made}`,
    incident: 'inc',
    kind,
    v: 1,
    key: null,
    body,
    actor: 'marta',
    device: 'dev-a',
    seq: made,
    hlc: hlc(made),
    occurredAt: at(made),
    recordedAt: at(made),
    ...change,
  };
}

export const declared = (change: Partial<FoldEntry> = {}): FoldEntry =>
  entry(
    'declared',
    { label: 'INC-0001', title: 'Checkout fails', severity: 'SEV1', mode: 'real', by: 'Marta' },
    change,
  );

export const signal = (
  region: string,
  to: string,
  change: Partial<FoldEntry> = {},
  more: Record<string, unknown> = {},
): FoldEntry =>
  entry(
    'signal-linked',
    {
      signal: {
        id: 's',
        at: at(0),
        provider: 'aws',
        region,
        service: 'dynamodb',
        from: null,
        to,
        event: 'arn:1',
        text: 'Increased error rates',
        kind: to === 'operational' ? 'better' : 'worse',
        ...more,
      },
      by: '',
    },
    { key: `signal:aws/${region}/dynamodb:arn:1:${to}`, ...change },
  );

const name = fc.constantFrom('Marta', 'Priya', 'Tom');
const text = fc.string({ maxLength: 20 });

/** A journal of an incident on three devices: every kind, marks on earlier and later entries, keys, erased and unreadable bodies. */
export const journal = fc
  .array(
    fc.record({
      device: fc.constantFrom('dev-a', 'dev-b', 'dev-c'),
      ms: fc.integer({ min: 0, max: 40 }),
      back: fc.integer({ min: 0, max: 600 }),
      target: fc.nat({ max: 40 }),
      what: fc.constantFrom(
        'declared',
        'release-opened',
        'release-ended',
        'release-reopened',
        'severity-changed',
        'phase-changed',
        'milestone-set',
        'role-assigned',
        'note',
        'decision',
        'fact',
        'question',
        'answer',
        'action-opened',
        'action-done',
        'action-reopened',
        'signal-linked',
        'affected-changed',
        'impact-set',
        'integrity-set',
        'checklist-started',
        'step-done',
        'step-skipped',
        'entry-amended',
        'entry-retracted',
        'entry-pinned',
        'erased',
        'not-watched',
        'wave-started',
      ),
      broken: fc.integer({ min: 0, max: 11 }),
      by: name,
      text,
      pick: fc.nat({ max: 5 }),
    }),
    { maxLength: 40 },
  )
  .map((rows) => {
    const seqs: Record<string, number> = {};
    return rows.map((r, i): FoldEntry => {
      seqs[r.device] = (seqs[r.device] ?? 0) + 1;
      const id = (n: number): string => `x${n}`;
      const body: Record<string, unknown> = {
        by: r.by,
        text: r.text,
        label: 'INC-0001',
        title: r.text,
        severity: 'SEV2',
        from: 'SEV2',
        to: 'SEV1',
        name: 'detected',
        role: r.pick > 2 ? 'Incident commander' : 'Scribe',
        question: id(r.target),
        action: id(r.target),
        entry: id(r.target),
        reason: r.text,
        provider: 'aws',
        region: `region-${r.pick}`,
        services: ['sqs'],
        state: 'degraded',
        checklist: 'c1',
        path: 'a.md',
        revision: 'r',
        step: r.pick,
        steps: [
          { index: 0, title: 'One' },
          { index: 1, title: 'Two' },
        ],
      };
      if (r.what === 'phase-changed') {
        body['from'] = 'investigating';
        body['to'] = ['identified', 'monitoring', 'resolved', 'investigating'][r.pick % 4];
      }
      if (r.what === 'milestone-set') body['name'] = ['detected', 'impact-started', 'mitigated'][r.pick % 3];
      if (r.what === 'role-assigned') body['name'] = r.by;
      if (r.what === 'fact') body['state'] = 'confirmed';
      if (r.what === 'integrity-set') body['state'] = 'suspected';
      if (r.what === 'not-watched') Object.assign(body, { from: at(r.pick), to: at(r.pick + 100) });
      let key: string | null = null;
      if (r.what === 'signal-linked') {
        const to = ['degraded', 'major-outage', 'operational'][r.pick % 3];
        body['signal'] = {
          id: 's',
          at: at(0),
          provider: 'aws',
          region: `r${r.target % 3}`,
          service: 'sqs',
          to,
        };
        key = `signal:aws/r${r.target % 3}/sqs:e:${to}`;
      }
      if (r.broken === 1) body['text'] = 42;
      if (r.broken === 2) for (const name of Object.keys(body)) delete body[name];
      return {
        id: id(i),
        incident: 'inc',
        kind: r.what,
        v: r.broken === 3 ? 9 : 1,
        key,
        body: r.broken === 4 ? null : body,
        actor: r.by,
        device: r.device,
        seq: seqs[r.device]!,
        hlc: hlc(r.ms, i % 3),
        occurredAt: at(r.ms - r.back),
        recordedAt: at(r.ms),
      };
    });
  });
