// What an address of a feed leads to: the network, a folder, or the API of a provider.
import type { Clock } from '../../../shared/time/clock.ts';
import { profileOf } from '../aws/address.ts';
import { createAwsHealth } from '../aws/ask.ts';
import type { FetchFeed } from './fetcher.ts';
import { fetchFolder, folderOf } from './folder.ts';

export interface ReachDeps {
  readonly fetch: FetchFeed;
  readonly clock: Clock;
}

export function createReach({ fetch, clock }: ReachDeps): FetchFeed {
  const aws = createAwsHealth({ fetch, clock });
  return (request) => {
    const dropped = folderOf(request.url);
    if (dropped !== null) return fetchFolder(dropped, clock);
    const profile = profileOf(request.url);
    return profile === undefined ? fetch(request) : aws.ask(profile, request.url);
  };
}
