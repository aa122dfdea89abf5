// The same kinds with other payloads than the recorded ones: optional fields gone, lists null, codes of other types, other years.
import { describe, expect, test } from 'vitest';
import { detectKind } from '../../../electron/health/sources/index.ts';
import { EMPTY_MEMORY } from '../../../shared/health/judge-memory.ts';
import { applyPoll } from '../../../shared/health/judge-poll.ts';
import type { ParseResult } from '../../../shared/health/types.ts';
import { samples } from '../../fixtures/feeds/samples.ts';
import { bytes, codes, NOW, parse, said } from './parse.ts';

describe('statuspage', () => {
  const page = { id: 'p1', name: 'Example', updated_at: '2026-10-20T08:05:00Z' };
  const maintenance = {
    id: 'm1',
    name: 'Database move',
    status: 'in_progress',
    impact: 'critical',
    created_at: '2026-10-01T08:00:00Z',
    started_at: '2026-10-01T08:00:00Z',
    scheduled_for: '2026-10-20T08:00:00Z',
    updated_at: '2026-10-20T08:00:05Z',
    incident_updates: null,
    components: [{ id: 'c1', name: 'API' }],
  };
  const components = [{ id: 'c1', name: 'API', status: 'operational' }];

  test('planned work is maintenance whatever impact it was given, and begins when it was planned for', () => {
    const result = parse('statuspage', {
      page,
      components,
      incidents: null,
      scheduled_maintenances: [maintenance],
    });
    expect(said(result)).toEqual(['api/global operational', 'api/global maintenance']);
    expect(result.events).toMatchObject([
      { state: 'maintenance', status: 'open', startedAt: '2026-10-20T08:00:00.000Z' },
    ]);
    for (const [status, events] of [
      ['scheduled', []],
      ['maintenance_scheduled', []],
      ['completed', ['resolved']],
      ['maintenance_complete', ['resolved']],
    ] as const) {
      const other = parse('statuspage', {
        page,
        components,
        scheduled_maintenances: [{ ...maintenance, status }],
      });
      expect(other.events.map((one) => one.status)).toEqual(events);
      expect(said(other)).toEqual(['api/global operational']);
    }
  });

  test('a group that says worse than its children counts itself', () => {
    const group = { id: 'g', name: 'Platform', group: true, status: 'major_outage' };
    const child = { id: 'c', name: 'API', status: 'degraded_performance', group_id: 'g' };
    const of = (listed: readonly object[]) => said(parse('statuspage', { page, components: listed }));
    expect(of([group, child])).toEqual(['api/global degraded', 'platform/global major-outage']);
    expect(of([group])).toEqual(['platform/global major-outage']);
    expect(of([group, { ...child, status: 'major_outage' }])).toEqual(['api/global major-outage']);
    expect(of([{ ...group, status: 'operational' }, child])).toEqual(['api/global degraded']);
    expect(of([{ ...group, status: null }, child])).toEqual(['api/global degraded']);
  });

  test('a component with an id or a name alone keeps its state', () => {
    const result = parse('statuspage', {
      page,
      components: [
        { id: 'c1', status: 'major_outage' },
        { name: 'Search', status: 'partial_outage' },
        { status: 'operational' },
      ],
    });
    expect(said(result)).toEqual(['c1/global major-outage', 'search/global partial-outage']);
    expect(codes(result)).toEqual(['missing-field']);
  });
});

describe('AWS', () => {
  test('an entry of impacted_services that is no object is a code, or unknown, and not left out', () => {
    const [event] = JSON.parse(samples['aws-currentevents']) as Record<string, unknown>[];
    const result = parse('aws-currentevents', [
      { ...event, impacted_services: { 'ec2-us-east-1': '3', 's3-us-east-1': null, iam: { current: 2 } } },
    ]);
    expect(said(result)).toEqual([
      'ec2/us-east-1 major-outage',
      's3/us-east-1 unknown',
      'iam/global degraded',
    ]);
    expect(codes(result)).toEqual(['unknown-code']);
  });

  test('an event that is resolved by its summary, and names no service, is over', () => {
    const [event] = JSON.parse(samples['aws-currentevents']) as Record<string, unknown>[];
    const result = parse('aws-currentevents', [
      {
        ...event,
        summary: '[RESOLVED] Increased Error Rates',
        impacted_services: null,
        service: 'ec2-us-east-1',
      },
    ]);
    expect([said(result), result.events[0]?.status]).toEqual([['ec2/us-east-1 operational'], 'resolved']);
  });

  test('of an event of which only its end is left nobody knows how bad it was', () => {
    const end = samples['aws-rss'].replaceAll('Service degradation', 'Service is operating normally');
    const states = parse('aws-rss', end).events.map((one) => one.state);
    expect(states).not.toContain('operational');
    const [event] = JSON.parse(samples['aws-currentevents']) as Record<string, unknown>[];
    const over = parse('aws-currentevents', [{ ...event, status: '0', event_log: [] }]);
    expect(over.events).toMatchObject([{ status: 'resolved', state: 'unknown' }]);
  });

  test('data.json without an archive', () => {
    const whole = JSON.parse(samples['aws-data-json']) as { current: unknown[] };
    for (const archive of [null, undefined]) {
      const result = parse('aws-data-json', { ...whole, archive });
      expect(result.usable).toBe(true);
      expect(result.observations).toHaveLength(whole.current.length);
    }
    expect(parse('aws-data-json', { archive: [] }).usable).toBe(false);
    expect(parse('aws-data-json', { archive: 'x', current: [] }).usable).toBe(false);
  });

  test('of several events one whose detail is cut off takes none of the others with it', () => {
    const whole = JSON.parse(samples['aws-health-event']) as { detail: object };
    const entry = (Detail: string) => ({ Source: 'aws.health', DetailType: 'AWS Health Event', Detail });
    const result = parse('aws-health-event', [entry('{"eventArn":'), entry(JSON.stringify(whole.detail))]);
    expect([result.usable, said(result)]).toEqual([true, ['ec2/us-east-1 major-outage']]);
    expect(codes(result)).toContain('not-json');
  });

  test('a description without words leaves the next one to speak', () => {
    const whole = JSON.parse(samples['aws-health-event']) as { detail: { eventDescription: object[] } };
    whole.detail.eventDescription.unshift({}, { language: 'en_US', latestDescription: null });
    expect(said(parse('aws-health-event', whole))).toEqual(['ec2/us-east-1 major-outage']);
  });

  test('notices and planned changes are listed, and put nothing on the board', () => {
    for (const category of ['accountNotification', 'scheduledChange']) {
      const result = parse(
        'aws-health-event',
        samples['aws-health-event'].replace('"issue"', `"${category}"`),
      );
      expect(result.events).toMatchObject([{ status: 'open', state: 'maintenance', noHealth: true }]);
      expect(applyPoll(EMPTY_MEMORY, result, NOW, 'aws').memory.places.size).toBe(0);
    }
    const issue = parse('aws-health-event', samples['aws-health-event']);
    expect(applyPoll(EMPTY_MEMORY, issue, NOW, 'aws').memory.places.size).toBe(1);
  });
});

describe('status.io', () => {
  const component = {
    id: 's1',
    name: 'Website',
    status_code: 100,
    containers: [
      { id: 'k1', name: 'AWS', status_code: 100 },
      { id: 'k2', name: 'Google', status_code: 100 },
    ],
  };
  const incident = {
    _id: 'i1',
    name: 'Web errors',
    datetime_open: '2026-10-20T07:59:00Z',
    messages: [{ details: 'Looking.', state: 100, status: 400, datetime: '2026-10-20T08:00:00Z' }],
    containers_affected: [{ _id: 'k1', name: 'AWS' }],
    components_affected: [{ _id: 's1', name: 'Website' }],
  };
  const page = (more: object): ParseResult =>
    parse('statusio', { result: { status: [component], ...more } }, { provider: 'gitlab' });

  test('an open incident counts while its components are said to be well', () => {
    const result = page({ incidents: [incident] });
    expect(said(result)).toEqual([
      'website/aws operational',
      'website/google operational',
      'website/aws partial-outage',
    ]);
    expect(result.observations.at(-1)).toMatchObject({ event: 'i1', text: 'Looking.' });
    const watched = { details: 'Watching.', status: 100, datetime: '2026-10-20T08:30:00Z' };
    const calm = page({ incidents: [{ ...incident, messages: [...incident.messages, watched] }] });
    expect(said(calm).at(-1)).toBe('gitlab/global partial-outage');
    const bare = page({ incidents: [{ ...incident, components_affected: null, containers_affected: null }] });
    expect(said(bare).at(-1)).toBe('gitlab/global partial-outage');
    expect(bare.events).toMatchObject([{ regions: ['global'], services: ['gitlab'] }]);
  });

  test('trouble of a component carries the incident that names it; upcoming work says nothing', () => {
    const down = { ...component, containers: [{ id: 'k1', name: 'AWS', status_code: 500 }] };
    const result = page({ status: [down], incidents: [incident], maintenance: { upcoming: [incident] } });
    expect(result.observations).toMatchObject([{ state: 'major-outage', region: 'aws', event: 'i1' }]);
    const works = page({ maintenance: { active: [{ ...incident, messages: null }] } });
    expect(said(works).at(-1)).toBe('website/aws maintenance');
  });
});

describe('Google', () => {
  const incident = {
    id: 'B5V4',
    begin: '2026-10-20T05:00:00+00:00',
    end: null,
    created: '2026-10-20T05:30:00+00:00',
    modified: '2026-10-20T06:00:00+00:00',
    external_desc: '**Title:**\nGmail is slow',
    status_impact: 'SERVICE_DISRUPTION',
    affected_products: [{ title: 'Gmail' }],
    most_recent_update: { when: '2026-10-20T06:00:00+00:00', status: 'SERVICE_DISRUPTION', text: 'Slow.' },
    uri: 'incidents/B5V4',
  };

  test('a title without its heading; Workspace leads to its own page', () => {
    const cloud = parse('gcp-incidents', [incident]);
    expect(cloud.events).toMatchObject([
      { title: 'Gmail is slow', status: 'open', url: 'https://status.cloud.google.com/incidents/B5V4' },
    ]);
    const url = 'https://www.google.com/appsstatus/dashboard/incidents.json';
    expect(detectKind(url, bytes(JSON.stringify([incident])))).toBe('gcp-incidents');
    expect(parse('gcp-incidents', [incident], { url }).events[0]?.url).toBe(
      'https://www.google.com/appsstatus/dashboard/incidents/B5V4',
    );
  });
});

describe('Better Stack', () => {
  test('updates that only the report links to are its updates', () => {
    const update = (id: string, message: string, at: string) => ({
      id,
      type: 'status_update',
      attributes: { message, published_at: at },
    });
    const result = parse('betterstack', {
      data: {
        id: '1',
        type: 'status_page',
        attributes: { company_name: 'Shop', aggregate_state: 'degraded' },
      },
      included: [
        {
          id: '7',
          type: 'status_report',
          attributes: { title: 'Slow', starts_at: '2026-10-20T08:00:00.000Z', aggregate_state: 'degraded' },
          relationships: { status_updates: { data: [{ id: '70', type: 'status_update' }] } },
        },
        update('70', 'Recovering.', '2026-10-20T09:00:00.000Z'),
        update('71', 'Of another report.', '2026-10-20T09:10:00.000Z'),
      ],
    });
    expect(result.events).toMatchObject([{ text: 'Recovering.', updatedAt: '2026-10-20T09:00:00.000Z' }]);
  });
});

describe('Alertmanager', () => {
  test('a group without alerts is no alert', () => {
    const alert = {
      fingerprint: 'f1',
      labels: { alertname: 'Down' },
      startsAt: NOW,
      status: { state: 'active' },
    };
    const groups = [
      { labels: {}, alerts: null },
      { labels: {}, receiver: { name: 'x' } },
      { labels: {}, alerts: [alert] },
    ];
    expect(parse('alertmanager', groups).events.map((one) => one.id)).toEqual(['f1']);
  });
});

describe('two components of one name', () => {
  test('are as bad as the worse of them, in any order', () => {
    const components = [
      { id: 'a', name: 'API', status: 'major_outage' },
      { id: 'b', name: 'API', status: 'operational' },
      { id: 'c', name: 'API', status: 'degraded_performance' },
    ];
    for (const listed of [components, components.toReversed()]) {
      const result = parse('statuspage', { page: { id: 'p', name: 'Shop' }, components: listed });
      const { memory } = applyPoll(EMPTY_MEMORY, result, NOW, 'shop');
      expect(
        [...memory.places.values()].map((one) => [...one.words.values()].map(({ state }) => state)),
      ).toEqual([['major-outage']]);
    }
  });
});

describe('instatus', () => {
  test('components as they are served, and as they are documented: a bare list with parents', () => {
    const served = { components: [{ id: 'a', name: 'Groups', status: 'MAJOROUTAGE', group: null }] };
    const documented = [
      {
        id: 'p',
        name: 'Parent',
        status: 'MAJOROUTAGE',
        isParent: true,
        children: [{ id: 'a', name: 'Groups', status: 'MAJOROUTAGE', isParent: false, children: [] }],
      },
      { id: 'q', name: 'Empty', status: 'OPERATIONAL', isParent: true, children: [] },
    ];
    for (const payload of [served, documented]) {
      expect(said(parse('instatus', payload))).toEqual(['groups/global major-outage']);
      expect(detectKind('https://status.shop.example/x', bytes(JSON.stringify(payload)))).toBe('instatus');
    }
    expect(detectKind('https://status.shop.example/v3/components.json', bytes('{"components":[]}'))).toBe(
      'instatus',
    );
  });

  test('a status of an incident that nobody knows is said, and the incident is open', () => {
    const result = parse('instatus', {
      page: { name: 'Shop', status: 'UP' },
      activeIncidents: [
        {
          id: 'a',
          name: 'Slow',
          started: '2026-10-20T08:00:00Z',
          status: 'PONDERING',
          impact: 'MAJOROUTAGE',
        },
      ],
    });
    expect(result.events).toMatchObject([{ status: 'open', state: 'major-outage' }]);
    expect(codes(result)).toEqual(['unknown-code']);
  });
});
