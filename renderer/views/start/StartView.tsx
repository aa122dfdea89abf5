import type { ViewProps } from '../registry.ts';

export function StartView(_props: ViewProps) {
  return <main id="main" tabIndex={-1} />;
}
