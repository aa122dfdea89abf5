import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bridge, createClient } from '../../../renderer/state/client.ts';
import { createTopic } from '../../../renderer/state/topic.ts';
import type { AppSnapshot } from '../../../shared/contract/app.ts';
import { appData } from '../../e2e/harness-ui/app-data.ts';

const snapshot = (rev: number): AppSnapshot => appData({ rev, version: String(rev) });

/** A main that holds a revision, answers when told to, and emits. */
function main() {
  const listeners = new Set<(topic: string, json: string) => void>();
  const asked: (() => void)[] = [];
  let rev = 1;
  const bridge: Bridge = {
    call: () =>
      new Promise((resolve) => {
        // What main holds when it answers, not when it was asked.
        asked.push(() => resolve(JSON.stringify({ ok: true, value: snapshot(rev) })));
      }),
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const topic = createTopic<AppSnapshot, 'app.changed'>(createClient(bridge), {
    event: 'app.changed',
    fetch: async () => {
      const answer = await client.call('app.snapshot', {});
      return answer.ok ? { ok: true, value: { rev: answer.value.rev, value: answer.value } } : answer;
    },
    take: (payload) => payload.snapshot,
  });
  const client = createClient(bridge);
  const emit = (r: number): void => {
    for (const listener of listeners)
      listener('app.changed', JSON.stringify({ rev: r, snapshot: snapshot(r) }));
  };
  const answer = async (): Promise<void> => {
    asked.splice(0).forEach((go) => {
      go();
    });
    await new Promise((resolve) => setTimeout(resolve, 0));
  };
  return { topic, emit, answer, asked, set: (r: number) => (rev = r), held: () => topic.store.getState() };
}

describe('a topic', () => {
  it('takes the next revision, drops what it already holds, and asks again after a gap', async () => {
    const m = main();
    void m.topic.refresh();
    await m.answer();
    expect(m.held().rev).toBe(1);
    m.emit(2);
    expect(m.held()).toMatchObject({ rev: 2, value: { version: '2' } });
    m.emit(1);
    m.emit(2);
    expect(m.held().rev).toBe(2);
    expect(m.asked).toHaveLength(0);
    m.set(5);
    m.emit(5);
    expect(m.held().rev).toBe(2);
    expect(m.asked).toHaveLength(1);
    await m.answer();
    expect(m.held().rev).toBe(5);
  });
  it('keeps an event that comes while it asks, when that is newer than the answer', async () => {
    const m = main();
    void m.topic.refresh();
    m.emit(2);
    m.emit(3);
    await m.answer();
    expect(m.held()).toMatchObject({ rev: 3, value: { version: '3' } });
  });
  it('keeps the last word when asking fails, and says why', async () => {
    const client = createClient({
      call: async () => JSON.stringify({ ok: false, error: { code: 'x', message: 'Closed.' } }),
      on: () => () => {},
    });
    const topic = createTopic<AppSnapshot, 'app.changed'>(client, {
      event: 'app.changed',
      fetch: async () => ({ ok: false, error: { code: 'x', message: 'Closed.' } }),
      take: (p) => p.snapshot,
    });
    topic.store.setState({ rev: 4, value: snapshot(4) });
    await topic.refresh();
    expect(topic.store.getState()).toMatchObject({
      rev: 4,
      value: { version: '4' },
      error: { message: 'Closed.' },
    });
  });
  it('never goes back, and ends at what main holds, whatever the order of events and answers', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('change', 'quiet', 'old', 'answer'), { maxLength: 25 }),
        async (steps) => {
          const m = main();
          void m.topic.refresh();
          let rev = 1;
          let highest = -1;
          for (const step of steps) {
            if (step === 'change') {
              rev += 1;
              m.set(rev);
              m.emit(rev);
            } else if (step === 'quiet') {
              // An event that was lost on the way.
              rev += 1;
              m.set(rev);
            } else if (step === 'old') m.emit(Math.max(1, rev - 2));
            else await m.answer();
            expect(m.held().rev).toBeGreaterThanOrEqual(highest);
            highest = m.held().rev;
          }
          rev += 1;
          m.set(rev);
          m.emit(rev);
          while (m.asked.length) await m.answer();
          expect(m.held()).toMatchObject({ rev, value: { version: String(rev) } });
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('the client', () => {
  it('makes a value of every failure', async () => {
    const client = (call: Bridge['call'] | null) =>
      createClient(call ? { call, on: () => () => {} } : undefined).call('app.snapshot', {});
    expect(await client(null)).toMatchObject({ ok: false, error: { code: 'no-bridge' } });
    expect(await client(async () => 'not json')).toMatchObject({
      ok: false,
      error: { code: 'bridge-failed' },
    });
    expect(await client(async () => '{"value":1}')).toMatchObject({
      ok: false,
      error: { code: 'bad-answer' },
    });
    expect(await client(async () => 'null')).toMatchObject({ ok: false, error: { code: 'bad-answer' } });
    expect(
      await client(async () => {
        throw new Error('the window is closing');
      }),
    ).toMatchObject({ ok: false, error: { code: 'bridge-failed' } });
    expect(await client(async () => '{"ok":false,"error":{"code":"a","message":"b"}}')).toEqual({
      ok: false,
      error: { code: 'a', message: 'b' },
    });
  });
});
