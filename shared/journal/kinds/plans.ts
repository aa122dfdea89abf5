// Kinds of rollback plans: schemas are those of the plan's own fold (shared/rollback); here are their words, and the one line
// that an Incident keeps of each plan. Steps, clock jumps and sleep are registered with their own families.
import { z } from 'zod';
import { STATES } from '../../health/types.ts';
import { type PlanBody, type PlanKind, planKinds } from '../../rollback/kinds.ts';
import { holdWord, planTitle, planEntryText as t } from '../../text/plan-entries.ts';
import { CAPS, type Incident, keep } from '../fold-state.ts';
import { noteBar } from '../plan-bars.ts';
import { body, type Family, type Kind, kind, noop, type RowKind, type Words } from './kind.ts';

type Own = Exclude<PlanKind, `step-${string}` | 'clock-jumped' | 'machine-slept'>;
export type RollbackKind = Own | 'reading-typed' | 'alarm-acknowledged';

interface Parts<K extends PlanKind> {
  readonly row: RowKind;
  readonly automatic?: boolean;
  readonly words: (body: PlanBody<K>) => Words;
  readonly apply?: (incident: Incident, body: PlanBody<K>) => void;
}

const make = <K extends Own>(name: K, { row, automatic, words, apply }: Parts<K>): Kind =>
  kind({
    v: 1,
    schema: planKinds[name] as unknown as z.ZodType<PlanBody<K>>,
    upcasters: {},
    row,
    automatic: automatic ?? false,
    notRetractable: t.notRetractable,
    apply(incident, entry) {
      const said = entry.body as PlanBody<K>;
      apply?.(incident, said);
      noteBar(incident, name, said, entry.occurredAt);
    },
    words: (entry) => words(entry.body as PlanBody<K>),
  });

type Loose = Readonly<Record<string, unknown>>;
const str = (value: unknown): string => (typeof value === 'string' ? value : '');
const num = (value: unknown): number | null => (typeof value === 'number' ? value : null);
const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
const some = (list: readonly string[], most = 6): string =>
  list.length <= most ? list.join(', ') : `${list.slice(0, most).join(', ')} and ${list.length - most} more`;

const setState =
  (state: string) =>
  (incident: Incident, { plan }: { plan: string }): void => {
    const found = incident.plans.find((one) => one.id === plan);
    if (found) found.state = state;
  };

/** "errors 9 %, limit 5 %, baseline 1 %, 240 tries. Also worse in 0 of 3 …" */
function evidence(value: Loose): string {
  const untouched = value['untouched'];
  const fare = untouched && typeof untouched === 'object' ? str((untouched as Loose)['text']) : '';
  return t.evidence(
    str(value['value']),
    str(value['limit']),
    str(value['baseline']),
    num(value['tries']),
    fare,
  );
}

const inner = (raw: Loose, key: string): Loose => {
  const found = raw[key];
  return found && typeof found === 'object' ? (found as Loose) : {};
};

/** A rule of the breaker with the margin that it names, if any. */
const ruleWords = (rule: Loose): string => {
  const margin = num(rule['margin']);
  return `${str(rule['text'])}${margin === null ? '' : `, margin ${margin}`}`;
};

function change(raw: Loose): string {
  const wave = str(raw['wave']);
  const target = str(raw['target']);
  const words = t.change;
  switch (raw['change']) {
    case 'set-bake':
      return words['set-bake'](wave, num(raw['seconds']) ?? 0, num(raw['before']));
    case 'set-gate':
      return words['set-gate'](wave, str(raw['gate']));
    case 'set-pace':
      return words['set-pace'](
        raw['atOnce'] === null ? null : (num(raw['atOnce']) ?? 1),
        num(raw['apart']) ?? 0,
      );
    case 'set-limit':
      return words['set-limit'](
        str(raw['rule']),
        ruleWords(inner(raw, 'definition')),
        ruleWords(inner(raw, 'before')),
      );
    case 'set-step':
      return words['set-step'](
        str(raw['section']),
        num(raw['step']) ?? 0,
        str(raw['title']),
        str(inner(raw, 'before')['title']),
      );
    case 'split-wave':
      return words['split-wave'](wave, some(texts(raw['targets'])));
    case 'pull-forward':
      return words['pull-forward'](target);
    case 'move-target':
      return words['move-target'](target, wave);
    case 'add-target':
      return words['add-target'](target, wave);
    case 'remove-target':
      return words['remove-target'](target);
    case 'reorder':
      return words.reorder(texts(raw['waves']).join(', '));
    case 'taken-over':
      return words['taken-over'](some(texts(raw['targets'])));
    case 'watch':
      return words.watch();
    default:
      return words['take-over']();
  }
}

const targetLines = (raw: Loose): string[] =>
  Array.isArray(raw['targets'])
    ? raw['targets'].flatMap((one: unknown) =>
        one && typeof one === 'object'
          ? [`${str((one as Loose)['target'])}: ${str((one as Loose)['text'])}`]
          : [],
      )
    : [];

const definition = (raw: Loose): Loose => {
  const found = raw['definition'];
  return found && typeof found === 'object' ? (found as Loose) : {};
};

function created(raw: PlanBody<'plan-created'>): { title: string; words: Words } {
  const plan = definition(raw);
  const changed = (plan['change'] && typeof plan['change'] === 'object' ? plan['change'] : {}) as Loose;
  const system = str(changed['system']);
  const to = str(changed['to']);
  const title = str(plan['title']) || planTitle(str(plan['kind']), system, to);
  const from = typeof changed['from'] === 'string' ? changed['from'] : null;
  const waves = Array.isArray(plan['waves']) ? plan['waves'].length : 0;
  return {
    title: title.slice(0, 400),
    words: t.created(title, system, from, to, texts(plan['targets']).length, waves),
  };
}

const readingTyped = kind({
  v: 1,
  schema: body({
    plan: z.string().min(1).max(200),
    target: z.string().min(1).max(200),
    health: z.enum(STATES),
    reason: z.string().max(2000).optional(),
    by: z.string().max(200),
  }),
  upcasters: {},
  row: 'plan',
  automatic: false,
  notRetractable: t.notRetractable,
  apply: noop,
  words: ({ body: b }) => t.readingTyped(b.target, b.health, b.reason),
});

const alarmAcknowledged = kind({
  v: 1,
  schema: body({
    plan: z.string().min(1).max(200),
    /** Keys of the alarms, as every machine derives them. */
    alarms: z.array(z.string().max(400)).max(50),
    /** What they were about, in words. */
    what: z.string().max(2000).default(''),
    row: z.enum(['breaker', 'gate']).default('gate'),
    by: z.string().max(200),
  }),
  upcasters: {},
  row: 'gate',
  automatic: false,
  notRetractable: t.notRetractable,
  apply: noop,
  words: ({ body: b }) => ({ ...t.hasIt(b.by, b.what), row: b.row }),
});

export const rollbackKinds: Family<RollbackKind> = {
  'plan-created': make('plan-created', {
    row: 'plan',
    words: (b) => created(b).words,
    apply(incident, b) {
      if (incident.plans.some((one) => one.id === b.plan)) return;
      keep(incident.plans, { id: b.plan, title: created(b).title, state: 'draft' }, CAPS.plans);
    },
  }),
  'plan-changed': make('plan-changed', {
    row: 'plan',
    words: (b) => {
      const words = t.changed(change(b), b.reason);
      return b.loosens ? { ...words, text: `${words.text} ${t.loosens}` } : words;
    },
  }),
  'preflight-done': make('preflight-done', {
    row: 'plan',
    automatic: true,
    words: (b) => t.preflight(b.wave, b.findings.length, b.findings[0]?.text ?? ''),
  }),
  'finding-accepted': make('finding-accepted', {
    row: 'plan',
    words: (b) => t.accepted(str((b as Loose)['text']) || `${b.code}, ${b.about}.`, b.answer, b.reason),
  }),
  'plan-started': make('plan-started', { row: 'plan', words: t.started, apply: setState('running') }),
  'plan-paused': make('plan-paused', {
    row: 'plan',
    words: (b) => t.paused(b.reason),
    apply: setState('paused'),
  }),
  'plan-resumed': make('plan-resumed', {
    row: 'plan',
    words: (b) => t.resumed(b.reason),
    apply: setState('running'),
  }),
  'plan-aborted': make('plan-aborted', {
    row: 'plan',
    words: (b) => t.ended('aborted', b.reason, [...targetLines(b), ...texts((b as Loose)['left'])]),
    apply: setState('aborted'),
  }),
  'plan-completed': make('plan-completed', {
    row: 'plan',
    words: (b) => t.ended('completed', b.reason, [...targetLines(b), ...texts((b as Loose)['left'])]),
    apply(incident, b) {
      // Aborted and completed apart from each other: the worse counts.
      const found = incident.plans.find((one) => one.id === b.plan);
      if (found && found.state !== 'aborted') found.state = 'completed';
    },
  }),
  'wave-started': make('wave-started', { row: 'plan', words: (b) => t.waveStarted(b.wave) }),
  'target-started': make('target-started', {
    row: 'step',
    words: (b) => t.targetStarted(b.target, b.wave),
  }),
  'target-done': make('target-done', {
    row: 'step',
    automatic: true,
    words: (b) => t.targetDone(b.target),
  }),
  'target-failed': make('target-failed', {
    row: 'step',
    words: (b) => t.targetFailed(b.target, num((b as Loose)['step']), b.reason),
  }),
  'target-retried': make('target-retried', {
    row: 'step',
    words: (b) => t.targetRetried(b.target, b.fresh),
  }),
  'target-skipped': make('target-skipped', {
    row: 'step',
    words: (b) => t.targetSkipped(b.target, b.reason),
  }),
  'target-reverting': make('target-reverting', {
    row: 'step',
    words: (b) => t.targetReverting(b.target, b.reason),
  }),
  'target-reverted': make('target-reverted', {
    row: 'step',
    automatic: true,
    words: (b) => t.targetReverted(b.target),
  }),
  'bake-started': make('bake-started', {
    row: 'gate',
    automatic: true,
    words: (b) => t.bakeStarted(b.wave, b.needed, b.trial ? (b.targets[0] ?? '') : null),
  }),
  'bake-gap': make('bake-gap', {
    row: 'gate',
    automatic: true,
    words: (b) => t.bakeGap(b.wave, b.from, b.to, b.cause),
  }),
  'bake-ended': make('bake-ended', {
    row: 'gate',
    automatic: true,
    words: (b) => t.bakeEnded(b.wave, b.cause, b.watched),
  }),
  'gate-waiting': make('gate-waiting', {
    row: 'gate',
    automatic: true,
    words: (b) => t.gateWaiting(b.wave, b.codes.map(holdWord).join(', ')),
  }),
  'gate-passed': make('gate-passed', {
    row: 'gate',
    words: (b) =>
      t.gatePassed(
        b.wave,
        b.by === undefined,
        b.conditions.filter((one) => one.met).length,
        b.conditions.length,
        b.reason,
      ),
  }),
  'hold-overridden': make('hold-overridden', {
    row: 'gate',
    words: (b) =>
      t.overridden(
        holdWord(b.code),
        [b.wave === undefined ? '' : `“${b.wave}”`, b.target ?? ''].filter((part) => part !== '').join(', '),
        b.overrode.map((one) => one.text).join(' '),
        b.reason,
        (b as Loose)['notCommander'] === true,
      ),
  }),
  'breaker-opened': make('breaker-opened', {
    row: 'breaker',
    automatic: true,
    words: (b) => t.breakerOpened(b.target, b.back, evidence(b.evidence)),
  }),
  'breaker-half-opened': make('breaker-half-opened', {
    row: 'breaker',
    words: (b) => t.halfOpened(b.choose, b.target, b.reason),
  }),
  'breaker-closed': make('breaker-closed', {
    row: 'breaker',
    automatic: true,
    words: (b) => t.breakerClosed(b.by, b.reason),
  }),
  'trip-accepted': make('trip-accepted', {
    row: 'breaker',
    words: (b) => t.tripAccepted(b.target, b.reason),
  }),
  'trip-noted': make('trip-noted', {
    row: 'breaker',
    automatic: true,
    words: (b) => t.tripNoted(b.target, evidence(b.evidence)),
  }),
  'late-news': make('late-news', {
    row: 'breaker',
    automatic: true,
    words: (b) => t.lateNews(b.target, b.service),
  }),
  'reading-typed': readingTyped,
  'alarm-acknowledged': alarmAcknowledged,
};
