// The real application over servers on loopback: the AWS Health API added by its address, an Alertmanager over two clouds and the
// templates of a pack, by keyboard.
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { axe, expect, inElectron, shot, test } from './harness/fixtures.ts';

test.describe.configure({ timeout: 120_000 });
test.skip(inElectron, 'the credentials of the test stand in the environment of its own process');

const event = {
  arn: 'arn:aws:health:us-east-1::event/DYNAMODB/AWS_DYNAMODB_OPERATIONAL_ISSUE/one',
  service: 'DYNAMODB',
  eventTypeCode: 'AWS_DYNAMODB_OPERATIONAL_ISSUE',
  eventTypeCategory: 'issue',
  eventScopeCode: 'PUBLIC',
  region: 'us-east-1',
  startTime: 1_760_000_000,
  lastUpdatedTime: 1_760_000_600,
  statusCode: 'open',
};
const alert = (name: string, labels: Record<string, string>): object => ({
  labels: { alertname: name, ...labels },
  annotations: { summary: `${name} for ten minutes` },
  startsAt: '2026-10-20T07:00:00Z',
  status: { state: 'active' },
  fingerprint: name,
});

let server: Server;
/** The error that AWS answers with; null: it answers. */
let refusal: string | null = null;
const before = { ...process.env };
test.beforeEach(async ({ profile }) => {
  refusal = null;
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece) => {
      body += piece;
    });
    request.on('end', () => {
      const answer = (value: object, status = 200): void =>
        void response
          .writeHead(status, { 'content-type': 'application/x-amz-json-1.1' })
          .end(JSON.stringify(value));
      if (request.url === '/api/v2/alerts')
        answer([
          alert('Watchdog', {}),
          alert('HighErrors', {
            cloud: 'aws',
            region: 'eu-west-1',
            service: 'checkout',
            severity: 'critical',
          }),
          alert('SlowSearch', {
            cloud: 'gcp',
            region: 'europe-west1',
            service: 'search',
            severity: 'warning',
          }),
        ]);
      else if (refusal !== null) answer({ __type: refusal }, 400);
      else if (String(request.headers['x-amz-target']).endsWith('.DescribeEvents'))
        answer({ events: body.includes('closed') ? [] : [event] });
      else
        answer({
          successfulSet: [{ event, eventDescription: { latestDescription: 'Tables do not answer.' } }],
        });
    });
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  process.env['AWS_ENDPOINT_URL_HEALTH'] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.env['AWS_ACCESS_KEY_ID'] = 'AKIATEST';
  process.env['AWS_SECRET_ACCESS_KEY'] = 'secret';
  // Nobody's own configuration is read.
  process.env['AWS_CONFIG_FILE'] = join(profile, 'no-config');
  process.env['AWS_SHARED_CREDENTIALS_FILE'] = join(profile, 'no-credentials');
});
test.afterEach(() => {
  for (const name of Object.keys(process.env))
    if (name.startsWith('AWS_') && !(name in before)) delete process.env[name];
  server.closeAllConnections();
  server.close();
});

test('the AWS Health API is added by its address, and says in words why it cannot be asked', async ({
  page,
}) => {
  await expect(page.getByLabel('Your name')).toBeVisible();
  refusal = 'SubscriptionRequiredException';
  await page.getByRole('button', { name: 'Add a feed' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a feed' });
  await dialog.getByLabel('Address of a status page or feed').fill('aws-health:');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toContainText('support plan');
  await expect(dialog).not.toContainText('Exception');
  refusal = null;
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toContainText('aws-health-event, 1 statement');
  await expect(dialog).toContainText('DYNAMODB operational issue');
  expect(await axe(page)).toEqual([]);
  await shot(page, 'add-aws-health');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('checkbox', { name: /^AWS Health/ })).toBeChecked();
});

test('one Alertmanager over two clouds has its row, its places open, and its pack brings templates', async ({
  page,
  profile,
}) => {
  const pack = join(profile, '..', `${profile.split(/[\\/]/).at(-1)}-pack`);
  await mkdir(join(pack, 'templates'), { recursive: true });
  const port = (server.address() as AddressInfo).port;
  await writeFile(
    join(pack, 'feeds.yaml'),
    `feeds:\n  alerts:\n    name: Shop alerts\n    provider: shop\n    kind: alertmanager\n    url: http://127.0.0.1:${port}/api/v2/alerts\n    every: 15s\n`,
  );
  await writeFile(
    join(pack, 'templates', 'page.md'),
    '---\naudience: customers\n---\n{{titel}} {{nextUpdate}}\n',
  );
  await page.evaluate(() => {
    location.hash = '#start';
  });
  await page.getByLabel('Pack folder on this disk').fill(pack);
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^1 feed, read/)).toBeVisible();
  await expect(page.getByText('templates/page.md, line 4, column 3')).toBeVisible();
  await expect(page.getByText('was title meant?')).toBeVisible();
  await writeFile(
    join(pack, 'templates', 'page.md'),
    '---\naudience: customers\n---\n{{title}} {{nextUpdate}}\n',
  );
  await expect(page.getByText(/1 feed, .*1 template/)).toBeVisible({ timeout: 15_000 });

  await page.keyboard.press('Control+1');
  const aws = page.getByRole('gridcell', { name: /^Shop alerts.*eu-west-1/ });
  await expect(aws).toHaveAccessibleName(/Outage/, { timeout: 45_000 });
  const gcp = page.getByRole('gridcell', { name: /^Shop alerts.*europe-west1/ });
  await expect(gcp).toBeVisible();
  await gcp.click();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Services' })).toContainText('SlowSearch for ten minutes');
  expect(await axe(page)).toEqual([]);
  await shot(page, 'alerts-two-clouds');
});
