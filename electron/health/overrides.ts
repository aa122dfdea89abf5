// Overrides: persons' words over what the sources say, kept in health.db, ended by themselves, told to whoever asks to be told.
import type Database from 'better-sqlite3';
import type { Handlers } from '../../shared/contract/index.ts';
import type { Override } from '../../shared/contract/watch.ts';
import type { Judgement } from '../../shared/health/board-cells.ts';
import { OURS, type OverrideRow, sourcesOf } from '../../shared/health/overrides.ts';
import type { State } from '../../shared/health/types.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { overrideText } from '../../shared/text/overrides.ts';
import { type Clock, toInstant } from '../../shared/time/clock.ts';

/** Why an override ended. */
export type Ending = 'time' | 'change' | 'person' | 'replaced' | 'handoff' | 'resolved';

/** What is told of an override; goes into open incidents as `health-overridden`. */
export interface OverrideNote {
  readonly override: Override;
  /** Null: it was made now. */
  readonly ended: Ending | null;
  /** Who ended it; empty when it ended by itself. */
  readonly by: string;
  readonly reason: string;
  /** Incidents that were open when it was made: what becomes of it stands in their timelines too. */
  readonly incidents: readonly string[];
}

export interface OverridesDeps {
  readonly db: Database.Database;
  readonly clock: Clock;
  readonly ids: { uuid(): string };
  /** Who sits at this desk; null while nobody has said their name. */
  readonly person: () => { readonly name: string } | null;
  /** What the sources say, without overrides. */
  readonly judgement: () => Judgement;
  /** What the topology makes of one of our services; null: there is none of that name. */
  readonly ours: (service: string) => State | null;
  /** Incidents that are open; null: not known yet, or nobody keeps any here. */
  readonly incidents?: () => readonly string[] | null;
  readonly onChange: () => void;
  /** Null, or why this process may not write. */
  readonly refusal: () => Result<never> | null;
}

export interface Overrides {
  readonly handlers: Pick<Handlers<'health'>, 'health.override' | 'health.endOverride'>;
  /** In force, the one that ends first first. */
  active(): readonly Override[];
  /** Ends what is over: by time, because the sources' word changed, or with the incident that a lock was made in. */
  tick(): void;
  /** Locks that a handoff of this incident ends unless somebody keeps them. */
  locksOf(incident: string): readonly Override[];
  /** The incident changed hands: these locks of it end. */
  handedOver(incident: string, ends: ReadonlySet<string>, by: string): void;
  onNote(listener: (note: OverrideNote) => void): () => void;
}

const MAX = 200;

export function createOverrides(deps: OverridesDeps): Overrides {
  const { db, clock } = deps;
  const listeners = new Set<(note: OverrideNote) => void>();
  const insert = db.prepare('INSERT INTO override (id, at, line) VALUES (?, ?, ?)');
  const close = db.prepare('UPDATE override SET ended = ?, why = ? WHERE id = ?');
  let rows: readonly OverrideRow[] = db
    .prepare<[], { line: string }>('SELECT line FROM override WHERE ended IS NULL ORDER BY at')
    .all()
    .map(({ line }) => JSON.parse(line) as OverrideRow);

  const under = (one: Pick<OverrideRow, 'provider' | 'region' | 'service'>, judgement: Judgement): State => {
    if (one.provider === OURS) return deps.ours(one.service ?? '') ?? 'unknown';
    return sourcesOf(judgement, one) ?? 'unknown';
  };
  const openIncidents = (): readonly string[] | null => deps.incidents?.() ?? null;
  /** Incidents were open at the last look: a lock that was made before any ends with the last of them. */
  let anyOpen = false;
  const shown = ({ under: _, incidents: __, ...row }: OverrideRow, judgement: Judgement): Override => ({
    ...row,
    sources: under(row, judgement),
  });
  const tell = (note: OverrideNote): void => {
    for (const listener of listeners) listener(note);
  };

  function end(row: OverrideRow, why: Ending, by: string, reason: string): void {
    close.run(toInstant(clock.now()), why, row.id);
    rows = rows.filter((one) => one.id !== row.id);
    tell({
      override: shown(row, deps.judgement()),
      ended: why,
      by,
      reason,
      incidents: row.incidents ?? [],
    });
  }

  /** A lock belongs to the incidents it was made in; made while none was open, or after they ended, to each that is open. */
  function locks(incident: string): readonly OverrideRow[] {
    const open = openIncidents() ?? [];
    return rows.filter((row) => {
      if (row.mode !== 'locked') return false;
      const its = (row.incidents ?? []).filter((one) => open.includes(one));
      return its.length === 0 || its.includes(incident);
    });
  }

  /** Locks whose incidents are over. */
  function endResolved(): void {
    const open = openIncidents();
    if (open === null) return;
    const lastEnded = anyOpen && open.length === 0;
    anyOpen = open.length > 0;
    for (const row of rows) {
      if (row.mode !== 'locked') continue;
      const its = row.incidents ?? [];
      const over = its.length === 0 ? lastEnded : !its.some((one) => open.includes(one));
      if (over) end(row, 'resolved', '', '');
    }
  }

  const samePlace = (a: OverrideRow, b: OverrideRow): boolean =>
    a.provider === b.provider && a.region === b.region && a.service === b.service;

  return {
    active() {
      if (rows.length === 0) return [];
      const judgement = deps.judgement();
      return rows
        .map((row) => shown(row, judgement))
        .sort((a, b) => (a.until < b.until ? -1 : a.until > b.until ? 1 : 0));
    },
    tick() {
      const before = rows.length;
      endResolved();
      if (rows.length !== before) deps.onChange();
      if (rows.length === 0) return;
      const now = toInstant(clock.now());
      const judgement = deps.judgement();
      const left = rows.length;
      for (const row of rows) {
        if (row.until <= now) end(row, 'time', '', '');
        else if (row.mode === 'until-change') {
          const now = under(row, judgement);
          // Not being heard is no change of their word.
          if (now !== row.under && now !== 'unknown')
            end(row, 'change', '', overrideText.changed(row.under, now));
        }
      }
      if (rows.length !== left) deps.onChange();
    },
    locksOf(incident) {
      const judgement = deps.judgement();
      return locks(incident).map((row) => shown(row, judgement));
    },
    handedOver(incident, ends, by) {
      const ending = locks(incident).filter((row) => ends.has(row.id));
      for (const row of ending) end(row, 'handoff', by, '');
      if (ending.length > 0) deps.onChange();
    },
    onNote(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    handlers: {
      'health.override': async ({ provider, region, service, state, mode, hours, reason }) => {
        const refused = deps.refusal();
        if (refused !== null) return refused;
        const person = deps.person();
        if (person === null) return fail('no-name', overrideText.noName);
        if (reason.trim() === '') return fail('no-reason', overrideText.noReason);
        if (provider === OURS && deps.ours(service ?? '') === null)
          return fail('no-such-service', overrideText.noService(service ?? ''));
        if (rows.length >= MAX) return fail('too-many', overrideText.tooMany(MAX));
        const judgement = deps.judgement();
        const now = clock.now();
        const row: OverrideRow = {
          id: deps.ids.uuid(),
          provider,
          region,
          service,
          state,
          mode,
          reason: reason.trim(),
          by: person.name,
          at: toInstant(now),
          until: toInstant(now + hours * 3_600_000),
          under: under({ provider, region, service }, judgement),
          incidents: openIncidents() ?? [],
        };
        for (const twin of rows.filter((one) => samePlace(one, row)))
          end(twin, 'replaced', person.name, row.reason);
        insert.run(row.id, row.at, JSON.stringify(row));
        rows = [...rows, row];
        const made = shown(row, judgement);
        tell({
          override: made,
          ended: null,
          by: person.name,
          reason: row.reason,
          incidents: row.incidents ?? [],
        });
        deps.onChange();
        return ok(made);
      },
      'health.endOverride': async ({ override, reason }) => {
        const refused = deps.refusal();
        if (refused !== null) return refused;
        const row = rows.find((one) => one.id === override);
        if (row === undefined) return fail('no-override', overrideText.gone);
        end(row, 'person', deps.person()?.name ?? '', reason);
        deps.onChange();
        return ok({});
      },
    },
  };
}
