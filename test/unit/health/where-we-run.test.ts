import { expect, test } from 'vitest';
import { createWhereWeRun } from '../../../electron/health/where-we-run.ts';

test('where we run: settings, services, probes, and the targets of plans that are not over', () => {
  let targets: readonly string[] = [];
  const where = createWhereWeRun(
    () => ({ regions: ['aws/us-east-1'] }),
    () => targets,
  );
  expect(where.regions()).toEqual(['aws/us-east-1']);
  where.setProbed(['own/cellar']);
  targets = ['aws/eu-west-1/cell-2', 'aws/eu-west-1/cell-3', 'aws/us-east-1', 'checkout', 'gcp/', '/x'];
  expect(where.regions()).toEqual(['aws/us-east-1', 'own/cellar', 'aws/eu-west-1']);
  expect(where.runsThere('aws', 'eu-west-1')).toBe(true);
  targets = [];
  expect(where.runsThere('aws', 'eu-west-1')).toBe(false);
});
