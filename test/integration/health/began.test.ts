// What readings say of when trouble began: the event's own start, whatever its updates and added products carry.
import { expect, test } from 'vitest';
import { feed, openDesk, referencesWell } from './desk.ts';

const gcp = feed('gcp', 'gcp-incidents');
const incident = (updated: string, products: readonly string[], more: object = {}) =>
  JSON.stringify([
    {
      id: 'i1',
      number: '1',
      begin: '2026-10-20T04:00:00+00:00',
      created: '2026-10-20T04:05:00+00:00',
      modified: updated,
      external_desc: 'Elevated errors',
      status_impact: 'SERVICE_OUTAGE',
      severity: 'high',
      affected_products: products.map((title) => ({ title, id: title })),
      currently_affected_locations: [{ title: 'Belgium (europe-west1)', id: 'europe-west1' }],
      previously_affected_locations: [],
      updates: [],
      most_recent_update: { when: updated, text: 'Engineers are working.', status: 'SERVICE_OUTAGE' },
      uri: 'incidents/i1',
      ...more,
    },
  ]);

test('a product that a provider adds three hours later began with its incident', async () => {
  const desk = await openDesk([gcp], {
    ...referencesWell,
    [gcp.url]: incident('2026-10-20T06:55:00+00:00', ['Cloud SQL']),
  });
  await desk.health.start();
  await desk.poll();
  desk.pass(10);
  desk.answers[gcp.url] = incident('2026-10-20T07:09:00+00:00', ['Cloud SQL', 'Pub/Sub']);
  await desk.poll();
  const readings = desk.health.readings().filter((one) => one.region === 'europe-west1');
  expect(readings.map((one) => [one.service, one.state, one.began]).sort()).toEqual([
    ['Cloud SQL', 'major-outage', '2026-10-20T04:00:00.000Z'],
    ['Pub/Sub', 'major-outage', '2026-10-20T04:00:00.000Z'],
  ]);
});

test('a component of no incident has its own time', async () => {
  const page = feed('acme', 'statuspage', { url: 'https://acme.example/api/v2/summary.json' });
  const desk = await openDesk([page], {
    ...referencesWell,
    [page.url]: JSON.stringify({
      page: { id: 'p', name: 'Acme', url: 'https://acme.example', updated_at: '2026-10-20T06:58:00Z' },
      components: [
        {
          id: 'c1',
          name: 'API',
          status: 'major_outage',
          group: false,
          group_id: null,
          updated_at: '2026-10-20T06:57:00Z',
        },
      ],
      incidents: [],
      scheduled_maintenances: [],
      status: { indicator: 'critical', description: 'Outage' },
    }),
  });
  await desk.health.start();
  await desk.poll();
  expect(desk.health.readings()).toMatchObject([
    { state: 'major-outage', began: '2026-10-20T06:57:00.000Z' },
  ]);
});
