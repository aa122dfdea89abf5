// The usual roles of an incident: in the journal by their full name, in the narrow pane by a short one.
import { room } from '../../../shared/text/room-ui.ts';

export const COMMANDER = 'Incident commander';

const USUAL_ROLES: readonly {
  readonly role: string;
  readonly short: string;
  readonly always: boolean;
}[] = [
  { role: COMMANDER, short: room.roles.commander, always: true },
  { role: 'Deputy', short: room.roles.deputy, always: false },
  { role: 'Operations lead', short: room.roles.operations, always: true },
  { role: 'Communications lead', short: room.roles.comms, always: true },
  { role: 'Scribe', short: room.roles.scribe, always: true },
];

export interface RoleLine {
  readonly role: string;
  readonly short: string;
  readonly name: string | null;
  readonly since: string | null;
  /** Others who hold it by entries of machines that were apart. */
  readonly others: readonly string[];
}

const same = (a: string, b: string): boolean =>
  a.toLowerCase().replace(/[^a-z]/g, '') === b.toLowerCase().replace(/[^a-z]/g, '');

/** Is this role the commander's, however it is written? */
export const isCommander = (role: string): boolean => same(role, COMMANDER) || same(role, 'commander');

/** Roles as the room lists them: the usual ones in order, filled or not, then the team's own that are filled. */
export function roleLines(
  roles: readonly {
    readonly role: string;
    readonly name: string | null;
    readonly since: string;
    readonly others?: readonly string[] | undefined;
  }[],
): RoleLine[] {
  const used = new Set<string>();
  const usual = USUAL_ROLES.flatMap(({ role, short, always }) => {
    const held = roles.find((r) => same(r.role, role) || same(r.role, short));
    if (held) used.add(held.role);
    if (!held && !always) return [];
    return [
      {
        role: held?.role ?? role,
        short,
        name: held?.name ?? null,
        since: held?.since ?? null,
        others: held?.others ?? [],
      },
    ];
  });
  const others = roles
    .filter((r) => !used.has(r.role) && r.name !== null)
    .map((r) => ({ role: r.role, short: r.role, name: r.name, since: r.since, others: r.others ?? [] }));
  return [
    ...usual.filter((r) => r.name !== null || USUAL_ROLES.some((u) => u.always && u.short === r.short)),
    ...others,
  ];
}
