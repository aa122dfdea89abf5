// Which words of a provider count for a plan (rule 2a): services by their names, however a feed or a person writes them.
import { describe, expect, test } from 'vitest';
import type { Plan } from '../../../shared/rollback/plan.ts';
import { leansOn, serviceKey } from '../../../shared/rollback/readings.ts';

const plan = { change: { system: 'checkout-api' } } as unknown as Plan;
const leans = (watch: string, service: string | null, target = 'gcp/europe-west1') =>
  leansOn(plan, [watch], target, service);

describe('a service that the system leans on', () => {
  test.each([
    ['gcp/cloud-run', 'Cloud Run'],
    ['gcp/pub-sub', 'Pub/Sub'],
    ['gcp/pubsub', 'Google Cloud Pub/Sub'],
    ['gcp/Pub/Sub', 'Pub/Sub'],
    ['cloud-sql', 'Cloud SQL'],
    ['gcp/europe-west1/cloud-run', 'Cloud Run'],
    ['gcp/支付', '支付'],
  ])('%s is %s', (watch, service) => {
    expect(leans(watch, service)).toBe(true);
  });

  test.each([
    ['aws/dynamodb', 'dynamodb'],
    ['aws/dynamodb', 'aws/dynamodb'],
    ['aws/dynamodb', 'Amazon DynamoDB'],
    ['dynamodb', 'aws/dynamodb'],
    ['aws/us-east-1/dynamodb', 'dynamodb'],
  ])('%s is %s at AWS', (watch, service) => {
    expect(leans(watch, service, 'aws/us-east-1')).toBe(true);
  });

  test('is none of another provider, and no other service', () => {
    expect(leans('aws/dynamodb', 'dynamodb')).toBe(false);
    expect(leans('gcp/cloud-run', 'Cloud SQL')).toBe(false);
    expect(leans('gcp/sub', 'Pub/Sub')).toBe(false);
    expect(leans('gcp/支付', '登录')).toBe(false);
  });

  test('a region as a whole and the system itself always count', () => {
    expect(leans('aws/sqs', null)).toBe(true);
    expect(leans('aws/sqs', 'Checkout-API')).toBe(true);
  });

  test('has one key for all the ways to write it', () => {
    const keys = ['Amazon DynamoDB', 'dynamodb', 'aws/dynamodb', 'DynamoDB'].map((one) =>
      serviceKey(one, 'aws/us-east-1'),
    );
    expect(new Set(keys)).toEqual(new Set(['dynamodb']));
    expect(serviceKey(null, 'aws/us-east-1')).toBe('');
  });
});
