// A stand-in for main's room: incidents, timeline and checklists in memory, valid by the contract both ways. For the screens' own tests only.
import {
  type CallName,
  calls,
  type EventName,
  type Input,
  type Output,
  type Payload,
} from '../../../shared/contract/index.ts';
import type { Checklist, IncidentLine, IncidentView, TimelineRow } from '../../../shared/contract/room.ts';
import type { Override } from '../../../shared/contract/watch.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { overridePlace, overrideText } from '../../../shared/text/overrides.ts';
import { at, filler, row, select, story } from './room-rows.ts';

export type Handler = (input: never) => Result<unknown> | Promise<Result<unknown>>;
export type HandlerMap = Partial<Record<CallName, Handler>>;
export type Send = <N extends EventName>(name: N, payload: Payload<N>) => void;

export interface RoomStandIn {
  readonly handlers: HandlerMap;
  /** Every write of these names fails with this message until cleared. */
  failWrites(message: string | null): void;
  /** Something written by somebody else. */
  append(change: Parameters<typeof row>[0]): void;
  /** Calls so far, for what a test wants to see written. */
  readonly written: { name: string; input: unknown }[];
  incident(): IncidentView;
}

export interface RoomStory {
  /** Waves and bakes stand on the overview. */
  readonly bars?: boolean;
  readonly now: () => string;
  readonly send: Send;
  readonly person: string;
  readonly filler?: number;
  readonly empty?: boolean;
  readonly none?: boolean;
  readonly closed?: boolean;
  readonly checklist?: boolean;
  /** Locks over the board that a handoff ends. */
  readonly locks?: readonly Override[];
}

const line = (view: IncidentView): IncidentLine => ({
  id: view.id,
  label: view.label,
  title: view.title,
  severity: view.severity,
  phase: view.phase,
  mode: view.mode,
  declaredAt: view.declaredAt,
  impactStartedAt: view.impactStartedAt,
  closedAt: view.closedAt,
  commander: view.commander,
  entries: view.entries,
});

const base = (change: Partial<IncidentView>): IncidentView => ({
  id: 'inc-142',
  label: 'INC-0142',
  title: 'Checkout and sign-in failing after AWS us-east-1 deployment',
  severity: 'SEV1',
  phase: 'investigating',
  mode: 'real',
  declaredAt: at('08:12:05'),
  impactStartedAt: null,
  closedAt: null,
  commander: null,
  entries: 1,
  phases: [{ phase: 'investigating', at: at('08:12:05') }],
  milestones: [],
  roles: [],
  affected: [],
  facts: [],
  actions: [],
  openActions: 0,
  totalActions: 0,
  questions: [],
  decisions: [],
  integrity: { state: 'unknown', basis: '', by: '' },
  impact: '',
  checklists: [],
  counts: {},
  lastEntryAt: at('08:12:05'),
  unknownEntries: 0,
  plans: [],
  notWatched: [],
  ...change,
});

/** What the plan of the story has done: a full bake, and one that a trip ended. */
const bars = (): Output<'timeline.overview'>['bars'] =>
  (
    [
      ['canary', 'wave', '08:31:40', '08:49:10', 'passed'],
      ['canary', 'bake', '08:38:00', '08:48:00', 'full'],
      ['wave 1', 'wave', '08:50:00', null, null],
      ['wave 1', 'bake', '09:03:10', '09:11:52', 'trip'],
    ] as const
  ).map(([wave, what, from, to, end]) => ({
    plan: 'plan-7',
    wave,
    what,
    trial: false,
    from: at(from),
    to: to === null ? null : at(to),
    end,
    gaps: end === 'trip' ? [{ from: at('09:05:00'), to: at('09:07:00') }] : [],
  }));

export const stormSteps: Checklist['steps'] = (
  [
    [
      'Confirm the storm',
      `promq 'sum by (region) (rate(client_retries_total{service="{{service}}"}[1m]))'`,
      '{{region}} at least 5 times the others.',
      {},
    ],
    [
      'Cap retries',
      'flagctl set {{service}}.retry.max {{cap}} --region {{region}} --ttl 4h',
      'pool use falls below 80 % within 2 min.',
      {},
    ],
    [
      'Pause the queue',
      'queuectl pause {{service}} --region {{region}} --keep 24h --ticket {{ticket}}',
      'no deliveries for 30 s.',
      { danger: true, confirm: 'eu-west-1' },
    ],
    [
      'Let half through, then all',
      'queuectl resume {{service}} --region {{region}} --rate 50%',
      'checkout probe 10 of 10.',
      { twoPerson: true },
    ],
  ] as const
).map(([title, command, expect, more], index) => ({
  index,
  title,
  section: 'Steps',
  command,
  expect,
  danger: false,
  confirm: null,
  twoPerson: false,
  state: 'todo',
  by: null,
  second: null,
  at: null,
  note: null,
  entry: null,
  ...more,
}));

export const storm = (change: Partial<Checklist> = {}): Checklist => ({
  id: 'list-1',
  title: 'Stop a retry storm',
  path: 'traffic/stop-retry-storm.md',
  revision: '3f9c2ab41e',
  startedAt: at('09:13:40'),
  startedBy: 'Priya Raman',
  values: { service: 'webhooks-out', region: 'eu-west-1', cap: '1' },
  total: 4,
  settled: 0,
  steps: stormSteps.map((step) => ({ ...step })),
  ...change,
});

const told = (checklist: boolean): IncidentView =>
  base({
    phase: 'rolling-back',
    impactStartedAt: at('07:48:20'),
    commander: 'Marta Lindqvist',
    phases: [
      { phase: 'investigating', at: at('08:12:05') },
      { phase: 'identified', at: at('08:24:30') },
      { phase: 'rolling-back', at: at('08:31:00') },
    ],
    milestones: [
      {
        name: 'impact-started',
        at: at('07:48:20'),
        precision: 'second',
        by: 'Marta Lindqvist',
        values: 1,
        entry: 'm1',
      },
    ],
    roles: [
      { role: 'Incident commander', name: 'Marta Lindqvist', since: at('08:12:06'), entry: 'r1' },
      { role: 'Operations lead', name: 'Priya Raman', since: at('08:15:00'), entry: 'r2' },
      { role: 'Communications lead', name: 'Tom Okafor', since: at('08:59:00'), entry: 'r3' },
      { role: 'Scribe', name: null, since: at('08:12:06'), entry: 'r4' },
    ],
    affected: [
      {
        provider: 'AWS',
        region: 'us-east-1',
        state: 'major-outage',
        services: ['dynamodb', 'iam', 'lambda', 'sqs', 'ec2', 'sts', 'ecs', 'eks', 'rds'],
        since: at('07:48:20'),
        entry: 'a1',
      },
      {
        provider: 'AWS',
        region: 'eu-west-1',
        state: 'degraded',
        services: ['kinesis'],
        since: at('09:09:30'),
        entry: 'a2',
      },
      {
        provider: 'AWS',
        region: 'us-west-2',
        state: 'operational',
        services: [],
        since: at('08:58:00'),
        entry: 'a3',
      },
    ],
    facts: [
      {
        entry: 'f1',
        text: 'DynamoDB us-east-1 has no DNS record since 07:48Z.',
        state: 'confirmed',
        at: at('08:24:30'),
        by: 'Priya Raman',
      },
      {
        entry: 'f2',
        text: 'edge-config r418 pins sessions to us-east-1.',
        state: 'confirmed',
        at: at('08:26:00'),
        by: 'Jonas Beck',
      },
      {
        entry: 'f3',
        text: 'Retry storm, not r417, degrades eu-west-1.',
        state: 'suspected',
        at: at('09:11:52'),
        by: 'Priya Raman',
      },
      {
        entry: 'f4',
        text: 'Our 07:30Z search-edge release.',
        state: 'ruled-out',
        at: at('08:20:00'),
        by: 'Jonas Beck',
      },
    ],
    actions: [
      {
        entry: 'ac1',
        text: 'Cap webhook retries',
        owner: 'Priya Raman',
        due: at('09:20:00'),
        at: at('09:13:20'),
        state: 'open',
      },
      {
        entry: 'ac2',
        text: 'Send update 4',
        owner: 'Tom Okafor',
        due: at('09:17:00'),
        at: at('08:57:00'),
        state: 'open',
      },
      {
        entry: 'ac3',
        text: 'Ask AWS for scope',
        owner: 'Marta Lindqvist',
        due: at('09:25:00'),
        at: at('09:00:00'),
        state: 'open',
      },
    ],
    openActions: 3,
    totalActions: 11,
    questions: [
      { entry: 'q1', text: 'Who runs the eu-west-1 probe host?', at: at('09:12:41'), by: 'Tom Okafor' },
    ],
    decisions: [
      {
        entry: 'd1',
        text: 'Hold wave 2. No override until we know what broke eu-west-1.',
        at: at('09:12:20'),
        by: 'Marta Lindqvist',
      },
    ],
    impact: 'Sign-in fails for 61 %, checkout for 38 %.',
    checklists: checklist ? [storm()] : [],
    notWatched: [{ from: at('09:10:40'), to: at('09:11:20') }],
  });

export function createRoomStandIn(options: RoomStory): RoomStandIn {
  let rev = 1;
  let broken: string | null = null;
  const written: RoomStandIn['written'] = [];
  let rows: TimelineRow[] = options.empty
    ? [
        row({
          kind: 'declared',
          lead: 'Declared',
          text: 'SEV1: Checkout and sign-in failing after AWS us-east-1 deployment',
          occurredAt: at('08:12:05'),
        }),
      ]
    : [...filler(options.filler ?? 0), ...story()];
  let locks: readonly Override[] = options.locks ?? [];
  let view = options.empty ? base({}) : told(options.checklist ?? false);
  if (options.closed)
    view = {
      ...view,
      phase: 'resolved',
      closedAt: at('09:14:00'),
      phases: [...view.phases, { phase: 'resolved', at: at('09:14:00') }],
    };
  const other = base({
    id: 'inc-143',
    label: 'INC-0143',
    title: 'Invoice mail late',
    severity: 'SEV3',
    declaredAt: at('08:55:00'),
    commander: 'Ana Costa',
  });
  const past = base({
    id: 'inc-118',
    label: 'INC-0118',
    title: 'Webhook storm after the May release',
    severity: 'SEV2',
    phase: 'reviewed',
    declaredAt: '2026-05-14T21:02:00.000Z',
    closedAt: '2026-05-15T01:40:00.000Z',
    commander: 'Kenji Mori',
    entries: 812,
  });
  const all = (): IncidentView[] => (options.none ? [] : [view, other, past]);

  // A long list is filtered once per change, as main's index would.
  let held: { rows: TimelineRow[]; key: string; value: ReturnType<typeof select> } | null = null;
  const chosenRows = (filter: Parameters<typeof select>[1]): ReturnType<typeof select> => {
    const key = JSON.stringify(filter);
    if (held?.rows !== rows || held.key !== key) held = { rows, key, value: select(rows, filter) };
    return held.value;
  };

  const bump = (): void => {
    rev += 1;
    view = { ...view, entries: view.entries + 1, lastEntryAt: options.now() };
    options.send('room.changed', { rev, incident: view, total: rows.length });
    options.send('incidents.changed', { rev, incidents: all().map(line) });
  };
  const add = (change: Parameters<typeof row>[0], update: (v: IncidentView) => IncidentView = (v) => v) => {
    const entry = row({
      occurredAt: options.now(),
      recordedAt: options.now(),
      by: options.person,
      ...change,
    });
    rows = [...rows, entry].sort((a, b) =>
      a.occurredAt < b.occurredAt ? -1 : a.occurredAt > b.occurredAt ? 1 : 0,
    );
    view = update(view);
    bump();
    return ok({ entry: entry.id, rev });
  };
  const change = (id: string, to: Partial<TimelineRow>): Result<{ entry: string; rev: number }> => {
    const found = rows.find((r) => r.id === id);
    if (!found) return fail('no-entry', 'That entry is not in this journal.');
    rows = rows.map((r) => (r.id === id ? { ...r, ...to } : r));
    bump();
    return ok({ entry: `${id}-change`, rev });
  };

  const handlers: { [N in CallName]?: (input: Input<N>) => Result<Output<N>> } = {
    'incidents.list': () => ok({ rev, incidents: all().map(line) }),
    'incidents.declare': (input) => {
      view = base({ title: input.title, severity: input.severity, declaredAt: options.now() });
      rows = [row({ kind: 'declared', lead: 'Declared', text: input.title, occurredAt: options.now() })];
      bump();
      return ok({ id: view.id, label: view.label, entry: rows[0]!.id });
    },
    'room.open': (input) => {
      const found = all().find((v) => v.id === input.incident);
      return found
        ? ok({ rev, incident: found })
        : fail('no-incident', 'There is no such incident on this disk.');
    },
    'timeline.window': (input) => {
      if (input.incident !== view.id)
        return ok({ rev, total: 0, offset: 0, rows: [], counts: select([], input.filter).counts, hidden: 0 });
      const chosen = chosenRows(input.filter);
      const around = input.around ? chosen.rows.findIndex((r) => r.id === input.around) : -1;
      const newest = Math.max(0, chosen.rows.length - input.limit);
      const offset =
        around >= 0
          ? Math.max(0, around - Math.floor(input.limit / 2))
          : Math.min(input.offset ?? newest, chosen.rows.length);
      return ok({
        rev,
        total: chosen.rows.length,
        offset,
        rows: chosen.rows.slice(offset, offset + input.limit),
        counts: chosen.counts,
        hidden: chosen.hidden,
      });
    },
    'timeline.overview': () => {
      const marks: Output<'timeline.overview'>['marks'] = [];
      for (const r of rows.filter((one) => !one.id.startsWith('filler-'))) {
        const lane =
          r.kind === 'signal'
            ? 'signals'
            : r.kind === 'step'
              ? 'steps'
              : r.kind === 'decision'
                ? 'decisions'
                : r.kind === 'note'
                  ? 'notes'
                  : null;
        if (lane) marks.push({ lane, at: r.occurredAt, n: r.count });
      }
      return ok({
        from: rows[0]?.occurredAt ?? view.declaredAt,
        to: options.now(),
        phases: view.phases.map((p, i) => ({
          phase: p.phase,
          from: p.at,
          to: view.phases[i + 1]?.at ?? null,
        })),
        regions: view.affected.map((a) => ({
          provider: a.provider,
          region: a.region,
          spans:
            a.region === 'us-west-2'
              ? [{ from: at('08:03:30'), to: at('08:58:00'), state: 'degraded' as const }]
              : a.region === 'eu-west-1'
                ? [
                    { from: at('08:05:10'), to: at('08:31:00'), state: 'degraded' as const },
                    { from: at('09:09:30'), to: null, state: 'degraded' as const },
                  ]
                : [{ from: a.since, to: null, state: a.state }],
        })),
        marks,
        notWatched: view.notWatched,
        changes: rows
          .filter((row) => row.kind === 'change')
          .map((row) => ({
            entry: row.id,
            change: 'c1',
            at: row.occurredAt,
            text: row.text.replace(/[.]$/, ''),
          })),
        bars: options.bars ? bars() : [],
      });
    },
    'timeline.history': (input) => {
      const found = rows.find((r) => r.id === input.entry);
      if (!found) return fail('no-entry', 'That entry is not in this journal.');
      return ok({
        versions: [
          {
            at: found.occurredAt,
            by: found.by,
            text: found.was ?? found.text,
            reason: null,
            what: 'written',
          },
          ...(found.was
            ? [
                {
                  at: found.amendedAt ?? found.occurredAt,
                  by: found.amendedBy ?? found.by,
                  text: found.text,
                  reason: found.amendReason,
                  what: 'amended',
                },
              ]
            : []),
        ],
      });
    },
    'room.log': (input) => {
      const words = {
        note: 'Note',
        decision: 'Decision',
        fact: 'Fact',
        question: 'Question',
        action: 'Action',
      } as const;
      const occurredAt = input.occurred?.at ?? options.now();
      return add(
        {
          kind: input.kind,
          lead: words[input.kind],
          text: input.text,
          occurredAt,
          recordedAt: options.now(),
          precision: input.occurred?.precision ?? 'second',
        },
        (v) => ({
          ...v,
          ...(input.kind === 'fact'
            ? {
                facts: [
                  ...v.facts,
                  {
                    entry: `f${rev}`,
                    text: input.text,
                    state: input.factState ?? 'suspected',
                    at: occurredAt,
                    by: options.person,
                  },
                ],
              }
            : {}),
          ...(input.kind === 'question'
            ? {
                questions: [
                  ...v.questions,
                  { entry: `q${rev}`, text: input.text, at: occurredAt, by: options.person },
                ],
              }
            : {}),
          ...(input.kind === 'action'
            ? {
                actions: [
                  ...v.actions,
                  {
                    entry: `ac${rev}`,
                    text: input.text,
                    owner: input.owner ?? null,
                    due: input.due ?? null,
                    at: occurredAt,
                    state: 'open' as const,
                  },
                ],
                openActions: v.openActions + 1,
                totalActions: v.totalActions + 1,
              }
            : {}),
        }),
      );
    },
    'room.answer': (input) =>
      add({ kind: 'answer', lead: 'Answer', text: input.text }, (v) => ({
        ...v,
        questions: v.questions.filter((q) => q.entry !== input.question),
      })),
    'room.amend': (input) => {
      const found = rows.find((r) => r.id === input.entry);
      return change(input.entry, {
        was: found?.text ?? null,
        text: input.text,
        versions: (found?.versions ?? 1) + 1,
        amendedBy: options.person,
        amendedAt: options.now(),
        amendReason: input.reason || null,
      });
    },
    'room.retract': (input) => change(input.entry, { retracted: true, retractReason: input.reason }),
    'room.pin': (input) => change(input.entry, { pinned: input.pinned }),
    'room.erase': (input) => change(input.entry, { erased: true, text: '', lead: 'Erased' }),
    'room.setSeverity': (input) =>
      add(
        {
          kind: 'severity',
          lead: 'Severity',
          text: `${view.severity} to ${input.severity}. ${input.reason}`,
        },
        (v) => ({ ...v, severity: input.severity }),
      ),
    'room.setPhase': (input) => {
      if (
        input.phase === 'resolved' &&
        /[12]/.test(view.severity) &&
        view.integrity.state === 'unknown' &&
        !input.override
      )
        return fail(
          'integrity-unknown',
          'Data integrity is unknown, and a SEV1 is not resolved before somebody has said what is known.',
        );
      const closed = ['resolved', 'reviewed', 'declined', 'merged'].includes(input.phase);
      return add({ kind: 'phase', lead: 'Phase', text: `${input.phase}. ${input.reason}` }, (v) => ({
        ...v,
        phase: input.phase,
        phases: [...v.phases, { phase: input.phase, at: options.now() }],
        closedAt: closed ? options.now() : null,
      }));
    },
    'room.setMilestone': (input) =>
      add({ kind: 'milestone', lead: 'Milestone', text: `${input.name} ${input.occurred.at}` }, (v) => ({
        ...v,
        ...(input.name === 'impact-started' ? { impactStartedAt: input.occurred.at } : {}),
        milestones: [
          ...v.milestones.filter((m) => m.name !== input.name),
          {
            name: input.name,
            at: input.occurred.at,
            precision: input.occurred.precision,
            by: options.person,
            values: 1,
            entry: `m${rev}`,
          },
        ],
      })),
    'room.locks': () => ok({ locks: [...locks] }),
    'room.assignRole': (input) => {
      const handoff = input.role === 'Incident commander' && view.commander && view.commander !== input.name;
      const answered = new Map((input.locks ?? []).map((one) => [one.id, one.keep]));
      if (handoff && locks.some((one) => !answered.has(one.id)))
        return fail('locks-asked', overrideText.endWithHandoff(locks.length));
      if (handoff) locks = locks.filter((one) => answered.get(one.id));
      const kept = handoff && locks.length > 0 ? ` ${overrideText.kept(locks.map(overridePlace))}` : '';
      return add(
        { kind: 'role', lead: 'Role', text: `${input.role}: ${input.name ?? 'nobody'}.${kept}` },
        (v) => ({
          ...v,
          ...(input.role === 'Incident commander' ? { commander: input.name } : {}),
          roles: [
            ...v.roles.filter((r) => r.role !== input.role),
            { role: input.role, name: input.name, since: options.now(), entry: `r${rev}` },
          ],
        }),
      );
    },
    'room.finishAction': (input) =>
      add(
        {
          kind: 'action',
          lead: input.done ? 'Action done' : 'Action opened again',
          text: view.actions.find((a) => a.entry === input.action)?.text ?? '',
        },
        (v) => ({
          ...v,
          actions: v.actions.map((a) =>
            a.entry === input.action
              ? { ...a, state: input.done ? ('done' as const) : ('open' as const) }
              : a,
          ),
          openActions: v.openActions + (input.done ? -1 : 1),
        }),
      ),
    'room.setIntegrity': (input) =>
      add({ kind: 'integrity', lead: 'Data integrity', text: `${input.state}. ${input.basis}` }, (v) => ({
        ...v,
        integrity: { ...input, by: options.person },
      })),
    'room.setImpact': (input) =>
      add({ kind: 'impact', lead: 'Impact', text: input.text }, (v) => ({ ...v, impact: input.text })),
    'checklist.start': (input) => {
      const id = `list-${view.checklists.length + 1}`;
      const list = storm({
        id,
        startedAt: options.now(),
        startedBy: options.person,
        values: input.values,
        path: input.path,
      });
      const answer = add({ kind: 'checklist', lead: 'Checklist', text: `${list.title} started` }, (v) => ({
        ...v,
        checklists: [...v.checklists, list],
      }));
      return answer.ok ? ok({ checklist: id, ...answer.value }) : answer;
    },
    'checklist.step': (input) => {
      const list = view.checklists.find((c) => c.id === input.checklist);
      const step = list?.steps[input.step];
      if (!list || !step) return fail('no-step', 'That step is not in this checklist.');
      if (step.danger && input.to === 'done' && step.confirm && input.confirm !== step.confirm)
        return fail('confirm-needed', `Type ${step.confirm} to confirm.`);
      const steps = list.steps.map((s) =>
        s.index === input.step
          ? {
              ...s,
              state: input.to === 'undone' ? ('todo' as const) : input.to,
              by: options.person,
              second: input.second ?? null,
              at: options.now(),
              note: input.reason ?? null,
              entry: `s${rev}`,
            }
          : s,
      );
      const settled = steps.filter((s) => ['done', 'failed', 'skipped'].includes(s.state)).length;
      return add({ kind: 'step', lead: `Step ${input.to}`, text: `${list.title}: ${step.title}` }, (v) => ({
        ...v,
        checklists: v.checklists.map((c) => (c.id === list.id ? { ...c, steps, settled } : c)),
      }));
    },
    'checklist.setValue': (input) =>
      add({ kind: 'checklist', lead: 'Value', text: `${input.name} is ${input.value}` }, (v) => ({
        ...v,
        checklists: v.checklists.map((c) =>
          c.id === input.checklist ? { ...c, values: { ...c.values, [input.name]: input.value } } : c,
        ),
      })),
  };

  const WRITES = /^(room\.(?!open)|checklist\.|incidents\.declare)/;
  const guarded: HandlerMap = {};
  for (const [name, handler] of Object.entries(handlers)) {
    guarded[name as CallName] = ((input: unknown) => {
      if (WRITES.test(name)) {
        if (broken !== null) return fail('journal-unwritable', broken);
        written.push({ name, input });
      }
      return (handler as (value: unknown) => Result<unknown>)(input);
    }) as Handler;
  }
  return {
    handlers: guarded,
    failWrites: (message) => {
      broken = message;
    },
    append: (entry) => {
      add(entry);
    },
    written,
    incident: () => view,
  };
}

/** Answers a call of the bridge, checked by the contract in both directions, so that a stand-in cannot say what main could not. */
export async function answer(handlers: HandlerMap, name: string, inputJson: string): Promise<string> {
  const definition = Object.hasOwn(calls, name) ? calls[name as CallName] : null;
  const handler = handlers[name as CallName];
  if (!definition || !handler)
    return JSON.stringify(fail('unknown-call', `The stand-in does not know ${name}.`));
  const input = definition.input.safeParse(JSON.parse(inputJson));
  if (!input.success) return JSON.stringify(fail('bad-input', `${name}: ${input.error.message}`));
  const result = await handler(input.data as never);
  if (result.ok) {
    const output = definition.output.safeParse(result.value);
    if (!output.success)
      throw new Error(`the stand-in's answer to ${name} breaks the contract: ${output.error.message}`);
  }
  return JSON.stringify(result);
}
