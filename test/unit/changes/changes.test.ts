import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../../shared/changes/csv.ts';
import { readTime } from '../../../shared/changes/fields.ts';
import { ranked, SUSPECT_MS } from '../../../shared/changes/rank.ts';
import { readCsvChanges, readJsonLines } from '../../../shared/changes/read.ts';
import type { Change } from '../../../shared/changes/types.ts';
import { readDeployment } from '../../../shared/changes/webhooks.ts';
import { changeText } from '../../../shared/text/ours.ts';

const change = (id: string, at: string): Change => ({
  id,
  at,
  service: id,
  version: '1',
  places: [],
  by: '',
  text: '',
  url: '',
  source: 'typed',
});

describe('JSON lines', () => {
  it('are read, and what cannot be read is named by its line', () => {
    const read = readJsonLines(
      [
        '# written by the pipeline',
        '{"at": "2026-10-20T07:44:10Z", "service": "checkout-api", "version": "4.18.0", "places": ["aws/eu-west-1"]}',
        'not json',
        '{"time": 1792482600, "app": "search", "region": "gcp/europe-west1, aws/us-east-1"}',
        '{"service": "x"}',
        '[1]',
      ].join('\n'),
    );
    expect(read.changes).toMatchObject([
      {
        at: '2026-10-20T07:44:10.000Z',
        service: 'checkout-api',
        version: '4.18.0',
        places: ['aws/eu-west-1'],
      },
      { service: 'search', places: ['gcp/europe-west1', 'aws/us-east-1'] },
    ]);
    expect(read.problems.map(({ line }) => line)).toEqual([3, 5, 6]);
  });
});

describe('CSV', () => {
  it('with quotes, line breaks in them and semicolons', () => {
    const read = readCsvChanges(
      'Time;Service;Version;Text\r\n2026-10-20 07:44Z;"check;out";4.18;"says ""now""\nand later"\r\n;;;\r\nnever;x;1;\r\n',
    );
    expect(read.changes).toMatchObject([{ service: 'check;out', text: 'says "now"\nand later' }]);
    expect(read.problems.map(({ line }) => line)).toEqual([4, 5]);
  });
  it('a quote that is not closed ends the reading, and is said', () => {
    const read = readCsvChanges('at,service\n2026-10-20,a\n2026-10-20,"b\n2026-10-20,c\n');
    expect(read.changes).toHaveLength(1);
    expect(read.problems).toEqual([{ line: 3, text: changeText.quotes }]);
  });
  it('reads back whatever cells were written', () => {
    const cell = fc.string({ maxLength: 12 });
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
        (rows) => {
          const text = rows
            .map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(','))
            .join('\n');
          // The separator is found by the first line: others within quotes there would win.
          fc.pre(!/[;\t]/.test(text.split('\n')[0]!) && !rows[0]!.some((one) => /[\r\n;\t]/.test(one)));
          expect(readCsv(text).rows.map(({ cells }) => cells)).toEqual(rows);
        },
      ),
    );
  });
});

describe('deployment payloads', () => {
  it('GitHub: a status of success, as of its time', () => {
    const payload = {
      deployment_status: {
        state: 'success',
        updated_at: '2026-10-20T07:44:10Z',
        environment: 'eu-west-1',
        log_url: 'https://ci.example/1',
      },
      deployment: {
        sha: 'a'.repeat(40),
        ref: 'v4.18.0',
        environment: 'eu-west-1',
        creator: { login: 'jonas' },
        description: '',
      },
      repository: { name: 'checkout-api' },
    };
    expect(readDeployment(payload)).toMatchObject({
      at: '2026-10-20T07:44:10.000Z',
      service: 'checkout-api',
      version: 'v4.18.0',
      places: ['eu-west-1'],
      by: 'jonas',
      url: 'https://ci.example/1',
    });
    expect(readDeployment({ ...payload, deployment_status: { state: 'in_progress' } })).toBeNull();
  });
  it('GitLab: its own time zone form', () => {
    expect(
      readDeployment({
        object_kind: 'deployment',
        status: 'success',
        status_changed_at: '2026-10-20 09:44:10 +0200',
        environment: 'production',
        ref: 'main',
        short_sha: '279484c0',
        project: { name: 'search' },
        user: { name: 'Priya Raman' },
      }),
    ).toMatchObject({
      at: '2026-10-20T07:44:10.000Z',
      service: 'search',
      version: 'main',
      by: 'Priya Raman',
    });
  });
  it('an environment is one place, whatever its name is', () => {
    const payload = {
      deployment: { ref: 'v2', environment: 'Production EU, west', created_at: '2026-10-20T07:44:10Z' },
      repository: { name: 'shop' },
    };
    expect(readDeployment(payload)).toMatchObject({ places: ['Production EU, west'] });
  });
  it('GitLab: a pipeline that succeeded, when it finished, where its jobs deployed to', () => {
    const payload = {
      object_kind: 'pipeline',
      object_attributes: {
        ref: 'main',
        sha: 'bcbb5ec396a2c0f828686f14fac9b80b780504f2',
        status: 'success',
        created_at: '2026-10-20 07:40:00 UTC',
        finished_at: '2026-10-20 07:44:10 UTC',
        url: 'https://git.example/shop/pipelines/31',
      },
      user: { name: 'Priya Raman' },
      project: { name: 'shop' },
      commit: { message: 'Smaller pool\n\nBecause.' },
      builds: [
        { status: 'success', environment: { name: 'production' } },
        { status: 'skipped', environment: { name: 'staging' } },
        { status: 'success', environment: null },
        null,
      ],
    };
    expect(readDeployment(payload)).toEqual({
      at: '2026-10-20T07:44:10.000Z',
      service: 'shop',
      version: 'main',
      places: ['production'],
      by: 'Priya Raman',
      text: 'Smaller pool',
      url: 'https://git.example/shop/pipelines/31',
    });
    const running = { ...payload, object_attributes: { ...payload.object_attributes, status: 'running' } };
    expect(readDeployment(running)).toBeNull();
  });
  it('GitHub: a workflow run that succeeded, unless it only tried out a pull request', () => {
    const run = {
      name: 'Deploy',
      display_title: 'Smaller pool',
      head_branch: 'main',
      head_sha: 'bcbb5ec396a2c0f828686f14fac9b80b780504f2',
      event: 'push',
      conclusion: 'success',
      updated_at: '2026-10-20T07:44:10Z',
      html_url: 'https://github.com/x/shop/actions/runs/1',
      actor: { login: 'jonas' },
    };
    const payload = (more: object) => ({
      action: 'completed',
      workflow_run: { ...run, ...more },
      repository: { name: 'shop' },
    });
    expect(readDeployment(payload({}))).toMatchObject({
      at: '2026-10-20T07:44:10.000Z',
      service: 'shop',
      version: 'main',
      by: 'jonas',
      text: 'Deploy: Smaller pool',
    });
    for (const other of [{ conclusion: 'failure' }, { conclusion: null }, { event: 'pull_request' }])
      expect(readDeployment(payload(other))).toBeNull();
  });
  it('an event of PagerDuty is no change, and no defect of the folder either', () => {
    expect(readDeployment({ event: { event_type: 'incident.triggered', data: {} } })).toBeNull();
  });
  it('webhooks that were collected to one file stand among plain lines', () => {
    const read = readJsonLines(
      [
        '{"at": "2026-10-20T07:44:10Z", "service": "checkout-api"}',
        '{"deployment": {"ref": "v2", "created_at": "2026-10-20T07:45:00Z"}, "repository": {"name": "shop"}}',
        '{"event": {"event_type": "incident.triggered"}}',
        '{"object_kind": "push"}',
      ].join('\n'),
    );
    expect(read.changes.map((one) => one.service)).toEqual(['checkout-api', 'shop']);
    expect(read.problems).toEqual([{ line: 4, text: changeText.notDeployment }]);
  });
  it('anything else is said, and never thrown', () => {
    expect(readDeployment({ hello: 1 })).toBe(changeText.notDeployment);
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const read = readDeployment(value);
        expect(read === null || typeof read === 'string' || typeof read.at === 'string').toBe(true);
      }),
    );
  });
});

it('times: zones, seconds and milliseconds since 1970, and what is none', () => {
  const at = Date.parse('2026-10-20T07:44:10Z');
  for (const text of [
    '2026-10-20T07:44:10Z',
    '2026-10-20 07:44:10',
    '2026-10-20T09:44:10+02:00',
    '2026-10-20T09:44:10+02',
    '2026-10-20 09:44:10 +0200',
    '2026-10-20 07:44:10 UTC',
    'Tue, 20 Oct 2026 07:44:10 GMT',
    at,
    at / 1000,
    String(at),
  ])
    expect(readTime(text)).toBe(at);
  for (const none of [
    'yesterday',
    '10/20/2026',
    '2026-13-01',
    '2026-02-30',
    '30 Feb 2026 10:00 GMT',
    5,
    null,
    '',
    {},
  ])
    expect(readTime(none)).toBeNull();
});

describe('ranking', () => {
  it('the nearest before the first signal is first; after it, or long before, has no rank', () => {
    const list = ranked(
      [
        change('old', '2026-10-18T07:00:00.000Z'),
        change('early', '2026-10-20T06:12:00.000Z'),
        change('near', '2026-10-20T07:44:20.000Z'),
        change('after', '2026-10-20T07:50:00.000Z'),
      ],
      '2026-10-20T07:48:20.000Z',
    );
    expect(list.map(({ change: { id }, rank }) => [id, rank])).toEqual([
      ['old', null],
      ['early', 2],
      ['near', 1],
      ['after', null],
    ]);
    expect(
      changeText.line(
        { service: 'checkout-api', version: '4.18.0', places: ['aws/eu-west-1'] },
        list[2]!.beforeMs,
      ),
    ).toBe('checkout-api 4.18.0 to eu-west-1, 4 min before the first signal');
    // A year is not counted in hours.
    expect(changeText.line({ service: 'search', version: '', places: [] }, -8761 * 3_600_000)).toBe(
      'search, 365 d after the first signal',
    );
  });
  it('ranks are 1 to n without gaps, by nearness', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -SUSPECT_MS, max: 2 * SUSPECT_MS }), { maxLength: 20 }),
        (offsets) => {
          const first = Date.parse('2026-10-20T07:48:20.000Z');
          const list = ranked(
            offsets.map((ms, i) => change(`c${i}`, new Date(first - ms).toISOString())),
            new Date(first).toISOString(),
          );
          const ranks = list.flatMap(({ rank, beforeMs }) =>
            rank === null ? [] : [{ rank, beforeMs: beforeMs! }],
          );
          ranks.sort((a, b) => a.rank - b.rank);
          expect(ranks.map(({ rank }) => rank)).toEqual(ranks.map((_, i) => i + 1));
          for (const [i, one] of ranks.entries())
            if (i > 0) expect(one.beforeMs).toBeGreaterThanOrEqual(ranks[i - 1]!.beforeMs);
        },
      ),
    );
  });
});
