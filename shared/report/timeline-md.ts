// The timeline as a Markdown document: what stands where, who did what, and the numbers with their definitions.
import type { PlanView } from '../contract/plan.ts';
import type { IncidentView, TimelineRow } from '../contract/room.ts';
import {
  factName,
  integrityName,
  metricName,
  milestoneName,
  phaseName,
  stepName,
  reportText as t,
} from '../text/report.ts';
import type { Instant } from '../time/clock.ts';
import { day, duration, hms, local, stamp } from '../time/format.ts';
import { blockText, cellText } from './markdown-text.ts';
import { type Metric, metrics } from './metrics.ts';
import { rollbackSection } from './rollback-section.ts';

export interface MarkdownOptions {
  readonly automatic: boolean;
  readonly retracted: boolean;
  readonly pinnedOnly: boolean;
  /** IANA zone of a second time column; empty: none. */
  readonly zone: string;
  readonly version: string;
  readonly madeAt: Instant;
}

type Release = NonNullable<IncidentView['release']>;

const full = (at: Instant | null): string => (at === null ? t.notSet : stamp(at));

function metricText(m: Metric): string {
  const definition = `${milestoneName[m.from]} to ${milestoneName[m.to]}`;
  const value =
    m.state === 'recorded'
      ? duration(m.ms!, m.about)
      : m.state === 'pending'
        ? t.pending
        : m.state === 'invalid'
          ? t.invalid
          : t.notApplicable(milestoneName[m.from], milestoneName[m.to]);
  return `| ${metricName[m.name]} | ${value} | ${definition}${m.values > 1 ? `; ${t.reopened(m.values)}` : ''} |`;
}

const watchedAs = (release: Release): [string, string] => [
  t.watchedBefore,
  t.watchedAs(release.label, release.title, full(release.openedAt)),
];

/** A release that never became an incident: no severity, no phase, and nothing to measure between milestones. */
function* releaseHead(i: IncidentView, options: MarkdownOptions): Generator<string> {
  yield `# ${t.release} ${i.label}: ${blockText(i.title)}\n\n`;
  yield `${t.made(full(options.madeAt), options.version, i.entries)} ${t.approximate}\n\n`;
  const ended = i.release?.endedAt ?? null;
  const why = i.release?.endReason ?? '';
  const rows: [string, string][] = [
    [t.opened, full(i.declaredAt)],
    [t.ended, ended === null ? t.stillWatched : [full(ended), why].filter((part) => part !== '').join(': ')],
    ...(ended === null
      ? []
      : [[t.watchedFor, duration(Date.parse(ended) - Date.parse(i.declaredAt))] as [string, string]]),
    [t.became, t.noIncidentYet],
    ['Commander', i.commander ?? t.none],
    ['Impact', i.impact || t.notSet],
  ];
  yield `## ${t.summary}\n\n| | |\n| --- | --- |\n`;
  for (const [name, value] of rows) yield `| ${name} | ${cellText(value)} |\n`;
  yield '\n';
}

function* head(i: IncidentView, options: MarkdownOptions): Generator<string> {
  if (i.mode === 'release') {
    yield* releaseHead(i, options);
    return;
  }
  yield `# ${i.label}: ${blockText(i.title)}\n\n`;
  if (i.mode !== 'real') yield `**${i.mode.toUpperCase()}**\n\n`;
  yield `${t.made(full(options.madeAt), options.version, i.entries)} ${t.approximate}\n\n`;
  yield `## ${t.summary}\n\n| | |\n| --- | --- |\n`;
  const rows: [string, string][] = [
    ['Severity', i.severity],
    ['Phase', phaseName[i.phase] ?? i.phase],
    ['Declared', full(i.declaredAt)],
    ...(i.release ? [watchedAs(i.release)] : []),
    ['Impact started', full(i.impactStartedAt)],
    ['Closed', full(i.closedAt)],
    ['Commander', i.commander ?? t.none],
    [
      'Data integrity',
      `${integrityName[i.integrity.state] ?? i.integrity.state}${i.integrity.basis ? `: ${i.integrity.basis}` : ''}`,
    ],
    ['Impact', i.impact || t.notSet],
  ];
  for (const [name, value] of rows) yield `| ${name} | ${cellText(value)} |\n`;
  yield `\n## ${t.metrics}\n\n| Metric | Value | From |\n| --- | --- | --- |\n${metrics(i).map(metricText).join('\n')}\n\n`;
}

function* list(title: string, lines: readonly string[]): Generator<string> {
  yield `## ${title}\n\n`;
  if (lines.length === 0) yield `${t.none}\n\n`;
  else yield `${lines.map((l) => `- ${l}`).join('\n')}\n\n`;
}

function* standing(i: IncidentView): Generator<string> {
  yield* list(
    t.roles,
    i.roles.map((r) => `${cellText(r.role)}: ${cellText(r.name ?? t.none)}, since ${full(r.since)}`),
  );
  yield* list(
    t.affected,
    i.affected.map(
      (a) =>
        `${cellText(`${a.provider} ${a.region}`)}: ${a.state}, since ${full(a.since)}${a.services.length ? `; ${cellText(a.services.join(', '))}` : ''}`,
    ),
  );
  yield* list(
    t.decisions,
    i.decisions.map((d) => `${full(d.at)} ${cellText(d.text)} (${cellText(d.by)})`),
  );
  yield* list(
    t.facts,
    i.facts.map(
      (f) => `${factName[f.state] ?? f.state}: ${cellText(f.text)} (${cellText(f.by)}, ${full(f.at)})`,
    ),
  );
  yield* list(
    t.actions,
    i.actions.map(
      (a) =>
        `[${a.state === 'done' ? 'x' : ' '}] ${cellText(a.text)}${a.owner ? ` (${cellText(a.owner)})` : ''}${a.due ? `, due ${full(a.due)}` : ''}`,
    ),
  );
  yield* list(
    t.questions,
    i.questions.map((q) => `${cellText(q.text)} (${cellText(q.by)}, ${full(q.at)})`),
  );
  for (const c of i.checklists) {
    yield `## ${t.checklists}: ${blockText(c.title)}\n\n${cellText(c.path)}, revision ${c.revision.slice(0, 12)}, started ${full(c.startedAt)} by ${cellText(c.startedBy)}. ${c.settled} of ${c.total} steps settled.\n\n`;
    yield '| # | Step | State | Who | When (UTC) |\n| --- | --- | --- | --- | --- |\n';
    for (const s of c.steps) {
      const who = s.second ? `${s.by ?? ''}, with ${s.second}` : (s.by ?? '');
      yield `| ${s.index + 1} | ${cellText(s.title)} | ${stepName[s.state] ?? s.state}${s.note ? `: ${cellText(s.note)}` : ''} | ${cellText(who)} | ${s.at ? full(s.at) : ''} |\n`;
    }
    yield '\n';
  }
}

function rowLine(row: TimelineRow, options: MarkdownOptions): string {
  const late = Date.parse(row.recordedAt) - Date.parse(row.occurredAt) > 60_000;
  const marks = [
    row.count > 1 ? t.times(row.count) : '',
    row.seenBy > 1 ? t.seenBy(row.seenBy) : '',
    row.was !== null && row.amendedBy !== null ? t.amended(row.amendedBy, row.was) : '',
    row.retracted ? t.retracted(row.retractReason ?? '') : '',
    row.pinned ? t.pinned : '',
    late ? t.recorded(`${row.recordedAt.slice(11, 19)}Z`) : '',
  ].filter((m) => m !== '');
  const words = row.erased ? t.erased : cellText(row.text);
  const lead = row.lead === '' ? '' : `**${cellText(row.lead)}** `;
  const struck = row.retracted ? `~~${lead.replaceAll('**', '')}${words}~~` : `${lead}${words}`;
  const event = [struck, ...marks.map(cellText)].join(' ');
  const zone =
    options.zone === '' ? '' : ` ${local(row.occurredAt, options.zone, row.precision === 'second')} |`;
  return `| ${hms(row.occurredAt, row.precision)} |${zone} ${event} | ${row.automatic ? t.automatic : cellText(row.by)} |\n`;
}

function* timeline(rows: Iterable<TimelineRow>, options: MarkdownOptions): Generator<string> {
  yield `## ${t.timeline}\n\n`;
  const left = [
    options.automatic ? '' : t.leftAutomatic,
    options.retracted ? '' : t.leftRetracted,
    options.pinnedOnly ? t.leftUnpinned : '',
  ].filter((w) => w !== '');
  if (left.length > 0) yield `${t.left(left.join(', '))}\n\n`;
  let today = '';
  let any = false;
  for (const row of rows) {
    if (row.automatic && !options.automatic) continue;
    if (row.retracted && !options.retracted) continue;
    if (options.pinnedOnly && !row.pinned) continue;
    any = true;
    const date = row.occurredAt.slice(0, 10);
    if (date !== today) {
      const zone = options.zone === '' ? ['', ''] : [` ${options.zone} |`, ' --- |'];
      yield `${today === '' ? '' : '\n'}### ${day(row.occurredAt)}\n\n| UTC |${zone[0]} ${t.event} | ${t.who} |\n| --- |${zone[1]} --- | --- |\n`;
      today = date;
    }
    yield rowLine(row, options);
  }
  if (!any) yield `${t.none}\n`;
}

/** The document in pieces, so that 100,000 entries go out without being held in memory. `rows` in the order of screens. */
export function* timelineMarkdown(
  incident: IncidentView,
  rows: Iterable<TimelineRow>,
  options: MarkdownOptions,
  plans: readonly PlanView[] = [],
): Generator<string> {
  yield* head(incident, options);
  yield* standing(incident);
  yield* rollbackSection(plans);
  yield* timeline(rows, options);
}
