// incident declare | note | list | show | export | verify
import { resolve } from 'node:path';
import type { ExportOptions } from '../../shared/contract/report.ts';
import type { IncidentLine } from '../../shared/contract/room.ts';
import { cliText } from '../../shared/text/cli.ts';
import { phaseName } from '../../shared/text/report.ts';
import { toInstant } from '../../shared/time/clock.ts';
import { hms, stamp } from '../../shared/time/format.ts';
import { parseTime } from '../../shared/time/parse.ts';
import { isZone } from '../../shared/time/zone.ts';
import { verifyFile } from '../report/verify-file.ts';
import { positionals, readOptions } from './args.ts';
import type { CliContext } from './context.ts';
import { columns, EXIT, type Exit, failed, printable, UsageError } from './io.ts';

const SEVERITIES = ['SEV1', 'SEV2', 'SEV3', 'SEV4'] as const;
const KINDS = ['note', 'decision', 'fact', 'question', 'action'] as const;

const oneOf = <T extends string>(name: string, value: string, list: readonly T[]): T => {
  const found = list.find((item) => item.toLowerCase() === value.toLowerCase());
  if (!found) throw new UsageError(cliText.notOneOf(name, value, list));
  return found;
};

export async function incidentDeclare(context: CliContext): Promise<Exit> {
  const { io } = context;
  const options = readOptions(
    context.argv,
    ['title', 'severity', 'impact-started', 'by'],
    ['json', 'commander'],
  );
  positionals(options, []);
  const title = options.need('title').trim();
  const severity = oneOf('--severity', options.need('severity'), SEVERITIES);
  const core = await context.core(options.value('by'));
  const impact = options.value('impact-started');
  const at = impact === undefined ? { ok: true as const, value: null } : happened(context, impact);
  if (!at.ok) return failed(io, at.error);
  const declared = await core.rooms.handlers['incidents.declare']({
    title,
    severity,
    signals: [],
    impactStarted: at.value,
    commander: options.flag('commander'),
  });
  if (!declared.ok) return failed(io, declared.error);
  io.document({ ...declared.value, title, severity });
  io.line(cliText.declared(declared.value.label, declared.value.id));
  return EXIT.fine;
}

export async function incidentNote(context: CliContext): Promise<Exit> {
  const { io } = context;
  const options = readOptions(context.argv, ['at', 'kind', 'by'], ['json']);
  const [wanted, text] = positionals(options, ['ID', 'TEXT']);
  const kind = oneOf('--kind', options.value('kind') ?? 'note', KINDS);
  const core = await context.core(options.value('by'));
  const incident = await find(context, wanted);
  if (!incident.ok) return failed(io, incident.error);
  const typed = options.value('at');
  const occurred = typed === undefined ? { ok: true as const, value: null } : happened(context, typed);
  if (!occurred.ok) return failed(io, occurred.error);
  const logged = await core.rooms.handlers['room.log']({
    incident: incident.value.id,
    kind,
    text,
    occurred: occurred.value,
  });
  if (!logged.ok) return failed(io, logged.error);
  const entry = core.journal.entry(logged.value.entry);
  io.document(
    entry === null ? logged.value : { ...entry, body: JSON.parse(entry.body), bodyText: entry.body },
  );
  io.line(cliText.noted(kind, incident.value.label, logged.value.entry));
  return EXIT.fine;
}

/** Severity and phase; a release that is no incident has neither. */
const stands = (i: IncidentLine): [string, string] =>
  i.mode === 'release'
    ? [cliText.release, i.closedAt === null ? cliText.watched : cliText.ended]
    : [i.severity, phaseName[i.phase] ?? i.phase];

export async function incidentList(context: CliContext): Promise<Exit> {
  const { io } = context;
  positionals(readOptions(context.argv, [], ['json']), []);
  const core = await context.core();
  const listed = await core.rooms.handlers['incidents.list']({});
  if (!listed.ok) return failed(io, listed.error);
  io.document(listed.value.incidents);
  if (listed.value.incidents.length === 0) io.line(cliText.noIncidents);
  for (const line of columns(
    listed.value.incidents.map((i) => [i.label, ...stands(i), stamp(i.declaredAt), i.title]),
  ))
    io.line(line);
  return EXIT.fine;
}

export async function incidentShow(context: CliContext): Promise<Exit> {
  const { io } = context;
  const options = readOptions(context.argv, [], ['json']);
  const [wanted] = positionals(options, ['ID']);
  const core = await context.core();
  const incident = await find(context, wanted);
  if (!incident.ok) return failed(io, incident.error);
  const view = await core.rooms.incident(incident.value.id);
  if (!view.ok) return failed(io, view.error);
  const rows = await core.rooms.rows(incident.value.id);
  if (!rows.ok) return failed(io, rows.error);
  if (io.json) {
    io.document({ incident: view.value, timeline: [...rows.value] });
    return EXIT.fine;
  }
  const i = view.value;
  io.line(printable(`${i.label}  ${stands(i).join('  ')}  ${i.title}`));
  io.line(
    (i.mode === 'release' ? cliText.watchedSince : cliText.since)(
      stamp(i.declaredAt),
      i.impactStartedAt === null ? null : stamp(i.impactStartedAt),
      i.closedAt === null ? null : stamp(i.closedAt),
    ),
  );
  for (const role of i.roles) io.line(printable(`${role.role}: ${role.name ?? '-'}`));
  let day = '';
  for (const row of rows.value) {
    if (row.retracted) continue;
    const date = row.occurredAt.slice(0, 10);
    if (date !== day) io.line(`\n${date} UTC`);
    day = date;
    io.line(
      printable(
        `${hms(row.occurredAt, row.precision).padEnd(9)} ${row.lead} ${row.text}${row.count > 1 ? ` x${row.count}` : ''}  (${row.by === '' ? cliText.automatic : row.by})`,
      ),
    );
  }
  return EXIT.fine;
}

export async function incidentExport(context: CliContext): Promise<Exit> {
  const { io } = context;
  const options = readOptions(
    context.argv,
    ['format', 'out', 'zone'],
    ['json', 'no-automatic', 'retracted', 'pinned'],
  );
  const [wanted] = positionals(options, ['ID']);
  const format = oneOf('--format', options.need('format'), ['md', 'json'] as const);
  const out = resolve(options.need('out'));
  const zone = options.value('zone') ?? '';
  if (zone !== '' && !isZone(zone)) throw new UsageError(cliText.badZone(zone));
  const core = await context.core();
  const incident = await find(context, wanted);
  if (!incident.ok) return failed(io, incident.error);
  const chosen: ExportOptions = {
    format,
    automatic: !options.flag('no-automatic'),
    retracted: options.flag('retracted'),
    pinnedOnly: options.flag('pinned'),
    zone,
  };
  const saved = await core.reports.save(incident.value.id, chosen, out);
  if (!saved.ok) return failed(io, saved.error);
  io.document(saved.value);
  io.line(cliText.exported(saved.value.path, saved.value.bytes, saved.value.sha256));
  return EXIT.fine;
}

/** Needs no profile: whoever was handed a file can check it. Exit 1 when the chain breaks or the file is not an export. */
export function incidentVerify({ io, argv }: CliContext): Exit {
  const options = readOptions(argv, [], ['json']);
  const [file] = positionals(options, ['FILE']);
  const proof = verifyFile(resolve(file));
  if (!proof.ok) return failed(io, proof.error);
  const { head, verification, sha256 } = proof.value;
  const { ok, entries, incidents, devices, withheld, erased, breaks, unlisted, chains, text } = verification;
  io.document({
    ok,
    file,
    sha256,
    incident: head.incident,
    entries,
    incidents,
    devices,
    withheld,
    erased,
    breaks,
    unlisted,
    chains,
    text,
  });
  io.line(printable(`${head.incident.label} ${head.incident.title}`));
  for (const line of text) io.line(printable(line));
  for (const b of breaks) io.line(printable(`  ${b.text}`));
  return ok ? EXIT.fine : EXIT.problem;
}

type Found = { ok: true; value: IncidentLine } | { ok: false; error: { code: string; message: string } };

/** An incident by its id, its label (INC-0001, or the number alone; REL-0001 for a release, also once it is an incident) or the beginning of its id, when only one begins so. */
export async function find(context: CliContext, wanted: string): Promise<Found> {
  const core = await context.core();
  const listed = await core.rooms.handlers['incidents.list']({});
  if (!listed.ok) return listed;
  const all = listed.value.incidents;
  const [, series = 'inc', number] = /^(?:(inc|rel)-)?0*(\d+)$/i.exec(wanted) ?? [];
  const is = (label: string): boolean =>
    number !== undefined &&
    label.toLowerCase().startsWith(`${series.toLowerCase()}-`) &&
    Number(label.replace(/\D/g, '')) === Number(number);
  const exact = all.find((i) => i.id === wanted || is(i.label) || is(i.release?.label ?? ''));
  const begins = wanted.length >= 6 ? all.filter((i) => i.id.startsWith(wanted)) : [];
  const found = exact ?? (begins.length === 1 ? begins[0] : undefined);
  if (found) return { ok: true, value: found };
  const message =
    begins.length > 1
      ? cliText.ambiguous(
          wanted,
          begins.map((i) => `${i.label} ${i.id}`),
        )
      : cliText.noIncident(wanted);
  return { ok: false, error: { code: 'no-such-incident', message } };
}

type Occurred =
  | { ok: true; value: { at: string; precision: 'second' | 'minute' | 'about'; typed: string } }
  | { ok: false; error: { code: string; message: string } };

function happened(context: CliContext, typed: string): Occurred {
  const read = parseTime(typed, {
    now: toInstant(context.clock.now()),
    zone: context.zone(),
    purpose: 'happened',
  });
  if (read.kind === 'at') return { ok: true, value: { at: read.instant, precision: read.precision, typed } };
  if (read.kind === 'refused') return { ok: false, error: { code: 'time-refused', message: read.text } };
  const choices = read.choices.map((c) => `  ${c.echo}: --at ${c.instant}`).join('\n');
  return { ok: false, error: { code: 'time-asked', message: `${read.question}\n${choices}` } };
}
