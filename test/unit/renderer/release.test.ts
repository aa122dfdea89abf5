import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOpen, openIncidents, openReleases } from '../../../renderer/state/stores.ts';
import { leftOut } from '../../../renderer/views/declare/release.ts';
import type { IncidentLine } from '../../../shared/contract/room.ts';
import type { TakenRegion } from '../../../shared/incident/suggest.ts';
import { release } from '../../../shared/text/release-ui.ts';

const region = (key: string, others: string[] = []): TakenRegion => ({
  key,
  provider: 'AWS',
  region: key.slice(key.indexOf('/') + 1),
  worst: 'major-outage',
  services: [],
  signals: [],
  others,
});
const line = (change: Partial<IncidentLine>): IncidentLine => ({
  id: 'i',
  label: 'INC-0001',
  title: 't',
  severity: 'SEV4',
  phase: 'investigating',
  mode: 'real',
  declaredAt: '2026-10-20T08:00:00.000Z',
  impactStartedAt: null,
  closedAt: null,
  commander: null,
  entries: 1,
  ...change,
});

describe('what a declaration of a release begins with', () => {
  it('ticks the region of the tripped target, also where a signal only names it', () => {
    const regions = [
      region('aws/us-east-1'),
      region('aws/eu-west-1', ['us-east-1']),
      region('gcp/us-east-1'),
      region('azure/eastus'),
    ];
    expect([...leftOut(regions, ['AWS/us-east-1'])]).toEqual(['gcp/us-east-1', 'azure/eastus']);
  });

  it('without a tripped target nothing is unticked; with one, what stays ticked is about it', () => {
    const name = fc.constantFrom('aws/a', 'aws/b', 'gcp/a', 'gcp/b');
    fc.assert(
      fc.property(fc.uniqueArray(name), fc.array(name, { maxLength: 3 }), (keys, targets) => {
        const off = leftOut(
          keys.map((key) => region(key)),
          targets,
        );
        if (targets.length === 0) expect(off.size).toBe(0);
        else for (const key of keys) expect(off.has(key)).toBe(!targets.includes(key));
      }),
    );
  });

  it('its line names what got worse', () => {
    expect(release.declare.line('checkout 4.19', [])).toBe('checkout 4.19');
    expect(release.declare.line('checkout 4.19', ['aws/a', 'aws/b'])).toBe(
      'checkout 4.19: aws/a, aws/b got worse',
    );
    const long = release.declare.line('x'.repeat(300), ['aws/a', 'aws/b', 'aws/c', 'aws/d']);
    expect(long).toHaveLength(300);
    expect(long.endsWith('x: aws/a, aws/b, 2 more got worse')).toBe(true);
  });
});

describe('the lists', () => {
  it('a release is no open incident, whatever its phase says; it is open until it is ended', () => {
    const watched = line({ id: 'r', mode: 'release', label: 'REL-0001' });
    const stray = line({ id: 's', mode: 'release', phase: 'resolved' });
    const ended = line({ id: 'e', mode: 'release', closedAt: '2026-10-20T09:00:00.000Z' });
    const real = line({});
    const all = [watched, stray, ended, real, line({ id: 'c', phase: 'resolved' })];
    expect(openIncidents(all).map((one) => one.id)).toEqual(['i']);
    expect(openReleases(all).map((one) => one.id)).toEqual(['r', 's']);
    expect(all.map(isOpen)).toEqual([true, true, false, true, false]);
  });
});
