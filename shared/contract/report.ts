// Documents made from a journal. The preview is the document.
import { z } from 'zod';
import { call, id, text } from './define.ts';

const exportOptions = z.object({
  format: z.enum(['md', 'json']),
  /** Automatic rows (signals, machine notes). */
  automatic: z.boolean(),
  retracted: z.boolean(),
  pinnedOnly: z.boolean(),
  /** IANA zone of a second time column; empty for none. */
  zone: text(80),
});
export type ExportOptions = z.infer<typeof exportOptions>;

export const reportCalls = {
  'report.preview': call(
    z.object({ incident: id, options: exportOptions }),
    /** The document's text, cut at 400 kB for the preview only; `bytes` is the whole. */
    z.object({
      text: text(400_000),
      truncated: z.boolean(),
      bytes: z.number().int(),
      entries: z.number().int(),
      suggestedName: text(300),
    }),
  ),
  /** Asks where through the host's dialog when `path` is null; answers null when the person left it. Written atomically. */
  'report.save': call(
    z.object({ incident: id, options: exportOptions, path: text(4096).nullable() }),
    z.object({ path: text(4096).nullable(), bytes: z.number().int(), sha256: text(64) }),
  ),
};
export const reportEvents = {};
