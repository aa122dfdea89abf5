// Command of the incident: severity, phase, milestones, roles, data integrity, impact.
import type { Handlers } from '../../shared/contract/index.ts';
import { isClosed } from '../../shared/incident/words.ts';
import { isCommander, isRelease } from '../../shared/journal/fold.ts';
import { fail, ok } from '../../shared/result.ts';
import { overridePlace, overrideText } from '../../shared/text/overrides.ts';
import { planText } from '../../shared/text/plan.ts';
import { roomText } from '../../shared/text/room.ts';
import { PHASE_WORD } from '../../shared/text/ui.ts';
import { livePlans } from './releases.ts';
import { happened, type Writer } from './write.ts';

type Calls = Pick<
  Handlers<'room'>,
  | 'room.setSeverity'
  | 'room.setPhase'
  | 'room.setMilestone'
  | 'room.assignRole'
  | 'room.locks'
  | 'room.setIntegrity'
  | 'room.setImpact'
>;

export function commandHandlers(writer: Writer): Calls {
  return {
    'room.setSeverity': async ({ incident, severity, reason }) => {
      const room = await writer.room(incident);
      if (!room.ok) return room;
      if (isRelease(room.value.incident))
        return fail('is-release', roomText.isRelease(room.value.incident.label));
      const from = room.value.incident.severity;
      if (from === severity) return fail('no-change', roomText.sameSeverity(severity));
      return writer.write(incident, [
        writer.entry(incident, 'severity-changed', { from, to: severity, reason: reason.trim() }),
      ]);
    },

    'room.setPhase': async ({ incident, phase, reason, override }) => {
      const room = await writer.room(incident);
      if (!room.ok) return room;
      if (isRelease(room.value.incident))
        return fail('is-release', roomText.isRelease(room.value.incident.label));
      const { phase: from, severity, integrity } = room.value.incident;
      if (from === phase) return fail('no-change', roomText.samePhase(PHASE_WORD[phase]));
      const why = (override ?? '').trim();
      // Resolved, or reviewed without ever having been: both end it as handled.
      const resolves = phase === 'resolved' || (phase === 'reviewed' && !isClosed(from));
      const asked = (severity === 'SEV1' || severity === 'SEV2') && integrity.state === 'unknown';
      // A plan that goes on over a closed incident is a night that nobody looks at any more.
      const ends = isClosed(phase) && !isClosed(from);
      const plans = livePlans(room.value.incident);
      const open = ends && plans.length > 0;
      if (resolves && asked && why === '')
        return fail(
          'integrity-unknown',
          // One reason answers both, so both are said.
          [roomText.integrityUnknown(severity), open ? planText.planOpen(plans) : '']
            .filter((part) => part !== '')
            .join(' '),
        );
      if (open && why === '') return fail('plan-open', planText.planOpen(plans));
      const over = open ? planText.planOpenOverride(plans, why) : '';
      const body = {
        from,
        to: phase,
        reason: [reason.trim(), over].filter((part) => part !== '').join(' '),
        override: resolves && asked ? why : '',
      };
      return writer.write(incident, [writer.entry(incident, 'phase-changed', body)]);
    },

    'room.setMilestone': async ({ incident, name, occurred }) => {
      const room = await writer.room(incident);
      if (!room.ok) return room;
      const when = happened(occurred, writer.deps.clock.now());
      if (!when.ok) return when;
      const { occurredAt } = when.value;
      const more = occurredAt === undefined ? {} : { occurredAt };
      return writer.write(incident, [
        writer.entry(incident, 'milestone-set', { name, when: when.value.when }, more),
      ]);
    },

    'room.assignRole': async ({ incident, role, name, locks: answers = [] }) => {
      const room = await writer.room(incident);
      if (!room.ok) return room;
      const wanted = role.trim();
      if (wanted === '') return fail('empty-text', roomText.emptyText);
      const { roles } = room.value.incident;
      const from = roles.find((r) => r.role === wanted)?.name ?? null;
      const holder = name === null || name.trim() === '' ? null : name.trim();
      const had = isCommander(wanted) ? (roles.find((r) => isCommander(r.role))?.name ?? null) : null;
      // Command goes from somebody to somebody else: the moment at which a lock ends, unless the new one wants to keep it.
      const handoff = had !== null && holder !== null && had !== holder;
      const locks = handoff ? (writer.deps.locks?.locksOf(incident) ?? []) : [];
      const answered = new Map(answers.map((one) => [one.id, one.keep]));
      if (locks.some((one) => !answered.has(one.id)))
        return fail('locks-asked', overrideText.endWithHandoff(locks.length));
      const kept = locks.filter((one) => answered.get(one.id) === true).map(overridePlace);
      const written = await writer.write(incident, [
        writer.entry(incident, 'role-assigned', {
          role: wanted,
          name: holder,
          from,
          kept: kept.length > 0 ? kept : undefined,
        }),
      ]);
      if (!written.ok) return written;
      const ends = new Set(locks.filter((one) => answered.get(one.id) === false).map((one) => one.id));
      if (ends.size > 0) writer.deps.locks?.handedOver(incident, ends, writer.person().name);
      return written;
    },

    'room.locks': async ({ incident }) => {
      const room = await writer.room(incident);
      if (!room.ok) return room;
      return ok({ locks: [...(writer.deps.locks?.locksOf(incident) ?? [])] });
    },

    'room.setIntegrity': async ({ incident, state, basis }) => {
      const room = await writer.room(incident);
      if (!room.ok) return room;
      return writer.write(incident, [
        writer.entry(incident, 'integrity-set', { state, basis: basis.trim() }),
      ]);
    },

    'room.setImpact': async ({ incident, text }) => {
      const room = await writer.room(incident);
      if (!room.ok) return room;
      return writer.write(incident, [writer.entry(incident, 'impact-set', { text: text.trim() })]);
    },
  };
}
