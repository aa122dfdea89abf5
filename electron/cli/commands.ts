// The list of commands: words, usage, what each does. `bulkhead help` and wrong usage print it.
import type { CliContext } from './context.ts';
import { feedCheck, feedKinds, feedParse } from './feed.ts';
import {
  incidentDeclare,
  incidentExport,
  incidentList,
  incidentNote,
  incidentShow,
  incidentVerify,
} from './incident.ts';
import type { Exit } from './io.ts';
import { packCheck } from './pack.ts';
import { planCheckCommand, planRehearse, planShow } from './plan.ts';
import { replay } from './replay.ts';
import { runbookAdd, runbookList, runbookShow } from './runbook.ts';

export interface Command {
  readonly words: readonly string[];
  readonly usage: string;
  readonly does: string;
  readonly run: (context: CliContext) => Exit | Promise<Exit>;
}

export const COMMANDS: readonly Command[] = [
  { words: ['feed', 'kinds'], usage: '', does: 'the kinds of feeds that can be read', run: feedKinds },
  {
    words: ['feed', 'parse'],
    usage: '--kind KIND FILE',
    does: 'try a parser on a recorded payload',
    run: feedParse,
  },
  {
    words: ['feed', 'check'],
    usage: '',
    does: 'poll every feed once and say how it answered',
    run: feedCheck,
  },
  {
    words: ['incident', 'declare'],
    usage: '--title T --severity SEV1 [--impact-started TIME] [--commander] [--by NAME]',
    does: 'declare an incident',
    run: incidentDeclare,
  },
  {
    words: ['incident', 'note'],
    usage: 'ID TEXT [--at TIME] [--kind note|decision|fact|question|action] [--by NAME]',
    does: 'write into its timeline',
    run: incidentNote,
  },
  { words: ['incident', 'list'], usage: '', does: 'all incidents of the profile', run: incidentList },
  { words: ['incident', 'show'], usage: 'ID', does: 'one incident with its timeline', run: incidentShow },
  {
    words: ['incident', 'export'],
    usage: 'ID --format md|json --out FILE [--zone ZONE] [--no-automatic] [--retracted] [--pinned]',
    does: 'write its document',
    run: incidentExport,
  },
  {
    words: ['incident', 'verify'],
    usage: 'FILE',
    does: 'check the chain of an exported incident',
    run: incidentVerify,
  },
  { words: ['runbook', 'add'], usage: 'DIR', does: 'add a runbook folder to the profile', run: runbookAdd },
  { words: ['runbook', 'list'], usage: '', does: 'runbooks of the folders in the profile', run: runbookList },
  { words: ['runbook', 'show'], usage: 'PATH', does: 'one runbook', run: runbookShow },
  {
    words: ['pack', 'check'],
    usage: 'DIR',
    does: 'the files of a pack, every problem with line and column',
    run: packCheck,
  },
  {
    words: ['replay'],
    usage: 'DIR [--kind KIND] [--speed N]',
    does: 'run recorded polls through the very code that reads live feeds',
    run: replay,
  },
  {
    words: ['plan', 'check'],
    usage: 'FILE',
    does: 'a rollback plan: front matter, steps, findings',
    run: planCheckCommand,
  },
  {
    words: ['plan', 'rehearse'],
    usage: 'PLAN.md NIGHT.jsonl',
    does: 'take a plan through a scripted night; exit code 2 also when a file is wrong',
    run: planRehearse,
  },
  {
    words: ['plan', 'show'],
    usage: 'INCIDENT',
    does: 'the rollback plans of an incident, every state with its explanation',
    run: planShow,
  },
];

export function usage(commands: readonly Command[] = COMMANDS): string {
  const lines = commands.map((c) => [`bulkhead ${c.words.join(' ')} ${c.usage}`.trim(), c.does] as const);
  return [
    ...lines.map(([call, does]) => `  ${call}\n      ${does}`),
    '',
    'Every command takes --json (one document on standard output) and --profile DIR.',
    'Exit code: 0 fine, 1 found a problem, 2 wrong usage.',
  ].join('\n');
}
