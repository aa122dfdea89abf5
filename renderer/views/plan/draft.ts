// The plan while it is being made: waves of targets and the fields of its rules, as typed. Pure; main checks the whole when it is saved.
import type { MadePlan } from '../../../shared/contract/plan.ts';
import { planTitle } from '../../../shared/text/plan-entries.ts';
import { plan as text } from '../../../shared/text/plan-ui.ts';

export interface DraftWave {
  readonly name: string;
  readonly targets: readonly string[];
  readonly bake: string;
  readonly gate: 'health' | 'manual';
}
export interface Draft {
  readonly kind: MadePlan['kind'];
  readonly title: string;
  readonly system: string;
  readonly from: string;
  readonly to: string;
  readonly deployedAt: string;
  readonly schema: MadePlan['change']['schema'];
  readonly waves: readonly DraftWave[];
  readonly worse: boolean;
  readonly probe: string;
  readonly errors: string;
  readonly success: string;
  readonly tries: string;
  readonly stale: string;
  readonly retry: string;
  readonly cool: string;
  readonly atOnce: string;
  readonly apart: string;
  readonly body: string;
}

export const emptyDraft = (kind: Draft['kind'] = 'rollback'): Draft => ({
  kind,
  title: '',
  system: '',
  from: '',
  to: '',
  deployedAt: '',
  schema: 'unknown',
  waves: [{ name: 'canary', targets: [], bake: '10m', gate: 'manual' }],
  worse: true,
  probe: '',
  errors: '5',
  success: '1',
  tries: '',
  stale: '5m',
  retry: '5m',
  cool: '10m',
  atOnce: '2',
  apart: '2m',
  body: '',
});

export const targetsOf = (draft: Draft): string[] => draft.waves.flatMap((wave) => [...wave.targets]);

export const withWave = (draft: Draft, at: number, change: Partial<DraftWave>): Draft => ({
  ...draft,
  waves: draft.waves.map((wave, i) => (i === at ? { ...wave, ...change } : wave)),
});

/** New ones go into the last wave; one that is there already stays where it is. */
export function addTargets(draft: Draft, list: readonly string[]): Draft {
  const known = new Set(targetsOf(draft));
  const fresh = [...new Set(list.map((one) => one.trim()))].filter((one) => one !== '' && !known.has(one));
  if (fresh.length === 0) return draft;
  const waves = draft.waves.length > 0 ? draft.waves : emptyDraft().waves;
  const last = waves.length - 1;
  return {
    ...draft,
    waves: waves.map((wave, i) => (i === last ? { ...wave, targets: [...wave.targets, ...fresh] } : wave)),
  };
}

export const removeTarget = (draft: Draft, target: string): Draft => ({
  ...draft,
  waves: draft.waves.map((wave) => ({ ...wave, targets: wave.targets.filter((one) => one !== target) })),
});

/** One place up or down; over the edge of its wave it goes to the end, or the beginning, of the neighbouring one. */
export function moveTarget(draft: Draft, target: string, by: -1 | 1): Draft {
  const from = draft.waves.findIndex((wave) => wave.targets.includes(target));
  const wave = draft.waves[from];
  if (!wave) return draft;
  const at = wave.targets.indexOf(target);
  const to = at + by;
  if (to >= 0 && to < wave.targets.length) {
    const targets = wave.targets.filter((one) => one !== target);
    return withWave(draft, from, { targets: [...targets.slice(0, to), target, ...targets.slice(to)] });
  }
  const next = draft.waves[from + by];
  if (!next) return draft;
  const left = withWave(draft, from, { targets: wave.targets.filter((one) => one !== target) });
  return withWave(left, from + by, {
    targets: by > 0 ? [target, ...next.targets] : [...next.targets, target],
  });
}

/** The second half of a wave becomes a wave of its own behind it. */
export function splitWave(draft: Draft, at: number): Draft {
  const wave = draft.waves[at];
  if (!wave || wave.targets.length < 2) return draft;
  const half = Math.ceil(wave.targets.length / 2);
  const names = new Set(draft.waves.map((one) => one.name));
  let n = 2;
  while (names.has(`${wave.name} ${n}`)) n += 1;
  return {
    ...draft,
    waves: draft.waves.flatMap((one, i) =>
      i === at
        ? [
            { ...one, targets: one.targets.slice(0, half) },
            { ...one, name: `${wave.name} ${n}`, targets: one.targets.slice(half) },
          ]
        : [one],
    ),
  };
}

const DURATION = /^(?:\d+d)?(?:\d+h)?(?:\d+m)?(?:\d+s)?$/;
const isDuration = (words: string): boolean => words.trim() !== '' && DURATION.test(words.trim());

/** What is missing before it can be saved, as sentences. */
export function missing(draft: Draft): string[] {
  const need = text.make.need;
  const list: string[] = [];
  if (draft.system.trim() === '') list.push(need.system);
  if (draft.to.trim() === '') list.push(need.to);
  const targets = targetsOf(draft);
  if (targets.length === 0) list.push(need.targets);
  const seen = new Set<string>();
  for (const target of targets) {
    if (seen.has(target)) list.push(need.twice(target));
    seen.add(target);
  }
  for (const wave of draft.waves) {
    if (wave.targets.length === 0 && targets.length > 0) list.push(need.empty(wave.name));
    if (!isDuration(wave.bake)) list.push(need.bake(wave.name));
  }
  if (draft.deployedAt.trim() !== '' && Number.isNaN(Date.parse(draft.deployedAt.trim())))
    list.push(need.deployedAt);
  return list;
}

/** What it is called where nobody writes a title: as main would. */
export const titleOf = ({ kind, system, to }: Draft): string =>
  system.trim() === '' || to.trim() === '' ? '' : planTitle(kind, system.trim(), to.trim());

/** As the contract takes it. Rules whose fields are empty are left out. */
export function toMade(draft: Draft): MadePlan {
  const probe = draft.probe.trim();
  const trip: Record<string, string | number>[] = [];
  if (draft.worse) trip.push({ health: 'worse-than-baseline' });
  if (probe !== '' && draft.errors.trim() !== '')
    trip.push({ probe, errors: `> ${draft.errors.trim()}%`, for: '3m' });
  const success: Record<string, string | number>[] = [];
  if (probe !== '' && draft.success.trim() !== '')
    success.push({ health: 'operational' }, { probe, errors: `< ${draft.success.trim()}%`, for: '5m' });
  const atOnce = Number(draft.atOnce);
  return {
    kind: draft.kind,
    title: draft.title.trim() || titleOf(draft),
    change: {
      system: draft.system.trim(),
      from: draft.from.trim() || null,
      to: draft.to.trim(),
      deployedAt:
        draft.deployedAt.trim() === '' ? null : new Date(Date.parse(draft.deployedAt.trim())).toISOString(),
      schema: draft.schema,
    },
    targets: targetsOf(draft),
    waves: draft.waves.map((wave) => ({
      name: wave.name.trim(),
      targets: [...wave.targets],
      bake: wave.bake.trim(),
      gate: wave.gate,
    })),
    ...(success.length > 0 ? { success } : {}),
    ...(probe !== '' && draft.tries.trim() !== ''
      ? { data: { probe, tries: `>= ${draft.tries.trim()}` } }
      : {}),
    ...(Number.isInteger(atOnce) && atOnce > 0
      ? { pace: { atOnce, apart: draft.apart.trim() || '0s' } }
      : {}),
    breaker: {
      ...(trip.length > 0 ? { trip } : {}),
      ...(isDuration(draft.stale) ? { stale: draft.stale.trim() } : {}),
      ...(isDuration(draft.retry) ? { retry: draft.retry.trim() } : {}),
      ...(isDuration(draft.cool) ? { cool: draft.cool.trim() } : {}),
    },
    ...(draft.body.trim() === '' ? {} : { body: draft.body }),
  };
}
