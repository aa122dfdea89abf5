// The catalogue of regions: unique codes, known metros, and every spelling that the recorded feeds use.
import { describe, expect, test } from 'vitest';
import { splitKey } from '../../../electron/health/sources/aws-words.ts';
import {
  findRegion,
  METROS,
  metroOf,
  REGIONS,
  regionName,
  regionsOf,
} from '../../../shared/health/regions.ts';

describe('the catalogue', () => {
  test.each(Object.entries(REGIONS))(
    '%s: codes are unique and find themselves, places are on the globe',
    (provider, regions) => {
      expect(new Set(regions.map((one) => one.code)).size).toBe(regions.length);
      for (const one of regions) {
        expect(findRegion(provider, one.code)).toBe(one);
        expect(findRegion(provider, one.name)?.code, one.name).toBe(one.code);
        for (const alias of one.aliases) expect(findRegion(provider, alias)?.code, alias).toBe(one.code);
        if (one.metro === null) continue;
        expect(METROS[one.metro].continent).toBe(one.continent);
        expect(Math.abs(one.lat!) <= 90 && Math.abs(one.lon!) <= 180).toBe(true);
      }
    },
  );

  test('every metro is used, so no column is named in vain', () => {
    const used = new Set(Object.values(REGIONS).flatMap((regions) => regions.map((one) => one.metro)));
    expect(Object.keys(METROS).filter((metro) => !used.has(metro as keyof typeof METROS))).toEqual([]);
  });

  test('regions of several providers share a metro', () => {
    const shared = [
      metroOf('aws', 'us-east-1'),
      metroOf('gcp', 'us-east4'),
      metroOf('azure', 'eastus'),
      metroOf('oci', 'us-ashburn-1'),
    ];
    expect(new Set(shared)).toEqual(new Set(['us-east']));
    expect([
      metroOf('aws', 'eu-central-1'),
      metroOf('gcp', 'europe-west3'),
      metroOf('azure', 'germanywestcentral'),
    ]).toEqual(['de-frankfurt', 'de-frankfurt', 'de-frankfurt']);
  });

  test.each([
    ['gcp', 'Iowa (us-central1)', 'us-central1'],
    ['gcp', 'Multi-region: us', 'us'],
    ['gcp', 'GLOBAL', 'global'],
    ['azure', 'East US 2', 'eastus2'],
    ['azure', 'eastus2', 'eastus2'],
    ['azure', 'Public Non-Regional', 'global'],
    ['aws', 'US East (N. Virginia)', 'us-east-1'],
    ['aws', 'UAE', 'me-central-1'],
    ['oci', 'ap-seoul-1 region', 'ap-seoul-1'],
    ['oci', 'South Korea Central (Seoul)', 'ap-seoul-1'],
  ])('%s: %s', (provider, text, code) => {
    expect(findRegion(provider, text)?.code).toBe(code);
  });

  test('what is unknown is not guessed and keeps its name', () => {
    expect([
      findRegion('aws', 'mars-north-1'),
      findRegion('nobody', 'us-east-1'),
      findRegion('aws', ''),
    ]).toEqual([null, null, null]);
    expect([
      regionName('aws', 'mars-north-1'),
      regionName('x', 'global'),
      regionName('gcp', 'us-central1'),
    ]).toEqual(['mars-north-1', 'Global', 'Iowa']);
    expect([regionsOf('constructor'), metroOf('gcp', 'eu')]).toEqual([[], null]);
  });
});

test.each([
  ['kinesis-us-east-1', 'kinesis', 'us-east-1'],
  ['neptune-db-me-south-1', 'neptune-db', 'me-south-1'],
  ['pca-connector-scep-me-central-1', 'pca-connector-scep', 'me-central-1'],
  ['security-ir-me-south-1', 'security-ir', 'me-south-1'],
  ['management-console-us-gov-west-1', 'management-console', 'us-gov-west-1'],
  ['ec2-ap-southeast-2', 'ec2', 'ap-southeast-2'],
  ['lambda-eusc-de-east-1', 'lambda', 'eusc-de-east-1'],
  ['ec2-xx-north-9', 'ec2', 'xx-north-9'],
  ['s3-us-standard', 's3', 'us-east-1'],
  ['s3-us-west-1', 's3', 'us-west-1'],
  ['iam', 'iam', 'global'],
  ['management-console', 'management-console', 'global'],
])('a key of AWS: %s', (key, service, region) => {
  expect(splitKey(key)).toEqual({ service, region });
});

test('a key without a region is global when the service is, else where its event is', () => {
  expect(splitKey('cloudfront', 'me-south-1').region).toBe('global');
  expect(splitKey('workspaces', 'me-south-1').region).toBe('me-south-1');
});
