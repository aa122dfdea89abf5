import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRoute, routeHash, VIEW_IDS } from '../../../renderer/app/route.ts';
import { MOST, pieces, queryWords, search } from '../../../renderer/views/palette/search.ts';

const items = [
  { title: 'Declare an incident', group: 'Act' },
  { title: 'Incidents', group: 'Go to' },
  { title: 'AWS us-east-1', detail: 'Outage, dynamodb', group: 'Regions', foundOnly: true },
  { title: 'Zürich', group: 'Regions', foundOnly: true },
];

describe('the palette', () => {
  it('shows commands without a query and data only when it is looked for', () => {
    expect(search(items, '').flatMap((g) => g.items.map((i) => i.title))).toEqual([
      'Declare an incident',
      'Incidents',
    ]);
    expect(search(items, 'east')[0]?.items[0]?.title).toBe('AWS us-east-1');
  });
  it('wants every word, in any order and place, and prefers the beginning of the title', () => {
    expect(search(items, 'dynamodb aws')[0]?.items).toHaveLength(1);
    expect(search(items, 'dynamodb gcp')).toEqual([]);
    expect(search(items, 'inc')[0]?.items[0]?.title).toBe('Incidents');
    expect(search(items, 'zurich')[0]?.items[0]?.title).toBe('Zürich');
  });
  it('never throws and never shows more than it says, whatever is typed', () => {
    const many = Array.from({ length: 300 }, (_, i) => ({ title: `item ${i}`, group: `g${i % 7}` }));
    fc.assert(
      fc.property(fc.string(), (query) => {
        const found = search(many, query).reduce((n, g) => n + g.items.length, 0);
        expect(found).toBeLessThanOrEqual(MOST);
        expect(pieces('some (text) [with] marks*', queryWords(query)).join('')).toBe(
          'some (text) [with] marks*',
        );
      }),
    );
  });
});

describe('the address', () => {
  it('says the same when read back', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...VIEW_IDS),
        fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.string()),
        (view, params) => {
          const route = { view, params: { ...params } };
          expect(parseRoute(routeHash(route))).toEqual(route);
        },
      ),
    );
  });
  it('is the board where it is not understood', () => {
    expect(parseRoute('')).toEqual({ view: 'board', params: {} });
    expect(parseRoute('#nowhere?x=1').view).toBe('board');
  });
});
