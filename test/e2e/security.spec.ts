// The built application in its window, asked what a hostile or broken page would ask.
import { expect, ownOrigin, test } from './harness/fixtures.ts';

const ask = (name: unknown, input: unknown) => [name, input] as const;

test('the window opens without one violation of its own policy', async ({ opened }) => {
  const problems: string[] = [];
  opened.page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  opened.page.on('pageerror', (error) => problems.push(error.message));
  await opened.page.reload();
  await expect(opened.page.locator('#root > :not(svg)').first()).toBeVisible();
  await opened.page.waitForTimeout(500);
  expect(problems).toEqual([]);
});

test('D37 D38 garbage gets typed refusals, and the window goes on', async ({ page }) => {
  const garbage = [
    ask('', '{}'),
    ask('app.nothing', '{}'),
    ask('__proto__', '{}'),
    ask('app.snapshot', ''),
    ask('app.snapshot', '{"x":'),
    ask('app.setSettings', '{"__proto__":{"theme":"day"}}'),
    ask('app.setSettings', '{"theme":"pink"}'),
    ask('app.setPerson', JSON.stringify({ name: 'x'.repeat(2_000_000) })),
    ask('health.cell', '{"provider":7,"region":null}'),
  ];
  const codes = await page.evaluate(async (list) => {
    const bridge = (globalThis as unknown as { bulkhead: { call(a: unknown, b: unknown): Promise<string> } })
      .bulkhead;
    const found: string[] = [];
    for (const [name, input] of list) {
      const answer = JSON.parse(await bridge.call(name, input));
      found.push(answer.ok ? 'ok' : answer.error.code);
    }
    found.push(JSON.parse(await bridge.call('app.snapshot', '{}')).ok ? 'alive' : 'dead');
    return found;
  }, garbage);
  expect(codes).toEqual([
    'unknown-call',
    'unknown-call',
    'unknown-call',
    'bad-input',
    'bad-input',
    'bad-input',
    'bad-input',
    'too-large',
    'bad-input',
    'alive',
  ]);
});

test('D42 paths and query syntax in inputs are answered as values', async ({ page }) => {
  const codes = await page.evaluate(async () => {
    const bridge = (globalThis as unknown as { bulkhead: { call(a: string, b: string): Promise<string> } })
      .bulkhead;
    const tries: [string, unknown][] = [
      ['library.read', { folder: '../../etc', path: 'passwd' }],
      ['library.read', { folder: "x' OR 1=1 --", path: '/etc/passwd' }],
      ['health.cell', { provider: '"; DROP TABLE entries; --', region: '%' }],
      ['health.raw', { feed: 'NEAR(a b' }],
      ['app.dismissNotice', { id: '*' }],
    ];
    const found: string[] = [];
    for (const [name, input] of tries) {
      const text = await bridge.call(name, JSON.stringify(input));
      const answer = JSON.parse(text);
      if (text.includes('root:')) found.push('leak');
      found.push(answer.ok ? 'ok' : answer.error.code);
    }
    return found;
  });
  expect(codes).not.toContain('leak');
  expect(codes).not.toContain('internal');
});

test('D41 a flood from the page does not stall the application', async ({ page }) => {
  const outcome = await page.evaluate(async () => {
    const bridge = (globalThis as unknown as { bulkhead: { call(a: string, b: string): Promise<string> } })
      .bulkhead;
    const answers = await Promise.all(Array.from({ length: 3000 }, () => bridge.call('app.snapshot', '{}')));
    const typed = answers.every((text) => JSON.parse(text).ok || JSON.parse(text).error.code === 'busy');
    await new Promise((resolve) => setTimeout(resolve, 1200));
    return { answered: answers.length, typed, after: JSON.parse(await bridge.call('app.snapshot', '{}')).ok };
  });
  expect(outcome.answered).toBe(3000);
  expect(outcome.typed).toBe(true);
  expect(outcome.after).toBe(true);
});

test('B19 the window comes back from a foreign page with its data', async ({ page }) => {
  await page.evaluate(() => {
    location.href = 'data:text/html,<h1>evil</h1>';
  });
  await page.waitForTimeout(300);
  await expect(page.locator('#root > :not(svg)').first()).toBeVisible();
  expect(page.url().startsWith(`${ownOrigin}/`)).toBe(true);
});

test('B25 the application hands no hostile link to the system', async ({ opened }) => {
  const codes = await opened.page.evaluate(async () => {
    const bridge = (globalThis as unknown as { bulkhead: { call(a: string, b: string): Promise<string> } })
      .bulkhead;
    const found: string[] = [];
    for (const url of [
      'file:///etc/passwd',
      'smb://x/y',
      'javascript:alert(1)',
      'https://ok@evil.example/',
      'https://status.example.com/',
    ])
      found.push(
        JSON.parse(await bridge.call('app.openExternal', JSON.stringify({ url }))).ok ? 'opened' : 'refused',
      );
    return found;
  });
  expect(codes).toEqual(['refused', 'refused', 'refused', 'refused', 'opened']);
  expect(await opened.openedLinks()).toEqual(['https://status.example.com/']);
});
