// Documents of an incident: made from the journal, previewed as they are, written atomically.
import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { Handlers } from '../../shared/contract/index.ts';
import type { PlanView } from '../../shared/contract/plan.ts';
import type { ExportOptions } from '../../shared/contract/report.ts';
import type { IncidentView, TimelineRow } from '../../shared/contract/room.ts';
import { type ExportHead, jsonPieces } from '../../shared/report/export-json.ts';
import { exportName } from '../../shared/report/file-name.ts';
import { timelineMarkdown } from '../../shared/report/timeline-md.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { reportText } from '../../shared/text/report.ts';
import { type Clock, toInstant } from '../../shared/time/clock.ts';
import { diskReason, writePiecesAtomic } from '../files/atomic.ts';
import type { Host } from '../host/host.ts';
import type { Journal } from '../journal/journal.ts';

/** What a report needs of the rooms: the folded incident and its rows in the order of screens. */
export interface ReportSource {
  incident(id: string): Promise<Result<IncidentView>>;
  /** All rows, oldest first, retracted ones too; read in pages. */
  rows(id: string): Promise<Result<Iterable<TimelineRow>>>;
  /** Its rollback plans, for the section of their own. */
  plans?(id: string): Promise<Result<readonly PlanView[]>>;
}

export interface ReportDeps {
  readonly source: ReportSource;
  readonly journal: Pick<Journal, 'iterate'>;
  readonly host: Pick<Host, 'chooseSaveFile' | 'capabilities'>;
  readonly clock: Clock;
  readonly version: string;
}

export interface Saved {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface Reports {
  readonly handlers: Handlers<'report'>;
  /** Writes a document; the older file of that name stays when it fails. A folder gets the suggested name. */
  save(incident: string, options: ExportOptions, path: string): Promise<Result<Saved>>;
}

const PREVIEW = 400_000;

export function createReports(deps: ReportDeps): Reports {
  async function pieces(
    id: string,
    options: ExportOptions,
  ): Promise<Result<{ view: IncidentView; pieces: Iterable<string> }>> {
    const found = await deps.source.incident(id);
    if (!found.ok) return found;
    const view = found.value;
    const madeAt = toInstant(deps.clock.now());
    if (options.format === 'json') {
      const head: ExportHead = {
        format: 'bulkhead-incident',
        version: 1,
        bulkhead: deps.version,
        exportedAt: madeAt,
        incident: {
          id: view.id,
          label: view.label,
          title: view.title,
          severity: view.mode === 'release' ? 'none' : view.severity,
          phase: view.mode === 'release' ? 'release' : view.phase,
          mode: view.mode,
          declaredAt: view.declaredAt,
          impactStartedAt: view.impactStartedAt,
          closedAt: view.closedAt,
          ...(view.release ? { release: view.release } : {}),
        },
      };
      return ok({ view, pieces: jsonPieces(head, deps.journal.iterate(id)) });
    }
    const rows = await deps.source.rows(id);
    if (!rows.ok) return rows;
    const plans = (await deps.source.plans?.(id)) ?? ok([]);
    if (!plans.ok) return plans;
    return ok({
      view,
      pieces: timelineMarkdown(view, rows.value, { ...options, version: deps.version, madeAt }, plans.value),
    });
  }

  async function save(id: string, options: ExportOptions, path: string): Promise<Result<Saved>> {
    if (!isAbsolute(path)) return fail('path-not-absolute', reportText.pathNotAbsolute(path));
    const made = await pieces(id, options);
    if (!made.ok) return made;
    const folder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
    const file = folder
      ? join(path, exportName(made.value.view.label, made.value.view.title, options.format))
      : path;
    const hash = createHash('sha256');
    function* hashed(source: Iterable<string>): Generator<Buffer> {
      for (const piece of inBlocks(source)) {
        hash.update(piece);
        yield piece;
      }
    }
    try {
      const bytes = writePiecesAtomic(file, hashed(made.value.pieces), 0o644);
      return ok({ path: file, bytes, sha256: hash.digest('hex') });
    } catch (error) {
      return fail('not-written', reportText.cannotWrite(file, diskReason(error)));
    }
  }

  return {
    save,
    handlers: {
      'report.preview': async ({ incident, options }) => {
        const made = await pieces(incident, options);
        if (!made.ok) return made;
        let text = '';
        let bytes = 0;
        for (const piece of made.value.pieces) {
          bytes += Buffer.byteLength(piece);
          if (text.length < PREVIEW) text += piece;
        }
        const { label, title, entries } = made.value.view;
        return ok({
          text: text.slice(0, PREVIEW),
          truncated: text.length > PREVIEW || Buffer.byteLength(text) < bytes,
          bytes,
          entries,
          suggestedName: exportName(label, title, options.format),
        });
      },
      'report.save': async ({ incident, options, path }) => {
        let chosen = path?.trim() ?? null;
        if (chosen === null) {
          if (!deps.host.capabilities.dialogs) return fail('no-dialog', reportText.noDialog);
          const found = await deps.source.incident(incident);
          if (!found.ok) return found;
          const name = exportName(found.value.label, found.value.title, options.format);
          const kind =
            options.format === 'md'
              ? { name: 'Markdown', extensions: ['md'] }
              : { name: 'JSON', extensions: ['json'] };
          const asked = await deps.host.chooseSaveFile(name, name, [kind]);
          if (!asked.ok) return asked;
          chosen = asked.value;
        }
        if (chosen === null) return ok({ path: null, bytes: 0, sha256: '' });
        return save(incident, options, chosen);
      },
    },
  };
}

/** Joins small pieces, so that a long export is some hundred writes and not one per entry. */
function* inBlocks(pieces: Iterable<string>, size = 256 * 1024): Generator<Buffer> {
  let block: string[] = [];
  let length = 0;
  for (const piece of pieces) {
    block.push(piece);
    length += piece.length;
    if (length >= size) {
      yield Buffer.from(block.join(''), 'utf8');
      block = [];
      length = 0;
    }
  }
  if (length > 0) yield Buffer.from(block.join(''), 'utf8');
}
