// Errors are values: whatever crosses the bridge, a service or a parser is a Result, and people read `message`.

/** `code` is for programs (kebab-case, stable), `message` for people: what happened, to which thing, what to do. `detail` is plain JSON. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly detail?: unknown;
}

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: Failure };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });

export const fail = (code: string, message: string, detail?: unknown): Result<never> => ({
  ok: false,
  error: detail === undefined ? { code, message } : { code, message, detail },
});

/** Thrown only where a Result cannot be returned (inside a fold or a transaction); services turn it back into a Failure. */
export class BulkheadError extends Error {
  readonly code: string;
  readonly detail: unknown;
  constructor(code: string, message: string, detail?: unknown) {
    super(message);
    this.name = 'BulkheadError';
    this.code = code;
    this.detail = detail;
  }
}
