/** `1 target`, `3 targets`; `more` where the plural is not `one` with an s. */
export const many = (n: number, one: string, more = `${one}s`): string => `${n} ${n === 1 ? one : more}`;
