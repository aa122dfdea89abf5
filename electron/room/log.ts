// What people write into a room: notes and their kind, answers, actions; and what they say about lines that are there already.
import type { Handlers } from '../../shared/contract/index.ts';
import { kindOf } from '../../shared/journal/kinds/index.ts';
import type { NewEntry } from '../../shared/journal/types.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { retractText } from '../../shared/text/entries.ts';
import { roomText } from '../../shared/text/room.ts';
import type { StoredEntry } from '../journal/journal.ts';
import { happened, type Writer } from './write.ts';

type Calls = Pick<
  Handlers<'room'>,
  'room.log' | 'room.answer' | 'room.finishAction' | 'room.amend' | 'room.retract' | 'room.pin' | 'room.erase'
>;

/** Kinds of a rollback plan, of which this Bulkhead may not even know every one. */
const PLAN = /^(?:plan|preflight|wave|target|bake|gate|breaker|trip|hold|finding|late|reading)-/;
/** Amended in words only: the plan and the checklist count by when it was recorded. */
const WORDS_ONLY = /^(?:step|checklist)-/;

/** Their text is a title, and what they belong to would be nothing without them. */
const TITLED: ReadonlySet<string> = new Set(['declared', 'release-opened']);

/** A line that a person may say something about, or why not. */
function line(writer: Writer, incident: string, id: string): Result<StoredEntry> {
  const found = writer.target(incident, id);
  if (!found.ok) return found;
  const kind = kindOf(found.value.kind);
  if (kind !== null && kind.row === null) return fail('no-entry', roomText.noRow(found.value.kind));
  return found;
}

const textOf = (stored: StoredEntry): string => {
  const body: unknown = stored.erased || stored.body === '' ? null : JSON.parse(stored.body);
  const text = (body as { text?: unknown } | null)?.text;
  return typeof text === 'string' ? text : '';
};

export function logHandlers(writer: Writer): Calls {
  const { deps } = writer;

  const retractable = (stored: StoredEntry): Result<null> => {
    if (PLAN.test(stored.kind)) return fail('not-retractable', roomText.planEntry);
    const kind = kindOf(stored.kind);
    if (kind === null) return fail('not-retractable', roomText.notReadable);
    if (kind.notRetractable === null) return ok(null);
    const plan = kind.notRetractable === retractText.step && /"plan":/.test(stored.body);
    return fail('not-retractable', plan ? roomText.planEntry : kind.notRetractable);
  };

  return {
    'room.log': async (input) => {
      const { incident, kind } = input;
      const text = input.text.trim();
      if (text === '') return fail('empty-text', roomText.emptyText);
      const room = await writer.room(incident);
      if (!room.ok) return room;
      const when = happened(input.occurred, deps.clock.now());
      if (!when.ok) return when;
      const { occurredAt } = when.value;
      const more: Partial<NewEntry> = occurredAt === undefined ? {} : { occurredAt };
      const body: Record<string, unknown> = { text, when: when.value.when };
      if (kind === 'fact') body['state'] = input.factState ?? 'suspected';
      if (kind === 'action') Object.assign(body, { owner: input.owner ?? null, due: input.due ?? null });
      const name = kind === 'action' ? 'action-opened' : kind;
      return writer.write(incident, [writer.entry(incident, name, body, more)]);
    },

    'room.answer': async (input) => {
      const { incident, question } = input;
      const text = input.text.trim();
      if (text === '') return fail('empty-text', roomText.emptyText);
      const room = await writer.room(incident);
      if (!room.ok) return room;
      const asked = room.value.incident.questions.find((q) => q.entry === question);
      if (!asked) return fail('no-question', roomText.noQuestion);
      const when = happened(input.occurred, deps.clock.now());
      if (!when.ok) return when;
      const { occurredAt } = when.value;
      const body = { question, asked: asked.text, text, when: when.value.when };
      return writer.write(incident, [
        writer.entry(incident, 'answer', body, occurredAt === undefined ? {} : { occurredAt }),
      ]);
    },

    'room.finishAction': async ({ incident, action, done }) => {
      const room = await writer.room(incident);
      if (!room.ok) return room;
      const known = room.value.incident.actions.find((a) => a.entry === action);
      const stored = deps.journal.entry(action);
      const text =
        known?.text ??
        (stored?.kind === 'action-opened' && stored.incident === incident ? textOf(stored) : null);
      if (text === null) return fail('no-action', roomText.noAction);
      const kind = done ? 'action-done' : 'action-reopened';
      return writer.write(incident, [writer.entry(incident, kind, { action, text })]);
    },

    'room.amend': async ({ incident, entry, text, reason, occurred }) => {
      const room = await writer.room(incident);
      if (!room.ok) return room;
      const found = line(writer, incident, entry);
      if (!found.ok) return found;
      const words = text.trim();
      if (words === '') return fail('empty-text', roomText.emptyText);
      const row = writer.store.reads().row(room.value.index.n, entry);
      if (row === null || row.kind === 'unknown') return fail('not-amendable', roomText.notReadable);
      if (row.erased) return fail('already-erased', roomText.alreadyErased);
      if (row.automatic) return fail('not-amendable', roomText.notAmendable(row.lead));
      if (TITLED.has(found.value.kind) && (words.length > 300 || words.includes('\n'))) {
        return fail('title-too-long', roomText.titleAmendOnly);
      }
      const when = happened(occurred ?? null, deps.clock.now());
      if (!when.ok) return when;
      const { occurredAt } = when.value;
      if (occurredAt !== undefined && (WORDS_ONLY.test(found.value.kind) || PLAN.test(found.value.kind))) {
        return fail('words-only', roomText.wordsOnly);
      }
      const precision = when.value.when?.precision;
      return writer.write(incident, [
        writer.entry(incident, 'entry-amended', {
          entry,
          text: words,
          reason: reason.trim(),
          occurredAt,
          precision,
        }),
      ]);
    },

    'room.retract': async ({ incident, entry, reason }) => {
      const room = await writer.room(incident);
      if (!room.ok) return room;
      const found = line(writer, incident, entry);
      if (!found.ok) return found;
      if (reason.trim() === '') return fail('reason-needed', roomText.reasonNeeded(roomText.retract));
      const may = retractable(found.value);
      if (!may.ok) return may;
      if (writer.store.reads().row(room.value.index.n, entry)?.retracted) {
        return fail('already-retracted', roomText.alreadyRetracted);
      }
      return writer.write(incident, [
        writer.entry(incident, 'entry-retracted', { entry, reason: reason.trim() }),
      ]);
    },

    'room.pin': async ({ incident, entry, pinned }) => {
      const room = await writer.room(incident);
      if (!room.ok) return room;
      const found = line(writer, incident, entry);
      if (!found.ok) return found;
      return writer.write(incident, [
        writer.entry(incident, pinned ? 'entry-pinned' : 'entry-unpinned', { entry }),
      ]);
    },

    'room.erase': async ({ incident, entry, reason }) => {
      const room = await writer.room(incident);
      if (!room.ok) return room;
      const found = line(writer, incident, entry);
      if (!found.ok) return found;
      if (reason.trim() === '') return fail('reason-needed', roomText.reasonNeeded(roomText.erase));
      if (TITLED.has(found.value.kind)) return fail('cannot-erase', roomText.cannotEraseDeclared);
      const { id, name } = writer.person();
      // A secret may stand in the amendments as well as in what they amend: all versions of the line go.
      const amendments = writer.store
        .indexer()
        .marksOf(room.value.index.n, entry)
        .filter((mark) => mark.op === 'amend' || mark.op === 'retract')
        .map((mark) => mark.id);
      const targets = [...amendments, entry].filter((target) => deps.journal.entry(target)?.erased === false);
      if (targets.length === 0) return fail('already-erased', roomText.alreadyErased);
      let last: string | null = null;
      for (const target of targets) {
        const erased = deps.journal.erase(target, reason.trim(), id, name);
        if (!erased.ok) return erased;
        last = erased.value.id;
      }
      const settled = await writer.room(incident);
      if (!settled.ok) return settled;
      writer.store.scrub();
      return ok({ entry: last!, rev: settled.value.rev });
    },
  };
}
