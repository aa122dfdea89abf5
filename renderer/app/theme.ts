// The three themes and the two type sizes: attributes of the root element, read by the tokens.
import type { Settings } from '../../shared/contract/app.ts';

export const THEMES = ['night', 'red', 'day'] as const;

export function applyLook(root: HTMLElement, settings: Pick<Settings, 'theme' | 'type'>): void {
  root.dataset.theme = settings.theme;
  root.dataset.type = settings.type;
}

export const nextTheme = (theme: Settings['theme']): Settings['theme'] =>
  THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'night';
