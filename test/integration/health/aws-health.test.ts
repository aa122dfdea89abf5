// The AWS Health API through the real client and the real fetcher, against a server on loopback that speaks its protocol (JSON 1.1)
// and checks every signature itself.
import { createHash, createHmac } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { awsHealthUrl, profileOf } from '../../../electron/health/aws/address.ts';
import { createAwsHealth } from '../../../electron/health/aws/ask.ts';
import { createHandler } from '../../../electron/health/aws/handler.ts';
import { createFetcher } from '../../../electron/health/fetch/fetcher.ts';
import { createHealth } from '../../../electron/health/health.ts';
import { parsePayload } from '../../../electron/health/sources/index.ts';
import { systemClock } from '../../../electron/time/systemClock.ts';
import { awsHealthText } from '../../../shared/text/aws-health.ts';
import { log } from './desk.ts';

const SECRET = 'wJalrXUtnFEMI/bPxRfiCYEXAMPLEKEY';
const KEYS: Record<string, string> = {
  AKIATEST: SECRET,
  AKIAPROFILE: 'profile-secret',
  AKIASECOND: 'second-secret',
};
const NOW = '2026-11-28T07:00:00.000Z';
const epoch = (iso: string): number => Date.parse(iso) / 1000;

interface Asked {
  readonly target: string;
  readonly body: Record<string, unknown>;
  readonly region: string;
  readonly key: string;
  readonly signed: boolean;
  /** When the request says it was signed: milliseconds. */
  readonly at: number;
}
type Answer = { readonly status: number; readonly body: object; readonly headers?: Record<string, string> };

let asked: Asked[] = [];
let answer: (one: Asked) => Answer = () => ({ status: 200, body: {} });

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Is the signature the one that the headers and the body as they arrived give (AWS Signature Version 4)? */
function verify(request: IncomingMessage, body: string): Pick<Asked, 'region' | 'key' | 'signed'> {
  const header = request.headers.authorization ?? '';
  const parts =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/health\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      header,
    );
  if (parts === null) return { region: '', key: '', signed: false };
  const [, key = '', day = '', region = '', names = '', signature = ''] = parts;
  const lines = names.split(';').map((name) => `${name}:${String(request.headers[name] ?? '').trim()}\n`);
  const canonical = [request.method, '/', '', lines.join(''), names, sha(body)].join('\n');
  const scope = `${day}/${region}/health/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', request.headers['x-amz-date'], scope, sha(canonical)].join('\n');
  let signing = hmac(`AWS4${KEYS[key]}`, day);
  for (const part of [region, 'health', 'aws4_request']) signing = hmac(signing, part);
  return { region, key, signed: hmac(signing, text).toString('hex') === signature };
}

const server = createServer((request, response) => {
  const pieces: Buffer[] = [];
  request.on('data', (piece: Buffer) => void pieces.push(piece));
  request.on('end', () => {
    const body = Buffer.concat(pieces).toString('utf8');
    const one: Asked = {
      target: String(request.headers['x-amz-target']).replace('AWSHealth_20160804.', ''),
      body: JSON.parse(body || '{}') as Record<string, unknown>,
      ...verify(request, body),
      at: Date.parse(
        String(request.headers['x-amz-date']).replace(
          /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/,
          '$1-$2-$3T$4:$5:$6Z',
        ),
      ),
    };
    asked.push(one);
    const { status, body: said, headers } = answer(one);
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1', ...headers });
    response.end(JSON.stringify(said));
  });
});

let home = '';
const before = { ...process.env };
beforeAll(async () => {
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'bulkhead-aws-'));
  mkdirSync(join(home, '.aws', 'sso', 'cache'), { recursive: true });
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  process.env['HOME'] = home;
  process.env['AWS_ENDPOINT_URL_HEALTH'] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.env['AWS_ACCESS_KEY_ID'] = 'AKIATEST';
  process.env['AWS_SECRET_ACCESS_KEY'] = SECRET;
  asked = [];
  answer = () => ({ status: 200, body: { events: [] } });
});
afterEach(() => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
  rmSync(home, { recursive: true, force: true });
});

const aws = (names: readonly string[] = []) =>
  createAwsHealth({
    fetch: createFetcher({ clock: systemClock, proxyFor: async () => 'direct' }),
    clock: systemClock,
    alias: async () => names,
  });
const ask = (profile: string | null = null) => aws().ask(profile, awsHealthUrl(profile));

const event = (id: string, more: object = {}) => ({
  arn: `arn:aws:health:us-east-1::event/DYNAMODB/AWS_DYNAMODB_OPERATIONAL_ISSUE/${id}`,
  service: 'DYNAMODB',
  eventTypeCode: 'AWS_DYNAMODB_OPERATIONAL_ISSUE',
  eventTypeCategory: 'issue',
  eventScopeCode: 'PUBLIC',
  region: 'us-east-1',
  startTime: epoch('2026-11-28T06:00:00Z') + 0.25,
  lastUpdatedTime: epoch('2026-11-28T06:30:00Z') + 0.5,
  statusCode: 'open',
  ...more,
});

/** A server with these events: pages of the size that is asked for, details ten at a time. */
function serve(
  open: readonly ReturnType<typeof event>[],
  closed: readonly ReturnType<typeof event>[] = [],
): void {
  answer = ({ target, body }) => {
    const filter = body['filter'] as { eventStatusCodes?: string[]; eventArns?: string[] } | undefined;
    if (target === 'DescribeEvents') {
      const list = filter?.eventStatusCodes?.includes('closed') ? closed : open;
      const from = Number(body['nextToken'] ?? 0);
      const to = from + Number(body['maxResults']);
      return {
        status: 200,
        body: { events: list.slice(from, to), ...(to < list.length ? { nextToken: String(to) } : {}) },
      };
    }
    if (target === 'DescribeEventDetails') {
      const arns = body['eventArns'] as string[];
      if (arns.length > 10) return { status: 400, body: { __type: 'ValidationException' } };
      return {
        status: 200,
        body: {
          successfulSet: open
            .filter(({ arn }) => arns.includes(arn))
            .map((one) => ({
              event: one,
              eventDescription: {
                latestDescription: `${one.eventTypeCategory === 'issue' ? 'Current severity level: Disrupted\n\n' : ''}Text of ${one.arn.slice(-3)}`,
              },
            })),
          failedSet: [],
        },
      };
    }
    if (target === 'DescribeAffectedEntities')
      return {
        status: 200,
        body: { entities: [{ entityValue: 'table/orders' }, { entityValue: 'table/baskets' }] },
      };
    return { status: 400, body: { __type: 'UnknownOperationException' } };
  };
}

test('a command to copy takes the name of a profile for one word, whatever a pack calls it', () => {
  expect(awsHealthText.expired('team-a.prod')).toContain('aws sso login --profile team-a.prod.');
  expect(awsHealthText.expired("a; echo 'b' | sh")).toContain(
    "aws sso login --profile 'a; echo '\\''b'\\'' | sh'.",
  );
});

test('an endpoint of the environment may be private, also by its literal address; no other host may', async () => {
  const hosts: (string | null)[] = [];
  const handler = createHandler(
    async ({ privateHost }) => {
      hosts.push(privateHost);
      return { ok: false, error: { code: 'refused', message: '' } };
    },
    { AWS_ENDPOINT_URL_HEALTH: 'http://[::1]:8080' },
  );
  const to = (protocol: string, hostname: string) =>
    handler.handle({ method: 'POST', protocol, hostname, port: 8080, path: '/', headers: {} });
  await expect(to('http:', '[::1]')).rejects.toMatchObject({ failure: { code: 'refused' } });
  await expect(to('https:', '127.0.0.1')).rejects.toMatchObject({ failure: { code: 'refused' } });
  await expect(to('http:', '127.0.0.1')).rejects.toMatchObject({ failure: { code: 'bad-scheme' } });
  expect(hosts).toEqual(['::1', null]);
});

test('addresses name a profile, or none', () => {
  expect(profileOf('aws-health:')).toBeNull();
  expect(profileOf(' AWS-Health:prod ')).toBe('prod');
  expect(profileOf('https://health.aws.amazon.com/public/currentevents')).toBeUndefined();
  expect(profileOf(awsHealthUrl('team a'))).toBe('team a');
});

describe('what it says', () => {
  test('every page is read, every request is signed, details ten at a time and only once', async () => {
    const open = Array.from({ length: 113 }, (_, i) => event(String(i).padStart(3, '0')));
    open[0] = event('000', { eventScopeCode: 'ACCOUNT_SPECIFIC' });
    open[1] = event('001', { eventTypeCategory: 'scheduledChange', statusCode: 'upcoming' });
    serve(open, [event('999', { statusCode: 'closed', endTime: epoch('2026-11-28T05:00:00Z') })]);
    const one = aws();
    const told = await one.ask(null, awsHealthUrl(null));
    expect(told.ok && told.value.url).toBe('aws-health:');
    expect(
      asked.every(({ signed, key, region }) => signed && key === 'AKIATEST' && region === 'us-east-1'),
    ).toBe(true);
    const count = (target: string): number => asked.filter((one) => one.target === target).length;
    expect([
      count('DescribeEvents'),
      count('DescribeEventDetails'),
      count('DescribeAffectedEntities'),
    ]).toEqual([3, 12, 1]);
    if (!told.ok) return;
    const read = parsePayload('aws-health-event', told.value.bytes, { provider: 'aws', now: NOW });
    expect(read.usable).toBe(true);
    expect(read.events).toHaveLength(114);
    expect(read.observations[0]).toMatchObject({
      provider: 'aws',
      region: 'us-east-1',
      service: 'dynamodb',
      state: 'major-outage',
      at: '2026-11-28T06:30:00.500Z',
    });
    expect(read.observations[0]?.text).toContain('Of ours: table/orders, table/baskets');
    // A planned change says nothing about how things are; an event that is over is a word of recovery.
    expect(read.events.find(({ id }) => id.endsWith('/001'))?.state).toBe('maintenance');
    expect(read.observations.some((one) => one.event?.endsWith('/001'))).toBe(false);
    expect(read.observations.find((one) => one.event?.endsWith('/999'))?.state).toBe('operational');
    // Again: nothing has changed, so nothing is described again, and the document is the same to the byte.
    asked = [];
    const again = await one.ask(null, awsHealthUrl(null));
    expect(asked.map(({ target }) => target)).toEqual(['DescribeEvents', 'DescribeEvents', 'DescribeEvents']);
    expect(again.ok && Buffer.from(again.value.bytes).equals(Buffer.from(told.value.bytes))).toBe(true);
    // One has news: it alone is described again.
    open[5] = event('005', { lastUpdatedTime: epoch('2026-11-28T06:45:00Z') });
    asked = [];
    await one.ask(null, awsHealthUrl(null));
    expect(asked.filter(({ target }) => target === 'DescribeEventDetails').map(({ body }) => body)).toEqual([
      { eventArns: [open[5].arn] },
    ]);
  });

  test('an event with news that cannot be described now is told without the words of before', async () => {
    const open = [event('001')];
    serve(open);
    const one = aws();
    expect(await one.ask(null, awsHealthUrl(null))).toMatchObject({ ok: true });
    open[0] = event('001', { lastUpdatedTime: epoch('2026-11-28T06:50:00Z') });
    const { arn } = open[0];
    const plain = answer;
    answer = (asked) =>
      asked.target === 'DescribeEventDetails'
        ? { status: 200, body: { successfulSet: [], failedSet: [{ eventArn: arn }] } }
        : plain(asked);
    const told = await one.ask(null, awsHealthUrl(null));
    if (!told.ok) throw new Error(told.error.message);
    const read = parsePayload('aws-health-event', told.value.bytes, { provider: 'aws', now: NOW });
    expect(read.events).toMatchObject([{ updatedAt: '2026-11-28T06:50:00.000Z', text: '', status: 'open' }]);
    expect(read.problems).toMatchObject([{ code: 'not-described' }]);
  });

  test('no events is an answer, and states nothing', async () => {
    const told = await ask();
    if (!told.ok) throw new Error(told.error.message);
    const read = parsePayload('aws-health-event', told.value.bytes, { provider: 'aws', now: NOW });
    expect(read).toMatchObject({
      usable: true,
      observations: [],
      events: [],
      statesAll: false,
      problems: [],
    });
  });

  test('a server whose pages never end is left, and what came is not taken for all', async () => {
    answer = ({ target, body }) =>
      target === 'DescribeEvents'
        ? { status: 200, body: { events: [event(String(body['nextToken'] ?? 0))], nextToken: 'again' } }
        : { status: 200, body: {} };
    const told = await ask();
    expect(asked.filter(({ target }) => target === 'DescribeEvents').length).toBeLessThan(6);
    if (!told.ok) throw new Error(told.error.message);
    expect(
      parsePayload('aws-health-event', told.value.bytes, { provider: 'aws', now: NOW }).problems,
    ).toMatchObject([{ code: 'too-many-events', text: awsHealthText.leftOut(2) }]);
  });
});

describe('what can stand in the way, in words', () => {
  const refusals: readonly [type: string, status: number, message: string, code: string, words: RegExp][] = [
    [
      'SubscriptionRequiredException',
      400,
      'arn:aws:iam::123456789012:user/marta',
      'no-support-plan',
      /^The AWS Health API needs a Business, .* support plan.* The public AWS feed goes on\.$/,
    ],
    ['OptInRequired', 403, 'You are not subscribed', 'no-support-plan', /needs a Business, .*goes on\.$/],
    ['ThrottlingException', 400, 'Rate exceeded', 'throttled', /too often/],
    ['ExpiredTokenException', 400, 'The security token is expired', 'credentials-expired', /Sign in again/],
    ['UnrecognizedClientException', 400, 'The security token is invalid', 'no-credentials', /does not know/],
    [
      'AccessDeniedException',
      400,
      'User: arn:aws:iam::123456789012:user/marta',
      'not-allowed',
      /DescribeEvents/,
    ],
    ['InvalidSignatureException', 400, 'Signature expired: 20261128T070000Z', 'clock-wrong', /clock/],
    ['RequestTimeTooSkewed', 403, 'The difference is too large', 'clock-wrong', /clock/],
    ['RequestExpired', 400, 'Request has expired', 'clock-wrong', /clock/],
    ['NotAuthorized', 400, 'You do not have permission', 'not-allowed', /DescribeEvents/],
    [
      'InvalidSignatureException',
      403,
      'The request signature does not match',
      'no-credentials',
      /secret key/,
    ],
    ['InternalFailure', 500, 'oh', 'http-status', /HTTP 500/],
    ['SomethingNew', 400, 'at Object.<anonymous> (/srv/app.js:1:1)', 'failed', /SomethingNew/],
  ];
  test.each(refusals)('%s (%i)', async (type, status, message, code, words) => {
    answer = () => ({ status, body: { __type: `com.amazonaws.health#${type}`, message } });
    const told = await ask();
    expect(told).toMatchObject({ ok: false, error: { code } });
    if (told.ok) return;
    expect(told.error.message).toMatch(words);
    const all = JSON.stringify(told.error);
    for (const hidden of [SECRET, 'AKIATEST', '123456789012', 'marta', '.js:', '    at '])
      expect(all).not.toContain(hidden);
  });

  test('a throttled account says when it may be asked again', async () => {
    answer = () => ({
      status: 400,
      body: { __type: 'ThrottlingException', message: 'Rate exceeded' },
      headers: { 'retry-after': '240' },
    });
    const told = await ask();
    expect(told).toMatchObject({
      ok: false,
      error: { code: 'throttled', detail: { retryAfterMs: 240_000 } },
    });
  });

  test('a clock that is an hour off is learned from the refusal', async () => {
    const there = (): number => Date.now() + 3_600_000;
    answer = ({ at }) => ({
      ...(Math.abs(there() - at) < 300_000
        ? { status: 200, body: { events: [] } }
        : {
            status: 400,
            body: { __type: 'InvalidSignatureException', message: 'Signature expired: long ago' },
          }),
      headers: { date: new Date(there()).toUTCString() },
    });
    const one = aws();
    expect(await one.ask(null, awsHealthUrl(null))).toMatchObject({ ok: true });
    asked = [];
    await one.ask(null, awsHealthUrl(null));
    expect(asked).toHaveLength(2);
  });

  test('an answer that is not of this protocol is a sentence as well', async () => {
    const html = createServer((_request, response) => response.end('<html>Welcome to the hotel</html>'));
    await new Promise<void>((done) => void html.listen(0, '127.0.0.1', done));
    process.env['AWS_ENDPOINT_URL_HEALTH'] = `http://127.0.0.1:${(html.address() as AddressInfo).port}`;
    const told = await ask();
    html.close();
    expect(told).toMatchObject({ ok: false, error: { code: 'failed' } });
    if (!told.ok) expect(told.error.message).not.toContain('hotel');
  });

  test('nothing listens there', async () => {
    process.env['AWS_ENDPOINT_URL_HEALTH'] = 'http://127.0.0.1:9';
    expect(await ask()).toMatchObject({ ok: false, error: { code: 'refused' } });
  });

  test('without credentials it says where they were looked for, and finds them when they are there', async () => {
    delete process.env['AWS_ACCESS_KEY_ID'];
    delete process.env['AWS_SECRET_ACCESS_KEY'];
    const one = aws();
    const none = await one.ask('prod', awsHealthUrl('prod'));
    expect(none).toMatchObject({ ok: false, error: { code: 'no-credentials' } });
    if (!none.ok) expect(none.error.message).toContain('aws sso login --profile prod');
    expect(asked).toEqual([]);
    const write = (key: string): void =>
      writeFileSync(
        join(home, '.aws', 'credentials'),
        `[prod]\naws_access_key_id = ${key}\naws_secret_access_key = ${KEYS[key]}\n`,
      );
    write('AKIAPROFILE');
    expect(await one.ask('prod', awsHealthUrl('prod'))).toMatchObject({ ok: true });
    expect(asked.map(({ key, signed }) => [key, signed])).toEqual([
      ['AKIAPROFILE', true],
      ['AKIAPROFILE', true],
    ]);
    // Other keys were written, and AWS refuses the old ones: the new ones are taken by themselves.
    write('AKIASECOND');
    answer = ({ key }) =>
      key === 'AKIASECOND'
        ? { status: 200, body: { events: [] } }
        : { status: 400, body: { __type: 'ExpiredTokenException', message: '' } };
    expect(await one.ask('prod', awsHealthUrl('prod'))).toMatchObject({
      error: { code: 'credentials-expired' },
    });
    expect(await one.ask('prod', awsHealthUrl('prod'))).toMatchObject({ ok: true });
  });

  test('credentials of a container are not fetched, whatever the environment inherited, unless somebody says so', async () => {
    delete process.env['AWS_ACCESS_KEY_ID'];
    delete process.env['AWS_SECRET_ACCESS_KEY'];
    const wanted: string[] = [];
    const container = createServer((request, response) => {
      wanted.push(request.url ?? '');
      response.end(
        JSON.stringify({
          AccessKeyId: 'AKIASECOND',
          SecretAccessKey: KEYS['AKIASECOND'],
          Token: 'session',
          Expiration: new Date(Date.now() + 3_600_000).toISOString(),
        }),
      );
    });
    await new Promise<void>((done) => void container.listen(0, '127.0.0.1', done));
    const full = `http://127.0.0.1:${(container.address() as AddressInfo).port}/credentials`;
    process.env['AWS_CONTAINER_CREDENTIALS_FULL_URI'] = full;
    const told = await ask();
    expect(told).toMatchObject({ ok: false, error: { code: 'no-credentials' } });
    if (!told.ok) expect(told.error.message).toContain('only with AWS_EC2_METADATA_DISABLED=false');
    expect(wanted).toEqual([]);

    process.env['AWS_CONTAINER_CREDENTIALS_FULL_URI'] = full;
    process.env['AWS_EC2_METADATA_DISABLED'] = 'false';
    expect(await ask()).toMatchObject({ ok: true });
    expect(wanted).toEqual(['/credentials']);
    expect(asked[0]).toMatchObject({ key: 'AKIASECOND', signed: true });
    container.closeAllConnections();
    container.close();
  });

  test('an SSO sign-in that has run out is told as that', async () => {
    delete process.env['AWS_ACCESS_KEY_ID'];
    delete process.env['AWS_SECRET_ACCESS_KEY'];
    const start = 'https://team.awsapps.example/start';
    writeFileSync(
      join(home, '.aws', 'config'),
      `[profile sso]\nsso_start_url = ${start}\nsso_region = us-east-1\nsso_account_id = 123456789012\nsso_role_name = Read\n`,
    );
    writeFileSync(
      join(home, '.aws', 'sso', 'cache', `${createHash('sha1').update(start).digest('hex')}.json`),
      JSON.stringify({
        accessToken: 'token',
        expiresAt: '2020-01-01T00:00:00Z',
        region: 'us-east-1',
        startUrl: start,
      }),
    );
    const told = await ask('sso');
    expect(told).toMatchObject({ ok: false, error: { code: 'credentials-expired' } });
    if (!told.ok) expect(told.error.message).toContain('aws sso login --profile sso');
  });
});

test('an SSO sign-in that is good is changed into keys, through the same guarded fetcher', async () => {
  delete process.env['AWS_ACCESS_KEY_ID'];
  delete process.env['AWS_SECRET_ACCESS_KEY'];
  const wanted: string[] = [];
  const sso = createServer((request, response) => {
    wanted.push(`${request.url} ${request.headers['x-amz-sso_bearer_token']}`);
    response.end(
      JSON.stringify({
        roleCredentials: {
          accessKeyId: 'AKIASECOND',
          secretAccessKey: KEYS['AKIASECOND'],
          sessionToken: 'session',
          expiration: Date.now() + 3_600_000,
        },
      }),
    );
  });
  await new Promise<void>((done) => void sso.listen(0, '127.0.0.1', done));
  process.env['AWS_ENDPOINT_URL_SSO'] = `http://127.0.0.1:${(sso.address() as AddressInfo).port}`;
  const start = 'https://team.awsapps.example/start';
  writeFileSync(
    join(home, '.aws', 'config'),
    `[profile sso]\nsso_start_url = ${start}\nsso_region = us-east-1\nsso_account_id = 123456789012\nsso_role_name = Read\n`,
  );
  writeFileSync(
    join(home, '.aws', 'sso', 'cache', `${createHash('sha1').update(start).digest('hex')}.json`),
    JSON.stringify({
      accessToken: 'token',
      expiresAt: '2099-01-01T00:00:00Z',
      region: 'us-east-1',
      startUrl: start,
    }),
  );
  const fetched: string[] = [];
  const guarded = createFetcher({ clock: systemClock, proxyFor: async () => 'direct' });
  const one = createAwsHealth({
    fetch: (request) => {
      fetched.push(new URL(request.url).pathname);
      return guarded(request);
    },
    clock: systemClock,
    alias: async () => [],
  });
  const told = await one.ask('sso', awsHealthUrl('sso'));
  sso.closeAllConnections();
  sso.close();
  expect(told.ok).toBe(true);
  expect(wanted).toEqual(['/federation/credentials?role_name=Read&account_id=123456789012 token']);
  // Both ways went through us: the sign-in first, then the two questions.
  expect(fetched).toEqual(['/federation/credentials', '/', '/']);
  expect(asked.map(({ key, signed }) => [key, signed])).toEqual([
    ['AKIASECOND', true],
    ['AKIASECOND', true],
  ]);
});

describe('its two regions', () => {
  test('the one that the alias names is asked first, the other when it fails', async () => {
    answer = ({ region }) =>
      region === 'us-east-2'
        ? { status: 503, body: { __type: 'ServiceUnavailable' } }
        : { status: 200, body: { events: [] } };
    const told = await aws(['health.us-east-2.amazonaws.com']).ask(null, awsHealthUrl(null));
    expect(told.ok).toBe(true);
    expect([...new Set(asked.map(({ region }) => region))]).toEqual(['us-east-2', 'us-east-1']);
  });
  test('the other one is not asked when the account is the reason', async () => {
    answer = () => ({ status: 400, body: { __type: 'SubscriptionRequiredException' } });
    await ask();
    expect(asked.map(({ region }) => region)).toEqual(['us-east-1']);
  });
});

describe('the guards of every other feed hold', () => {
  test('an endpoint in the private network is refused unless the environment names it', async () => {
    const endpoint = process.env['AWS_ENDPOINT_URL_HEALTH']!;
    delete process.env['AWS_ENDPOINT_URL_HEALTH'];
    // A file that somebody else may have written is not the environment of the person who started Bulkhead.
    writeFileSync(
      join(home, '.aws', 'config'),
      `[default]\nendpoint_url = ${endpoint.replace('http:', 'https:')}\n`,
    );
    expect(await ask()).toMatchObject({ ok: false, error: { code: 'private-address' } });
    expect(asked).toEqual([]);
  });
  test('signed requests do not go over plain http', async () => {
    delete process.env['AWS_ENDPOINT_URL_HEALTH'];
    writeFileSync(join(home, '.aws', 'config'), '[default]\nendpoint_url = http://health.example\n');
    expect(await ask()).toMatchObject({ ok: false, error: { code: 'bad-scheme' } });
  });
  test('a redirect is not followed: what was signed goes to nobody else', async () => {
    answer = () => ({ status: 307, body: {}, headers: { location: 'https://elsewhere.example/' } });
    expect(await ask()).toMatchObject({ ok: false, error: { code: 'bad-redirect' } });
  });
  test('an answer that grows without end is cut', async () => {
    answer = () => ({ status: 200, body: { events: [{ arn: 'x'.repeat(17 * 1024 * 1024) }] } });
    expect(await ask()).toMatchObject({ ok: false, error: { code: 'too-large' } });
  });
});

test('as a feed: previewed, kept, polled, its raw source without credentials', async () => {
  serve([event('001')]);
  const folder = join(home, 'profile');
  const said: string[] = [];
  const note = (...words: unknown[]): void => void said.push(JSON.stringify(words));
  const health = await createHealth({
    host: { proxyFor: async () => 'direct' },
    clock: systemClock,
    ids: { uuid: () => crypto.randomUUID() },
    random: () => 0,
    folder,
    emit: () => undefined,
    settings: () => ({ regions: [] }),
    person: () => ({ name: 'Marta' }),
    log: { ...log, warn: note, error: note, info: note, debug: note },
    owner: true,
    feeds: [],
    references: [],
  });
  try {
    await health.start();
    const shown = await health.handlers['health.previewFeed']({ url: 'aws-health:' });
    expect(shown).toMatchObject({
      ok: true,
      value: { kind: 'aws-health-event', provider: 'aws', name: 'AWS Health', observations: 1 },
    });
    const added = await health.handlers['health.addFeed']({
      url: 'aws-health:',
      kind: 'aws-health-event',
      name: 'AWS Health',
      provider: 'aws',
    });
    if (!added.ok) throw new Error(added.error.message);
    // The same account, typed another way.
    const again = { kind: 'aws-health-event', name: 'AWS Health', provider: 'aws' };
    expect(await health.handlers['health.addFeed']({ ...again, url: ' AWS-Health:// ' })).toMatchObject({
      ok: false,
      error: { code: 'already-watched' },
    });
    for (let tries = 0; tries < 100 && health.readings().length === 0; tries += 1)
      await new Promise((done) => setTimeout(done, 50));
    expect(health.readings()).toMatchObject([
      { provider: 'aws', region: 'us-east-1', service: 'dynamodb', state: 'major-outage' },
    ]);
    const raw = await health.handlers['health.raw']({ feed: added.value.feed });
    expect(raw.ok && raw.value.text).toContain('AWS_DYNAMODB_OPERATIONAL_ISSUE');
    const all = JSON.stringify(raw) + said.join('');
    for (const hidden of [SECRET, 'AKIATEST', 'AWS4-HMAC']) expect(all).not.toContain(hidden);
  } finally {
    await health.stop();
  }
});
