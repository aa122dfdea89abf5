// From changes to lines, to a cascade, to the board: one event is one line, what we run on is never gathered away.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Board, board as boardSchema, type SignalLine } from '../../../shared/contract/health.ts';
import { type BoardInput, boardOf, oursOf } from '../../../shared/health/board.ts';
import { type BoardSource, createJudge, judgeAll } from '../../../shared/health/board-cells.ts';
import { columnsOf } from '../../../shared/health/board-columns.ts';
import { CASCADE_WINDOW_MS, cascadeOf } from '../../../shared/health/cascade.ts';
import type { FeedMemory } from '../../../shared/health/judge-memory.ts';
import { EMPTY_MEMORY } from '../../../shared/health/judge-memory.ts';
import { folded, type SignalContext, signalsOf } from '../../../shared/health/signals.ts';
import type { Observation, ProviderEvent } from '../../../shared/health/types.ts';
import { at, event, obs, payload, watching } from './helpers.ts';

const context = (memory: FeedMemory, more: Partial<SignalContext> = {}): SignalContext => ({
  feed: { id: 'aws', name: 'AWS', provider: 'aws' },
  memory,
  others: () => null,
  ours: () => false,
  heardBefore: () => false,
  ...more,
});

/** Heard twice: what is told of it. */
function told(
  observations: readonly Observation[],
  events: readonly ProviderEvent[],
  more: Partial<SignalContext> = {},
) {
  const feed = watching();
  feed.poll(0, payload(observations, events));
  const outcome = feed.same(1);
  return signalsOf(outcome.places, outcome.events, context(outcome.memory, more));
}

describe('signals', () => {
  test('one event over many places is one line, however many', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }), (regions, services) => {
        const observations = Array.from({ length: regions * services }, (_, index) =>
          obs(`s${index % services}`, 'major-outage', {
            region: `r${Math.floor(index / services)}`,
            event: 'e1',
          }),
        );
        const lines = told(observations, [event('e1')]);
        expect(lines).toHaveLength(1);
        expect(lines[0]?.regions).toHaveLength(regions);
        expect(lines[0]?.services).toHaveLength(services);
      }),
    );
  });

  test('a line says when it was heard and when it began, and whether the region is new to trouble', () => {
    const [line] = told(
      [obs('dynamodb', 'major-outage', { event: 'e1' })],
      [event('e1', { startedAt: at(-13) })],
    );
    expect(line).toMatchObject({
      at: at(0),
      began: at(-13),
      from: null,
      to: 'major-outage',
      kind: 'worse',
      newRegion: true,
      text: 'dynamodb us-east-1: Outage. Event e1',
    });
    const [known] = told([obs('dynamodb', 'major-outage', { event: 'e1' })], [event('e1')], {
      heardBefore: () => true,
    });
    expect(known?.newRegion).toBe(false);
  });

  test('what another source has told already is no news, what is worse is told from there', () => {
    const bad = [obs('dynamodb', 'degraded', { event: 'e1' })];
    expect(told(bad, [event('e1')], { others: () => 'major-outage' })).toEqual([]);
    expect(told(bad, [event('e1')], { others: () => 'operational' })).toMatchObject([
      { from: 'operational', to: 'degraded' },
    ]);
    const worse = [obs('dynamodb', 'major-outage', { event: 'e1' })];
    expect(told(worse, [event('e1')], { others: () => 'degraded' })).toMatchObject([
      { from: 'degraded', to: 'major-outage' },
    ]);
  });

  test('sites that are re-routed are gathered and counted, but never those where we run', () => {
    const sites = ['ABC', 'DEF', 'GHI'].map((region) =>
      obs('edge', 'partial-outage', { region, informational: true }),
    );
    const [gathered] = told(sites, []);
    expect(gathered).toMatchObject({ kind: 'info', changes: 3, regions: ['ABC', 'DEF', 'GHI'] });
    const ours = told(sites, [], { ours: (_provider, region) => region === 'DEF' });
    expect(ours.map((one) => [one.kind, one.regions])).toEqual([
      ['worse', ['DEF']],
      ['info', ['ABC', 'GHI']],
    ]);
    const line: SignalLine = { ...stripped(gathered!), id: 's1', count: gathered!.changes };
    expect(folded(line, { ...gathered!, regions: ['XYZ'] })).toMatchObject({
      at: line.at,
      count: 6,
      regions: ['ABC', 'DEF', 'GHI', 'XYZ'],
    });
  });

  test('an informational event of a provider is degraded and says so', () => {
    const [line] = told(
      [obs('sqs', 'degraded', { event: 'e1', informational: true })],
      [event('e1', { state: 'degraded' })],
    );
    expect(line).toMatchObject({ to: 'degraded', kind: 'worse' });
    expect(line?.text).toContain('provider says informational');
  });

  test('of what left the list with an event nobody says that it is healthy', () => {
    const feed = watching();
    const both = [event('e1', { title: 'Big' }), event('e2', { title: 'Small', state: 'degraded' })];
    const small = obs('api', 'degraded', { event: 'e2' });
    const big = ['api', 'calls', 'search'].map((one) => obs(one, 'major-outage', { event: 'e1' }));
    feed.poll(0, payload([small, ...big], both));
    feed.same(1);
    feed.poll(2, payload([small], both.slice(1)));
    const lines = [3, 4, 5, 6, 7, 8].flatMap((minute) => {
      const outcome = feed.same(minute);
      return signalsOf(outcome.places, outcome.events, context(outcome.memory));
    });
    expect(lines.map(({ text }) => text)).toEqual([
      'api us-east-1: no longer listed, not resolved, 2 more services no longer listed. Big',
    ]);
  });

  test('an event that opens without a place in trouble still has its line', () => {
    const lines = told([obs('api', 'operational')], [event('e9', { state: 'degraded', services: ['api'] })]);
    expect(lines.some((one) => one.event === 'Event e9')).toBe(true);
  });
});

const stripped = ({ fold: _, changes: __, ...line }: ReturnType<typeof told>[number]) => line;

describe('cascade', () => {
  const line = (minute: number, service: string, more: Partial<SignalLine> = {}): SignalLine => ({
    ...stripped(told([obs(service, 'degraded', { event: 'e1' })], [event('e1')])[0]!),
    id: `${minute}-${service}`,
    count: 1,
    at: at(minute),
    ...more,
  });

  test('begins with the first, in order, with lags and counts', () => {
    const signals = [
      line(20, 'sqs', { region: 'eu-west-1', regions: ['eu-west-1'] }),
      line(6, 'lambda'),
      line(0, 'dynamodb'),
    ];
    const found = cascadeOf(signals, at(25))!;
    expect(found.steps.map((step) => [step.service, step.lagMs / 60_000])).toEqual([
      ['dynamodb', 0],
      ['lambda', 6],
      ['sqs', 20],
    ]);
    expect(found).toMatchObject({
      regions: 2,
      services: 3,
      phase: 'spreading',
      first: { service: 'dynamodb' },
    });
    expect(cascadeOf(signals, at(60))).toMatchObject({ phase: 'contained' });
    const better = line(40, 'dynamodb', { kind: 'better', to: 'operational' });
    expect(cascadeOf([...signals, better], at(50))).toMatchObject({ phase: 'recovering' });
    // Open trouble holds it together through quiet hours; what is well ends with the window.
    expect(cascadeOf(signals, at(300))).toMatchObject({ phase: 'contained', services: 3 });
    const late = line(320, 'nlb');
    expect(cascadeOf([...signals, late], at(321))!.steps.at(-1)).toMatchObject({
      service: 'nlb',
      lagMs: 320 * 60_000,
    });
    const elsewhere = line(320, 'storage', { provider: 'gcp' });
    expect(cascadeOf([...signals, elsewhere], at(321))!.first.service).toBe('storage');
    expect(cascadeOf(signals, at(400))).toBeNull();
    const well = ['dynamodb', 'lambda'].map((service) =>
      line(45, service, { kind: 'better', to: 'operational' }),
    );
    const over = [...signals.slice(1), ...well];
    expect(cascadeOf(over, at(60))).toMatchObject({ phase: 'over' });
    expect(cascadeOf([...over, line(200, 'ec2')], at(201))!.first.service).toBe('ec2');
  });

  test('does not depend on the order in which signals are given, and lags never shrink', () => {
    const minutes = fc.uniqueArray(fc.integer({ min: 0, max: 59 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(minutes, fc.infiniteStream(fc.nat(1000)), (times, order) => {
        const signals = times.map((minute) => line(minute, `s${minute}`));
        const mixed = signals
          .map((signal) => ({ signal, key: order.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ signal }) => signal);
        const found = cascadeOf(mixed, at(60), CASCADE_WINDOW_MS)!;
        expect(found).toEqual(cascadeOf(signals, at(60), CASCADE_WINDOW_MS));
        const lags = found.steps.map((step) => step.lagMs);
        expect(lags).toEqual([...lags].sort((a, b) => a - b));
        expect(found.steps).toHaveLength(times.length);
      }),
      { numRuns: 30 },
    );
  });
});

describe('columns', () => {
  test('regions where we run always have a column, metros are shared with each provider keeping its code', () => {
    const columns = columnsOf(
      ['aws', 'gcp', 'azure'],
      [
        { provider: 'aws', region: 'us-east-1' },
        { provider: 'azure', region: 'eastus' },
        { provider: 'azure', region: 'eastus2' },
        { provider: 'aws', region: 'mars-north-1' },
      ],
      [],
    );
    const of = (provider: string, code: string) => columns.filter((one) => one.codes[provider] === code);
    expect(of('aws', 'us-east-1')[0]?.codes).toMatchObject({ azure: 'eastus', gcp: 'us-east4' });
    expect(of('aws', 'us-east-1')[0]?.ours).toBe(true);
    expect(of('azure', 'eastus2')).toHaveLength(1);
    expect(of('azure', 'eastus2')[0]).not.toBe(of('azure', 'eastus')[0]);
    expect(of('aws', 'mars-north-1')[0]).toMatchObject({ ours: true, continent: 'Other' });
  });

  test('no region ever has two columns, and no provider two codes in one', () => {
    const wanted = fc.record({
      provider: fc.constantFrom('aws', 'gcp', 'azure'),
      region: fc.constantFrom(
        'us-east-1',
        'us-east4',
        'eastus',
        'eastus2',
        'eu-west-1',
        'global',
        'x-1',
        'me-south-1',
        'us',
      ),
    });
    fc.assert(
      fc.property(
        fc.array(wanted, { maxLength: 30 }),
        fc.array(wanted, { maxLength: 30 }),
        (ours, troubled) => {
          const columns = columnsOf(['aws', 'gcp', 'azure'], ours, troubled);
          const all = columns.flatMap((one) => Object.entries(one.codes).map((pair) => pair.join('/')));
          expect(new Set(all).size).toBe(all.length);
          expect(new Set(columns.map((one) => one.key)).size).toBe(columns.length);
          for (const one of ours) expect(all).toContain(`${one.provider}/${one.region}`);
        },
      ),
    );
  });

  test('what we run on is understood however it is written', () => {
    expect(oursOf('aws/us-east-1')).toEqual({ provider: 'aws', region: 'us-east-1' });
    expect(oursOf('Azure/East US')).toEqual({ provider: 'azure', region: 'eastus' });
    expect(oursOf('own/cellar')).toEqual({ provider: 'own', region: 'cellar' });
    expect([oursOf('nowhere'), oursOf('/x'), oursOf('x/')]).toEqual([null, null, null]);
  });
});

describe('the board', () => {
  const source = (memory: FeedMemory, more: Partial<BoardSource> = {}): BoardSource => ({
    id: 'aws',
    name: 'AWS',
    provider: 'aws',
    type: 'feed',
    statesAll: false,
    state: 'fresh',
    memory,
    ...more,
  });
  const show = (
    sources: readonly BoardSource[],
    ours: readonly string[] = [],
    more: Partial<BoardInput> = {},
  ): Omit<Board, 'rev'> => {
    const made = boardOf({
      ...more,
      now: at(2),
      sources,
      feeds: [],
      ours,
      signals: { total: 0, since: at(0), latest: [] },
      offline: null,
    });
    boardSchema.parse({ rev: 1, ...made });
    return made;
  };
  const heard = (observations: readonly Observation[], events: readonly ProviderEvent[] = []): FeedMemory => {
    const feed = watching();
    feed.poll(0, payload(observations, events));
    feed.same(1);
    return feed.memory();
  };

  test('Broken counts what we depend on as well as where we run, and only that of it', () => {
    const memory = heard([
      obs('dynamodb', 'major-outage', { region: 'us-east-1' }),
      obs('ec2', 'major-outage', { region: 'us-east-1' }),
      obs('sqs', 'major-outage', { region: 'us-west-2' }),
    ]);
    const needs = (provider: string, region: string, service: string): readonly string[] =>
      `${provider}/${region}/${service}` === 'aws/us-east-1/dynamodb' ? ['checkout'] : [];
    const { glance } = show([source(memory)], ['aws/eu-west-1'], { needs, needed: ['aws'] });
    expect(glance.broken).toEqual({
      state: 'broken',
      lead: '1 region, 1 service',
      lines: ['us-east-1 out', 'Elsewhere: 1 region.'],
    });
    // Without a place of our own on the board, a topology says what counts, too.
    expect(show([source(memory)], [], { needs, needed: ['aws'] }).glance.broken.lead).toBe(
      '1 region, 1 service',
    );
  });

  test('"Nothing broken" is not said where something that we run or depend on is watched by nobody, or unknown', () => {
    const well = source(heard([obs('ec2', 'operational', { region: 'us-east-1' })]));
    expect(show([well], ['aws/us-east-1']).glance.broken.lead).toBe('Nothing broken');
    for (const made of [
      show([well], ['aws/us-east-1', 'fastly/global']),
      show([well], ['aws/us-east-1'], { needed: ['aws', 'fastly'] }),
    ])
      expect(made.glance.broken).toEqual({
        state: 'unknown',
        lead: 'No trouble heard',
        lines: ['Nobody watches fastly.'],
      });
    const odd = source(heard([obs('ec2', 'unknown', { region: 'us-east-1' })]));
    expect(show([odd], ['aws/us-east-1']).glance.broken.lead).toBe('No trouble heard');
    expect(show([odd], ['aws/eu-west-1']).glance.broken.lead).toBe('Nothing broken');
  });

  test('what is nowhere on it is under Elsewhere, an unknown code too', () => {
    const memory = heard([
      obs('edge', 'degraded', { region: 'atlantis-1' }),
      obs('edge', 'operational', { region: 'atlantis-2' }),
    ]);
    const { rows } = show([source(memory, { provider: 'aws', statesAll: true })]);
    const shown = rows[0]!;
    const columns = shown.cells.filter((one) => one?.region === 'atlantis-1');
    expect((shown.elsewhere?.troubled ?? 0) + columns.length).toBe(1);
  });

  test('every place in trouble is in a cell, in Elsewhere or in the span: nothing is dropped', () => {
    const region = fc.constantFrom(
      'us-east-1',
      'eu-west-1',
      'me-south-1',
      'ap-east-1',
      'global',
      'atlantis-1',
      'sa-east-1',
    );
    const bad = fc.constantFrom('degraded' as const, 'major-outage' as const);
    fc.assert(
      fc.property(fc.array(fc.tuple(region, bad), { minLength: 1, maxLength: 20 }), (places) => {
        const memory = heard(
          places.map(([where, state], index) => obs(`s${index}`, state, { region: where })),
        );
        const row = show([source(memory)]).rows[0]!;
        const inCells = row.cells.filter((one) => one !== null && one.troubled > 0).length;
        const regions = new Set(places.map(([where]) => where)).size;
        expect(inCells + row.elsewhere!.troubled).toBe(regions);
      }),
    );
  });

  test('a judge that keeps what did not change says what one without memory says', () => {
    const kept = createJudge();
    const bad = fc.constantFrom('operational' as const, 'degraded' as const, 'major-outage' as const);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('aws', 'gcp'), bad), { maxLength: 6 }),
        fc.boolean(),
        (places, fresh) => {
          const sources = ['aws', 'gcp'].map((provider) =>
            source(
              heard(
                places
                  .filter(([of]) => of === provider)
                  .map(([, state], index) => obs(`s${index}`, state, { provider })),
              ),
              {
                id: provider,
                provider,
                state: fresh ? 'fresh' : 'stale',
              },
            ),
          );
          expect(kept(sources, at(2))).toEqual(judgeAll(sources, at(2)));
          expect(kept(sources, at(2))).toEqual(judgeAll(sources, at(2)));
        },
      ),
      { numRuns: 40 },
    );
  });

  test('a feed that was never heard is one sentence, and never healthy', () => {
    const { rows, glance } = show([source(EMPTY_MEMORY, { state: 'not-heard' })]);
    expect(rows[0]?.span).toMatchObject({ state: 'unknown', text: 'Not heard yet. Not counted as healthy.' });
    expect(glance.broken).toMatchObject({ state: 'unknown', lead: 'No trouble heard' });
  });

  test('a source without regions that lists only trouble and lists none has not said healthy', () => {
    const { rows } = show([source(heard([]), { id: 'github', provider: 'github' })]);
    expect(rows[0]?.span).toMatchObject({
      state: 'operational',
      basis: 'nothing-reported',
      text: 'Global. It lists only trouble, and lists none',
    });
    const stated = heard([obs('actions', 'operational', { provider: 'github', region: 'global' })]);
    expect(
      show([source(stated, { id: 'github', provider: 'github', statesAll: true })]).rows[0]?.span,
    ).not.toHaveProperty('basis');
  });

  test('one resolved service does not make a region healthy', () => {
    const memory = heard([obs('sqs', 'operational', { event: 'e1' })]);
    const cell = show([source(memory)]).rows[0]!.cells.find((one) => one?.region === 'us-east-1');
    expect(cell).toMatchObject({ state: 'operational', basis: 'nothing-reported' });
  });

  test('Broken counts where we run, the rest is elsewhere', () => {
    const memory = heard([obs('dynamodb', 'major-outage'), obs('ec2', 'degraded', { region: 'me-south-1' })]);
    const configured = show([source(memory)], ['aws/us-east-1']).glance.broken;
    expect(configured).toMatchObject({ state: 'broken', lead: '1 region, 1 service' });
    expect(configured.lines).toEqual(['us-east-1 out', 'Elsewhere: 1 region.']);
    const well = show([source(memory)], ['aws/eu-west-1']).glance.broken;
    expect(well).toMatchObject({ state: 'quiet', lines: ['Elsewhere: 2 regions.'] });
  });

  test('sources that disagree are shown with who says what', () => {
    const page = heard([obs('api', 'operational')]);
    const probe = heard([obs('api', 'degraded')]);
    const { rows } = show([
      source(page, { statesAll: true, name: 'Status page' }),
      source(probe, { id: 'p', name: 'Our probe', type: 'probe', statesAll: true }),
    ]);
    const cell = rows[0]!.cells.find((one) => one?.region === 'us-east-1');
    expect(cell?.disagreement).toBe('Status page says healthy, Our probe says degraded');
  });
});
