// What people write down: notes, decisions, facts, questions and their answers, actions.
import { factState } from '../../contract/room.ts';
import { entryText, retractText } from '../../text/entries.ts';
import { utc } from '../../time/format.ts';
import { CAPS, type Incident, keep } from '../fold-state.ts';
import { body, by, type Family, instant, kind, noop, text, when } from './kind.ts';

const long = text(20_000);

const note = kind({
  v: 1,
  schema: body({ text: long, by, when }),
  upcasters: {},
  row: 'note',
  automatic: false,
  notRetractable: null,
  apply: noop,
  words: (e) => ({ lead: entryText.note, text: e.body.text }),
});

const decision = kind({
  v: 1,
  schema: body({ text: long, by, when }),
  upcasters: {},
  row: 'decision',
  automatic: false,
  notRetractable: null,
  apply(incident, e) {
    keep(
      incident.decisions,
      { entry: e.id, text: e.body.text, at: e.occurredAt, by: e.body.by },
      CAPS.decisions,
    );
  },
  words: (e) => ({ lead: entryText.decision, text: e.body.text }),
});

const fact = kind({
  v: 1,
  schema: body({ text: long, state: factState.default('suspected'), by, when }),
  upcasters: {},
  row: 'fact',
  automatic: false,
  notRetractable: null,
  apply(incident, e) {
    const { text, state, by } = e.body;
    keep(incident.facts, { entry: e.id, text, state, at: e.occurredAt, by }, CAPS.facts);
  },
  words: (e) => ({ lead: entryText.fact(e.body.state), text: e.body.text }),
});

const question = kind({
  v: 1,
  schema: body({ text: long, by, when }),
  upcasters: {},
  row: 'question',
  automatic: false,
  notRetractable: null,
  apply(incident, e) {
    const list = incident.questions;
    list.push({ entry: e.id, text: e.body.text, at: e.occurredAt, by: e.body.by, answered: null });
    if (list.length <= CAPS.questions) return;
    // Answered ones go first; an open question leaves only when nothing else is left.
    const answered = list.findIndex((q) => q.answered !== null);
    list.splice(answered < 0 ? 0 : answered, 1);
  },
  words: (e) => ({ lead: entryText.question, text: e.body.text }),
});

const answer = kind({
  v: 1,
  schema: body({ question: text(200), asked: text(20_000).default(''), text: long, by, when }),
  upcasters: {},
  row: 'answer',
  automatic: false,
  notRetractable: null,
  apply(incident, e) {
    const found = incident.questions.find((q) => q.entry === e.body.question);
    if (found) found.answered = e.id;
  },
  words: (e) => {
    const { lead, to } = entryText.answer(e.body.asked.slice(0, 200));
    return { lead, text: `${to}${e.body.text}` };
  },
});

const actionOpened = kind({
  v: 1,
  schema: body({
    text: long,
    owner: text(120).nullable().default(null),
    due: instant.nullable().default(null),
    by,
    when,
  }),
  upcasters: {},
  row: 'action',
  automatic: false,
  notRetractable: null,
  apply(incident, e) {
    const { text, owner, due, by } = e.body;
    const list = incident.actions;
    list.push({ entry: e.id, text, owner, due, at: e.occurredAt, by, state: 'open' });
    incident.openActions += 1;
    incident.totalActions += 1;
    if (list.length <= CAPS.actions) return;
    const done = list.findIndex((a) => a.state === 'done');
    list.splice(done < 0 ? 0 : done, 1);
  },
  words: (e) =>
    entryText.actionOpened(
      e.body.text,
      e.body.owner ?? '',
      e.body.due === null ? '' : utc(e.body.due, 'minute'),
    ),
});

const setAction = (incident: Incident, action: string, state: 'open' | 'done'): void => {
  const found = incident.actions.find((a) => a.entry === action);
  if (!found || found.state === state) return;
  found.state = state;
  incident.openActions += state === 'open' ? 1 : -1;
};

const actionBody = body({ action: text(200), text: text(20_000).default(''), by });

const actionDone = kind({
  v: 1,
  schema: actionBody,
  upcasters: {},
  row: 'action',
  automatic: false,
  notRetractable: retractText.actionState,
  apply(incident, e) {
    setAction(incident, e.body.action, 'done');
  },
  words: (e) => ({ lead: entryText.actionDone, text: e.body.text }),
});

const actionReopened = kind({
  v: 1,
  schema: actionBody,
  upcasters: {},
  row: 'action',
  automatic: false,
  notRetractable: retractText.actionState,
  apply(incident, e) {
    setAction(incident, e.body.action, 'open');
  },
  words: (e) => ({ lead: entryText.actionReopened, text: e.body.text }),
});

export type NoteKind =
  | 'note'
  | 'decision'
  | 'fact'
  | 'question'
  | 'answer'
  | 'action-opened'
  | 'action-done'
  | 'action-reopened';

export const noteKinds: Family<NoteKind> = {
  note,
  decision,
  fact,
  question,
  answer,
  'action-opened': actionOpened,
  'action-done': actionDone,
  'action-reopened': actionReopened,
};
