import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultProfile, parseArguments } from '../../../electron/arguments.ts';

const around = { cwd: '/home/ic/run', platform: 'linux' as const, env: { HOME: '/home/ic' } };
const parse = (...argv: string[]) => parseArguments(argv, around);

describe('arguments', () => {
  it('has a profile of its own where nobody says one', () => {
    expect(parse()).toEqual({
      ok: true,
      value: { profile: '/home/ic/.local/share/bulkhead', replay: null, rehearse: null, host: null, why: '' },
    });
    expect(defaultProfile({ platform: 'linux', env: { HOME: '/h', XDG_DATA_HOME: '/d' } })).toBe(
      '/d/bulkhead',
    );
    // The specification of XDG: a relative path is ignored.
    expect(defaultProfile({ platform: 'linux', env: { HOME: '/h', XDG_DATA_HOME: 'd' } })).toBe(
      '/h/.local/share/bulkhead',
    );
    expect(defaultProfile({ platform: 'darwin', env: { HOME: '/h' } })).toBe(
      '/h/Library/Application Support/Bulkhead',
    );
  });

  it('a replay is in a temporary profile unless one is named', () => {
    const replay = { dir: '/home/ic/run/rec', kind: 'aws-rss', speed: 60 };
    const words = ['--replay', 'rec', '--kind=aws-rss', '--speed', '60'];
    expect(parse(...words)).toMatchObject({ ok: true, value: { profile: null, replay } });
    expect(parse(...words, '--profile', 'p')).toMatchObject({ value: { profile: '/home/ic/run/p', replay } });
  });

  it.each([
    ['--host', 'firefox'],
    ['--replay', 'x'],
    ['--kind', 'aws-rss'],
    ['--profile'],
    ['--profile', ''],
    ['--profile', 'a\0b'],
    ['--rehearse', 'plan.md'],
    ['--rehearse', 'plan.md', '--speed', '4'],
    ['--night', 'n.jsonl'],
    ['--rehearse', 'p', 'n', '--replay', 'x', '--kind', 'k'],
    ['--rehearse', 'p', 'n', '--speed', '-1'],
    ['--replay', 'x', '--kind', 'k', '--speed', '0'],
    ['--replay', 'x', '--kind', 'k', '--speed', 'NaN'],
  ])('says what is wrong with %j', (...argv) => {
    expect(parse(...argv)).toMatchObject({ ok: false, error: { code: 'bad-arguments' } });
  });

  it('takes a plan and its night, in a profile that is thrown away', () => {
    for (const argv of [
      ['--rehearse', 'plan.md', '../night.jsonl', '--speed', '60'],
      ['--rehearse=plan.md', '--night', '../night.jsonl', '--speed=60'],
    ])
      expect(parse(...argv)).toMatchObject({
        ok: true,
        value: {
          profile: null,
          rehearse: {
            plan: `${around.cwd}/plan.md`,
            night: expect.stringContaining('night.jsonl'),
            speed: 60,
          },
        },
      });
  });

  it('C32 flags that Chromium or an attacker adds are neither taken nor refused', () => {
    const hostile = [
      '--no-sandbox',
      '--disable-web-security',
      '--remote-debugging-port=9222',
      '--renderer-cmd-prefix=/bin/sh',
      '--user-data-dir=/tmp/x',
      '--load-extension=/tmp/e',
      'bulkhead://incident/declare?title=x',
      '--',
      '-psn_0_1',
      '--original-process-start-time=1',
    ];
    expect(parse(...hostile)).toEqual(parse());
    expect(parse('--profile', 'p', ...hostile)).toEqual(parse('--profile', 'p'));
  });

  it('C34 a hostile folder to stand in changes only what relative paths mean', () => {
    const cwd = '/tmp/ -rf $(x) ;`y`';
    expect(parseArguments([], { ...around, cwd })).toEqual(parse());
    expect(parseArguments(['--profile', '../p'], { ...around, cwd })).toMatchObject({
      value: { profile: resolve(cwd, '../p') },
    });
  });
});
