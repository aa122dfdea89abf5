// The stand-in's data is what main would say: valid by the contract.
import { describe, expect, it } from 'vitest';
import { appSnapshot } from '../../../shared/contract/app.ts';
import { board, cellDetail } from '../../../shared/contract/health.ts';
import { incidentLine } from '../../../shared/contract/room.ts';
import { appData, incidentData } from '../../e2e/harness-ui/app-data.ts';
import { bare, cellData, long, offline, outage, quiet } from '../../e2e/harness-ui/board-data.ts';

describe('the stand-in for main', () => {
  it.each([
    ['outage', outage],
    ['quiet', quiet],
    ['offline', offline],
    ['bare', bare],
    ['long', long],
  ])('shows a board that main could send: %s', (_, make) => {
    const parsed = board.safeParse(make());
    expect(parsed.error?.issues ?? []).toEqual([]);
  });
  it('shows an application, an incident and a cell that main could send', () => {
    expect(appSnapshot.safeParse(appData()).error?.issues ?? []).toEqual([]);
    expect(incidentLine.safeParse(incidentData()).error?.issues ?? []).toEqual([]);
    expect(cellDetail.safeParse(cellData('aws', 'us-east-1')).error?.issues ?? []).toEqual([]);
  });
});
