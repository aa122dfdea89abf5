// A running plan is bent, its own steps are ticked, and a new plan takes over: the service over a real journal.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { MadePlan } from '../../../shared/contract/plan.ts';
import { rollbackSection } from '../../../shared/report/rollback-section.ts';
import { parsePlan } from '../../../shared/rollback/plan.ts';
import type { Topology } from '../../../shared/topology/types.ts';
import { code, must, window } from '../room/helpers.ts';
import { planDesk, planText, running, TARGETS, workWave } from './helpers.ts';

const why = { reason: 'decided on the bridge' };
const OWN = `${planText('1m')}
## Before

1. Freeze deployments
2. Tell the customers {two-person}

## After each wave

1. Say what it showed

## Finally

1. Undo the freezes {danger}
`;

describe('the plan’s own steps', () => {
  it('are ticked, asked for like others, hold nothing, and are listed where they are left', async () => {
    const desk = await planDesk();
    const plan = await desk.make(OWN);
    const own = { do: 'plan-step' as const, step: 1, to: 'done' as const };
    expect((await desk.act(plan, { ...own, section: 'before' })).codes).toEqual([]);
    expect((await desk.act(plan, { ...own, section: 'before', step: 2 })).codes).toEqual(['second-needed']);
    expect((await desk.act(plan, { ...own, section: 'finally' })).codes).toEqual(['plan-not-running']);
    await desk.act(plan, { do: 'accept-findings', reason: 'known' });
    // One of Before is left, and the plan starts all the same.
    expect((await desk.act(plan, { do: 'start-plan' })).ok).toBe(true);
    let view = await desk.view(plan);
    expect(view.asks).toEqual(['1 step of Before is not done.']);
    expect(view.before.steps).toMatchObject([
      { number: 1, state: 'done', by: ['Marta Lindqvist'] },
      { number: 2, state: 'todo' },
    ]);
    expect(view.waves[0]!.after.forbids.map((one) => one.code)).toEqual(['not-pending']);
    const after = { ...own, section: 'after' as const, wave: 'canary' };
    expect((await desk.act(plan, after)).codes).toEqual(['not-pending']);
    expect(await workWave(desk, plan, view.waves[0]!.targets)).toEqual([]);
    expect((await desk.act(plan, { ...after, to: 'doing' })).ok).toBe(true);
    expect((await desk.act(plan, after)).ok).toBe(true);
    expect((await desk.act(plan, { ...after, to: 'undone' })).ok).toBe(true);
    expect((await desk.act(plan, { ...after, to: 'undone' })).codes).toEqual(['not-pending']);
    desk.pass(4 * 60_000);
    view = await desk.view(plan);
    // The gate passed by itself over it.
    expect(view.waves[0]).toMatchObject({ state: 'passed', gate: { state: 'passed' } });
    expect(view.asks).toEqual(['1 step of Before is not done.', '1 step after canary is not done.']);
    expect(view.holds).toEqual([]);
    expect((await desk.act(plan, { ...own, section: 'finally' })).codes).toEqual(['confirm-needed']);
    expect((await desk.act(plan, { ...own, section: 'finally', confirm: 'checkout-api' })).ok).toBe(true);
    expect((await desk.act(plan, { do: 'abort', reason: 'enough' })).ok).toBe(true);
    view = await desk.view(plan);
    expect(view.left).toEqual([
      '1 step of Before is not done: Tell the customers',
      '1 step after canary is not done: Say what it showed',
    ]);
    const section = [...rollbackSection(await must(desk.plans.views(desk.incident)))].join('');
    expect(section).toContain('#### Steps of the plan itself');
    expect(section).toContain(
      '| After canary | Say what it showed | taken back, not done | Marta Lindqvist |',
    );
    expect(section).toContain('| Finally | Undo the freezes | done | Marta Lindqvist |');
    const { rows } = await window(desk.d, desk.incident);
    const text = (kind: string): string =>
      rows
        .filter((row) => row.entryKind === kind)
        .map((row) => row.text)
        .join('\n');
    expect(text('plan-aborted')).toContain('1 step after canary is not done: Say what it showed');
    expect(text('step-done')).toContain('1. Say what it showed, after “canary”');
    expect(text('step-done')).toContain('1. Freeze deployments, Before');
    expect(text('step-undone')).toContain('after “canary”');
  });
});

describe('a breaker’s limit and a step’s words', () => {
  it('are changed in the running plan, with the difference, and refused with the column', async () => {
    const desk = await planDesk();
    const plan = await running(desk);
    const [rule] = (await desk.view(plan)).rules;
    expect(rule).toMatchObject({ limit: { type: 'errors', text: '> 5%', margin: 5, forMs: 60_000 } });
    const change = { do: 'set-limit' as const, rule: rule!.id, ...why };
    const refused = await must(
      desk.plans.handlers['plan.do']({
        incident: desk.incident,
        plan,
        action: { ...change, limit: '> five %' },
      }),
    );
    expect(refused.why.map((one) => one.text)).toEqual([
      'The limit cannot be read, column 3: not a limit of this rule; write for example "> 5%".',
    ]);
    expect((await desk.act(plan, { ...change, limit: '> 5%' })).codes).toEqual(['not-pending']);
    expect((await desk.act(plan, { ...change, rule: '9', limit: '> 8%' })).codes).toEqual(['not-pending']);
    expect((await desk.act(plan, { ...change, limit: '> 80%', margin: '' })).ok).toBe(true);
    expect((await desk.view(plan)).rules[0]).toMatchObject({
      text: 'checkout errors > 80% for 1m',
      limit: { text: '> 80%', margin: null },
    });
    // It decides from now on: 20 % errors trip the old rule, and not this one.
    await workWave(desk, plan, TARGETS.slice(0, 1));
    desk.errors = (target) => (target === TARGETS[0] ? 20 : 0.5);
    desk.pass(5 * 60_000);
    expect((await desk.view(plan)).breaker.state).toBe('closed');
    expect((await desk.act(plan, { ...change, limit: '> 10%' })).ok).toBe(true);
    desk.pass(3 * 60_000);
    expect((await desk.view(plan)).breaker.state).toBe('open');
    const { rows } = await window(desk.d, desk.incident);
    const changed = rows.filter((row) => row.entryKind === 'plan-changed').map((row) => row.text);
    expect(changed.some((one) => one.includes('was “checkout errors > 5% for 1m, margin 5”'))).toBe(true);
    expect(changed.filter((one) => one.includes('It loosens the plan.'))).toHaveLength(1);
  });

  it('a step is corrected with what stands in it; those who did it before are on the record', async () => {
    const desk = await planDesk();
    const plan = await running(desk);
    await workWave(desk, plan, TARGETS.slice(0, 1));
    const set = { do: 'set-step' as const, section: 'each' as const, step: 1, title: 'x', ...why };
    expect((await desk.act(plan, { ...set, text: '1. One\n2. Two' })).codes).toEqual(['not-pending']);
    const text =
      '1. Shift traffic away, slowly {expect: 9m}\n\n   ```sh\n   shift --slow\n   ```\n   Expect: fewer requests';
    expect((await desk.act(plan, { ...set, text })).ok).toBe(true);
    const view = await desk.view(plan);
    expect(view.steps.find((one) => one.section === 'each' && one.number === 1)).toMatchObject({
      title: 'Shift traffic away, slowly',
      commands: ['shift --slow'],
      expected: 'fewer requests',
      lastsMs: 540_000,
      danger: false,
    });
    const entry = [...desk.d.journal.iterate(desk.incident)].find((one) => one.kind === 'plan-changed')!;
    expect(JSON.parse(String(entry.body))).toMatchObject({ doneBefore: [TARGETS[0]], loosens: true });
    // No longer dangerous: it is ticked without a word.
    expect(
      (await desk.act(plan, { do: 'step', target: TARGETS[1]!, section: 'each', step: 1, to: 'done' })).codes,
    ).toEqual([]);
    expect((await desk.act(plan, { ...set, section: 'revert', title: 'Put 4.18.0 back', text: '' })).ok).toBe(
      true,
    );
    expect((await desk.view(plan)).steps.find((one) => one.section === 'revert')!.title).toBe(
      'Put 4.18.0 back',
    );
  });
});

describe('a new plan beside one that runs', () => {
  it('is asked about, takes over what is pending, and each names the other', async () => {
    const desk = await planDesk();
    const old = await running(desk);
    await workWave(desk, old, TARGETS.slice(0, 1));
    const incident = desk.incident;
    const asked = await must(
      desk.plans.handlers['plan.overlap']({ incident, of: { folder: 'f', path: 'plan.md' } }),
    );
    expect(asked.plans).toMatchObject([
      { plan: old, title: 'Roll back checkout', state: 'running', left: 1 },
    ]);
    expect(asked.plans[0]!.stay).toEqual(TARGETS.slice(0, 1));
    expect(asked.plans[0]!.taken).toHaveLength(39);
    const none = { incident, of: { targets: [TARGETS[0]!, 'cloud/other'] } };
    expect((await must(desk.plans.handlers['plan.overlap'](none))).plans).toEqual([]);
    const plan: MadePlan = {
      kind: 'rollback',
      title: 'Roll back to 4.17.2',
      change: {
        system: 'checkout-api',
        from: '4.18.0',
        to: '4.17.2',
        deployedAt: null,
        schema: 'reversible',
      },
      targets: TARGETS.slice(0, 4),
      waves: [{ name: 'all', targets: TARGETS.slice(0, 4), bake: '10m', gate: 'manual' }],
    };
    const made = await must(desk.plans.handlers['plan.make']({ incident, plan, takesOver: old }));
    const after = await desk.view(old);
    expect(after.takenOverBy).toEqual([
      { plan: made.plan, title: 'Roll back to 4.17.2', targets: TARGETS.slice(1, 4) },
    ]);
    expect(after.targets).toHaveLength(37);
    expect((await desk.view(made.plan)).takesOver).toEqual({ plan: old, title: 'Roll back checkout' });
  });
});

describe('a plan that cannot be taken over', () => {
  const newer = (targets: readonly string[]): MadePlan => ({
    kind: 'rollback',
    title: 'Roll back to 4.17.2',
    change: { system: 'checkout-api', from: '4.18.0', to: '4.17.2', deployedAt: null, schema: 'reversible' },
    targets: [...targets],
    waves: [{ name: 'all', targets: [...targets], bake: '10m', gate: 'manual' }],
  });

  it('is over, has not begun, or has none of these targets pending: refused with the way out, nothing is made', async () => {
    const desk = await planDesk();
    const { incident } = desk;
    const draft = await desk.make();
    const take = async (old: string, targets: readonly string[]): Promise<string> => {
      const made = await desk.plans.handlers['plan.make']({ incident, plan: newer(targets), takesOver: old });
      return made.ok ? 'made' : `${made.error.code}: ${made.error.message}`;
    };
    expect(await take(draft, TARGETS.slice(0, 2))).toContain(
      'not-taken-over: “Roll back checkout” has not been started',
    );
    const old = await running(desk);
    await workWave(desk, old, TARGETS.slice(0, 1));
    expect(await take(old, [TARGETS[0]!, 'cloud/other'])).toContain(
      'None of these targets is pending in “Roll back checkout”',
    );
    expect((await desk.act(old, { do: 'abort', reason: 'another way' })).ok).toBe(true);
    expect(await take(old, TARGETS.slice(1, 3))).toContain('“Roll back checkout” is aborted');
    const { incident: seen } = await must(desk.d.call['room.open']({ incident }));
    expect(seen.plans.map((one) => one.title)).not.toContain('Roll back to 4.17.2');
  });
});

describe('a plan saved as a runbook', () => {
  it('is the text that it was made from, not over another file, not outside', async () => {
    const desk = await planDesk();
    const plan = await desk.make(OWN);
    const save = (name: string, replace = false) =>
      desk.plans.handlers['plan.save']({ incident: desk.incident, plan, folder: 'f', name, replace });
    expect(await must(save('checkout.md'))).toEqual({ folder: 'f', path: 'checkout.md' });
    const text = readFileSync(join(desk.d.folder, 'checkout.md'), 'utf8');
    expect(text).toBe(OWN);
    expect(parsePlan(text).ok).toBe(true);
    expect(await code(save('checkout.md'))).toBe('file-exists');
    expect(await code(save('checkout.md', true))).toBe('ok');
    expect(await code(save('../checkout.md'))).toBe('name-refused');
  });
});

describe('where a system runs', () => {
  const place = (region: string) => ({ provider: 'cloud', region });
  const leaf = (leaf_: object) => ({ op: 'leaf' as const, text: '', leaf: leaf_ as never });
  const service = (name: string, regions: string[], needs: object[]) => ({
    name,
    title: `The ${name}`,
    tier: 1,
    owner: '',
    costPerMinute: null,
    runsIn: regions.map(place),
    needs: { op: 'all' as const, of: needs.map(leaf) },
  });
  const topology: Topology = {
    currency: 'EUR',
    services: new Map([
      [
        'checkout-api',
        service(
          'checkout-api',
          ['region-01', 'region-02'],
          [
            { kind: 'place', ...place('region-01'), service: 'queue' },
            { kind: 'ours', service: 'store' },
          ],
        ),
      ],
      ['store', service('store', ['region-09'], [])],
      ['idle', service('idle', [], [])],
    ]),
  };

  it('is listed with what is leaned on, and with who sees each; nothing is guessed', async () => {
    const probe = (name: string, region: string) => ({ name, provider: 'cloud', region });
    const probes = async () => [probe('checkout', 'region-01'), probe('sign-in', 'region-02')];
    const desk = await planDesk({ extra: { topology: () => topology, probes } });
    desk.errors = (target) => (target === 'cloud/region-02' ? null : 0.5);
    desk.pass(60_000);
    await desk.make();
    const of = async (system: string, targets: string[] = []) =>
      must(desk.plans.handlers['plan.places']({ system, targets }));
    expect(await of('checkout-api', ['cloud/region-02', 'cloud/typed'])).toEqual({
      systems: [
        { name: 'checkout-api', title: 'The checkout-api' },
        { name: 'store', title: 'The store' },
        { name: 'idle', title: 'The idle' },
      ],
      known: true,
      places: [
        { target: 'cloud/region-01', runs: true, needs: ['queue'], by: ['probe checkout'] },
        { target: 'cloud/region-02', runs: true, needs: [], by: ['probe sign-in, not heard now'] },
        { target: 'cloud/region-09', runs: false, needs: ['store'], by: ['probe checkout'] },
      ],
      seen: [
        { target: 'cloud/region-02', by: ['probe sign-in, not heard now'] },
        { target: 'cloud/typed', by: [] },
      ],
      note: null,
    });
    expect(await of('other')).toMatchObject({
      known: false,
      places: [],
      note: expect.stringContaining('other does not stand'),
    });
    expect(await of('idle')).toMatchObject({
      known: true,
      places: [],
      note: expect.stringContaining('does not say where idle runs'),
    });
    expect(await of('')).toMatchObject({ known: false, note: null });
  });

  it('says so where there is no topology', async () => {
    const desk = await planDesk();
    const got = await must(desk.plans.handlers['plan.places']({ system: 'x', targets: [] }));
    expect(got).toEqual({
      systems: [],
      known: false,
      places: [],
      seen: [],
      note: expect.stringContaining('No topology is known'),
    });
  });
});
