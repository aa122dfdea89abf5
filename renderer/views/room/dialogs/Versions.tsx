// Every version of one entry, oldest first: what was written, what it became, who and why.
import { useEffect, useId, useState } from 'react';
import type { Output } from '../../../../shared/contract/index.ts';
import type { TimelineRow } from '../../../../shared/contract/room.ts';
import { room } from '../../../../shared/text/room-ui.ts';
import { ui } from '../../../../shared/text/ui.ts';
import { Dialog } from '../../../app/dialogs.tsx';
import { useClient, useNow } from '../../../app/services.ts';
import { Button } from '../../../components/Button.tsx';
import { Problem } from '../../../components/Problem.tsx';
import { Time } from '../../../components/Time.tsx';
import { useRoom } from '../session.ts';

type Version = Output<'timeline.history'>['versions'][number];

export function Versions({ row, onClose }: { row: TimelineRow; onClose: () => void }) {
  const client = useClient();
  const { session } = useRoom();
  const now = useNow();
  const heading = useId();
  const [versions, setVersions] = useState<readonly Version[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let gone = false;
    void client.call('timeline.history', { incident: session.id, entry: row.id }).then((answer) => {
      if (gone) return;
      if (answer.ok) setVersions(answer.value.versions);
      else setProblem(`${room.ask.versionsFailed} ${answer.error.message}`);
    });
    return () => {
      gone = true;
    };
  }, [client, session.id, row.id]);
  return (
    <Dialog className="ask-d wide" labelledBy={heading} onClose={onClose}>
      <h2 id={heading}>{room.ask.versions}</h2>
      <Problem text={problem} />
      <ol className="vers">
        {versions?.map((version) => (
          <li key={`${version.at} ${version.what}`}>
            <p className="vers-h">
              <Time at={version.at} show="day" now={now} /> <b>{version.by}</b>{' '}
              <span className="dim">{version.what}</span>
            </p>
            {version.text ? <p className="vers-t">{version.text}</p> : null}
            {version.reason ? <p className="dim">“{version.reason}”</p> : null}
          </li>
        ))}
      </ol>
      <div className="ask-a">
        <Button look="quiet" keys="Esc" onPress={onClose}>
          {ui.close}
        </Button>
      </div>
    </Dialog>
  );
}
