// feed kinds | feed parse --kind KIND FILE | feed check
import { readFileSync } from 'node:fs';
import { cliText } from '../../shared/text/cli.ts';
import { toInstant } from '../../shared/time/clock.ts';
import { diskReason } from '../files/atomic.ts';
import { detectKind, FEED_KIND_NAMES, FEED_KINDS, feedKind, parsePayload } from '../health/sources/index.ts';
import { positionals, readOptions } from './args.ts';
import type { CliContext } from './context.ts';
import { columns, EXIT, type Exit, failed, printable, UsageError } from './io.ts';

export function feedKinds({ io }: CliContext): Exit {
  const kinds = FEED_KIND_NAMES.map((name) => {
    const { kind, name: words, reports, evidence } = FEED_KINDS[name];
    return { kind, name: words, reports, evidence };
  });
  io.document(kinds);
  for (const line of columns(kinds.map((k) => [k.kind, k.name, k.reports, k.evidence]))) io.line(line);
  return EXIT.fine;
}

/** How a parser is tried on a recording. Exit 1 when nothing of the payload may be believed. */
export function feedParse({ io, argv, clock }: CliContext): Exit {
  const options = readOptions(argv, ['kind', 'provider'], ['json']);
  const [file] = positionals(options, ['FILE']);
  const wanted = options.value('kind');
  if (wanted !== undefined && feedKind(wanted) === null) {
    throw new UsageError(cliText.noKind(wanted, FEED_KIND_NAMES));
  }
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    return failed(io, {
      code: 'file-unreadable',
      message: cliText.fileUnreadable(file, diskReason(error, 'the file is not there')),
    });
  }
  const kind = wanted === undefined ? detectKind('', bytes) : feedKind(wanted)!.kind;
  if (kind === null) return failed(io, { code: 'kind-unknown', message: cliText.kindNotFound(file) });
  const provider = options.value('provider');
  const result = parsePayload(kind, bytes, {
    now: toInstant(clock.now()),
    ...(provider ? { provider } : {}),
  });
  io.document({
    kind: result.kind,
    observations: result.observations.map(({ provider, region, service, state, at }) => ({
      provider,
      region,
      service,
      state,
      at,
    })),
    events: result.events.map(({ id, title, status, state, regions, services, startedAt, endedAt }) => ({
      id,
      title,
      status,
      state,
      regions,
      services,
      startedAt,
      endedAt,
    })),
    problems: result.problems,
  });
  io.line(
    cliText.parsed(result.kind, result.observations.length, result.events.length, result.problems.length),
  );
  for (const line of columns(
    result.events
      .filter((e) => e.status === 'open')
      .map((e) => [e.state, e.startedAt ?? '', e.regions.join(','), e.title]),
  ))
    io.line(line);
  for (const line of columns(
    result.observations
      .filter((o) => o.state !== 'operational')
      .map((o) => [o.state, o.provider, o.region, o.service, o.at ?? '']),
  ))
    io.line(line);
  for (const problem of result.problems)
    io.say(printable(`${problem.code}: ${problem.text}${problem.where ? ` (${problem.where})` : ''}`));
  return result.usable ? EXIT.fine : EXIT.problem;
}

/** Polls every feed that is switched on once and says how it answered. Exit 1 when one of them is not fresh. */
export async function feedCheck(context: CliContext): Promise<Exit> {
  const { io } = context;
  readOptions(context.argv, [], ['json']);
  const health = await context.health();
  const feeds = await health.checkOnce();
  io.document(feeds);
  for (const line of columns(
    feeds.map((f) => [f.name, f.kind, f.state, f.reason ?? cliText.openEvents(f.events)]),
  ))
    io.line(line);
  return feeds.every((f) => f.state === 'fresh' || f.state === 'paused') ? EXIT.fine : EXIT.problem;
}
