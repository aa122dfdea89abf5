// What the fields of a template stand for in one incident. Pure: the same fold and the same moment give the same update.
import type { z } from 'zod';
import type { milestone } from '../contract/room.ts';
import { isTrouble, worst } from '../health/worst.ts';
import { isCommander } from '../journal/fold.ts';
import type { Incident } from '../journal/fold-state.ts';
import { PROVIDER_NAME, STATE_WORD } from '../text/health.ts';
import { INTEGRITY_WORD } from '../text/room-ui.ts';
import { PHASE_WORD } from '../text/ui.ts';
import { fromInstant, type Instant } from '../time/clock.ts';
import { duration, inSentence, type Precision } from '../time/format.ts';
import type { TemplateField } from './template-fields.ts';

/** What does not stand in the fold: the update that is being written. */
export interface UpdateMoment {
  readonly now: Instant;
  /** From 1. */
  readonly number: number;
  readonly nextUpdate: Instant | null;
  readonly lastUpdate: Instant | null;
  readonly approvedBy: string | null;
  /** How far the plan that runs is, in words; null when none runs. */
  readonly planState: string | null;
}

const OPERATIONS = 'Operations lead';
const COMMUNICATIONS = 'Communications lead';
const MINUTE = 60_000;

const sentenceCase = (word: string): string => word.charAt(0).toLowerCase() + word.slice(1);
const listOf = (lines: readonly string[]): string =>
  lines.map((line) => `- ${line.replace(/\s*\n\s*/g, ' ')}`).join('\n');
const distinct = (values: Iterable<string>): string => [...new Set(values)].join(', ');

export function templateValues(
  incident: Incident,
  moment: UpdateMoment,
): Readonly<Record<TemplateField, string>> {
  const time = (at: Instant | null, precision: Precision = 'minute'): string =>
    at === null ? '' : inSentence(at, moment.now, precision);
  const lastOf = (name: z.infer<typeof milestone>) =>
    incident.milestones.find((one) => one.name === name)?.values.at(-1) ?? null;
  const reached = (name: z.infer<typeof milestone>): string => {
    const value = lastOf(name);
    return value === null ? '' : time(value.at, value.precision === 'about' ? 'about' : 'minute');
  };
  const holder = (role: string): string => incident.roles.find((one) => one.role === role)?.name ?? '';
  // While it lasts: what is in trouble now. When all of it is well again: what was.
  const inTrouble = incident.affected.filter((one) => isTrouble(one.state));
  const affected = inTrouble.length > 0 ? inTrouble : incident.affected;
  const services = affected.flatMap((one) => [
    ...one.services.filter(
      ({ service, state }) => service !== '' && (inTrouble.length === 0 || isTrouble(state)),
    ),
    ...(one.manual?.services ?? []).map((service) => ({ service })),
  ]);
  const state = worst(inTrouble.map((one) => one.state));
  const start = lastOf('impact-started')?.at ?? incident.declaredAt;
  const end = incident.closedAt ?? lastOf('resolved')?.at ?? moment.now;
  const plan = incident.plans.find((one) => one.state === 'running' || one.state === 'paused') ?? null;
  return {
    label: incident.label,
    title: incident.title,
    severity: incident.severity,
    phase: sentenceCase(PHASE_WORD[incident.phase]),
    services: distinct(services.map((one) => one.service)),
    regions: distinct(
      affected.map((one) => (one.region === 'global' ? `${providerOf(one.provider)} global` : one.region)),
    ),
    providers: distinct(affected.map((one) => providerOf(one.provider))),
    state: state === null ? '' : sentenceCase(STATE_WORD[state]),
    impact: incident.impact.text,
    impactStarted: reached('impact-started'),
    declared: time(incident.declaredAt),
    detected: reached('detected'),
    acknowledged: reached('acknowledged'),
    identified: reached('identified'),
    mitigated: reached('mitigated'),
    resolved: reached('resolved') || time(incident.closedAt),
    // Whole minutes: nobody outside of the room counts seconds.
    elapsed: duration(Math.floor((fromInstant(end) - fromInstant(start)) / MINUTE) * MINUTE),
    facts: listOf(incident.facts.filter((one) => one.state === 'confirmed').map((one) => one.text)),
    decisions: listOf(incident.decisions.map((one) => one.text)),
    actions: listOf(
      incident.actions
        .filter((one) => one.state === 'open')
        .map((one) => (one.owner === null ? one.text : `${one.text} (${one.owner})`)),
    ),
    questions: listOf(incident.questions.filter((one) => one.answered === null).map((one) => one.text)),
    plan: plan?.title ?? '',
    planState: plan === null ? '' : (moment.planState ?? ''),
    commander: incident.roles.find((one) => isCommander(one.role))?.name ?? '',
    operations: holder(OPERATIONS),
    communications: holder(COMMUNICATIONS),
    dataIntegrity: sentenceCase(INTEGRITY_WORD[incident.integrity.state]),
    dataIntegrityBasis: incident.integrity.basis,
    number: String(moment.number),
    now: time(moment.now),
    nextUpdate: time(moment.nextUpdate),
    lastUpdate: time(moment.lastUpdate),
    approvedBy: moment.approvedBy ?? '',
  };
}

const providerOf = (provider: string): string => PROVIDER_NAME[provider] ?? provider;
