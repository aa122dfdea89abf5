// Verification: what a set of entries proves, and where it breaks. The same for a database, an exported file and a peer's entries.
// Entry by entry, so that neither a database of 100,000 entries nor a file need be held twice.
import { BulkheadError } from '../result.ts';
import { breakText, provenText } from '../text/journal.ts';
import { bodyHashOf, envelopeHash, type Sha256, sha256Text } from './chain.ts';
import { HLC_ZERO, isHlc } from './hlc.ts';
import type { Break, BreakCode, ChainProof, Verification } from './proof.ts';
import type { Entry } from './types.ts';

/** An entry as an export may carry it: body and salt absent (null, empty) when withheld or erased. */
export type VerifiableEntry = Omit<Entry, 'body' | 'salt' | 'key'> & {
  readonly key?: string | null;
  readonly body?: string | null;
  readonly salt?: string | null;
};

export const MAX_BREAKS = 1000;

export interface Verifier {
  /** Takes the next entry, in any order; the order of each chain is quickest. True when the entry itself is whole. */
  add(entry: VerifiableEntry): boolean;
  finish(): Verification;
}

interface Chain {
  readonly incident: string;
  readonly device: string;
  entries: number;
  first: number;
  /** Last sequence number linked. */
  last: number;
  hash: string;
  hlc: string;
  /** Whole entries that arrived before the one they follow. */
  readonly waiting: Map<number, { prev: string; hash: string; hlc: string }>;
}

/** Begins a verification. `sha` is SHA-256; main hands in the faster one of its run-time. */
export function createVerifier(sha: Sha256 = sha256Text): Verifier {
  const chains = new Map<string, Map<string, Chain>>();
  const breaks: Break[] = [];
  const erasedIds = new Set<string>();
  const emptyIds: string[] = [];
  let entries = 0;
  let unlisted = 0;

  const broken = (incident: string, device: string, seq: number, code: BreakCode, to = seq): void => {
    if (breaks.length >= MAX_BREAKS) unlisted++;
    else breaks.push({ incident, device, seq, to, code, text: breakText(code, incident, device, seq, to) });
  };

  const chainOf = (incident: string, device: string): Chain => {
    let devices = chains.get(incident);
    if (devices === undefined) {
      devices = new Map();
      chains.set(incident, devices);
    }
    let chain = devices.get(device);
    if (chain === undefined) {
      chain = {
        incident,
        device,
        entries: 0,
        first: 0,
        last: 0,
        hash: '',
        hlc: HLC_ZERO,
        waiting: new Map(),
      };
      devices.set(device, chain);
    }
    return chain;
  };

  const link = (chain: Chain, seq: number, prev: string, hash: string, hlc: string): void => {
    if (prev !== chain.hash) broken(chain.incident, chain.device, seq, 'link');
    if (hlc < chain.hlc) broken(chain.incident, chain.device, seq, 'order');
    advance(chain, seq, hash, hlc);
  };

  const drain = (chain: Chain): void => {
    while (chain.waiting.size > 0) {
      const next = chain.waiting.get(chain.last + 1);
      if (next === undefined) return;
      chain.waiting.delete(chain.last + 1);
      link(chain, chain.last + 1, next.prev, next.hash, next.hlc);
    }
  };

  return {
    add(entry) {
      entries++;
      const made = isWellMade(entry) ? hashOf(entry, sha) : null;
      if (made === null) {
        const { incident, device, seq } = (entry ?? {}) as Partial<Entry>;
        broken(text(incident), text(device), typeof seq === 'number' ? seq : 0, 'malformed');
        return false;
      }
      const { incident, device, seq, prev, hash, hlc } = entry;
      let whole = true;
      if (made !== hash) {
        broken(incident, device, seq, 'altered');
        whole = false;
      }
      if (!entry.body) {
        emptyIds.push(entry.id);
      } else if (
        !entry.body.isWellFormed() ||
        bodyHashOf(entry.salt ?? '', entry.body, sha) !== entry.bodyHash
      ) {
        broken(incident, device, seq, 'body');
        whole = false;
      } else if (entry.kind === 'erased') {
        const target = erasedTarget(entry.body);
        if (target !== null) erasedIds.add(target);
      }
      const chain = chainOf(incident, device);
      chain.entries++;
      if (seq === chain.last + 1) {
        link(chain, seq, prev, hash, hlc);
        if (chain.first === 0) chain.first = seq;
        drain(chain);
      } else if (seq <= chain.last || chain.waiting.has(seq)) {
        broken(incident, device, seq, 'repeated');
        whole = false;
      } else {
        chain.waiting.set(seq, { prev, hash, hlc });
      }
      return whole;
    },

    finish() {
      const proofs: ChainProof[] = [];
      const devices = new Set<string>();
      for (const byDevice of chains.values()) {
        for (const chain of byDevice.values()) {
          devices.add(chain.device);
          // What still waits stands behind a gap: say the gap, then follow the chain on its far side.
          for (const seq of [...chain.waiting.keys()].sort((a, b) => a - b)) {
            const { prev, hash, hlc } = chain.waiting.get(seq)!;
            if (seq > chain.last + 1) {
              broken(chain.incident, chain.device, chain.last + 1, 'missing', seq - 1);
              if (chain.first === 0) chain.first = seq;
              advance(chain, seq, hash, hlc);
            } else {
              link(chain, seq, prev, hash, hlc);
            }
          }
          chain.waiting.clear();
          proofs.push({
            incident: chain.incident,
            device: chain.device,
            entries: chain.entries,
            first: chain.first,
            last: chain.last,
            lastHash: chain.hash,
          });
        }
      }
      const erased = emptyIds.filter((id) => erasedIds.has(id)).length;
      const found = {
        entries,
        incidents: chains.size,
        devices: devices.size,
        chains: proofs,
        withheld: emptyIds.length - erased,
        erased,
        breaks,
        unlisted,
        ok: breaks.length === 0,
      };
      return { ...found, text: provenText(found) };
    },
  };
}

/** Verifies entries handed over at once, in any order: those of an exported file, or of a test. */
export function verifyEntries(entries: Iterable<VerifiableEntry>, sha: Sha256 = sha256Text): Verification {
  const verifier = createVerifier(sha);
  for (const entry of entries) verifier.add(entry);
  return verifier.finish();
}

/** The id of the entry that an `erased` entry's body names, or null. */
function erasedTarget(body: string): string | null {
  try {
    const { entry } = JSON.parse(body) as { entry?: unknown };
    return typeof entry === 'string' ? entry : null;
  } catch {
    return null; // A body that hashes right and yet is no JSON erases nothing.
  }
}

function advance(chain: Chain, seq: number, hash: string, hlc: string): void {
  chain.last = seq;
  chain.hash = hash;
  if (hlc > chain.hlc) chain.hlc = hlc;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '?');
const sound = (value: unknown): boolean => typeof value === 'string' && value !== '';
const absentOrText = (value: unknown): boolean =>
  value === undefined || value === null || typeof value === 'string';

/** The hash that the envelope gives; null when a text in it is none (half of a surrogate pair). */
function hashOf(entry: VerifiableEntry, sha: Sha256): string | null {
  try {
    return envelopeHash(entry.key === undefined ? { ...entry, key: null } : (entry as Entry), sha);
  } catch (error) {
    if (error instanceof BulkheadError) return null;
    throw error;
  }
}

/** The fields of an entry from anywhere: an export is somebody else's file until this said yes. */
function isWellMade(e: VerifiableEntry): boolean {
  return (
    typeof e === 'object' &&
    e !== null &&
    sound(e.id) &&
    sound(e.incident) &&
    sound(e.kind) &&
    sound(e.actor) &&
    sound(e.device) &&
    sound(e.occurredAt) &&
    sound(e.recordedAt) &&
    isHlc(e.hlc) &&
    Number.isSafeInteger(e.seq) &&
    e.seq >= 1 &&
    Number.isSafeInteger(e.v) &&
    e.v >= 1 &&
    typeof e.prev === 'string' &&
    typeof e.hash === 'string' &&
    typeof e.bodyHash === 'string' &&
    absentOrText(e.key) &&
    absentOrText(e.body) &&
    absentOrText(e.salt)
  );
}
