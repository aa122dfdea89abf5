// Lines under the bar that stay until they are no longer true: the journal cannot be written (the only full-width alarm),
// a recording is being replayed, and what the start has to say until it is read.
import type { AppSnapshot } from '../../shared/contract/app.ts';
import { ui } from '../../shared/text/ui.ts';
import { fromInstant } from '../../shared/time/clock.ts';
import { day, utc } from '../../shared/time/format.ts';
import { Button } from '../components/Button.tsx';
import { Icon } from '../components/Icon.tsx';
import { St } from '../components/St.tsx';
import { useApp, useClient, useNow } from './services.ts';

function ReplayClock() {
  const now = useNow();
  return (
    <b className="tn">
      {day(now)}, {utc(now)}
    </b>
  );
}

/** What is played, and how fast or that it is over. */
function played({ name, speed, ended, room }: NonNullable<AppSnapshot['replay']>): string {
  if (room === undefined) return ended ? ui.replayEnded(name) : ui.replaying(name, `${speed}×`);
  return ended ? ui.rehearsalEnded(name) : ui.rehearsing(name, `${speed}×`);
}

export function Banners() {
  const client = useClient();
  const journal = useApp((app) => app?.journal ?? null);
  const replay = useApp((app) => app?.replay ?? null);
  const notices = useApp((app) => app?.notices ?? null);
  const order = { alarm: 0, warning: 1, info: 2 } as const;
  const [notice, ...more] = [...(notices ?? [])].sort(
    (a, b) => order[a.level] - order[b.level] || a.since.localeCompare(b.since),
  );
  return (
    <div className="banners">
      {journal && !journal.writable ? (
        <p className="ban alarm" role="alert">
          <St kind="failed" />
          <b>{ui.cannotWrite(journal.reason ?? ui.readOnly)}</b>
          <span>{ui.notWritable}</span>
        </p>
      ) : null}
      {replay ? (
        <p className="ban replay">
          <Icon name="play" />
          <b>{played(replay)}</b>
          <span>
            {replay.room === undefined ? ui.replayTime : ui.rehearsalTime}
            <ReplayClock />
          </span>
          <span className="r dim">{ui.replayReal}</span>
        </p>
      ) : null}
      {notice ? (
        <div className={`ban notice ${notice.level}`} role={notice.level === 'info' ? 'status' : 'alert'}>
          <St kind={notice.level === 'alarm' ? 'failed' : notice.level === 'warning' ? 'held' : 'info'} />
          <p title={notice.text}>{notice.text}</p>
          <span className="dim r">
            {utc(fromInstant(notice.since))}
            {more.length ? `, ${ui.moreNotices(more.length)}` : ''}
          </span>
          <Button look="tiny" onPress={() => void client.call('app.dismissNotice', { id: notice.id })}>
            {ui.dismiss}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
