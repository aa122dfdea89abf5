import type { ViewProps } from '../registry.ts';

export function BoardView(_props: ViewProps) {
  return <main id="main" tabIndex={-1} />;
}
