// Accessibility of what is on the screen, by axe-core. It is put into an isolated world over the driver, so the page's policy
// stays as strict as it is for people.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export interface AxeFinding {
  readonly id: string;
  readonly impact: string | null;
  readonly help: string;
  /** Selectors of the elements concerned, at most ten. */
  readonly where: readonly string[];
}

/** Violations of WCAG 2.2 A and AA within `selector`; an empty list is what a spec expects. */
export async function axe(
  page: Page,
  selector = 'body',
  options: { disable?: string[] } = {},
): Promise<AxeFinding[]> {
  const session = await page.context().newCDPSession(page);
  try {
    const { frameTree } = await session.send('Page.getFrameTree');
    const { executionContextId } = await session.send('Page.createIsolatedWorld', {
      frameId: frameTree.frame.id,
      worldName: 'axe',
    });
    const evaluate = async (expression: string): Promise<unknown> => {
      const answer = await session.send('Runtime.evaluate', {
        expression,
        contextId: executionContextId,
        awaitPromise: true,
        returnByValue: true,
      });
      if (answer.exceptionDetails)
        throw new Error(`axe failed: ${answer.exceptionDetails.exception?.description}`);
      return answer.result.value;
    };
    await evaluate(`${source}; undefined`);
    const rules = Object.fromEntries((options.disable ?? []).map((rule) => [rule, { enabled: false }]));
    const run = {
      runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
      rules,
      resultTypes: ['violations'],
    };
    const text = await evaluate(
      `axe.run(${JSON.stringify(selector)}, ${JSON.stringify(run)}).then((r) => JSON.stringify(r.violations.map((v) => ({
        id: v.id, impact: v.impact ?? null, help: v.help, where: v.nodes.slice(0, 10).map((n) => n.target.join(' ')) }))))`,
    );
    return JSON.parse(String(text)) as AxeFinding[];
  } finally {
    await session.detach();
  }
}

/** Presses keys one after the other, as `Shift+D`, `ArrowDown`, `j`. */
export async function keys(page: Page, ...names: readonly string[]): Promise<void> {
  for (const name of names) await page.keyboard.press(name);
}
