// The answer of a rehearsal (rehearsal.md): what each line was told, every entry in journal order, and the end.
import { formatOffset } from './duration.ts';
import { compareForState, type FoldEntry } from './entry.ts';
import { foldEntries } from './fold.ts';
import { conditions, type Why } from './gate.ts';
import { allHolds, type Mark, marks, planStatus, type ShownStatus, shownBake, waveStatus } from './holds.ts';
import type { Machine } from './machine.ts';
import type { BreakerStatus, TargetStatus, WaveStatus } from './state.ts';

/** What one `do` line was told; `at` in milliseconds. */
export interface LineAnswer {
  readonly n: number;
  readonly at: number;
  readonly ok: boolean;
  readonly why: readonly Why[];
}

export interface NightEvent {
  readonly at: string;
  readonly device: string;
  readonly kind: string;
  readonly by?: string;
  readonly wave?: string;
  readonly target?: string;
  readonly step?: number | string;
  readonly code?: string;
  readonly reading?: Readonly<Record<string, unknown>>;
}

export interface NightAnswer {
  readonly lines: readonly {
    readonly n: number;
    readonly at: string;
    readonly ok: boolean;
    readonly why: readonly { readonly rule: string; readonly code: string; readonly text: string }[];
  }[];
  readonly events: readonly NightEvent[];
  readonly end: {
    readonly plan: ShownStatus;
    readonly breaker: BreakerStatus;
    readonly holds: readonly {
      readonly code: string;
      readonly wave?: string;
      readonly target?: string;
      readonly text: string;
    }[];
    readonly waves: Readonly<Record<string, WaveEnd>>;
    readonly targets: Readonly<
      Record<string, { readonly state: TargetStatus; readonly marks: readonly Mark[] }>
    >;
  };
  readonly same: boolean;
}

export interface WaveEnd {
  readonly state: WaveStatus;
  readonly bake: {
    /** Seconds. */
    readonly needed: number;
    readonly watched: number;
    readonly gaps: readonly { readonly from: string; readonly to: string; readonly cause: string }[];
  };
  readonly gate: readonly { readonly code: string; readonly met: boolean }[];
}

export function makeAnswer(
  machines: readonly Machine[],
  written: ReadonlyMap<string, number>,
  base: number,
  end: number,
  lines: readonly LineAnswer[],
): NightAnswer {
  const all = new Map<string, FoldEntry>();
  for (const machine of machines) for (const entry of machine.entries) all.set(entry.id, entry);
  const journal = [...all.values()].sort(compareForState);
  return {
    lines: lines.map((line) => ({
      n: line.n,
      at: formatOffset(line.at),
      ok: line.ok,
      why: line.why.map(({ rule, code, text }) => ({ rule, code, text })),
    })),
    events: journal.map((entry) => event(entry, written.get(entry.id) ?? 0, base)),
    end: ending(machines, base, end),
    same: foldAlike(machines),
  };
}

const textOf = (body: Readonly<Record<string, unknown>>, key: string): string | undefined =>
  typeof body[key] === 'string' ? (body[key] as string) : undefined;

function event(entry: FoldEntry, at: number, base: number): NightEvent {
  const body = entry.body ?? {};
  const by = textOf(body, 'by');
  const wave = textOf(body, 'wave');
  const target = textOf(body, 'target');
  const code = textOf(body, 'code') ?? (entry.kind === 'gate-waiting' ? firstCode(body) : undefined);
  const reading = evidence(body, base);
  return {
    at: formatOffset(at),
    device: entry.device,
    kind: entry.kind,
    ...(by === undefined ? {} : { by }),
    ...(wave === undefined ? {} : { wave }),
    ...(target === undefined ? {} : { target }),
    ...(typeof body['step'] === 'number' ? { step: stepName(body) } : {}),
    ...(code === undefined ? {} : { code }),
    ...(reading === undefined ? {} : { reading }),
  };
}

const firstCode = (body: Readonly<Record<string, unknown>>): string | undefined =>
  Array.isArray(body['codes']) && typeof body['codes'][0] === 'string' ? body['codes'][0] : undefined;

const stepName = (body: Readonly<Record<string, unknown>>): number | string =>
  body['section'] === 'each' || body['section'] === undefined
    ? Number(body['step'])
    : `${body['section']}:${body['step']}`;

/** Times of a reading count from the plan's creation, like every time of the answer. */
function evidence(
  body: Readonly<Record<string, unknown>>,
  base: number,
): Record<string, unknown> | undefined {
  const proof = body['evidence'] as Record<string, unknown> | undefined;
  const offset = (value: unknown): unknown =>
    typeof value === 'string' ? formatOffset(Date.parse(value) - base) : value;
  if (proof && typeof proof['source'] === 'string') {
    const { source, value, limit, baseline, tries, since, at, rule } = proof;
    const reading = proof['reading'] as Record<string, unknown> | undefined;
    const own = reading ? pick(reading, ['service', 'health', 'errors', 'p95', 'labels']) : {};
    // How the targets fare that nobody has touched (rule 2d); nothing where none is left.
    const others = proof['untouched'] as { of?: number; text?: string } | undefined;
    const untouched = others?.of ? { untouched: others.text } : {};
    const times = { since: offset(since), at: offset(at) };
    return { source, ...own, rule, value, limit, baseline, tries, ...times, ...untouched };
  }
  const first = Array.isArray(body['readings'])
    ? (body['readings'][0] as Record<string, unknown> | undefined)
    : undefined;
  if (first && typeof body['service'] === 'string')
    return {
      ...pick(first, ['source', 'target', 'service', 'health']),
      at: offset(first['at']),
      began: offset(first['began']),
    };
  return undefined;
}

const pick = (value: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(keys.filter((key) => value[key] !== undefined).map((key) => [key, value[key]]));

function ending(machines: readonly Machine[], base: number, end: number): NightAnswer['end'] {
  const first = machines[0]!;
  const machine = machines.find((one) => one.id === first.state?.watcher) ?? first;
  const { state, book } = machine;
  if (!state) return { plan: 'draft', breaker: 'closed', holds: [], waves: {}, targets: {} };
  const peers = machines.filter((other) => other !== machine && !other.down && !other.cut && !machine.cut);
  const here = machine.here(
    end,
    peers.map((one) => one.id),
  );
  const offset = (at: number): string => formatOffset(at - base);
  return {
    plan: planStatus(state),
    breaker: state.breaker.state,
    holds: allHolds(state, book, here).map(({ code, wave, target, text }) => ({
      code,
      ...(wave === undefined ? {} : { wave }),
      ...(target === undefined ? {} : { target }),
      text,
    })),
    waves: Object.fromEntries(
      state.waves.map((wave): [string, WaveEnd] => {
        const bake = shownBake(state, book, wave, here.now);
        return [
          wave.name,
          {
            state: waveStatus(state, wave),
            bake: {
              needed: Math.floor(bake.needed / 1000),
              watched: Math.floor(bake.watched / 1000),
              gaps: bake.gaps.map((gap) => ({
                from: offset(gap.from),
                to: offset(gap.to ?? here.now),
                cause: gap.cause,
              })),
            },
            gate:
              wave.passedAt === null
                ? conditions(state, book, wave, here).map(({ code, met }) => ({ code, met }))
                : wave.passedWith,
          },
        ];
      }),
    ),
    targets: Object.fromEntries(
      state.plan.targets.map((id) => [
        id,
        { state: state.targets[id]?.state ?? 'pending', marks: marks(state, id) },
      ]),
    ),
  };
}

/** Machines with the same entries fold to the same state, as they came and in other orders of arrival (rule 9). */
function foldAlike(machines: readonly Machine[]): boolean {
  const first = machines[0]!;
  const wanted = JSON.stringify(first.state);
  const ids = (machine: Machine): string =>
    machine.entries
      .map((entry) => entry.id)
      .sort()
      .join();
  const mine = ids(first);
  const others = machines.filter((machine) => ids(machine) === mine);
  return (
    others.every((machine) => JSON.stringify(machine.state) === wanted) &&
    JSON.stringify(foldEntries([...first.entries].reverse())) === wanted
  );
}
