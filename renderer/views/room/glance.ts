// Broken, Now, Next of one room. Broken is the board's; Now and Next come from the incident. Pure, so that it can be read and tested.
import type { Glance } from '../../../shared/contract/health.ts';
import type { NotifySnapshot } from '../../../shared/contract/notify.ts';
import type { PlanNow } from '../../../shared/contract/plan-now.ts';
import type { Checklist, IncidentView } from '../../../shared/contract/room.ts';
import { AGAIN_MS } from '../../../shared/health/notify.ts';
import { planNowText } from '../../../shared/text/plan-now.ts';
import { room } from '../../../shared/text/room-ui.ts';
import { fromInstant, toInstant } from '../../../shared/time/clock.ts';

/** A line under the lead: who does what, and a clock that counts up or down. */
export interface NowText {
  /** A name; null: nobody is named. */
  readonly who: string | null;
  /** Whoever has command does it. */
  readonly decides: boolean;
  readonly text: string;
  readonly since: string | null;
  readonly until: string | null;
}

export interface NowLine {
  readonly glyph: PlanNow['glyph'] | 'done';
  /** What the plan does, else the decision in force, else what is worked. */
  readonly lead: string;
  readonly lines: readonly NowText[];
  readonly keys: PlanNow['keys'];
}

const doing = (lists: readonly Checklist[]): NowText[] =>
  lists
    .flatMap((list) => list.steps.filter((step) => step.state === 'doing'))
    .sort((a, b) => ((a.at ?? '') < (b.at ?? '') ? 1 : -1))
    .map((step) => ({
      who: step.by ?? room.someone,
      decides: false,
      text: room.worksOn(step.title),
      since: step.at,
      until: null,
    }));

const COMMANDS: NowText = { who: null, decides: true, text: room.commands, since: null, until: null };

/** A plan in which something is done says so; one that waits to be begun stands behind the decision in force and what is worked. */
const leads = (plan: PlanNow, working: readonly NowText[], decision: string | undefined): boolean =>
  plan.glyph !== 'todo' ||
  plan.lines.some((one) => one.who !== null) ||
  (working.length === 0 && decision === undefined);

/**
 * A plan stands above the decision in force, that above the step, and without all of them stands the phase. At most two lines:
 * hands first, whoever has command is always among them.
 */
export function nowLine(
  incident: IncidentView,
  phaseWord: string,
  closed: boolean,
  plan: PlanNow | null = null,
): NowLine {
  if (closed) return { glyph: 'done', lead: phaseWord, lines: [], keys: 'none' };
  const working = doing(incident.checklists);
  const decision = incident.decisions.reduce<IncidentView['decisions'][number] | null>(
    (last, one) => (last === null || one.at > last.at ? one : last),
    null,
  )?.text;
  if (plan !== null && leads(plan, working, decision)) {
    const lines: NowText[] = plan.lines.map((one) => ({ ...one }));
    if (lines.length < 2 && working[0] !== undefined) lines.push(working[0]);
    if (!lines.some((one) => one.decides)) lines.splice(Math.min(1, lines.length), 0, COMMANDS);
    return { glyph: plan.glyph, lead: plan.lead, lines: lines.slice(0, 2), keys: plan.keys };
  }
  const first = working[0];
  return {
    glyph: first ? 'doing' : 'todo',
    lead: decision ?? (first === undefined ? phaseWord : (stepOf(incident) ?? phaseWord)),
    lines: [COMMANDS, ...working.slice(0, 1)],
    keys: 'none',
  };
}

/** The title of the step that was begun last. */
const stepOf = (incident: IncidentView): string | null =>
  incident.checklists
    .flatMap((list) => list.steps.filter((step) => step.state === 'doing'))
    .sort((a, b) => ((a.at ?? '') < (b.at ?? '') ? 1 : -1))[0]?.title ?? null;

export interface Due {
  /** Null: it waits for something that has no time. */
  readonly at: string | null;
  readonly label: string;
  readonly who: string;
}

/** When the alarms of this room sound again that nobody has. */
export function soundsAgain(incident: string, desk: NotifySnapshot | null): Due[] {
  const told = (desk?.open ?? []).filter((one) => one.alarm?.incident === incident && one.toldAt !== null);
  const first = told.reduce<string | null>(
    (soonest, one) => (soonest === null || (one.toldAt ?? '') < soonest ? one.toldAt : soonest),
    null,
  );
  if (first === null || desk === null || !desk.settings.sound) return [];
  const again = toInstant(fromInstant(first) + AGAIN_MS);
  const silent = desk.snoozedUntil;
  return [
    { at: silent !== null && silent > again ? silent : again, label: planNowText.next.soundsAgain, who: '' },
  ];
}

/** What is due next, at most three: what the plans wait for, open actions with a time, what the board says. Late ones stay first. */
export function nextDue(
  incident: IncidentView,
  board: Glance | null,
  plans: readonly PlanNow[] = [],
  more: readonly Due[] = [],
): Due[] {
  const actions = incident.actions
    .filter((action) => action.state === 'open' && action.due !== null)
    .map((action) => ({ at: action.due ?? '', label: action.text, who: action.owner ?? '' }));
  const own = plans.flatMap((plan) => plan.next.map(({ at, label, note }) => ({ at, label, who: note })));
  const timed = [...own, ...more, ...actions, ...(board?.next ?? [])]
    .filter((one) => one.at !== null)
    .sort((a, b) => (a.at ?? '').localeCompare(b.at ?? ''));
  // What has no time stands first: nothing goes on without it. One place is enough for it.
  return [...own.filter((one) => one.at === null).slice(0, 1), ...timed].slice(0, 3);
}

export interface ElapsedLine {
  readonly kind: 'impact' | 'declared' | 'closed';
  readonly from: string;
  readonly to: string | null;
}

/** From when the clock counts. Impact is never guessed: without it, since declared. */
export function elapsedFrom(incident: IncidentView, closed: boolean): ElapsedLine {
  const from = incident.impactStartedAt ?? incident.declaredAt;
  if (closed && incident.closedAt) return { kind: 'closed', from, to: incident.closedAt };
  return { kind: incident.impactStartedAt ? 'impact' : 'declared', from, to: null };
}
