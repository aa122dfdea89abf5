// A process of its own that works on a profile until it is done or killed. Says on standard output, one line each, what it did:
// `open DEVICE`, `ack ID ROW`, `refused CODE`, `done`. Every line is written before the next thing begins.
import { randomBytes } from 'node:crypto';
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { openWritable } from '../../../electron/journal/database.ts';
import { migrate, migrations } from '../../../electron/journal/migrations.ts';
import { openJournal } from '../../../electron/journal/open.ts';
import { snapshotDaily, snapshotNow } from '../../../electron/journal/snapshots.ts';
import { tryOwn } from '../../../electron/profile/own.ts';
import { systemClock } from '../../../electron/time/systemClock.ts';

const [mode, folder = '', count = '500', tag = 'x'] = process.argv.slice(2);
const say = (line: string): void => void writeSync(1, `${line}\n`);

function opened(watch = false) {
  const journal = openJournal({
    folder,
    clock: systemClock,
    ids: { uuid: () => v7() },
    random: (n) => randomBytes(n),
    machineId: 'machine-one',
    watch,
    pollMs: 20,
  });
  if (!journal.ok) {
    say(`failed ${journal.error.code} ${journal.error.message}`);
    process.exit(1);
  }
  for (const notice of journal.value.notices()) say(`notice ${notice.code} ${notice.text}`);
  say(`open ${journal.value.state().device}`);
  return journal.value;
}

switch (mode) {
  case 'append': {
    const journal = opened();
    for (let n = 1; n <= Number(count); n++) {
      const done = journal.append([
        { incident: 'inc-1', kind: 'note', body: { text: `${tag} ${n}` }, actor: 'ada' },
      ]);
      if (done.ok) say(`ack ${done.value[0]!.id} ${done.value[0]!.row}`);
      else say(`refused ${done.error.code} ${done.error.message}`);
    }
    journal.close();
    say('done');
    break;
  }
  case 'pace': {
    // One entry for every line on standard input, so that a test can stop and go on between them.
    const journal = opened();
    process.stdin.on('data', (lines: Buffer) => {
      for (const line of lines.toString().split('\n').filter(Boolean)) {
        const done = journal.append([
          { incident: 'inc-1', kind: 'note', body: { text: line }, actor: 'ada' },
        ]);
        say(done.ok ? `ack ${done.value[0]!.id} ${done.value[0]!.row}` : `refused ${done.error.code}`);
      }
    });
    process.stdin.on('end', () => journal.close());
    break;
  }
  case 'hold': {
    // Takes the write lock and keeps it until it ends.
    const db = openWritable(join(folder, 'journal.db'));
    db.exec('BEGIN IMMEDIATE');
    say('holding');
    process.stdin.on('end', () => db.close());
    process.stdin.resume();
    break;
  }
  case 'own': {
    const owned = tryOwn(folder);
    say(owned.ok ? 'owned' : `failed ${owned.error.code} ${owned.error.message}`);
    if (owned.ok) {
      process.stdin.on('end', () => owned.value.release());
      process.stdin.resume();
    }
    break;
  }
  case 'migrate': {
    const db = openWritable(join(folder, 'journal.db'));
    say('migrating');
    const next = {
      version: migrations.at(-1)!.version + 1,
      sql: `CREATE TABLE later (n INTEGER PRIMARY KEY, text TEXT NOT NULL);
            INSERT INTO later SELECT row, body || hex(randomblob(200)) FROM entries;
            CREATE INDEX later_text ON later (text);`,
    };
    migrate(db, (from) => void snapshotNow(db, folder, `before-${from + 1}`), [...migrations, next]);
    db.close();
    say('done');
    break;
  }
  case 'snapshot': {
    say('snapshotting');
    await snapshotDaily(folder, join(folder, 'journal.db'), systemClock);
    say('done');
    break;
  }
  default:
    say(`unknown mode ${mode}`);
    process.exit(2);
}
