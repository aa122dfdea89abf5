// What an address of a feed leads to: the network, or a folder.
import type { Clock } from '../../../shared/time/clock.ts';
import type { FetchFeed } from './fetcher.ts';
import { fetchFolder, folderOf } from './folder.ts';

export interface ReachDeps {
  readonly fetch: FetchFeed;
  readonly clock: Clock;
}

export function createReach({ fetch, clock }: ReachDeps): FetchFeed {
  return (request) => {
    const dropped = folderOf(request.url);
    return dropped === null ? fetch(request) : fetchFolder(dropped, clock);
  };
}
