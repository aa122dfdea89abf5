// The timeline of the stand-in: rows of one told night, and as many generated ones before them as a test wants.
import type { TimelineFilter, TimelineRow } from '../../../shared/contract/room.ts';

export const DAY = '2026-10-20';
export const at = (time: string): string =>
  `${DAY}T${time.length === 5 ? `${time}:00` : time}.000Z`.replace('.000.000', '.000');

let made = 0;
export const row = (
  change: Partial<TimelineRow> & Pick<TimelineRow, 'kind' | 'lead' | 'text'>,
): TimelineRow => {
  made += 1;
  const occurredAt = change.occurredAt ?? at('09:14:27');
  return {
    id: `entry-${made}`,
    entryKind: change.kind,
    recordedAt: occurredAt,
    precision: 'second',
    state: null,
    by: 'Marta Lindqvist',
    automatic: false,
    pinned: false,
    retracted: false,
    erased: false,
    versions: 1,
    was: null,
    amendedBy: null,
    amendedAt: null,
    amendReason: null,
    retractReason: null,
    count: 1,
    seenBy: 1,
    ...change,
    occurredAt,
  };
};

const auto = (
  time: string,
  lead: string,
  text: string,
  state: TimelineRow['state'] = null,
  more: Partial<TimelineRow> = {},
): TimelineRow =>
  row({ kind: 'signal', lead, text, state, occurredAt: at(time), automatic: true, by: '', ...more });
const human = (
  time: string,
  kind: TimelineRow['kind'],
  lead: string,
  text: string,
  by: string,
  more: Partial<TimelineRow> = {},
): TimelineRow => row({ kind, lead, text, by, occurredAt: at(time), recordedAt: at(time), ...more });

/** The night as told in the design, without the plan. */
export const story = (): TimelineRow[] => [
  auto('07:48:20', 'AWS', 'dynamodb us-east-1: Outage. “Increased error rates.”', 'major-outage'),
  auto('07:51:20', 'AWS', 'iam us-east-1: Degraded.', 'degraded', { count: 12 }),
  human(
    '08:12:05',
    'declared',
    'Declared',
    'SEV1: Checkout and sign-in failing after AWS us-east-1 deployment',
    'Marta Lindqvist',
  ),
  human('08:12:06', 'role', 'Role', 'I have command: Marta Lindqvist.', 'Marta Lindqvist'),
  human('08:15:00', 'role', 'Role', 'Operations lead: Priya Raman.', 'Marta Lindqvist'),
  human(
    '08:24:30',
    'phase',
    'Phase',
    'Identified: DynamoDB has no DNS record in us-east-1.',
    'Marta Lindqvist',
  ),
  human(
    '08:29:00',
    'decision',
    'Decision',
    'Roll back r418 to r417 first; drain us-east-1 last.',
    'Marta Lindqvist',
    { pinned: true },
  ),
  human('08:31:00', 'phase', 'Phase', 'Rolling back', 'Marta Lindqvist'),
  human('08:41:30', 'note', 'Note', 'Session check from the bastion fails.', 'Priya Raman'),
  human('08:49:10', 'decision', 'Decision', 'Canary is good. Go on with wave 1.', 'Marta Lindqvist'),
  auto('08:55:12', 'AWS', 'us-east-1: “We continue to investigate.”'),
  human('08:59:00', 'handoff', 'Handoff', 'Communications lead: Ana Costa, then Tom Okafor.', 'Ana Costa'),
  human('09:00:12', 'attachment', 'Attachment', 'dns-trace-us-east-1.txt, 14 kB', 'Priya Raman'),
  auto('09:01:14', 'AWS', 'us-east-1: “Deployment at fault identified, rolling it back.”'),
  human('09:02:40', 'note', 'Note', 'Sign-in failures peaked at 61 % at 08:22Z.', 'Ana Costa', {
    versions: 2,
    was: 'Sign-in failures peaked at 71 % at 08:22Z.',
    amendedBy: 'Tom Okafor',
    amendedAt: at('09:05:31'),
    amendReason: '71 % was the retry rate.',
  }),
  human('09:04:00', 'note', 'Note', 'Wrong room, sorry.', 'Jonas Beck', {
    retracted: true,
    retractReason: 'belongs to INC-0143',
  }),
  human('09:07:40', 'step', 'Step done', 'Drain a region: move sessions to eu-central-1.', 'Priya Raman'),
  auto(
    '09:09:30',
    'AWS',
    'kinesis eu-west-1: Degraded. “Elevated error rates.” We do not lean on it.',
    'degraded',
  ),
  human(
    '09:10:30',
    'note',
    'Note',
    'webhooks-out retries are draining the eu-west-1 session pool, 480 of 512 in use.',
    'Priya Raman',
    { recordedAt: at('09:13:05') },
  ),
  auto('09:11:20', 'Not watched', 'This machine slept 09:10:40Z to 09:11:20Z.', null, {
    kind: 'not-watched',
  }),
  human('09:11:52', 'fact', 'Fact, suspected', 'Retry storm, not r417, degrades eu-west-1.', 'Priya Raman'),
  human(
    '09:12:20',
    'decision',
    'Decision',
    'Hold wave 2. No override until we know if AWS, r417 or the webhook retries broke eu-west-1.',
    'Marta Lindqvist',
    { pinned: true },
  ),
  human('09:12:41', 'question', 'Question', 'Who runs the eu-west-1 probe host?', 'Tom Okafor'),
  human('09:13:20', 'action', 'Action', 'Cap webhook retries. Priya Raman, due 09:20Z.', 'Marta Lindqvist'),
  human('09:13:48', 'step', 'Step started', 'Stop a retry storm: confirm the storm.', 'Priya Raman'),
];

/** `n` generated rows, one every `every` milliseconds, all before the story begins. */
export function filler(n: number, every = 250): TimelineRow[] {
  const end = Date.parse(at('07:48:20'));
  const services = ['dynamodb', 'iam', 'lambda', 'sqs', 'ec2', 'kinesis'];
  return Array.from({ length: n }, (_, i) => {
    const time = new Date(end - (n - i) * every).toISOString();
    const kind = i % 9 === 0 ? 'note' : i % 37 === 0 ? 'decision' : 'signal';
    return row({
      id: `filler-${i}`,
      kind,
      lead: kind === 'note' ? 'Note' : kind === 'decision' ? 'Decision' : 'AWS',
      text:
        i % 5 === 0
          ? `${services[i % 6]} us-east-1: line ${i} is a longer sentence that has to wrap at least once in the narrow column of the room, and says nothing.`
          : `${services[i % 6]} us-east-1: line ${i}`,
      occurredAt: time,
      recordedAt: time,
      automatic: kind === 'signal',
      by: kind === 'signal' ? '' : 'Ana Costa',
    });
  });
}

const GROUPS: Readonly<Record<TimelineFilter['only'], (row: TimelineRow) => boolean>> = {
  all: () => true,
  signals: (r) => r.kind === 'signal',
  steps: (r) => r.kind === 'step' || r.kind === 'checklist',
  notes: (r) => r.kind === 'note',
  decisions: (r) => r.kind === 'decision',
  facts: (r) => r.kind === 'fact' || r.kind === 'question' || r.kind === 'answer',
  actions: (r) => r.kind === 'action',
  pinned: (r) => r.pinned,
};

export function select(all: readonly TimelineRow[], filter: TimelineFilter) {
  const find = filter.find.trim().toLowerCase();
  const matches = (r: TimelineRow): boolean =>
    (filter.retracted || !r.retracted) &&
    (find === '' || `${r.lead} ${r.text} ${r.by}`.toLowerCase().includes(find));
  const kept = all.filter(matches);
  const counts = Object.fromEntries(
    Object.entries(GROUPS).map(([name, belongs]) => [name, kept.filter(belongs).length]),
  ) as Record<TimelineFilter['only'], number>;
  return {
    rows: kept.filter(GROUPS[filter.only]),
    counts,
    hidden: filter.retracted ? 0 : all.filter((r) => r.retracted).length,
  };
}
