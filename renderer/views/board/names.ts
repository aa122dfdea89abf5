// How a place is called in a line where several providers may stand. Pure.
import type { Board } from '../../../shared/contract/health.ts';

/** The region's code; `GitHub global` where the provider has no region. */
export const placeName = (board: Pick<Board, 'rows'>, provider: string, region: string): string =>
  region === 'global'
    ? `${board.rows.find((r) => r.provider === provider)?.name ?? provider} global`
    : region;
