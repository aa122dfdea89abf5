import type { ViewProps } from '../registry.ts';

export function RoomView(_props: ViewProps) {
  return <main id="main" />;
}
