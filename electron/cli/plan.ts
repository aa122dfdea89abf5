// plan check FILE | plan rehearse PLAN.md NIGHT.jsonl | plan show INCIDENT
import { readFileSync } from 'node:fs';
import { cliText } from '../../shared/text/cli.ts';
import { diskReason } from '../files/atomic.ts';
import { decodeText } from '../library/text.ts';
import { planCheck, rehearseFiles } from '../rollback/rehearse.ts';
import { positionals, readOptions } from './args.ts';
import type { CliContext } from './context.ts';
import { find } from './incident.ts';
import { columns, EXIT, type Exit, failed, printable } from './io.ts';

function read(path: string): { text: string } | { error: string } {
  try {
    return { text: decodeText(readFileSync(path)).text };
  } catch (error) {
    return { error: cliText.fileUnreadable(path, diskReason(error, 'the file is not there')) };
  }
}

/** Exit 1 when the file has problems; findings alone are for people to decide. */
export function planCheckCommand({ io, argv }: CliContext): Exit {
  const [file] = positionals(readOptions(argv, [], ['json']), ['FILE']);
  const source = read(file);
  if ('error' in source) return failed(io, { code: 'file-unreadable', message: source.error });
  const checked = planCheck(source.text);
  io.document(checked);
  for (const p of checked.problems) io.line(printable(`${file}:${p.line}:${p.column}: ${p.text}`));
  for (const line of columns(checked.findings.map((f) => [f.code, f.about, f.text]))) io.line(line);
  if (checked.ok && checked.findings.length === 0) io.line(cliText.planClean(file));
  return checked.ok ? EXIT.fine : EXIT.problem;
}

/** Exit 0 when the night ran, 2 when a file is wrong (line and column said). */
export function planRehearse({ io, argv }: CliContext): Exit {
  const [planFile, nightFile] = positionals(readOptions(argv, [], ['json']), ['PLAN.md', 'NIGHT.jsonl']);
  const plan = read(planFile);
  const night = read(nightFile);
  for (const source of [plan, night]) {
    if ('error' in source) {
      failed(io, { code: 'file-unreadable', message: source.error });
      return EXIT.usage;
    }
  }
  const answer = rehearseFiles((plan as { text: string }).text, (night as { text: string }).text);
  if (!answer.ok) {
    io.document({ error: answer.error });
    io.say(printable(answer.error.message));
    return EXIT.usage;
  }
  io.document(answer.value);
  for (const line of answer.value.lines) {
    if (!line.ok)
      io.line(printable(`line ${line.n} at ${line.at} refused: ${line.why.map((w) => w.text).join('; ')}`));
  }
  for (const line of columns(
    answer.value.events.map((e) => [e.at, e.device, e.kind, e.wave ?? '', e.target ?? '', e.by ?? '']),
  ))
    io.line(line);
  const { end } = answer.value;
  io.line(cliText.planEnd(end.plan, end.breaker));
  for (const hold of end.holds) io.line(printable(`  ${hold.code}: ${hold.text}`));
  return EXIT.fine;
}

/** Every plan of an incident with every state and its explanation, as the journal has it; live readings stay with the window. */
export async function planShow(context: CliContext): Promise<Exit> {
  const { io } = context;
  const [wanted] = positionals(readOptions(context.argv, [], ['json']), ['INCIDENT']);
  const { plans } = await context.core();
  const incident = await find(context, wanted);
  if (!incident.ok) return failed(io, incident.error);
  const found = await plans.views(incident.value.id);
  if (!found.ok) return failed(io, found.error);
  io.document({ incident: incident.value.id, label: incident.value.label, plans: found.value });
  if (found.value.length === 0) io.line(cliText.noPlans(incident.value.label));
  for (const plan of found.value) {
    io.line(printable(`${plan.title} (${plan.id})`));
    io.line(cliText.planEnd(plan.held ? `${plan.state}, held` : plan.state, plan.breaker.state));
    for (const hold of plan.holds) io.line(printable(`  ${hold.code}: ${hold.text}`));
    const waves = plan.waves.map(({ name, state, gate, startForbids }) => [
      `  ${name}`,
      state,
      cliText.conditionsMet(gate.conditions.filter((one) => one.met).length, gate.conditions.length),
      startForbids[0]?.text ?? '',
    ]);
    for (const line of columns(waves)) io.line(line);
    for (const line of columns(plan.list.map((one) => [`  ${one.target}`, one.state, one.text])))
      io.line(line);
  }
  return EXIT.fine;
}
