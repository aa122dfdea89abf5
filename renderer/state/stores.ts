// The topics every page shares: the application, the board, the incidents. Rooms make their own with `createTopic`.
import type { AppSnapshot } from '../../shared/contract/app.ts';
import type { Board } from '../../shared/contract/health.ts';
import type { IncidentLine } from '../../shared/contract/room.ts';
import type { Result } from '../../shared/result.ts';
import type { Client } from './client.ts';
import { createTopic, type Topic } from './topic.ts';

const asTopic = <V extends { rev: number }, T>(
  answer: Result<V>,
  value: (v: V) => T,
): Result<{ rev: number; value: T }> =>
  answer.ok ? { ok: true, value: { rev: answer.value.rev, value: value(answer.value) } } : answer;

export const createAppTopic = (client: Client): Topic<AppSnapshot> =>
  createTopic(client, {
    event: 'app.changed',
    fetch: async () => asTopic(await client.call('app.snapshot', {}), (v) => v),
    take: (payload) => payload.snapshot,
  });

export const createBoardTopic = (client: Client): Topic<Board> =>
  createTopic(client, {
    event: 'health.changed',
    fetch: async () => asTopic(await client.call('health.board', {}), (v) => v),
    take: (payload) => payload.board,
  });

export const createIncidentsTopic = (client: Client): Topic<readonly IncidentLine[]> =>
  createTopic<readonly IncidentLine[], 'incidents.changed'>(client, {
    event: 'incidents.changed',
    fetch: async () => asTopic(await client.call('incidents.list', {}), (v) => v.incidents),
    take: (payload) => payload.incidents,
  });

const CLOSED = new Set(['resolved', 'reviewed', 'declined', 'merged']);
/** Watched, and no incident: it has neither severity nor phase. */
export const isRelease = (incident: Pick<IncidentLine, 'mode'>): boolean => incident.mode === 'release';
/** Open: not resolved, declined or merged. A closed one may be opened again by a phase. A release is open until it is ended. */
export const isOpen = (incident: IncidentLine): boolean =>
  isRelease(incident) ? incident.closedAt === null : !CLOSED.has(incident.phase);

/** Releases that are watched, the newest first. */
export const openReleases = (all: readonly IncidentLine[]): IncidentLine[] =>
  all.filter((one) => isRelease(one) && isOpen(one)).sort((a, b) => b.declaredAt.localeCompare(a.declaredAt));

/** Open real incidents, worst first, then the oldest. */
export const openIncidents = (all: readonly IncidentLine[]): IncidentLine[] =>
  all
    .filter((one) => !isRelease(one) && isOpen(one))
    .sort((a, b) => a.severity.localeCompare(b.severity) || a.declaredAt.localeCompare(b.declaredAt));
