// Known until it changes: an old event stands on the board without counting as trouble, by name, and is news again when it changes.
import { expect, test } from 'vitest';
import type { Result } from '../../../shared/result.ts';
import { awsEvents, feed, openDesk, referencesWell } from './desk.ts';

const AWS = 'https://aws.example/feed';
const aws = feed('aws', 'aws-currentevents');
const OLD = 'arn:aws:health:me-south-1::event/EC2/AWS_EC2_OPERATIONAL_ISSUE/1';
const old = { service: 'ec2', region: 'me-south-1', code: 3 } as const;
const value = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
};

async function heard(person?: null) {
  const desk = await openDesk(
    [aws],
    { ...referencesWell, [AWS]: awsEvents([old, { service: 's3', region: 'eu-west-1', code: 1 }]) },
    person === null ? { person } : {},
  );
  await desk.health.start();
  await desk.poll();
  desk.pass(1);
  await desk.poll();
  const { handlers } = desk.health;
  return {
    desk,
    mark: (event = OLD) => handlers['health.markKnown']({ feed: 'aws', event }),
    unmark: (event = OLD) => handlers['health.unmarkKnown']({ feed: 'aws', event }),
    events: async () => value(await handlers['health.events']({ feed: 'aws' })),
    elsewhere: async () => (await desk.board()).rows[0]!.elsewhere!,
    cells: async () => value(await handlers['health.elsewhere']({ provider: 'aws' })).cells,
    has: async (region: string) =>
      (await desk.board()).columns.some((column) => column.codes['aws'] === region),
  };
}

test('a known event leaves its column, stands under Elsewhere apart from the trouble, and says who marked it', async () => {
  const { mark, events, elsewhere, cells, has, desk } = await heard();
  expect(await has('me-south-1')).toBe(true);
  expect((await events()).events.find((one) => one.event === OLD)).toMatchObject({
    known: false,
    knownBy: null,
    places: ['me-south-1'],
    names: ['ec2'],
  });
  expect((await mark()).ok).toBe(true);
  expect(await has('me-south-1')).toBe(false);
  expect(await elsewhere()).toMatchObject({
    troubled: 0,
    worst: 'operational',
    known: { regions: 1, worst: 'major-outage' },
  });
  expect((await cells()).find((one) => one.region === 'me-south-1')).toMatchObject({
    state: 'major-outage',
    troubled: 0,
    known: 1,
    services: ['ec2'],
  });
  expect((await events()).events.find((one) => one.event === OLD)).toMatchObject({
    known: true,
    knownBy: 'Priya Raman',
  });
  const detail = value(await desk.health.handlers['health.cell']({ provider: 'aws', region: 'me-south-1' }));
  expect(detail.services[0]?.sources[0]?.known).toMatchObject({ by: 'Priya Raman' });
});

test('its signals stay in the stream, and neither the cascade nor "Now" tells of them any more', async () => {
  const { desk, mark, unmark } = await heard();
  const regions = async () => (await desk.board()).cascade?.lanes.map((lane) => lane.region) ?? [];
  expect(await regions()).toContain('me-south-1');
  await mark();
  expect(await regions()).not.toContain('me-south-1');
  const board = await desk.board();
  expect(board.signals.latest.some((one) => one.region === 'me-south-1')).toBe(true);
  expect(board.glance.now.lines.join()).toContain('1 signal of trouble');
  await unmark();
  expect(await regions()).toContain('me-south-1');
  // Another event of the same title, in another region, is news all the same.
  await mark();
  desk.answers[AWS] = awsEvents([old, { service: 'ec2', region: 'eu-west-1', code: 3 }]);
  desk.pass(1);
  await desk.poll();
  desk.pass(1);
  await desk.poll();
  expect(await regions()).toContain('eu-west-1');
});

test('it is taken back, and survives a restart while it stands', async () => {
  const { desk, mark } = await heard();
  await mark();
  const again = await desk.reopen();
  await again.health.start();
  const events = value(await again.health.handlers['health.events']({ feed: 'aws' })).events;
  expect(events.find((one) => one.event === OLD)).toMatchObject({ known: true, knownBy: 'Priya Raman' });
  expect((await again.health.handlers['health.unmarkKnown']({ feed: 'aws', event: OLD })).ok).toBe(true);
  expect((await again.board()).rows[0]!.elsewhere?.known).toBeUndefined();
  expect((await again.board()).columns.some((one) => one.codes['aws'] === 'me-south-1')).toBe(true);
});

test('what is new in a region with known trouble is what its cell shows', async () => {
  const { desk, mark, cells, has } = await heard();
  await mark();
  desk.answers[AWS] = awsEvents([old, { service: 's3', region: 'me-south-1', code: 2 }]);
  desk.pass(1);
  await desk.poll();
  expect(await has('me-south-1')).toBe(true);
  const cell = (await desk.board()).rows[0]!.cells.find((one) => one?.region === 'me-south-1');
  expect(cell).toMatchObject({ state: 'degraded', troubled: 1, services: ['s3'], known: 1 });
  expect(await cells()).not.toContainEqual(expect.objectContaining({ region: 'me-south-1' }));
});

test('refusals: without a name, of an event that is gone, of a feed that is not there', async () => {
  const nobody = await heard(null);
  expect(await nobody.mark()).toMatchObject({ error: { code: 'no-name' } });
  const { mark, unmark, desk } = await heard();
  expect(await mark('gone')).toMatchObject({ error: { code: 'no-such-event' } });
  expect(await unmark('gone')).toMatchObject({ error: { code: 'no-such-event' } });
  const handlers = desk.health.handlers;
  expect(await handlers['health.unmarkKnown']({ feed: 'none', event: OLD })).toMatchObject({
    error: { code: 'no-such-feed' },
  });
});

test('the evidence of a signal is the text of its own event, whatever others bear the same title', async () => {
  const { desk } = await heard();
  desk.answers[AWS] = awsEvents([
    old,
    { service: 'ec2', region: 'eu-west-1', code: 3, message: 'Power was lost in one zone of Ireland.' },
  ]);
  for (let polls = 0; polls < 2; polls += 1) {
    desk.pass(1);
    await desk.poll();
  }
  const line = desk.signals.find((one) => one.region === 'eu-west-1' && one.service === 'ec2');
  expect(line?.event).toBe('Increased error rates');
  expect(line?.excerpt).toContain('Ireland');
  expect(desk.health.evidence([line!.id])[0]?.excerpt).toContain('Ireland');
});
