// What a runbook says that it is: the `kind` of its front matter.
type WithMeta = { readonly meta: readonly { readonly name: string; readonly value: string }[] };

const PLAN_KINDS: ReadonlySet<string> = new Set(['rollback', 'roll-forward', 'phased-deployment']);

/** In small letters; empty when it says nothing. */
export const kindOf = (book: WithMeta): string =>
  book.meta
    .find((one) => one.name.toLowerCase() === 'kind')
    ?.value.trim()
    .toLowerCase() ?? '';
export const isPlanKind = (kind: string): boolean => PLAN_KINDS.has(kind);
