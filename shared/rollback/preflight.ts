// Preflight: everything that would stop the plan halfway, found before wave one and again before every wave. Here what
// needs readings: sources that are silent, control planes in trouble, rules that name nothing.
import { findingText as say } from '../text/preflight.ts';
import { CONTROL_PLANES } from './control-planes.ts';
import { formatDuration } from './duration.ts';
import { type Facts, type Finding, finding, planFindings } from './findings.ts';
import { type Book, isFresh, lastOwn, placeOf, probesOf } from './readings.ts';
import { SECTIONS } from './sections.ts';
import type { PlanState, WaveState } from './state.ts';
import { severity } from './worse.ts';

export { type Facts, type Finding, planFindings } from './findings.ts';

/** Findings that need readings: what is silent or in trouble now. `wave`: only what its start depends on; null: the whole plan. */
export function liveFindings(
  state: PlanState,
  book: Book,
  now: number,
  facts: Facts,
  wave: WaveState | null,
): Finding[] {
  const { plan } = state;
  const { stale } = plan.breaker;
  const found: Finding[] = [];
  const targets = wave ? wave.targets.filter((id) => state.targets[id]?.state === 'pending') : plan.targets;
  for (const target of targets) {
    const readings = book.of(target);
    const sources = facts.watchedBy?.[target];
    if (sources ? sources.length === 0 : !lastOwn(readings, now))
      found.push(finding('not-watched', target, say.notWatched(target)));
    else if (!isFresh(readings, now, stale))
      found.push(finding('stale-source', target, say.staleSource(target, formatDuration(stale))));
  }
  if (facts.probes)
    for (const probe of probesOf(plan))
      if (!facts.probes.includes(probe))
        found.push(finding('rule-names-nothing', probe, say.noSuchProbe(probe)));
  if (state.plan.watch === null && state.watch.length === 0)
    found.push(finding('watch-unknown', plan.change.system, say.watchUnknown(plan.change.system)));
  found.push(...controlPlanes(state, book, now));
  return found;
}

/** Steps that lean on a control plane which is in trouble now. */
function controlPlanes(state: PlanState, book: Book, now: number): Finding[] {
  const found: Finding[] = [];
  for (const plane of CONTROL_PLANES) {
    const target = state.plan.targets.find((id) => {
      const place = placeOf(id);
      return place.provider === plane.provider && place.region === plane.region;
    });
    if (!target) continue;
    const word = book.of(target).findLast(
      (reading) =>
        reading.type === 'feed' &&
        reading.at <= now &&
        (reading.service ?? '')
          .toLowerCase()
          .replace(/[^a-z0-9]/g, '')
          .replace(/^aws|^amazon/, '') === plane.service,
    );
    if (word?.type !== 'feed' || (severity(word.health) ?? 0) === 0) continue;
    for (const [section, steps] of Object.entries(state.plan.steps))
      for (const step of steps)
        if (plane.words.test(step.text))
          found.push(
            finding(
              'control-plane',
              `${SECTIONS[section as keyof typeof SECTIONS]}: ${step.number}`,
              say.controlPlane(step.title, plane.service, plane.region),
            ),
          );
  }
  return found;
}

/** Everything preflight finds now. */
export const preflight = (
  state: PlanState,
  book: Book,
  now: number,
  facts: Facts,
  wave: WaveState | null,
): Finding[] => [
  ...planFindings(state.plan, facts, state.waves),
  ...liveFindings(state, book, now, facts, wave),
];

/** Findings that nobody has accepted yet. */
export const newFindings = (state: PlanState, found: readonly Finding[]): Finding[] =>
  found.filter(
    (one) => !state.findings.some((old) => old.accepted && old.code === one.code && old.about === one.about),
  );
