// Checklists: a runbook's revision started in an incident, kept word for word, and its steps ticked one entry at a time.
import type { Handlers } from '../../shared/contract/index.ts';
import type { Checklist } from '../../shared/contract/room.ts';
import type { ChecklistState } from '../../shared/journal/fold-state.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { fill } from '../../shared/runbook/variables.ts';
import { roomText } from '../../shared/text/room.ts';
import { STEP_WORD, room as uiText } from '../../shared/text/room-ui.ts';
import type { Settled } from './store.ts';
import type { Writer } from './write.ts';

type Step = Checklist['steps'][number];
type Ask = Parameters<Handlers<'checklist'>['checklist.step']>[0];

const KIND = {
  doing: 'step-started',
  done: 'step-done',
  failed: 'step-failed',
  skipped: 'step-skipped',
  undone: 'step-undone',
} as const;

const MAX_VALUES = 200;

const listOf = (room: Settled, id: string): Result<ChecklistState> => {
  const found = room.incident.checklists.find((c) => c.id === id);
  return found ? ok(found) : fail('no-checklist', roomText.noChecklist(id));
};

/** What has to be typed for a dangerous step: its own word with the values filled in, else "done". */
function confirmWord(step: Step, values: readonly [string, string][]): string {
  const own = step.confirm?.trim() ?? '';
  if (own === '') return uiText.ask.confirmWord;
  return fill(own, Object.fromEntries(values), false).text;
}

/** Whether a step may go where it is asked to, and what has to be said for it. */
function allowed(step: Step, list: ChecklistState, ask: Ask, self: string): Result<null> {
  const { to } = ask;
  if (to === 'todo') return fail('bad-step', roomText.stepState.todo);
  if (to === step.state) return fail('no-change', roomText.stepState.same(STEP_WORD[to]));
  if (to === 'undone') {
    return step.state === 'todo' ? fail('bad-step', roomText.stepState.undone) : ok(null);
  }
  if ((to === 'skipped' || to === 'failed') && (ask.reason ?? '').trim() === '') {
    return fail('reason-needed', roomText.reasonNeeded(to === 'skipped' ? roomText.skip : roomText.fail));
  }
  if (to !== 'done') return ok(null);
  if (step.danger) {
    const word = confirmWord(step, list.values);
    if ((ask.confirm ?? '').trim() !== word.trim()) {
      return fail('confirm-needed', roomText.confirmNeeded(word, step.title), { word });
    }
  }
  if (step.twoPerson) {
    const second = (ask.second ?? '').trim();
    if (second === '') return fail('second-needed', roomText.secondNeeded(step.title));
    if (second.toLowerCase() === self.toLowerCase()) {
      return fail('second-needed', roomText.secondIsSelf(self));
    }
  }
  return ok(null);
}

export function checklistHandlers(writer: Writer): Handlers<'checklist'> {
  const { deps } = writer;
  return {
    'checklist.start': async ({ incident, folder, path, values }) => {
      const room = await writer.room(incident);
      if (!room.ok) return room;
      if (Object.keys(values).length > MAX_VALUES) return fail('too-many-values', roomText.tooManyValues);
      const read = await deps.library.read(folder, path);
      if (!read.ok) return read;
      const runbook = read.value;
      // The exact text first: a checklist never names a revision that nobody kept.
      const kept = deps.blobs.put(Buffer.from(runbook.text, 'utf8'));
      if (!kept.ok) return kept;
      const checklist = deps.ids.uuid();
      const steps = runbook.steps.map(
        ({ index, title, section, command, expect, danger, confirm, twoPerson, expectMs }) => ({
          index,
          title,
          section,
          command,
          expect,
          danger,
          confirm,
          twoPerson,
          expectMs,
        }),
      );
      const written = await writer.write(incident, [
        writer.entry(incident, 'checklist-started', {
          checklist,
          title: runbook.title,
          path: runbook.path,
          folder,
          revision: runbook.revision,
          text: kept.value,
          steps,
          values,
        }),
      ]);
      return written.ok ? ok({ checklist, ...written.value }) : written;
    },

    'checklist.step': async (ask) => {
      const room = await writer.room(ask.incident);
      if (!room.ok) return room;
      const list = listOf(room.value, ask.checklist);
      if (!list.ok) return list;
      const step = list.value.steps[ask.step];
      if (!step) return fail('no-step', roomText.noStep(ask.step, list.value.steps.length));
      const self = writer.person().name;
      const may = allowed(step, list.value, ask, self);
      if (!may.ok) return may;
      const confirmed = ask.to === 'done' && step.danger ? ask.confirm?.trim() : undefined;
      const second = ask.second?.trim();
      return writer.write(ask.incident, [
        writer.entry(ask.incident, KIND[ask.to as keyof typeof KIND], {
          checklist: ask.checklist,
          step: ask.step,
          title: step.title,
          from: step.state,
          reason: ask.reason?.trim() ?? '',
          confirm: confirmed,
          second: second === '' ? undefined : second,
        }),
      ]);
    },

    'checklist.setValue': async ({ incident, checklist, name, value }) => {
      const room = await writer.room(incident);
      if (!room.ok) return room;
      const list = listOf(room.value, checklist);
      if (!list.ok) return list;
      const wanted = name.trim();
      if (wanted === '' || wanted === '__proto__') return fail('bad-name', roomText.badName(name));
      const was = list.value.values.find(([known]) => known === wanted)?.[1] ?? null;
      if (was === null && list.value.values.length >= MAX_VALUES) {
        return fail('too-many-values', roomText.tooManyValues);
      }
      return writer.write(incident, [
        writer.entry(incident, 'checklist-value-set', { checklist, name: wanted, value, was }),
      ]);
    },
  };
}
