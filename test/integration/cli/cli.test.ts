// The command line as people and scripts use it: real processes, real profiles.
import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { corpus } from '../../corpus.ts';

// The bundle where the launcher made one, else the sources (Node strips the types).
const CLI = process.env['BULKHEAD_CLI'] ?? join(import.meta.dirname, '../../../electron/cli.ts');
vi.setConfig({ testTimeout: 120_000 });

let root: string;
let profile: string;

interface Answer {
  code: number;
  out: string;
  err: string;
}

function bulkhead(...args: string[]): Promise<Answer> {
  return new Promise((done, broken) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', CLI, ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (d) => (out += d));
    child.stderr.on('data', (d) => (err += d));
    child.on('error', broken);
    child.on('close', (code) => done({ code: code ?? -1, out, err }));
  });
}
const mine = (...args: string[]): Promise<Answer> => bulkhead(...args, '--profile', profile);
const json = (answer: Answer) => JSON.parse(answer.out);

beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'bulkhead cli ')));
  profile = join(root, 'my profile');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('an incident from the command line', () => {
  it('is declared, written, listed, shown, exported and verified', async () => {
    const declared = await mine(
      'incident',
      'declare',
      '--title',
      'Checkout failing',
      '--severity',
      'SEV2',
      '--by',
      'Marta',
      '--json',
    );
    expect(declared.err).toBe('');
    expect(declared.code).toBe(0);
    const { id, label } = json(declared);
    expect(label).toBe('INC-0001');

    const note = await mine(
      'incident',
      'note',
      id,
      'Hold wave 2',
      '--kind',
      'decision',
      '--at',
      '-12m',
      '--by',
      'Marta',
      '--json',
    );
    expect(note.code, note.err).toBe(0);
    const entry = json(note);
    expect(entry).toMatchObject({ kind: 'decision', incident: id, body: { text: 'Hold wave 2' } });
    expect(Date.parse(entry.recordedAt) - Date.parse(entry.occurredAt)).toBeGreaterThan(11 * 60_000);

    expect(json(await mine('incident', 'list', '--json'))).toMatchObject([
      { id, label, severity: 'SEV2', title: 'Checkout failing' },
    ]);
    const shown = json(await mine('incident', 'show', 'INC-1', '--json'));
    expect(shown.timeline.map((r: { text: string }) => r.text)).toContain('Hold wave 2');
    expect((await mine('incident', 'show', id)).out).toContain('Hold wave 2');

    const file = join(root, 'out.json');
    const exported = await mine('incident', 'export', label, '--format', 'json', '--out', file, '--json');
    expect(exported.code, exported.err).toBe(0);
    expect(json(exported).path).toBe(file);
    const verified = await bulkhead('incident', 'verify', file);
    expect(verified.code, verified.out + verified.err).toBe(0);

    const document = JSON.parse(readFileSync(file, 'utf8'));
    const at = document.entries.findIndex((e: { kind: string }) => e.kind === 'decision');
    document.entries[at].body = document.entries[at].body.replace('Hold', 'Go on');
    writeFileSync(file, JSON.stringify(document));
    const broken = await bulkhead('incident', 'verify', file, '--json');
    expect(broken.code).toBe(1);
    expect(json(broken)).toMatchObject({
      ok: false,
      breaks: [{ code: 'body', seq: document.entries[at].seq }],
    });

    const md = join(root, 'out.md');
    expect((await mine('incident', 'export', id, '--format', 'md', '--out', md)).code).toBe(0);
    expect(readFileSync(md, 'utf8')).toMatch(/^# INC-0001: Checkout failing\n/);
  });

  it('several processes at once write one unbroken chain', async () => {
    const { id } = json(
      await mine('incident', 'declare', '--title', 'Crowd', '--severity', 'SEV3', '--json'),
    );
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, i) => mine('incident', 'note', id, `note ${i}`, '--json')),
    );
    for (const answer of answers) expect(answer.code, answer.err).toBe(0);
    const file = join(root, 'crowd.json');
    await mine('incident', 'export', id, '--format', 'json', '--out', file);
    const verified = json(await bulkhead('incident', 'verify', file, '--json'));
    expect(verified).toMatchObject({ ok: true, devices: 1 });
    expect(verified.entries).toBeGreaterThanOrEqual(7);
  });

  it('a profile that is a file, or under one, is said', async () => {
    const file = join(root, 'plain');
    writeFileSync(file, 'x');
    for (const [path, why] of [
      [file, 'a file has that name'],
      [join(file, 'under'), 'a part of the path is not a folder'],
    ] as const) {
      const answer = await bulkhead('incident', 'list', '--profile', path, '--json');
      expect(answer.code).toBe(1);
      expect(json(answer).error.code).toBe('no-profile');
      expect(answer.err).toBe(
        `The profile folder ${path} cannot be made: ${why}. Choose another with --profile DIR.\n`,
      );
    }
  });

  it('a failed export leaves the old file and says why', async () => {
    const { id } = json(
      await mine('incident', 'declare', '--title', 'Export', '--severity', 'SEV4', '--json'),
    );
    const answer = await mine(
      'incident',
      'export',
      id,
      '--format',
      'md',
      '--out',
      join(root, 'no such folder', 'x.md'),
      '--json',
    );
    expect(answer.code).toBe(1);
    expect(json(answer).error).toMatchObject({ code: 'not-written' });
    expect(answer.err).toContain('the folder is not there');
  });
});

describe('help', () => {
  it('is the answer on standard output when asked for, of one command or area if it is named', async () => {
    for (const args of [['help'], ['--help']]) {
      const answer = await bulkhead(...args);
      expect(answer).toMatchObject({ code: 0, err: '' });
      expect(answer.out).toContain('bulkhead feed kinds');
    }
    for (const args of [
      ['plan', 'check', '--help'],
      ['help', 'plan', 'check'],
      ['plan', 'check', '-h'],
    ]) {
      const answer = await bulkhead(...args);
      expect(answer).toMatchObject({ code: 0, err: '' });
      expect(answer.out).toContain('bulkhead plan check FILE');
      expect(answer.out).not.toContain('rehearse');
    }
    const nothing = await bulkhead();
    expect(nothing).toMatchObject({ code: 2, out: '' });
    expect(nothing.err).toContain('bulkhead feed kinds');
  });
});

describe('wrong usage', () => {
  it.each([
    [['incident', 'declare', '--title', 'x'], '--severity is missing'],
    [['incident', 'declare', '--title', 'x', '--severity', 'SEV9'], 'none of SEV1'],
    [['incident', 'note', 'INC-1'], 'TEXT is missing'],
    [['incident', 'list', '--nonsense'], '--nonsense is not an option here'],
    [
      ['incident', 'export', '1', '--format', 'md', '--out', 'x.md', '--zone', 'Mars/Base'],
      '--zone Mars/Base is no time zone',
    ],
    [['feed', 'parse', '--kind', 'nonsense', 'x'], 'There is no feed kind "nonsense"'],
    [['nonsense'], 'There is no command "nonsense"'],
    [['incident', 'list', '--profile'], '--profile needs a folder'],
  ])('%j is said on standard error, exit 2', async (args, words) => {
    const answer = await bulkhead(...args, ...(args.includes('--profile') ? [] : ['--profile', profile]));
    expect(answer.out).toBe('');
    expect(answer.err).toContain(words);
    expect(answer.code).toBe(2);
  });
  it('an unknown incident, a time ahead and a time in doubt are problems, exit 1', async () => {
    const { id } = json(
      await mine('incident', 'declare', '--title', 'Times', '--severity', 'SEV4', '--json'),
    );
    expect((await mine('incident', 'show', 'INC-9999')).code).toBe(1);
    const ahead = await mine('incident', 'note', id, 'x', '--at', '2099-01-01T00:00:00Z');
    expect(ahead.code).toBe(1);
    expect(ahead.err).toContain('ahead');
  });
});

describe('feeds and runbooks', () => {
  it('lists the kinds', async () => {
    const kinds = json(await bulkhead('feed', 'kinds', '--json')).map((k: { kind: string }) => k.kind);
    for (const kind of [
      'statuspage',
      'aws-currentevents',
      'aws-data-json',
      'aws-rss',
      'gcp-incidents',
      'azure-rss',
    ])
      expect(kinds).toContain(kind);
  });
  it('parses a recording and says what cannot be believed', async () => {
    const file = join(root, 'azure.xml');
    writeFileSync(
      file,
      '<?xml version="1.0"?><rss version="2.0"><channel><title>Azure Status</title></channel></rss>',
    );
    const fine = await bulkhead('feed', 'parse', '--kind', 'azure-rss', file, '--json');
    expect(fine.code, fine.err).toBe(0);
    expect(json(fine)).toMatchObject({ kind: 'azure-rss', observations: [], events: [], problems: [] });
    writeFileSync(file, '<html>sign in');
    const wrong = await bulkhead('feed', 'parse', '--kind', 'azure-rss', file, '--json');
    expect(wrong.code).toBe(1);
    expect(json(wrong).problems.length).toBeGreaterThan(0);
  });
  it('adds, lists and shows runbooks', async () => {
    mkdirSync(join(root, 'books'));
    writeFileSync(join(root, 'books', 'drain.md'), '# Drain\n\n1. Look\n2. Drain\n');
    expect((await mine('runbook', 'list')).out).toContain('runbook add DIR');
    expect((await mine('runbook', 'add', 'books')).code).toBe(0);
    expect(json(await mine('runbook', 'list', '--json')).runbooks).toMatchObject([
      { path: 'drain.md', title: 'Drain', steps: 2 },
    ]);
    expect((await mine('runbook', 'show', 'drain.md')).out).toContain('2. Drain');
    expect((await mine('runbook', 'show', '../x.md')).code).toBe(1);
  });
  const recording = corpus('replay/github-2026-08-17-critical');
  it.skipIf(recording === null)('replays a recording as one document', async () => {
    const answer = await bulkhead('replay', recording!, '--kind', 'statuspage', '--json');
    expect(answer.code, answer.err).toBe(0);
    expect(json(answer).polls).toBe(23);
    expect(json(answer).signals.length).toBeGreaterThan(0);
  });
  it('replays a recording line by line: each line says how much its signal covers, and of whom', async () => {
    const dir = join(root, 'night-1');
    mkdirSync(dir);
    const incident = (id: string) => ({
      id,
      begin: '2026-10-20T08:00:00+00:00',
      created: '2026-10-20T08:00:00+00:00',
      modified: '2026-10-20T08:05:00+00:00',
      external_desc: 'Networking is failing',
      most_recent_update: { status: 'SERVICE_OUTAGE', when: '2026-10-20T08:05:00+00:00', text: 'Looking.' },
      status_impact: 'SERVICE_OUTAGE',
      severity: 'high',
      affected_products: [{ title: 'Cloud Run' }, { title: 'Pub/Sub' }],
      currently_affected_locations: [{ id: 'us-central1' }, { id: 'us-east1' }, { id: 'us-west1' }],
    });
    writeFileSync(join(dir, '20261020T080600Z.json'), JSON.stringify([incident('a')]));
    const answer = await bulkhead('replay', dir, '--kind', 'gcp-incidents');
    expect(answer.code, answer.err).toBe(0);
    expect(answer.out.replace(/ +/g, ' ')).toContain(
      'gcp us-central1 +2 Cloud Run +1 - -> major-outage Cloud Run, Pub/Sub in 3 regions: Outage. Networking is failing',
    );
  });
  it('a recording with a poll that cannot be read is told to its end, and ends with exit code 1', async () => {
    const dir = join(root, 'night-2');
    mkdirSync(dir);
    writeFileSync(join(dir, '20261020T080600Z.json'), 'nope');
    writeFileSync(join(dir, '20261020T081600Z.json'), '[]');
    const answer = await bulkhead('replay', dir, '--kind', 'gcp-incidents');
    expect(answer.out).toContain('2 polls, 2 signals, 2 problems');
    expect(answer.err).toContain('not complete JSON');
    expect(answer.code).toBe(1);
  });
  it('the kind is recognised from the polls, and asked for where none is', async () => {
    const sample = await bulkhead(
      'replay',
      join(import.meta.dirname, '../../../samples/recordings/aws-2025-10-20-us-east-1'),
      '--json',
    );
    expect(JSON.parse(sample.out)).toMatchObject({ problems: [] });
    expect(JSON.parse(sample.out).signals[0]).toMatchObject({ provider: 'aws', service: 'dynamodb' });
    expect(sample.code).toBe(0);
    const dir = join(root, 'night-3');
    mkdirSync(dir);
    writeFileSync(join(dir, '20261020T080600Z.json'), 'nope');
    const answer = await bulkhead('replay', dir);
    expect(answer.err).toContain('Say it with --kind KIND');
    expect(answer.code).toBe(1);
  });
  it('a folder that is no recording is refused in words', async () => {
    writeFileSync(join(root, 'a-file'), 'x');
    for (const [dir, why] of [
      ['not-there', 'the folder is not there'],
      ['a-file', 'it is a file'],
    ] as const) {
      const answer = await bulkhead('replay', dir, '--kind', 'statuspage');
      expect(answer.code).toBe(1);
      expect(answer.err).toBe(
        `${join(root, dir)} cannot be read as a recording: ${why}. Give a folder of recorded polls.\n`,
      );
    }
  });
});

describe('a profile of a newer Bulkhead', () => {
  it('is refused by every command, also by those that need no journal, and left as it is', async () => {
    const folder = join(root, 'newer');
    const first = await bulkhead('incident', 'list', '--profile', folder);
    expect(first.code, first.err).toBe(0);
    const db = new Database(join(folder, 'journal.db'));
    db.pragma('user_version = 999');
    db.close();
    for (const words of [
      ['incident', 'list'],
      ['feed', 'check'],
    ]) {
      const answer = await bulkhead(...words, '--profile', folder);
      expect(answer.err).toContain('written by a newer Bulkhead (its version is 999');
      expect(answer.code).toBe(1);
    }
    expect(existsSync(join(folder, 'health.db'))).toBe(false);
  });
});

describe('packs', () => {
  it('the sample one is right; mistakes are told with file, line and column', async () => {
    const right = await bulkhead('pack', 'check', join(import.meta.dirname, '../../../samples/pack'));
    expect(right.out).toBe('2 feeds, 5 probes, 6 services, 3 templates, a folder of runbooks; 0 problems\n');
    expect(right.code).toBe(0);
    const dir = join(root, 'pack');
    mkdirSync(join(dir, 'templates'), { recursive: true });
    writeFileSync(join(dir, 'feeds.yaml'), '\uFEFFfeeds:\r\n  a:\r\n    provider: own\r\n    every: 300\r\n');
    writeFileSync(
      join(dir, 'probes.yaml'),
      'probes:\n  a: { region: own/here, tcp: a.example, port: 1, path: vpn }\n',
    );
    writeFileSync(join(dir, 'topology.yaml'), 'services:\n  a:\n    needs: [nowhere]\n');
    writeFileSync(join(dir, 'templates', 'a.md'), '\uFEFF---\naudience: all\n---\n{{nextUpdate}}\n');
    const wrong = await bulkhead('pack', 'check', dir);
    expect(wrong.code).toBe(1);
    expect(wrong.out.split('\n').map((line) => line.split(': ')[0])).toEqual([
      'feeds.yaml:4:5',
      'topology.yaml:3:13',
      'templates/a.md:2:1',
      expect.stringMatching(/; 3 problems$/),
      '',
    ]);
    // A path of a feeds.yaml that is wrong may well be there; of one that is right it is not.
    expect(wrong.out).not.toContain('vpn');
    writeFileSync(join(dir, 'feeds.yaml'), 'feeds: {}\n');
    expect((await bulkhead('pack', 'check', dir)).out).toContain('there is no path "vpn"');
    writeFileSync(join(dir, 'feeds.yaml'), 'feeds:\n  a:\n    provider: own\n    every: 300\n');
    const told = json(await bulkhead('pack', 'check', dir, '--json'));
    expect(told).toMatchObject({ ok: false, feeds: 0, services: 0, runbooks: false });
    expect(told.problems[0]).toMatchObject({ file: 'feeds.yaml', line: 4, column: 5 });
  });
  it('a folder that is no pack is said', async () => {
    mkdirSync(join(root, 'bare'));
    expect(await bulkhead('pack', 'check', 'bare')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/bare holds none of feeds\.yaml/),
    });
    expect((await bulkhead('pack', 'check', 'not-there')).err).toContain('the folder is not there');
    expect((await bulkhead('pack', 'check')).code).toBe(2);
  });
});
