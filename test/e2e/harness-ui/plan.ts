// A stand-in for main's plans, valid by the contract both ways: the night of the design at one moment, and what a hand does to it.
import type { Input, Output } from '../../../shared/contract/index.ts';
import type {
  PlanAction,
  PlanTarget,
  PlanTrip,
  PlanView,
  PlanWave,
  PlanWhy,
} from '../../../shared/contract/plan.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { planNow } from '../../../shared/rollback/now.ts';
import type { Handler, HandlerMap } from './room.ts';
import { at } from './room-rows.ts';
import { openStage, type Stage, type StageOptions } from './room-stage.ts';

export type Picture = 'open' | 'half' | 'silent' | 'gate' | 'revert' | 'draft' | 'running' | 'no-revert';

const STEPS: PlanView['steps'] = [
  ['prepare', 1, 'Freeze', 'deployctl freeze {{target}} --by plan', 'deploys answer "frozen".'],
  ['prepare', 2, 'Snapshot', 'edgectl snapshot {{target}} --keep 7d', 'a snapshot id.'],
  ['each', 1, 'Drain', 'edgectl drain {{target}} --to rest', 'traffic under 1 % in 3 min.'],
  ['each', 2, 'Roll back', 'edgectl deploy r417 --region {{target}}', 'r417 on all nodes.'],
  ['each', 3, 'Verify', 'probe sign-in --region {{target}} --n 10', 'sign-in 10 of 10.'],
  ['revert', 1, 'Stop new sessions on r417', null, null],
  ['revert', 2, 'Deploy r418', 'edgectl deploy r418 --region {{target}}', null],
  ['revert', 3, 'Verify sign-in, 10 of 10', null, null],
].map(([section, number, title, command, expected]) => ({
  section: section as PlanView['steps'][number]['section'],
  number: number as number,
  title: title as string,
  text:
    command === null
      ? `${number}. ${title}`
      : `${number}. ${title}${section === 'each' && number === 1 ? ' {danger, expect: 2m}' : ''}\n\n   \`\`\`sh\n   ${command}\n   \`\`\`\n\n   Expect: ${expected}`,
  commands: command === null ? [] : [command as string],
  expected: expected as string | null,
  lastsMs: 120_000,
  danger: section === 'each' && number === 1,
  confirm: null,
  twoPerson: false,
}));

type Cell = readonly [PlanTarget['steps'][number]['state'], string?, string?];
const done = (time: string, by = 'Priya Raman'): Cell => ['done', time, by];
const TODO: Cell = ['todo'];

const why = (rule: string, code: string, text: string, target?: string): PlanWhy =>
  target === undefined ? { rule, code, text } : { rule, code, text, target };

const BEFORE = why('1', 'wave-before-not-passed', '"wave 1" has not passed its gate.');

function target(
  id: string,
  wave: string,
  state: PlanTarget['state'],
  cells: readonly Cell[],
  health: PlanTarget['reading'][number]['state'],
  change: Partial<PlanTarget> = {},
): PlanTarget {
  return {
    id: `aws/${id}`,
    wave,
    state,
    marks: [],
    on: state === 'done' ? 'to' : state === 'pending' ? 'from' : 'between',
    startedAt: state === 'pending' ? null : at('08:50:00'),
    reason: null,
    acceptedBy: null,
    baseline: [
      { source: 'sign-in probe', text: 'errors 1 %, 120 tries', state: null, at: at('08:31:00'), ours: true },
    ],
    reading: [
      {
        source: 'sign-in probe',
        text: 'errors 2 %, 240 tries',
        state: health,
        at: at('09:14:10'),
        ours: true,
      },
    ],
    silentSince: null,
    heard: true,
    steps: cells.map(([stepState, time, by], i) => ({
      section: i < 2 ? ('prepare' as const) : i < 5 ? ('each' as const) : ('revert' as const),
      number: i < 2 ? i + 1 : i < 5 ? i - 1 : i - 4,
      state: stepState,
      by: by ? [by] : [],
      at: time ? at(time) : null,
      reason: stepState === 'skipped' ? 'no spare capacity' : null,
      disputed: false,
      reports: [],
    })),
    unaware: false,
    startForbids: state === 'pending' ? [BEFORE] : [],
    skipForbids: [],
    revertForbids:
      state === 'pending'
        ? [why('13', 'not-pending', `aws/${id} is pending; there is nothing to revert.`)]
        : [],
    pullForbids: [],
    ...change,
  };
}

const NONE: PlanView['before'] = { steps: [], forbids: [] };

const OWN_TEXT: readonly (readonly [PlanView['steps'][number]['section'], string, string | null])[] = [
  [
    'before',
    'Freeze deployments of edge-config, pipelines and GitOps included',
    'deployctl freeze edge-config',
  ],
  ['before', 'Tell the customers on the bridge', null],
  ['after', 'Say in the room what the wave showed', null],
  ['after', 'Compare the error budget', 'budget show edge-config'],
  ['finally', 'Undo the freezes', 'deployctl thaw edge-config'],
  ['finally', 'Say in the room that the plan is through', null],
];

/** The same plan with steps of its own: one of Before is done, the canary left one after it. */
export function withOwnSteps(view: PlanView): PlanView {
  const steps = OWN_TEXT.map(([section, title, command], i) => ({
    section,
    number: (i % 2) + 1,
    title,
    text: `${(i % 2) + 1}. ${title}`,
    commands: command === null ? [] : [command],
    expected: null,
    lastsMs: null,
    danger: section === 'finally' && command !== null,
    confirm: null,
    twoPerson: false,
  }));
  const step = (number: number, state: PlanTarget['steps'][number]['state'], time: string | null = null) => ({
    number,
    state,
    by: time === null ? [] : ['Priya Raman'],
    at: time === null ? null : at(time),
    reason: null,
    disputed: false,
    reports: [],
  });
  const draft = view.startedAt === null;
  const two = (first: PlanView['before']['steps'][number]) => [first, step(2, 'todo')];
  return {
    ...view,
    steps: [...view.steps, ...steps],
    before: { steps: two(draft ? step(1, 'todo') : step(1, 'done', '08:29:00')), forbids: [] },
    finally: { steps: two(step(1, 'todo')), forbids: [] },
    waves: view.waves.map((wave) => ({
      ...wave,
      after: {
        steps: two(wave.name === 'canary' && !draft ? step(1, 'done', '08:50:00') : step(1, 'todo')),
        forbids: wave.startedAt === null ? [why('10', 'not-pending', `"${wave.name}" has not begun.`)] : [],
      },
    })),
    asks: draft
      ? view.asks
      : [...view.asks, '1 step of Before is not done.', '1 step after canary is not done.'],
    left: draft
      ? []
      : [
          '1 step of Before is not done: Tell the customers on the bridge',
          '1 step after canary is not done: Compare the error budget',
          '2 steps of Finally are not done: Undo the freezes; Say in the room that the plan is through',
        ],
  };
}

const noBake = (neededMs: number): PlanWave['bake'] => ({
  neededMs,
  watchedMs: 0,
  gaps: [],
  startedAt: null,
  endsAt: null,
  endedAt: null,
  endedBy: null,
});

const condition = (code: string, met: boolean, text: string, overridden = false) => ({
  ...why('6', code, text),
  met,
  overridden,
});

function trip(change: Partial<PlanTrip> = {}, evidence: Partial<PlanTrip['evidence']> = {}): PlanTrip {
  return {
    key: 'trip-1',
    target: 'aws/eu-west-1',
    rule: 'checkout errors > 5%',
    at: at('09:11:52'),
    opened: true,
    status: 'standing',
    evidence: {
      source: 'checkout errors',
      value: '9 %',
      limit: '5 %',
      baseline: '1 %',
      tries: 240,
      since: null,
      at: at('09:11:52'),
      excerpt: null,
      chart: [1, 1, 1.2, 1, 1, 1.4, 2, 3.2, 5, 7, 8.4, 9].map((value, i) => ({
        at: at(`09:${String(i).padStart(2, '0')}:00`),
        value,
      })),
      ...evidence,
    },
    ...change,
  };
}

const GATES = {
  open: [
    condition('bake-not-full', false, 'The bake begins again from zero when the breaker is closed.'),
    condition('breaker-open', false, 'The breaker is open, tripped by aws/eu-west-1.'),
    condition('data-not-met', true, 'sign-in has >= 100 tries in this bake.'),
    condition('stale', true, 'Every target has a fresh reading of ours.'),
    condition('success-not-met', false, 'aws/eu-west-1: sign-in errors 9 %, under 1 % is asked.'),
    condition(
      'worse-than-plan-baseline',
      false,
      'aws/eu-west-1 is worse than when the plan started: errors 9 %, then 1 %.',
    ),
  ],
  gate: [
    condition('bake-not-full', true, 'The bake is full.'),
    condition('breaker-open', true, 'The breaker is closed.'),
    condition('data-not-met', true, 'sign-in has >= 100 tries in this bake.'),
    condition('stale', true, 'Every target has a fresh reading of ours.'),
    condition(
      'no-better',
      false,
      'aws/eu-central-1 was rolled back and is no better. A named person decides.',
    ),
    condition('worse-than-plan-baseline', true, 'No target is worse than when the plan started.'),
  ],
};

/** The plan at one moment of the night. */
export function planView(picture: Picture): PlanView {
  const open =
    picture === 'open' ||
    picture === 'half' ||
    picture === 'silent' ||
    picture === 'revert' ||
    picture === 'no-revert';
  const half = picture === 'half' || picture === 'silent';
  const gate = picture === 'gate';
  const draft = picture === 'draft';
  const blank: Cell[] = [TODO, TODO, TODO, TODO, TODO];
  const full = (a: string): Cell[] => [
    done('08:31:24', 'Jonas Beck'),
    done(a),
    done('08:52:10'),
    done('08:57:00'),
    done('09:01:40'),
  ];
  const reverting: Cell[] = [done('09:17:22'), ['doing', '09:17:22', 'Priya Raman'], TODO];
  const eu: Partial<PlanTarget> =
    picture === 'silent'
      ? { silentSince: at('09:10:00'), marks: ['worse'] }
      : open
        ? { marks: ['worse'] }
        : {};
  const none = [why('13', 'no-revert-steps', 'No revert steps: the plan has no section "Revert a target".')];
  const targets: PlanTarget[] = draft
    ? [
        'ca-central-1',
        'us-west-2',
        'eu-central-1',
        'eu-west-1',
        'us-east-1',
        'sa-east-1',
        'ap-southeast-2',
      ].map((id, i) =>
        target(
          id,
          i === 0 ? 'canary' : i < 4 ? 'wave 1' : 'wave 2',
          'pending',
          blank,
          id === 'us-east-1' ? 'major-outage' : 'operational',
        ),
      )
    : [
        target('ca-central-1', 'canary', 'done', full('08:36:20'), 'operational'),
        target(
          'us-west-2',
          'wave 1',
          'done',
          full('08:40:00'),
          gate ? 'degraded' : 'operational',
          gate ? { marks: ['accepted-worse'], acceptedBy: 'Marta Lindqvist' } : {},
        ),
        target(
          'eu-central-1',
          'wave 1',
          picture === 'revert' ? 'reverted' : 'done',
          [
            done('08:31:26', 'Jonas Beck'),
            done('08:42:00'),
            ['skipped', '08:59:00', 'Priya Raman'],
            done('09:03:20'),
            done('09:04:50'),
          ],
          'operational',
          gate ? { marks: ['no-better'] } : {},
        ),
        target(
          'eu-west-1',
          'wave 1',
          picture === 'revert' ? 'reverting' : picture === 'running' ? 'running' : 'done',
          picture === 'running'
            ? [
                done('08:31:28', 'Jonas Beck'),
                done('08:44:00'),
                done('08:59:00'),
                ['doing', '09:06:12', 'Priya Raman'],
                TODO,
              ]
            : [...full('08:44:00'), ...(picture === 'revert' ? reverting : [])],
          half ? 'degraded' : open ? 'partial-outage' : 'operational',
          { ...eu, ...(picture === 'no-revert' ? { revertForbids: none } : {}) },
        ),
        target(
          'us-east-1',
          'wave 2',
          'pending',
          [done('08:31:30', 'Jonas Beck'), ['doing', '09:13:48', 'Priya Raman'], TODO, TODO, TODO],
          'major-outage',
          { marks: ['blind'] },
        ),
        target(
          'sa-east-1',
          'wave 2',
          'pending',
          [done('08:31:32', 'Jonas Beck'), done('09:02:00'), TODO, TODO, TODO],
          'operational',
        ),
        target(
          'ap-southeast-2',
          'wave 2',
          'pending',
          [done('08:31:34', 'Jonas Beck'), done('09:04:10'), TODO, TODO, TODO],
          'operational',
        ),
      ];
  const wave = (name: string, state: PlanWave['state'], change: Partial<PlanWave> = {}): PlanWave => ({
    name,
    state,
    targets: targets.filter((one) => one.wave === name).map((one) => one.id),
    alone: false,
    startedAt: null,
    bake: noBake(600_000),
    gate: {
      kind: 'health',
      state: 'closed',
      conditions: [],
      waitingSince: null,
      passedAt: null,
      passedBy: null,
    },
    startForbids: [],
    passForbids: [],
    after: NONE,
    ...change,
  });
  const waves: PlanWave[] = draft
    ? [
        wave('canary', 'pending'),
        wave('wave 1', 'pending', {
          startForbids: [why('1', 'wave-before-not-passed', '"canary" has not passed its gate.')],
        }),
        wave('wave 2', 'pending', { startForbids: [BEFORE] }),
      ]
    : [
        wave('canary', 'passed', {
          startedAt: at('08:31:20'),
          gate: {
            kind: 'manual',
            state: 'passed',
            conditions: GATES.gate.map((one) => ({ ...one, met: true })),
            waitingSince: null,
            passedAt: at('08:49:10'),
            passedBy: 'Marta Lindqvist',
          },
        }),
        wave('wave 1', gate ? 'at gate' : open ? 'held' : 'running', {
          startedAt: at('08:50:00'),
          bake: gate
            ? {
                neededMs: 600_000,
                watchedMs: 600_000,
                gaps: [{ from: at('09:03:10'), to: at('09:05:40'), cause: 'asleep' }],
                startedAt: at('09:01:10'),
                endsAt: null,
                endedAt: at('09:13:40'),
                endedBy: 'full',
              }
            : open
              ? {
                  neededMs: 600_000,
                  watchedMs: 252_000,
                  gaps: [],
                  startedAt: at('09:07:40'),
                  endsAt: null,
                  endedAt: at('09:11:52'),
                  endedBy: 'trip',
                }
              : noBake(600_000),
          gate: {
            kind: 'health',
            state: gate ? 'waiting' : 'closed',
            conditions: gate
              ? GATES.gate
              : GATES.open.map((one) => (open ? one : { ...one, met: one.code === 'breaker-open' })),
            waitingSince: gate ? at('09:13:40') : null,
            passedAt: null,
            passedBy: null,
          },
        }),
        wave('wave 2', 'pending', {
          startForbids: [BEFORE],
          gate: { ...wave('x', 'pending').gate, kind: 'manual' },
        }),
      ];
  const tripped = open ? trip() : null;
  const noChoice = [why('4', 'not-pending', 'A choice is under way; look again until it ends, or override.')];
  const findings: PlanView['findings'] = draft
    ? [
        {
          code: 'control-plane',
          about: 'aws/us-east-1',
          text: 'Drain leans on IAM in us-east-1, which is in trouble now.',
          question: false,
          accepted: null,
        },
        {
          code: 'not-watched',
          about: 'aws/sa-east-1',
          text: 'No sign-in probe of ours watches sa-east-1: its gate can only be by a person.',
          question: false,
          accepted: null,
        },
        {
          code: 'capacity',
          about: 'aws/eu-central-1',
          text: 'eu-central-1 has no spare capacity for a drain.',
          question: false,
          accepted: { by: 'Priya Raman', reason: 'skip the drain there', answer: null },
        },
        {
          code: 'dependants',
          about: '',
          text: 'Did anything deployed since 22:44Z need r418?',
          question: true,
          accepted: null,
        },
        {
          code: 'frozen',
          about: '',
          text: 'Is everything frozen that would deploy r418 again?',
          question: true,
          accepted: { by: 'Jonas Beck', reason: '', answer: 'yes' },
        },
      ]
    : [];
  return {
    id: 'plan-7',
    incident: 'inc-142',
    kind: 'rollback',
    title: 'Roll back edge-config r418 to r417, drain us-east-1',
    state: draft ? 'draft' : 'running',
    held: open || gate,
    takesOver: null,
    takenOverBy: [],
    change: {
      system: 'edge-config',
      from: 'r418',
      to: 'r417',
      deployedAt: '2026-10-19T22:44:00Z',
      schema: 'reversible',
    },
    createdAt: at('08:26:10'),
    startedAt: draft ? null : at('08:31:00'),
    now: at('09:14:27'),
    watch: { device: draft ? null : 'desk-marta', here: !draft },
    checked: true,
    findings,
    breaker: {
      state: half ? 'half-open' : open ? 'open' : 'closed',
      since: open ? at('09:11:52') : null,
      tripped,
      trips:
        tripped === null
          ? []
          : [
              trip(
                { key: 'trip-2', opened: false, rule: 'sign-in p95 > 1200 ms' },
                {
                  source: 'sign-in p95',
                  value: '2.8 s',
                  limit: '1200 ms',
                  baseline: '0.4 s',
                  tries: null,
                  chart: [400, 410, 390, 420, 500, 900, 1500, 2300, 2800].map((value, i) => ({
                    at: at(`09:${String(i + 3).padStart(2, '0')}:00`),
                    value,
                  })),
                },
              ),
              tripped,
            ],
      untouched: { worse: 0, of: 3, text: 'also worse in 0 of 3 targets that we have not touched' },
      coolUntil: open ? at('09:21:52') : null,
      retryMs: 300_000,
      half: half
        ? {
            choose: 'look-again',
            target: 'aws/eu-west-1',
            by: 'Marta Lindqvist',
            at: at('09:12:40'),
            since: picture === 'silent' ? null : at('09:12:40'),
            bake: null,
          }
        : null,
      choices: open
        ? half
          ? (['try-one', 'look-again', 'accept'] as const).map((choose) => ({
              choose,
              targets: [],
              forbids: noChoice,
            }))
          : [
              { choose: 'try-one', targets: ['aws/us-east-1', 'aws/sa-east-1'], forbids: [] },
              { choose: 'look-again', targets: ['aws/eu-west-1'], forbids: [] },
              { choose: 'accept', targets: ['aws/eu-west-1'], forbids: [] },
            ]
        : [],
    },
    waves,
    targets,
    steps: STEPS,
    before: NONE,
    finally: NONE,
    left: [],
    pace: { atOnce: 2, apartMs: 120_000 },
    staleMs: 300_000,
    rules: [
      { id: '1', text: 'health worse than the baseline', limit: null },
      {
        id: '2',
        text: 'checkout errors > 5% for 3m',
        limit: { type: 'errors', text: '> 5%', margin: 5, forMs: 180_000 },
      },
      {
        id: '3',
        text: 'sign-in p95 > 1200 ms for 3m',
        limit: { type: 'p95', text: '> 1200 ms', margin: null, forMs: 180_000 },
      },
    ],
    holds: open
      ? [
          {
            ...why(
              '3',
              'breaker-open',
              'The breaker is open, tripped by aws/eu-west-1. Try one, look again, or accept.',
              'aws/eu-west-1',
            ),
          },
          { ...why('4', 'cool', 'The breaker may close in 7m25s.') },
        ]
      : gate
        ? [{ ...why('6', 'no-better', GATES.gate[4]?.text ?? '', 'aws/eu-central-1'), wave: 'wave 1' }]
        : [],
    alarms:
      open && !half
        ? [
            {
              key: 'breaker:plan-7:1',
              kind: 'breaker',
              about: 'aws/eu-west-1',
              since: at('09:11:52'),
              had: null,
            },
          ]
        : gate
          ? [{ key: 'gate:plan-7:wave 1:1', kind: 'gate', about: 'wave 1', since: at('09:13:47'), had: null }]
          : [],
    overrides: [],
    actions: {
      'start-plan': draft ? [why('1', 'preflight', 'Preflight has 3 open findings.')] : [],
      pause: [],
      resume: [],
      abort: [],
      complete: [why('11', 'not-pending', 'wave 2 has not passed its gate.')],
      'take-watch': [],
    },
    asks: picture === 'revert' ? ['2 targets were reverted. Pause the plan?'] : [],
    list: targets.map((one) => ({
      target: one.id,
      state: one.state,
      text:
        one.state === 'done' ? 'on r417' : one.state === 'pending' ? 'not begun, still on r418' : 'half-done',
    })),
    sleepWarning: null,
  };
}

export interface PlanStandIn {
  view(): PlanView;
  set(change: (view: PlanView) => PlanView): void;
  readonly acts: PlanAction[];
  /** Keys of the alarms that were taken by “I have it”. */
  readonly acknowledged: string[];
  readonly made: Input<'plan.make'>[];
  readonly created: Input<'plan.create'>[];
  readonly saved: Input<'plan.save'>[];
  /** The next acts are refused with these. */
  refuse(why: readonly PlanWhy[]): void;
}

export interface PlanStageOptions extends StageOptions {
  readonly picture?: Picture;
  /** With steps of Before, After each wave and Finally. */
  readonly own?: boolean;
  /** No plan until one is created or made. */
  readonly noPlan?: boolean;
  /** Running plans that hold pending targets of a new one. */
  readonly overlap?: Output<'plan.overlap'>['plans'];
  readonly places?: (input: Input<'plan.places'>) => Output<'plan.places'>;
  /** Command was taken on two machines that were apart. */
  readonly split?: boolean;
  /** The file to save to is there. */
  readonly exists?: boolean;
  readonly wrong?: readonly { line: number; column: number; text: string }[];
}

/** A topology of one system in three regions; whatever is typed is seen by nobody. */
const placesIn = ({ system, targets }: Input<'plan.places'>): Output<'plan.places'> => {
  const known = system === 'edge-config';
  const by = (id: string): string[] => (id === 'aws/sa-east-1' ? [] : ['alert HighErrors', 'probe sign-in']);
  const place = (id: string, runs: boolean) => ({
    target: id,
    runs,
    needs: runs ? [] : ['dynamodb'],
    by: by(id),
  });
  const own = ['aws/ca-central-1', 'aws/us-west-2', 'aws/sa-east-1'];
  return {
    systems: [{ name: 'edge-config', title: 'Edge configuration' }],
    known,
    places: known ? [...own.map((id) => place(id, true)), place('aws/us-east-1', false)] : [],
    seen: targets.map((id) => ({ target: id, by: own.includes(id) ? by(id) : [] })),
    note:
      known || system === ''
        ? null
        : `${system} does not stand in the topology. Type its targets, as provider/region.`,
  };
};

export async function openPlanStage(
  options: PlanStageOptions,
): Promise<Stage & { readonly plan: PlanStandIn }> {
  let view = planView(options.picture ?? 'open');
  if (options.own === true) view = withOwnSteps(view);
  let there = options.noPlan !== true;
  let rev = 1;
  let refusing: readonly PlanWhy[] = [];
  const acts: PlanAction[] = [];
  const acknowledged: string[] = [];
  const made: Input<'plan.make'>[] = [];
  const created: Input<'plan.create'>[] = [];
  const saved: Input<'plan.save'>[] = [];
  let tell: () => void = () => undefined;
  let say: () => void = () => undefined;
  const stepped = (action: Extract<PlanAction, { do: 'step' }>): void => {
    view = {
      ...view,
      targets: view.targets.map((one) =>
        one.id === action.target
          ? {
              ...one,
              steps: one.steps.map((step) =>
                step.section === action.section && step.number === action.step
                  ? { ...step, state: action.to, by: ['Marta Lindqvist'], at: view.now }
                  : step,
              ),
            }
          : one,
      ),
    };
  };
  const ownStepped = (action: Extract<PlanAction, { do: 'plan-step' }>): void => {
    const marked = (own: PlanView['before']): PlanView['before'] => ({
      ...own,
      steps: own.steps.map((step) =>
        step.number === action.step
          ? { ...step, state: action.to, by: ['Marta Lindqvist'], at: view.now }
          : step,
      ),
    });
    view = {
      ...view,
      before: action.section === 'before' ? marked(view.before) : view.before,
      finally: action.section === 'finally' ? marked(view.finally) : view.finally,
      waves: view.waves.map((wave) =>
        action.section === 'after' && wave.name === action.wave
          ? { ...wave, after: marked(wave.after) }
          : wave,
      ),
    };
  };
  const begin = (): Result<Output<'plan.create'>> => {
    there = true;
    view = planView('draft');
    rev += 1;
    say();
    return ok({ plan: view.id, entry: 'p1', rev });
  };
  const stage = await openStage({
    ...options,
    bars: true,
    hash: options.hash ?? 'room?incident=inc-142',
    incident: (incident) => ({
      ...incident,
      plans: there ? [{ id: view.id, title: view.title, state: view.state }] : [],
      roles: options.split
        ? incident.roles.map((one) =>
            /commander/i.test(one.role) ? { ...one, others: ['Tom Okafor'] } : one,
          )
        : incident.roles,
    }),
    extend: ({ send, room }) => {
      say = () => room.append({ kind: 'plan', lead: 'Plan made', text: view.title });
      tell = () => {
        rev += 1;
        send('plan.changed', { rev, incident: 'inc-142', plan: view });
        const now = planNow(view);
        send('plan.nowChanged', { rev, plans: now === null ? [] : [now] });
      };
      const handlers: { [N in keyof HandlerMap]?: (input: never) => Result<unknown> } = {
        'plan.get': () => ok({ rev, plan: view }),
        'plan.do': (input: Input<'plan.do'>) => {
          if (refusing.length > 0) {
            const said = refusing;
            refusing = [];
            return ok({ ok: false, entries: [], why: [...said], rev });
          }
          const { action } = input;
          acts.push(action);
          if (action.do === 'step') stepped(action);
          if (action.do === 'plan-step') ownStepped(action);
          if (action.do === 'accept-finding')
            view = {
              ...view,
              findings: view.findings.map((one) =>
                one.code === action.code && one.about === action.about
                  ? {
                      ...one,
                      accepted: {
                        by: 'Marta Lindqvist',
                        reason: action.reason,
                        answer: action.answer ?? null,
                      },
                    }
                  : one,
              ),
            };
          if (view.findings.every((one) => one.accepted !== null))
            view = { ...view, actions: { ...view.actions, 'start-plan': [] } };
          tell();
          return ok({ ok: true, entries: [`e${acts.length}`], why: [], rev });
        },
        'plan.create': (input: Input<'plan.create'>) => {
          created.push(input);
          return options.wrong
            ? fail('plan-wrong', 'The plan has problems.', { problems: options.wrong })
            : begin();
        },
        'plan.make': (input: Input<'plan.make'>) => {
          made.push(input);
          return begin();
        },
        'plan.propose': (input: Input<'plan.propose'>) =>
          ok({
            waves: input.targets.map((one, i) => ({
              name: i === 0 ? 'canary' : `wave ${i}`,
              targets: [one],
              bake: '10m',
              gate: 'health' as const,
            })),
            because: ['Least traffic first.', 'Canary and wave 1 share no failure domain.'],
          }),
        'plan.places': (input: Input<'plan.places'>) => ok(options.places?.(input) ?? placesIn(input)),
        'plan.overlap': () => ok({ plans: [...(options.overlap ?? [])] }),
        'plan.save': (input: Input<'plan.save'>) => {
          saved.push(input);
          return options.exists === true && !input.replace
            ? fail('file-exists', `${input.name} is there already.`)
            : ok({ folder: input.folder, path: input.name });
        },
        'plan.text': () => ok({ text: '# Plan' }),
        'room.linkChanges': () => {
          room.append({
            kind: 'change',
            lead: 'Change',
            text: 'edge-config r418 to us-east-1, 4 min before the first signal.',
            occurredAt: at('07:44:10'),
          });
          return ok({ entry: 'c', rev });
        },
        'changes.list': () =>
          ok({
            rev: 1,
            firstSignal: at('07:48:20'),
            changes: [
              {
                id: 'c1',
                at: at('07:44:10'),
                service: 'edge-config',
                version: 'r418',
                places: ['aws/us-east-1'],
                by: 'deploy bot',
                text: '',
                url: '',
                source: 'deploys.jsonl',
                beforeFirstMs: 250_000,
                rank: 1,
                line: 'edge-config r418 to us-east-1, 4 min before the first signal',
              },
            ],
            total: 1,
            problems: [],
          }),
        'plan.now': () => ok({ rev, plans: there ? [planNow(view)].filter((one) => one !== null) : [] }),
        'plan.acknowledge': () => {
          const alarms = view.alarms.filter((one) => one.had === null).map((one) => one.key);
          view = {
            ...view,
            alarms: view.alarms.map((one) => ({ ...one, had: { by: 'Marta Lindqvist', at: view.now } })),
          };
          acknowledged.push(...alarms);
          tell();
          return ok({ entry: 'a1', alarms, rev });
        },
      };
      return handlers as Readonly<Record<string, Handler>>;
    },
  });
  return {
    ...stage,
    plan: {
      view: () => view,
      set(change) {
        view = change(view);
        tell();
      },
      acts,
      acknowledged,
      made,
      created,
      saved,
      refuse: (list) => {
        refusing = list;
      },
    },
  };
}
