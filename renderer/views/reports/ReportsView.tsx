import type { ViewProps } from '../registry.ts';

export function ReportsView(_props: ViewProps) {
  return <main id="main" />;
}
