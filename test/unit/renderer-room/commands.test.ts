import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { putIn, readLine, wordAt } from '../../../renderer/views/room/composer/commands.ts';

describe('a line in the composer', () => {
  it('is a note unless it begins with a slash', () => {
    expect(readLine('  pool 480 of 512 in use ')).toEqual({
      kind: 'log',
      as: 'note',
      text: 'pool 480 of 512 in use',
    });
    expect(readLine('   ')).toEqual({ kind: 'empty' });
  });

  it('keeps a text that itself begins with a slash when the slash is doubled, and asks about a single one', () => {
    expect(readLine('//var is full')).toEqual({ kind: 'log', as: 'note', text: '/var is full' });
    expect(readLine('/var is full')).toEqual({ kind: 'unknown', word: '/var' });
    expect(readLine('/etc/hosts changed')).toEqual({ kind: 'unknown', word: '/etc/hosts' });
  });

  it('reads decisions, questions and facts with their state', () => {
    expect(readLine('/decision Hold wave 2.\nNo override.')).toEqual({
      kind: 'log',
      as: 'decision',
      text: 'Hold wave 2.\nNo override.',
    });
    expect(readLine('/question who runs the probe')).toMatchObject({ as: 'question' });
    expect(readLine('/fact r418 pins sessions')).toMatchObject({ as: 'fact', factState: 'suspected' });
    expect(readLine('/fact confirmed: r418 pins sessions')).toEqual({
      kind: 'log',
      as: 'fact',
      factState: 'confirmed',
      text: 'r418 pins sessions',
    });
    expect(readLine('/fact ruled out our 07:30Z release')).toMatchObject({ factState: 'ruled-out' });
    expect(readLine('/fact confirmedly odd')).toMatchObject({
      factState: 'suspected',
      text: 'confirmedly odd',
    });
  });

  it('finds the owner and the due time of an action', () => {
    expect(readLine('/action @"Priya Raman" cap webhook retries due 09:20Z')).toEqual({
      kind: 'log',
      as: 'action',
      text: 'cap webhook retries',
      owner: 'Priya Raman',
      due: '09:20Z',
    });
    expect(readLine('/action ask AWS for scope @Marta')).toEqual({
      kind: 'log',
      as: 'action',
      text: 'ask AWS for scope',
      owner: 'Marta',
    });
    expect(readLine('/action due diligence on r418')).toMatchObject({ text: 'due diligence on r418' });
    expect(readLine('/action mail ops@example.org')).toMatchObject({ text: 'mail ops@example.org' });
  });

  it('opens questions for phase and severity, and takes the impact as a time or as words', () => {
    expect(readLine('/phase rolling back')).toEqual({ kind: 'phase', to: 'rolling-back' });
    expect(readLine('/phase mon')).toEqual({ kind: 'phase', to: 'monitoring' });
    expect(readLine('/phase')).toEqual({ kind: 'phase', to: null });
    expect(readLine('/severity 2')).toEqual({ kind: 'severity', to: 'SEV2' });
    expect(readLine('/impact 07:48:20')).toEqual({ kind: 'impact', time: '07:48:20' });
    expect(readLine('/impact Sign-in fails for 61 %')).toEqual({
      kind: 'describe-impact',
      text: 'Sign-in fails for 61 %',
    });
    expect(readLine('/decision ')).toEqual({ kind: 'unfinished', command: 'decision' });
  });

  it('never loses a letter of a note', () => {
    fc.assert(
      fc.property(fc.string(), (typed) => {
        const line = readLine(typed);
        if (line.kind === 'log' && line.as === 'note' && !/^\s*\//.test(typed)) {
          expect(line.text).toBe(typed.trim());
        }
      }),
    );
  });
});

describe('suggestions', () => {
  it('begin at @, # and a leading slash', () => {
    expect(wordAt('ask @Pri', 8)).toEqual({ sign: '@', typed: 'Pri', from: 4 });
    expect(wordAt('mail a@b', 8)).toBeNull();
    expect(wordAt('/de', 3)).toEqual({ sign: '/', typed: 'de', from: 0 });
    expect(wordAt('on #us-ea', 9)).toEqual({ sign: '#', typed: 'us-ea', from: 3 });
  });

  it('are put in place of the word', () => {
    expect(putIn('ask @Pri about it', 8, 4, '@Priya Raman')).toEqual({
      text: 'ask @"Priya Raman" about it',
      caret: 19,
    });
    expect(putIn('/de', 3, 0, '/decision')).toEqual({ text: '/decision ', caret: 10 });
  });
});
