/** `1 target`, `3 targets`. */
export const many = (n: number, one: string, more: string): string => `${n} ${n === 1 ? one : more}`;
