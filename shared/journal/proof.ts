// What a verification answers: chains that are whole, and where one breaks.

/**
 * malformed  a field is missing or of the wrong type
 * altered    the envelope does not give its hash
 * body       the body does not give its bodyHash
 * link       `prev` is not the hash of the entry before
 * missing    sequence numbers are absent (`seq` is the first, `to` the last)
 * repeated   a sequence number comes twice
 * order      the hybrid clock goes back along the chain
 */
export type BreakCode = 'malformed' | 'altered' | 'body' | 'link' | 'missing' | 'repeated' | 'order';

export interface Break {
  readonly incident: string;
  readonly device: string;
  readonly seq: number;
  /** Last sequence number of a missing range; else equal to `seq`. */
  readonly to: number;
  readonly code: BreakCode;
  /** In plain words, for people. */
  readonly text: string;
}

/** One chain: what one device wrote in one incident. */
export interface ChainProof {
  readonly incident: string;
  readonly device: string;
  readonly entries: number;
  readonly first: number;
  readonly last: number;
  readonly lastHash: string;
}

export interface Verification {
  readonly entries: number;
  readonly incidents: number;
  /** Distinct devices. */
  readonly devices: number;
  readonly chains: readonly ChainProof[];
  /** Bodies that are not here, though their hashes are, and nothing says they were erased. */
  readonly withheld: number;
  /** Bodies emptied by an `erased` entry that is here. */
  readonly erased: number;
  readonly breaks: readonly Break[];
  /** Breaks beyond MAX_BREAKS are counted, not listed. */
  readonly unlisted: number;
  readonly ok: boolean;
  /** What is proven, sentence by sentence, for people. */
  readonly text: readonly string[];
}
