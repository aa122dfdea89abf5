// Checklists and the steps of checklists. Steps of rollback plans use the same kinds with `plan` in their body: the Incident
// leaves those to the plan's own fold, and only their words are ours.
import { z } from 'zod';
import type { stepState } from '../../contract/room.ts';
import { entryText, retractText } from '../../text/entries.ts';
import { stepPlace } from '../../text/plan-entries.ts';
import { CAPS, type Incident } from '../fold-state.ts';
import { body, by, type Family, type KnownEntry, kind, reason, text } from './kind.ts';

type StepState = z.infer<typeof stepState>;

const startedStep = z.looseObject({
  index: z.number().int().nonnegative(),
  title: text(2000),
  section: text(400).default(''),
  command: text(20_000).nullable().default(null),
  expect: text(2000).nullable().default(null),
  danger: z.boolean().default(false),
  confirm: text(200).nullable().default(null),
  twoPerson: z.boolean().default(false),
});

const checklistStarted = kind({
  v: 1,
  schema: body({
    checklist: text(200).min(1),
    title: text(400),
    path: text(4096),
    folder: text(200).default(''),
    /** SHA-256 of the runbook's exact text, which lies in `blobs/`. */
    revision: text(80),
    steps: z.array(startedStep).max(1000),
    values: z.record(z.string(), text(2000)).default({}),
    by,
  }),
  upcasters: {},
  row: 'checklist',
  automatic: false,
  notRetractable: retractText.checklist,
  apply(incident, e) {
    const { checklist: id, title, path, revision, by } = e.body;
    const list = incident.checklists;
    if (list.some((c) => c.id === id)) return;
    list.push({
      id,
      title,
      path,
      revision,
      startedAt: e.occurredAt,
      startedBy: by,
      values: Object.entries(e.body.values),
      steps: e.body.steps.map((s, index) => ({
        index,
        title: s.title,
        section: s.section,
        command: s.command,
        expect: s.expect,
        danger: s.danger,
        confirm: s.confirm,
        twoPerson: s.twoPerson,
        state: 'todo',
        by: null,
        second: null,
        at: null,
        note: null,
        entry: null,
      })),
    });
    if (list.length <= CAPS.checklists) return;
    const settled = list.findIndex((c) => c.steps.every((s) => s.state === 'done' || s.state === 'skipped'));
    list.splice(settled < 0 ? 0 : settled, 1);
  },
  words: (e) => entryText.checklistStarted(e.body.title, e.body.path, e.body.steps.length),
});

const valueSet = kind({
  v: 1,
  schema: body({
    checklist: text(200),
    name: text(120).min(1),
    value: text(2000),
    was: text(2000).nullable().default(null),
    by,
  }),
  upcasters: {},
  row: 'checklist',
  automatic: false,
  notRetractable: retractText.value,
  apply(incident, e) {
    const values = incident.checklists.find((c) => c.id === e.body.checklist)?.values;
    if (!values) return;
    const found = values.find(([name]) => name === e.body.name);
    if (found) found[1] = e.body.value;
    else if (values.length < 200) values.push([e.body.name, e.body.value]);
  },
  words: (e) => entryText.valueSet(e.body.name, e.body.value, e.body.was),
});

const stepBody = body({
  checklist: text(200).optional(),
  plan: text(200).optional(),
  step: z.union([z.number(), z.string()]).optional(),
  title: text(2000).default(''),
  target: text(200).default(''),
  /** Of a plan's own steps: which section, and after which wave. */
  section: z.string().catch(''),
  wave: z.string().catch(''),
  reason,
  second: text(120).default(''),
  by,
});
type StepBody = z.output<typeof stepBody>;

function applyStep(incident: Incident, e: KnownEntry<StepBody>, to: StepState): void {
  const { checklist, step: index, by, second, reason } = e.body;
  if (checklist === undefined || typeof index !== 'number') return;
  const step = incident.checklists.find((c) => c.id === checklist)?.steps[index];
  if (!step) return;
  step.state = to;
  step.by = by;
  step.second = second === '' ? null : second;
  step.at = e.occurredAt;
  step.note = reason === '' ? null : reason;
  step.entry = e.id;
}

const step = (to: StepState, word: Parameters<typeof entryText.step>[0]) =>
  kind({
    v: 1,
    schema: stepBody,
    upcasters: {},
    row: 'step',
    automatic: false,
    notRetractable: retractText.step,
    apply(incident, e) {
      applyStep(incident, e, to);
    },
    words: ({ body: b }) => {
      const index = b.checklist !== undefined && typeof b.step === 'number' ? b.step : null;
      const title = b.title === '' ? String(b.step ?? '') : b.title;
      const where = b.target === '' && b.plan !== undefined ? stepPlace(b.section, b.wave) : b.target;
      return entryText.step(word, index, title, where, b.reason, b.second);
    },
  });

export type ChecklistKind =
  | 'checklist-started'
  | 'checklist-value-set'
  | 'step-started'
  | 'step-done'
  | 'step-failed'
  | 'step-skipped'
  | 'step-undone';

export const checklistKinds: Family<ChecklistKind> = {
  'checklist-started': checklistStarted,
  'checklist-value-set': valueSet,
  'step-started': step('doing', 'Step started'),
  'step-done': step('done', 'Step done'),
  'step-failed': step('failed', 'Step failed'),
  'step-skipped': step('skipped', 'Step skipped'),
  'step-undone': step('undone', 'Step undone'),
};
