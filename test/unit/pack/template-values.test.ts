// What the fields stand for in an incident, and what the sample templates become with it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { STATES } from '../../../shared/health/types.ts';
import { emptyIncident, type Incident } from '../../../shared/journal/fold-state.ts';
import { TEMPLATE_FIELDS, type TemplateField } from '../../../shared/pack/template-fields.ts';
import { templateValues, type UpdateMoment } from '../../../shared/pack/template-values.ts';
import { fillTemplate, parseTemplate } from '../../../shared/pack/templates.ts';

const at = (time: string): string => `2026-10-20T${time}:00.000Z`;
const moment: UpdateMoment = {
  now: at('09:17'),
  number: 3,
  nextUpdate: at('09:37'),
  lastUpdate: at('08:57'),
  approvedBy: null,
  planState: 'wave 2 of 5, 4 of 12 targets done',
};
const region = (name: string, state: Incident['affected'][number]['state'], services: readonly string[]) => ({
  provider: 'aws',
  region: name,
  services: services.map((service) => ({ service, state, at: at('07:48'), entry: 'e', turns: 1 })),
  manual: null,
  state,
  since: at('07:48'),
  entry: 'e',
  spans: [],
});
const item = (text: string) => ({ entry: 'e', text, at: at('08:00'), by: 'Marta' });

const incident: Incident = {
  ...emptyIncident('i'),
  declared: true,
  label: 'INC-0042',
  title: 'Checkout fails',
  severity: 'SEV1',
  phase: 'rolling-back',
  declaredAt: at('07:52'),
  milestones: [
    {
      name: 'impact-started',
      values: [
        { entry: 'a', at: at('07:50'), precision: 'minute', by: 'Marta' },
        { entry: 'b', at: at('07:48'), precision: 'about', by: 'Marta' },
      ],
      total: 2,
    },
  ],
  roles: [
    {
      role: 'Incident commander',
      name: 'Marta Lindqvist',
      since: at('07:52'),
      entry: 'e',
      device: 'd',
      others: [],
    },
    {
      role: 'Communications lead',
      name: 'Priya Raman',
      since: at('07:52'),
      entry: 'e',
      device: 'd',
      others: [],
    },
  ],
  affected: [
    region('us-east-1', 'major-outage', ['dynamodb', 'lambda']),
    region('eu-west-1', 'operational', ['redshift']),
  ],
  facts: [
    { ...item('The deployment of 07:40\nis the cause'), state: 'confirmed' },
    { ...item('A guess'), state: 'suspected' },
  ],
  actions: [
    { ...item('Drain us-east-1'), owner: 'Jonas', due: null, state: 'open' },
    { ...item('Done already'), owner: null, due: null, state: 'done' },
  ],
  impact: { text: 'Nobody can pay.', entry: 'e' },
  plans: [{ id: 'p', title: 'checkout-api to 4.17.2', state: 'running' }],
};

describe('the fields of an incident', () => {
  const values = templateValues(incident, moment);
  test('say what stands in the fold', () => {
    expect(values).toMatchObject({
      label: 'INC-0042',
      phase: 'rolling back',
      services: 'dynamodb, lambda',
      regions: 'us-east-1',
      providers: 'AWS',
      state: 'outage',
      impactStarted: '~07:48Z',
      declared: '07:52Z',
      detected: '',
      elapsed: '1 h 29 min'.replaceAll(' ', '\u00a0').replace('h\u00a0', 'h '),
      facts: '- The deployment of 07:40 is the cause',
      actions: '- Drain us-east-1 (Jonas)',
      plan: 'checkout-api to 4.17.2',
      planState: 'wave 2 of 5, 4 of 12 targets done',
      commander: 'Marta Lindqvist',
      communications: 'Priya Raman',
      operations: '',
      dataIntegrity: 'unknown',
      number: '3',
      nextUpdate: '09:37Z',
    });
  });
  test('are those of the list, no more and no fewer', () => {
    expect(Object.keys(values).sort()).toEqual(Object.keys(TEMPLATE_FIELDS).sort());
  });
  test('when all is well again, what was affected is named and nothing is called broken', () => {
    const over: Incident = {
      ...incident,
      phase: 'resolved',
      closedAt: at('09:10'),
      affected: [region('us-east-1', 'operational', ['dynamodb'])],
      plans: [{ id: 'p', title: 'checkout-api to 4.17.2', state: 'completed' }],
    };
    expect(templateValues(over, moment)).toMatchObject({
      services: 'dynamodb',
      regions: 'us-east-1',
      state: '',
      resolved: '09:10Z',
      plan: '',
      planState: '',
    });
  });
  test('an empty incident has empty fields, and none is a slip of the machine', () => {
    const state = fc.constantFrom(...STATES);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string({ maxLength: 8 }), state), { maxLength: 5 }),
        fc.string(),
        (list, title) => {
          const one = {
            ...emptyIncident('i'),
            title,
            affected: list.map(([name, how]) => region(name, how, [name])),
          };
          for (const value of Object.values(
            templateValues(one, { ...moment, nextUpdate: null, lastUpdate: null }),
          )) {
            expect(typeof value).toBe('string');
            if (!title.includes('undefined')) expect(value).not.toMatch(/undefined|NaN|\[object/);
          }
        },
      ),
    );
  });
});

test.each(readdirSync(join('samples', 'pack', 'templates')))('%s of the sample pack reads well', (name) => {
  const { value } = parseTemplate(readFileSync(join('samples', 'pack', 'templates', name), 'utf8'), name);
  const text = fillTemplate(value!.parts, templateValues(incident, moment) as Record<TemplateField, string>);
  expect(text).toContain('Checkout fails');
  expect(text).not.toMatch(/\{\{|undefined|\n{3,}/);
  // Nobody outside reads who has command.
  expect(text.includes('Marta')).toBe(value!.audience === 'internal');
});
