// What a plan does now while its breaker is not closed: open, looking again, trying one, or silent. Pure.
import type { PlanTarget, PlanView } from '../contract/plan.ts';
import type { PlanNowLine } from '../contract/plan-now.ts';
import { planNowText as say } from '../text/plan-now.ts';
import { fromInstant, toInstant } from '../time/clock.ts';
import { line, passed, RANK, short, type Told } from './now-parts.ts';

export function open(view: PlanView, work: readonly PlanNowLine[]): Told {
  const { tripped, since, untouched } = view.breaker;
  const target = view.targets.find((one) => one.id === tripped?.target);
  const wave = target?.wave ?? view.waves.find((one) => one.startedAt !== null && !passed(one))?.name ?? null;
  return {
    rank: RANK.open,
    glyph: 'brk-open',
    lead: say.brokenOpen(wave, tripped === null ? '?' : short(view, tripped.target)),
    lines: [
      line(say.openSince, { decides: true, since }),
      ...(work.length > 0 ? work.slice(0, 1) : [line(say.untouched(untouched.worse, untouched.of))]),
    ],
    keys: 'breaker',
  };
}

export function half(view: PlanView, work: readonly PlanNowLine[]): Told {
  const { half: look, retryMs } = view.breaker;
  const name = short(view, look?.target ?? '');
  const base = { rank: RANK.half, keys: 'breaker' as const };
  if (look === null)
    return {
      ...base,
      glyph: 'brk-half',
      lead: say.halfLook(name),
      lines: [line(say.decidesHalf, { decides: true })],
    };
  const target = view.targets.find((one) => one.id === look.target);
  const watching = look.choose === 'look-again' || look.bake !== null;
  // A look that has only begun waits for its first reading: that is no silence yet.
  const silent = watching && isSilent(target);
  if (silent)
    return {
      ...base,
      glyph: 'stale',
      lead: say.halfSilent(name),
      lines: [
        work[0] ??
          (target?.silentSince
            ? line(say.silentSince(name), { since: target.silentSince })
            : line(say.neverHeard(name))),
        line(say.decidesSilent, { decides: true }),
      ],
      next: [
        { at: null, label: say.next.heard(name), note: say.next.heardNote(look.bake?.neededMs ?? retryMs) },
      ],
    };
  if (look.choose === 'look-again') {
    const ends = look.since === null ? null : toInstant(fromInstant(look.since) + retryMs);
    return {
      ...base,
      glyph: 'brk-half',
      lead: say.halfLook(name),
      lines: [line(say.looks, { who: look.by, until: ends }), line(say.decidesHalf, { decides: true })],
      ...(ends === null ? {} : { next: [{ at: ends, label: say.next.look, note: name }] }),
    };
  }
  const ends = look.bake?.endsAt ?? null;
  return {
    ...base,
    glyph: 'brk-half',
    lead: say.halfTry(name),
    lines: [
      ...work.slice(0, 1),
      ...(ends === null ? [] : [line(say.bakeLeft(look.bake?.neededMs ?? 0), { until: ends })]),
      line(say.decidesHalf, { decides: true }),
    ],
    ...(ends === null ? {} : { next: [{ at: ends, label: say.next.trial(name), note: say.next.trialNote }] }),
  };
}

const isSilent = (target: PlanTarget | undefined): boolean =>
  target === undefined || !target.heard || target.silentSince !== null;
