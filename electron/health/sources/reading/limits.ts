// How much of a payload is read at most (robustness.md, E49 to E53). What exceeds a limit is refused with the limit in the message.

/** Bytes of a payload after decompression. */
export const MAX_BYTES = 32 * 1024 * 1024;
/** Levels of nesting in JSON and XML. The deepest recorded feed has 9. */
export const MAX_DEPTH = 64;
/** Attributes of one XML element. */
export const MAX_ATTRIBUTES = 256;
/** XML elements of a payload. */
export const MAX_ELEMENTS = 1_000_000;
/** Numeric character references in an XML payload: each costs far more than a plain character. */
export const MAX_REFERENCES = 200_000;
/** UTF-16 units of text in one XML element. */
export const MAX_TEXT = 8 * 1024 * 1024;

/** A payload passed a limit, or is not of its format: `code` and the sentence for people. Caught where the payload is read. */
export class Refused extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'Refused';
    this.code = code;
  }
}
