import type { ViewProps } from '../registry.ts';

export function RunbooksView(_props: ViewProps) {
  return <main id="main" />;
}
