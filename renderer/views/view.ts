// What every page is handed.

export interface ViewProps {
  /** From the address: the room takes `incident`. Change them with `useNav().set` or `.go`. */
  readonly params: Readonly<Record<string, string>>;
}
