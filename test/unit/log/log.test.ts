import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFileLog } from '../../../electron/log/file.ts';
import { createLog, type LogLine } from '../../../electron/log/log.ts';
import { maskDetail, maskText } from '../../../electron/log/mask.ts';

const clock = { now: () => Date.parse('2026-10-20T07:48:20.000Z'), uptime: () => 0 };

describe('the log', () => {
  it.each([
    ['AKIAIOSFODNN7EXAMPLE', 'AWS key'],
    ['ghp_abcdefghijklmnopqrstuvwxyz0123456789', 'GitHub token'],
    ['xoxb-123456789012-abcdefABCDEF', 'Slack token'],
    ['https://hooks.slack.com/services/T000/B000/XXXX', 'Slack webhook'],
    ['Authorization: Bearer abcdefghijklmnop', 'bearer header'],
    ['https://user:pa55word@proxy.corp:3128/', 'userinfo'],
    ['https://api.example/x?token=abcdef123&b=1', 'query'],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcdefgh', 'JWT'],
    ['-----BEGIN EC PRIVATE KEY-----\nMHcC\n-----END EC PRIVATE KEY-----', 'PEM'],
    ['password=hunter22', 'assignment'],
    ['{"api_key":"abcdef"}', 'JSON'],
  ])('G60 no secrets in logs: %s (%s)', (text) => {
    const masked = maskText(`before ${text} after`);
    expect(masked).toContain('***');
    for (const secret of [
      'AKIAIOSFODNN7EXAMPLE',
      'ghp_abc',
      'xoxb-1',
      'B000',
      'abcdefghijklmnop',
      'pa55word',
      'abcdef123',
      'eyJzdWIi',
      'MHcC',
      'hunter22',
      '"abcdef"',
    ])
      expect(masked).not.toContain(secret);
  });

  it('leaves what people need to read', () => {
    for (const text of [
      'feed https://status.example.com/api/v2/summary.json?since=1 timed out after 10 s',
      'region us-east-1: degraded',
      'the token bucket is full',
    ])
      expect(maskText(text)).toBe(text);
  });

  it('G60 masks by name and by form in details, at any depth, cycles cut', () => {
    const cycle: Record<string, unknown> = {
      password: 'x',
      nested: [{ apiKey: 'y', url: 'https://a:b@c/' }],
    };
    cycle['self'] = cycle;
    const masked = JSON.stringify(maskDetail(cycle));
    expect(masked).toContain('"password":"***"');
    expect(masked).toContain('"apiKey":"***"');
    expect(masked).not.toContain('a:b@');
  });

  it('drops lines below its level and marks the area', () => {
    const lines: LogLine[] = [];
    const log = createLog((line) => lines.push(line), 'warn').child('health');
    log.info('no');
    log.error('yes');
    expect(lines).toEqual([{ level: 'error', area: 'health', message: 'yes', detail: undefined }]);
  });

  it('writes lines of JSON, rotates, keeps five files, and touches nothing before the first line', async () => {
    const dir = join(mkdtempSync(join(tmpdir(), 'bulkhead-log-')), 'logs');
    const { log, close } = createFileLog({ dir, clock });
    expect(() => statSync(dir)).toThrow();
    log.info('first', { token: 'abc' });
    for (let index = 0; index < 9_000; index++) log.info(`${index} ${'x'.repeat(1500)}`);
    await close();
    const files = readdirSync(dir).filter((name) => !name.endsWith('.txt'));
    expect(files.length).toBeGreaterThan(1);
    expect(files.length).toBeLessThanOrEqual(6);
    const last = readFileSync(join(dir, 'bulkhead.log'), 'utf8').trim().split('\n').at(-1) ?? '';
    expect(JSON.parse(last)).toMatchObject({ at: '2026-10-20T07:48:20.000Z', level: 'info', area: 'main' });
    if (process.platform !== 'win32') expect(statSync(join(dir, 'bulkhead.log')).mode & 0o077).toBe(0);
    rmSync(join(dir, '..'), { recursive: true });
  });

  it('a folder that cannot be written stops nothing', async () => {
    const base = mkdtempSync(join(tmpdir(), 'bulkhead-log-'));
    writeFileSync(join(base, 'logs'), 'a file');
    const { log, close } = createFileLog({ dir: join(base, 'logs'), clock });
    log.info('lost');
    log.info('lost again');
    await close();
    expect(readFileSync(join(base, 'logs'), 'utf8')).toBe('a file');
    rmSync(base, { recursive: true });
  });
});
