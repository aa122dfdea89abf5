// What to watch: each feed with a tick and what it answers right now; what refuses says why and what to do.
import { useState } from 'react';
import type { Feed } from '../../../shared/contract/health.ts';
import { FEED_WORD, board as words } from '../../../shared/text/board.ts';
import { useDialogs } from '../../app/dialogs.tsx';
import { useClient } from '../../app/services.ts';
import { Button } from '../../components/Button.tsx';
import { Problem } from '../../components/Problem.tsx';
import { S, St } from '../../components/St.tsx';
import { feedGlyph } from '../board/marks.ts';
import { AddFeedDialog } from '../feeds/AddFeedDialog.tsx';

const host = (url: string): string => {
  try {
    // An address without a host (a folder, an API) is its own name.
    return new URL(url).host || url;
  } catch {
    return url;
  }
};

export function Watch({ feeds }: { feeds: readonly Feed[] }) {
  const client = useClient();
  const dialogs = useDialogs();
  const [problem, setProblem] = useState<string | null>(null);
  const bad = feeds.find((f) => f.enabled && f.reason !== null && f.state !== 'fresh');
  return (
    <>
      <h2>
        <span className="hn" aria-hidden="true">
          1
        </span>
        {words.start.watch}
        <span className="phn">{words.start.watchCount(feeds.filter((f) => f.enabled).length)}</span>
      </h2>
      <ul className="fr-f">
        {feeds.map((feed, i) => (
          <li key={feed.id}>
            <label className="ck-b">
              <input
                type="checkbox"
                checked={feed.enabled}
                data-pane-focus={i === 0 ? '' : undefined}
                onChange={(event) =>
                  void client
                    .call('health.setFeed', { feed: feed.id, enabled: event.target.checked })
                    .then((answer) => setProblem(answer.ok ? null : answer.error.message))
                }
              />
              <span>
                <b>{feed.name}</b>
                <span className="dim">
                  {feed.kind}, <span className="mono">{host(feed.url)}</span>
                </span>
              </span>
            </label>
            {feed.enabled ? (
              <S kind={feedGlyph(feed.state)}>
                {feed.state === 'fresh' && feed.durationMs !== null
                  ? words.start.heardMs(Math.round(feed.durationMs))
                  : FEED_WORD[feed.state]}
              </S>
            ) : null}
          </li>
        ))}
      </ul>
      {feeds.length ? null : <p className="dim">{words.feedsNone}</p>}
      {bad ? (
        <p className="err">
          <St kind={feedGlyph(bad.state)} />
          <span>
            <b>{bad.name}.</b> {bad.reason}{' '}
            <Button look="tiny" onPress={() => void client.call('health.pollNow', { feed: bad.id })}>
              {words.pollNow}
            </Button>
          </span>
        </p>
      ) : null}
      <Problem text={problem} />
      <div className="fr-a">
        <Button icon="plus" onPress={() => dialogs.open((close) => <AddFeedDialog onClose={close} />)}>
          {words.addFeed}
        </Button>
      </div>
    </>
  );
}
