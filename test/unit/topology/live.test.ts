import { expect, it } from 'vitest';
import { saidServices } from '../../../shared/topology/live.ts';
import { parseTopology } from '../../../shared/topology/parse.ts';

const topology = parseTopology(`
services:
  store: { needs: [aws/us-east-1/dynamodb] }
  shop: { needs: [store, { any-of: [aws/us-east-1/sqs, gcp/us-central1/pubsub] }] }
  idle: {}
`).topology!;
const said =
  (...places: string[]) =>
  (service: string) =>
    saidServices(topology, (leaf) =>
      places.includes(`${leaf.provider}/${leaf.region}/${leaf.kind === 'place' ? leaf.service : ''}`),
    ).has(service);

it('a service is said to be well only when everything that it needs is said to be', () => {
  expect(said()('store')).toBe(false);
  expect(said('aws/us-east-1/dynamodb')('store')).toBe(true);
  expect(said('aws/us-east-1/dynamodb')('shop')).toBe(false);
  expect(said('aws/us-east-1/dynamodb', 'gcp/us-central1/pubsub')('shop')).toBe(true);
  expect(said('aws/us-east-1/sqs', 'gcp/us-central1/pubsub')('shop')).toBe(false);
});
it('a service that needs nothing is said by nobody', () => {
  expect(said('aws/us-east-1/dynamodb')('idle')).toBe(false);
});
