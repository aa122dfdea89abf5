// How long the plan takes if nothing holds: the expected times of the steps, the pace and the bakes. Pure; an estimate, and said to be one.
import { parseDuration } from '../../../shared/rollback/duration.ts';
import { defaultBody } from '../../../shared/text/plan.ts';
import { type Draft, titleOf } from './draft.ts';

export interface ForecastWave {
  readonly name: string;
  /** Milliseconds from the start of the plan. */
  readonly from: number;
  readonly worked: number;
  readonly baked: number;
}
export interface Forecast {
  readonly waves: readonly ForecastWave[];
  readonly end: number;
  /** Steps of "Each target" that do not say how long they take: they count as nothing. */
  readonly untold: number;
}

const HEADING = /^(#{1,6})\s+(.*?)[:\s]*$/;
const STEP = /^\s{0,3}(?:\d+[.)]|[-*+]\s+\[[ xX]\])\s+/;
const EXPECT = /\{[^}]*\bexpect:\s*([\dsmhd ]+)/;

/** Of one target: what its gated steps are expected to take, one after the other. */
function workOf(body: string): { ms: number; untold: number } {
  let level = 0;
  let ms = 0;
  let untold = 0;
  for (const line of body.split(/\r?\n/)) {
    const heading = HEADING.exec(line);
    if (heading) {
      const depth = heading[1]?.length ?? 1;
      if (/^each target$/i.test(heading[2] ?? '')) level = depth;
      else if (depth <= level) level = 0;
      continue;
    }
    if (level === 0 || !STEP.test(line)) continue;
    const lasts = parseDuration(EXPECT.exec(line)?.[1]?.trim() ?? '');
    if (lasts === null) untold += 1;
    else ms += lasts;
  }
  return { ms, untold };
}

/** Null while there is nothing to draw: no target, or a bake that is no time. */
export function forecast(draft: Draft): Forecast | null {
  const waves = draft.waves.filter((wave) => wave.targets.length > 0);
  if (waves.length === 0) return null;
  const body =
    draft.body.trim() === ''
      ? defaultBody(titleOf(draft), draft.system.trim(), draft.from.trim() || null, draft.to.trim())
      : draft.body;
  const { ms: each, untold } = workOf(body);
  const most = Number(draft.atOnce);
  const atOnce = Number.isInteger(most) && most > 0 ? most : Number.POSITIVE_INFINITY;
  const apart = Number.isFinite(atOnce) ? (parseDuration(draft.apart.trim()) ?? 0) : 0;
  let at = 0;
  const list: ForecastWave[] = [];
  for (const wave of waves) {
    const bake = parseDuration(wave.bake.trim());
    if (bake === null) return null;
    const starts: number[] = [];
    for (let i = 0; i < wave.targets.length; i++) {
      const before = starts[i - 1];
      const free = i >= atOnce ? (starts[i - atOnce] ?? 0) + each : 0;
      starts.push(before === undefined ? 0 : Math.max(before + apart, free));
    }
    const worked = (starts.at(-1) ?? 0) + each;
    list.push({ name: wave.name, from: at, worked, baked: bake });
    at += worked + bake;
  }
  return { waves: list, end: at, untold };
}

const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 1440].map((minutes) => minutes * 60_000);

/** Marks of the axis, milliseconds from the start: at most five, on round distances. */
export function marks(end: number): number[] {
  const step = STEPS.find((one) => end / one <= 5) ?? 86_400_000;
  return Array.from({ length: Math.floor(end / step) + 1 }, (_, i) => i * step);
}
