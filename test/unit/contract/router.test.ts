import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEvents } from '../../../electron/contract/events.ts';
import { LIMITS, type Limits } from '../../../electron/contract/limits.ts';
import { createRouter } from '../../../electron/contract/router.ts';
import { createLog, type LogLine } from '../../../electron/log/log.ts';
import { type CallName, calls, type Handlers } from '../../../shared/contract/index.ts';
import { BulkheadError, fail, ok, type Result } from '../../../shared/result.ts';
import type { Clock } from '../../../shared/time/clock.ts';

function setUp(
  handlers: Partial<Record<CallName, (input: never) => Promise<Result<unknown>>>>,
  limits: Partial<Limits> = {},
) {
  const lines: LogLine[] = [];
  const log = createLog((line) => lines.push(line), 'debug');
  let uptime = 1000;
  const clock: Clock = { now: () => 1_790_000_000_000, uptime: () => uptime };
  const events = createEvents({ log, check: true });
  const bridge = createRouter({
    handlers: handlers as unknown as Handlers,
    events,
    log,
    clock,
    checkOutput: true,
    limits: { ...LIMITS, ...limits },
  });
  const ask = async (name: unknown, input: unknown): Promise<Result<unknown>> =>
    JSON.parse(await bridge.call(name as string, typeof input === 'string' ? input : JSON.stringify(input)));
  const pass = (ms: number): void => {
    uptime += ms;
  };
  return { bridge, ask, lines, events, pass };
}

const setPerson = { 'app.setPerson': async () => ok({}) };
const code = (answer: Result<unknown>): string => (answer.ok ? 'ok' : answer.error.code);

describe('the router', () => {
  it('answers a value or a failure, as text', async () => {
    const { ask } = setUp({
      ...setPerson,
      'app.dismissNotice': async () => fail('gone', 'It is gone.', { id: 1 }),
    });
    expect(await ask('app.setPerson', { name: 'Ada' })).toEqual({ ok: true, value: {} });
    expect(await ask('app.dismissNotice', { id: 'x' })).toEqual({
      ok: false,
      error: { code: 'gone', message: 'It is gone.', detail: { id: 1 } },
    });
  });

  it.each([
    '',
    'app',
    'app.nothing',
    'constructor',
    '__proto__',
    'toString',
    'hasOwnProperty',
    'app.setPerson ',
    7,
    null,
    {},
  ])('D37 an unknown call is a typed refusal, and logged: %j', async (name) => {
    const { ask, lines } = setUp(setPerson);
    expect(code(await ask(name, {}))).toBe('unknown-call');
    expect(lines).toEqual([
      expect.objectContaining({ level: 'warn', detail: expect.objectContaining({ code: 'unknown-call' }) }),
    ]);
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '{name:1}'],
    ['half of it', '{"name":'],
    ['undefined', 'undefined'],
    ['a number', '7'],
    ['null', 'null'],
    ['an array', '[]'],
    ['a wrong type', '{"name":7}'],
    ['a missing field', '{}'],
    ['an empty name', '{"name":""}'],
    ['a name too long', JSON.stringify({ name: 'x'.repeat(121) })],
    ['a __proto__ key', '{"name":"a","__proto__":{"admin":true}}'],
    ['an escaped __proto__ key', '{"name":"a","\\u005f_proto__":{}}'],
    ['a deep __proto__ key', '{"name":{"a":[{"__proto__":1}]}}'],
    ['nesting', `{"name":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
  ])('D38 wrong input is refused before a handler sees it: %s', async (_what, text) => {
    let reached = false;
    const { ask, lines } = setUp({
      'app.setPerson': async () => {
        reached = true;
        return ok({});
      },
    });
    const answer = await ask('app.setPerson', text);
    expect(code(answer)).toBe('bad-input');
    expect(reached).toBe(false);
    expect(lines[0]?.level).toBe('warn');
    expect(JSON.stringify(answer)).not.toMatch(/at .*\.ts|node:internal/);
  });

  it('D38 input that is not text, and cycles, cannot cross at all', async () => {
    const { bridge } = setUp(setPerson);
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    for (const input of [cycle, 7, null, undefined, Symbol('x'), () => 1, 10n])
      expect(JSON.parse(await bridge.call('app.setPerson', input as unknown as string))).toMatchObject({
        error: { code: 'bad-input' },
      });
  });

  it('D38 more than a megabyte is refused without being parsed', async () => {
    const { ask } = setUp(setPerson);
    expect(code(await ask('app.setPerson', JSON.stringify({ name: 'x'.repeat(1_048_576) })))).toBe(
      'too-large',
    );
  });

  it('D39 nothing in an input reaches a prototype', async () => {
    const seen: unknown[] = [];
    const { ask } = setUp({
      'app.setSettings': async (input: never) => {
        seen.push(Object.assign({}, input));
        return ok({});
      },
    });
    for (const text of [
      '{"constructor":{"prototype":{"polluted":true}}}',
      '{"__proto__":{"polluted":true}}',
      '{"zone":"UTC","constructor":1,"prototype":{"polluted":true}}',
    ])
      await ask('app.setSettings', text);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(JSON.stringify(seen)).not.toContain('polluted');
  });

  it('D41 a flood gets `busy`, the rest of the log stays readable, and it ends when the flood does', async () => {
    const { ask, lines, pass } = setUp(setPerson, { perSecond: 10, burst: 20 });
    const answers = await Promise.all(
      Array.from({ length: 2000 }, () => ask('app.setPerson', { name: 'a' })),
    );
    expect(answers.filter((answer) => answer.ok).length).toBe(20);
    expect(new Set(answers.filter((answer) => !answer.ok).map(code))).toEqual(new Set(['busy']));
    expect(lines.length).toBeLessThanOrEqual(10);
    pass(1000);
    expect((await ask('app.setPerson', { name: 'a' })).ok).toBe(true);
    await ask('app.nothing', {});
    expect(lines.some((line) => line.message.includes('more calls were refused'))).toBe(true);
  });

  it('D41 only so many calls are under way at once', async () => {
    let release: () => void = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { ask } = setUp(
      {
        'app.setPerson': async () => {
          await gate;
          return ok({});
        },
      },
      { inFlight: 3 },
    );
    const answers = Array.from({ length: 5 }, () => ask('app.setPerson', { name: 'a' }));
    await new Promise((resolve) => setImmediate(resolve));
    release();
    expect((await Promise.all(answers)).map(code)).toEqual(['ok', 'ok', 'ok', 'busy', 'busy']);
  });

  it('a handler that throws lets no stack out, and the log has it', async () => {
    const { ask, lines } = setUp({
      'app.setPerson': async () => {
        throw new Error('SELECT * FROM secret_table');
      },
      'app.dismissNotice': async () => {
        throw new BulkheadError('newer-file', 'This file is from a newer Bulkhead.', { version: 9 });
      },
    });
    const answer = await ask('app.setPerson', { name: 'a' });
    expect(code(answer)).toBe('internal');
    expect(JSON.stringify(answer)).not.toMatch(/secret_table|stack|\.ts/);
    expect(String(lines[0]?.detail?.['error'])).toContain('secret_table');
    expect(await ask('app.dismissNotice', { id: 'a' })).toEqual({
      ok: false,
      error: { code: 'newer-file', message: 'This file is from a newer Bulkhead.', detail: { version: 9 } },
    });
  });

  it('an answer that is not what the contract says is refused and logged', async () => {
    const { ask, lines } = setUp({ 'health.raw': async () => ok({ fetchedAt: 'yesterday' }) });
    expect(code(await ask('health.raw', { feed: 'aws' }))).toBe('bad-output');
    expect(lines[0]?.detail?.['code']).toBe('bad-output');
  });

  it('an answer that cannot be text, or is too large, is a failure', async () => {
    const { ask } = setUp(
      { 'app.setPerson': async () => ok({ big: 1n }), 'app.report': async () => ok({ x: 'y'.repeat(500) }) },
      {
        outputLength: 400,
      },
    );
    expect(code(await ask('app.setPerson', { name: 'a' }))).toBe('internal');
    expect(code(await ask('app.report', { message: 'm', where: 'w' }))).toBe('too-large');
  });

  it('D38 never throws and always answers JSON, whatever it is given (property)', async () => {
    const { bridge } = setUp({}, { perSecond: 1e9, burst: 1e9 });
    const name = fc.oneof(fc.string(), fc.constantFrom(...Object.keys(calls)), fc.anything());
    const input = fc.oneof(fc.string(), fc.json(), fc.anything());
    await fc.assert(
      fc.asyncProperty(name, input, async (someName, someInput) => {
        const answer = JSON.parse(
          await bridge.call(someName as string, someInput as string),
        ) as Result<unknown>;
        if (!answer.ok) expect(answer.error.code).toMatch(/^[a-z-]+$/);
      }),
      { numRuns: 500 },
    );
  });
});

describe('events', () => {
  it('reach every listener as text until it stops listening, and a failing listener stops nobody', () => {
    const { events, lines } = setUp({});
    const heard: string[] = [];
    events.onEvent(() => {
      throw new Error('listener');
    });
    const stop = events.onEvent((topic, json) => heard.push(`${topic} ${json}`));
    events.emit('library.changed', { rev: 1 });
    stop();
    events.emit('library.changed', { rev: 2 });
    expect(heard).toEqual(['library.changed {"rev":1}']);
    expect(lines.every((line) => line.level === 'error')).toBe(true);
  });

  it('a payload that is not what the contract says is not sent', () => {
    const { events, lines } = setUp({});
    const heard: string[] = [];
    events.onEvent((topic) => heard.push(topic));
    events.emit('library.changed', { rev: -1 });
    expect(heard).toEqual([]);
    expect(lines[0]?.message).toContain('library.changed');
  });
});
