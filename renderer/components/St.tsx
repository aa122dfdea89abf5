// Status glyphs: one shape per state, never colour alone. A glyph has a visible word beside it (S) or an accessible name.
import type { ReactNode } from 'react';
import type { State } from '../../shared/health/types.ts';
import { stateWord } from '../../shared/text/ui.ts';

const GLYPHS = [
  'ok',
  'nr',
  'maint',
  'degraded',
  'partial',
  'outage',
  'unknown',
  'stale',
  'late',
  'unreachable',
  'unparseable',
  'offline',
  'paused',
  'info',
  'todo',
  'doing',
  'done',
  'failed',
  'skipped',
  'reverting',
  'reverted',
  'held',
  'locked',
  'gate-shut',
  'gate-wait',
  'gate-open',
  'brk-closed',
  'brk-open',
  'brk-half',
] as const;
export type Glyph = (typeof GLYPHS)[number];

/** The shape of a health state; operational that rests on nothing reported is a dash, never a dot. */
export const stateGlyph = (state: State, basis: 'stated' | 'nothing-reported' = 'stated'): Glyph => {
  switch (state) {
    case 'major-outage':
      return 'outage';
    case 'partial-outage':
      return 'partial';
    case 'degraded':
      return 'degraded';
    case 'maintenance':
      return 'maint';
    case 'unknown':
      return 'unknown';
    case 'operational':
      return basis === 'nothing-reported' ? 'nr' : 'ok';
  }
};

/** The glyph alone. Without `label` it is decoration beside a word. */
export function St({ kind, label, className }: { kind: Glyph; label?: string; className?: string }) {
  const box = kind.startsWith('brk-') ? '0 0 24 16' : '0 0 16 16';
  const cls = `st st-${kind}${className ? ` ${className}` : ''}`;
  return label ? (
    <svg className={cls} viewBox={box} role="img" aria-label={label}>
      <use href={`#g-${kind}`} />
    </svg>
  ) : (
    <svg className={cls} viewBox={box} aria-hidden="true">
      <use href={`#g-${kind}`} />
    </svg>
  );
}

/** Glyph and word: the only way a status is written. */
export function S({ kind, children }: { kind: Glyph; children: ReactNode }) {
  return (
    <span className={`s s-${kind}`}>
      <St kind={kind} />
      <span>{children}</span>
    </span>
  );
}

/** A health state as glyph and word. */
export function StateWord({ state, basis }: { state: State; basis?: 'stated' | 'nothing-reported' }) {
  return <S kind={stateGlyph(state, basis)}>{stateWord(state, basis)}</S>;
}

export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 24 24" aria-hidden="true">
      <use href="#g-mark" />
    </svg>
  );
}
