// The incident itself: declared, severity, phase, milestones, roles.

import { z } from 'zod';
import { milestone, phase, severity } from '../../contract/room.ts';
import { isClosed } from '../../incident/words.ts';
import { entryText, retractText } from '../../text/entries.ts';
import { addMilestone, CAPS, keep, milestoneOf, settleRelease } from '../fold-state.ts';
import { body, by, type Family, instant, kind, reason, text, when } from './kind.ts';

const declared = kind({
  v: 1,
  schema: body({
    label: text(40),
    title: text(300),
    severity,
    mode: z.enum(['real', 'drill', 'retrospective']).default('real'),
    by,
    /** When the first of the signals it was declared from was heard, or the breaker of its release opened; never guessed. */
    detectedAt: instant.optional(),
    /** Whoever declared it took command: that acknowledges it. */
    commander: z.boolean().default(false),
    /** Label of the release that it was until now; in the same journal. */
    release: text(40).optional(),
  }),
  upcasters: {},
  row: 'declared',
  automatic: false,
  notRetractable: retractText.declared,
  apply(incident, e) {
    // The first declaration in the order of state counts; a second one (two exports joined) changes nothing.
    if (incident.declared) return;
    incident.declared = true;
    incident.label = e.body.label;
    incident.title = e.body.title;
    incident.severity = e.body.severity;
    incident.mode = e.body.mode;
    incident.declaredAt = e.occurredAt;
    incident.declaredEntry = e.id;
    keep(incident.phases, { phase: 'investigating', at: e.occurredAt, entry: e.id }, CAPS.phases);
    const value = { entry: e.id, precision: 'second' as const, by: e.body.by };
    if (e.body.detectedAt !== undefined)
      addMilestone(incident, 'detected', { ...value, at: e.body.detectedAt });
    if (e.body.commander) addMilestone(incident, 'acknowledged', { ...value, at: e.occurredAt });
    settleRelease(incident);
  },
  words: (e) => entryText.declared(e.body.severity, e.body.title, e.body.mode, e.body.release ?? ''),
});

const severityChanged = kind({
  v: 1,
  schema: body({ from: severity, to: severity, reason, by }),
  upcasters: {},
  row: 'severity',
  automatic: false,
  notRetractable: retractText.severity,
  apply(incident, e) {
    incident.severity = e.body.to;
  },
  words: (e) => entryText.severity(e.body.from, e.body.to, e.body.reason),
});

const phaseChanged = kind({
  v: 1,
  schema: body({ from: phase, to: phase, reason, override: text(2000).default(''), by }),
  upcasters: {},
  row: 'phase',
  automatic: false,
  notRetractable: retractText.phase,
  apply(incident, e) {
    const to = e.body.to;
    const at = e.occurredAt;
    incident.phase = to;
    if (!isClosed(to)) incident.closedAt = null;
    else incident.closedAt ??= at;
    keep(incident.phases, { phase: to, at, entry: e.id }, CAPS.phases);
    settleRelease(incident);
    const value = { entry: e.id, at, precision: 'second' as const, by: e.body.by };
    // By a transition: the first time counts for identified and mitigated, the last for resolved ("reopened once").
    if (to === 'identified' && !milestoneOf(incident, 'identified'))
      addMilestone(incident, 'identified', value);
    if (to === 'monitoring' && !milestoneOf(incident, 'mitigated'))
      addMilestone(incident, 'mitigated', value);
    if (to === 'resolved') addMilestone(incident, 'resolved', value);
  },
  words: (e) => entryText.phase(e.body.from, e.body.to, e.body.reason, e.body.override),
});

const milestoneSet = kind({
  v: 1,
  schema: body({ name: milestone, when, by }),
  upcasters: {},
  row: 'milestone',
  automatic: false,
  notRetractable: null,
  apply(incident, e) {
    addMilestone(incident, e.body.name, {
      entry: e.id,
      at: e.occurredAt,
      precision: e.body.when?.precision ?? 'second',
      by: e.body.by,
    });
  },
  words: (e) => entryText.milestone(e.body.name, e.body.when?.typed ?? ''),
});

const roleAssigned = kind({
  v: 1,
  schema: body({
    role: text(80),
    name: text(120).nullable(),
    from: text(120).nullable().default(null),
    /** Places of the locks that go on over this handoff. */
    kept: z.array(text(500)).max(200).default([]),
    by,
  }),
  upcasters: {},
  row: 'role',
  automatic: false,
  notRetractable: retractText.role,
  apply(incident, e) {
    const { role, name, from } = e.body;
    const found = incident.roles.find((r) => r.role === role);
    if (!found) {
      const { device } = e;
      keep(incident.roles, { role, name, since: e.occurredAt, entry: e.id, device, others: [] }, CAPS.roles);
      return;
    }
    // Whoever wrote this on another machine saw somebody else, or nobody: both hold it until one has seen both.
    const apart = found.name !== null && from !== found.name && e.device !== found.device;
    const held = apart ? [...found.others, found.name ?? ''] : [];
    found.others = [...new Set(held)].filter((one) => one !== name && one !== from).slice(-10);
    found.name = name;
    found.since = e.occurredAt;
    found.entry = e.id;
    found.device = e.device;
  },
  words: (e) => entryText.role(e.body.role, e.body.name, e.body.from, e.body.kept),
});

export type IncidentKind =
  | 'declared'
  | 'severity-changed'
  | 'phase-changed'
  | 'milestone-set'
  | 'role-assigned';

export const incidentKinds: Family<IncidentKind> = {
  declared,
  'severity-changed': severityChanged,
  'phase-changed': phaseChanged,
  'milestone-set': milestoneSet,
  'role-assigned': roleAssigned,
};
