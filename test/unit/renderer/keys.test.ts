import { describe, expect, it } from 'vitest';
import { actsInFields, type KeyPress, matches } from '../../../renderer/app/keys.ts';

const press = (key: string, change: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...change,
});

describe('keys as engraved', () => {
  it('tells a letter from the letter with Shift and from the letter with Ctrl', () => {
    expect(matches('D', press('d'))).toBe(true);
    expect(matches('D', press('D', { shiftKey: true }))).toBe(false);
    expect(matches('Shift K', press('K', { shiftKey: true }))).toBe(true);
    expect(matches('Shift K', press('k'))).toBe(false);
    expect(matches('D', press('d', { ctrlKey: true }))).toBe(false);
    expect(matches('Ctrl K', press('k', { ctrlKey: true }))).toBe(true);
    expect(matches('Ctrl K', press('k', { metaKey: true }))).toBe(true);
    expect(matches('Ctrl K', press('k', { ctrlKey: true, altKey: true }))).toBe(false);
  });
  it('takes caps lock as the letter it is', () => {
    expect(matches('D', press('D'))).toBe(true);
  });
  it('knows letters by their place on other layouts', () => {
    expect(matches('K', press('л', { code: 'KeyK' }))).toBe(true);
    expect(matches('Ctrl 1', press('&', { code: 'Digit1', ctrlKey: true }))).toBe(true);
  });
  it('takes punctuation as it is typed, wherever Shift is needed for it', () => {
    expect(matches('?', press('?', { shiftKey: true }))).toBe(true);
    expect(matches('?', press('?'))).toBe(true);
    expect(matches('/', press('/'))).toBe(true);
    expect(matches('Ctrl ;', press(';', { ctrlKey: true }))).toBe(true);
  });
  it('knows keys by name', () => {
    expect(matches('Alt Up', press('ArrowUp', { altKey: true }))).toBe(true);
    expect(matches('F6', press('F6'))).toBe(true);
    expect(matches('F6', press('F6', { shiftKey: true }))).toBe(false);
    expect(matches('Ctrl Shift L', press('L', { ctrlKey: true, shiftKey: true }))).toBe(true);
    expect(matches('Space', press(' '))).toBe(true);
  });
  it('keeps letters out of text fields and lets chords and the F row through', () => {
    expect(['D', 'Shift K', '?', 'Enter', '/'].map(actsInFields)).toEqual(Array(5).fill(false));
    expect(['Ctrl K', 'Alt Up', 'F6', 'Shift F6', 'Ctrl Enter'].map(actsInFields)).toEqual(
      Array(5).fill(true),
    );
  });
});
