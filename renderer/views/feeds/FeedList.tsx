// Every feed with its state, its age against its limit, and a way to its details. What is not heard stands first.
import { useState } from 'react';
import type { Board, Feed } from '../../../shared/contract/health.ts';
import { FEED_WORD, board as words } from '../../../shared/text/board.ts';
import { fromInstant } from '../../../shared/time/clock.ts';
import { duration } from '../../../shared/time/format.ts';
import { useCommands } from '../../app/commands.ts';
import { useDialogs } from '../../app/dialogs.tsx';
import { focusPane } from '../../app/panes.ts';
import { useNow, useServices } from '../../app/services.ts';
import { Button } from '../../components/Button.tsx';
import { Keys } from '../../components/Kbd.tsx';
import { Pane } from '../../components/Pane.tsx';
import { S } from '../../components/St.tsx';
import { feedGlyph } from '../board/marks.ts';
import { AddFeedDialog } from './AddFeedDialog.tsx';
import { FeedDialog } from './FeedDialog.tsx';
import { byNeed, feedShort, feedSummary, limitShare } from './feed-list.ts';

function FeedRow({
  feed,
  now,
  first,
  onOpen,
}: {
  feed: Feed;
  now: number;
  first: boolean;
  onOpen: () => void;
}) {
  const age = feed.fetchedAt ? now - fromInstant(feed.fetchedAt) : null;
  return (
    <li className={feed.state === 'fresh' ? 'f-ok' : 'f-stale'}>
      <button
        type="button"
        className="fd-r"
        data-pane-focus={first ? '' : undefined}
        title={feed.reason ?? words.every(duration(feed.intervalMs), duration(feed.staleAfterMs))}
        onClick={onOpen}
      >
        <span className="fn">{feed.name}</span>
        <S kind={feedGlyph(feed.state)}>{FEED_WORD[feed.state]}</S>
        <span className={`fb fb-${feed.state}`} aria-hidden="true">
          <i style={{ width: `${limitShare(age, feed)}%` }} />
        </span>
        <span className="fa">{age === null ? words.never : duration(age)}</span>
      </button>
    </li>
  );
}

export function FeedList({ board }: { board: Board }) {
  const { panes } = useServices();
  const dialogs = useDialogs();
  const now = useNow();
  const [all, setAll] = useState(false);
  const feeds = byNeed(board.feeds);
  const fresh = feeds.filter((f) => f.state === 'fresh');
  const oldest = fresh.reduce((ms, f) => Math.max(ms, f.fetchedAt ? now - fromInstant(f.fetchedAt) : 0), 0);
  const open = (feed: Feed): void => {
    dialogs.open((close) => <FeedDialog feed={feed.id} onClose={close} />);
  };
  const add = (): void => {
    dialogs.open((close) => <AddFeedDialog onClose={close} />);
  };
  useCommands('view', [
    {
      id: 'feeds',
      title: words.feeds,
      keys: ['F'],
      group: 'Go to',
      icon: 'radio',
      run: () => void focusPane(panes, 'board.feeds'),
    },
    { id: 'feeds.add', title: words.addFeed, group: 'Act', icon: 'plus', run: add },
    ...board.feeds.map((feed) => ({
      id: `feed.${feed.id}`,
      title: `${feed.name}`,
      detail: `${FEED_WORD[feed.state]}, ${feed.kind}`,
      group: words.feeds,
      glyph: feedGlyph(feed.state),
      foundOnly: true,
      also: `feed ${feed.kind} ${feed.url}`,
      run: () => open(feed),
    })),
  ]);
  return (
    <Pane
      id="board.feeds"
      label={words.feeds}
      className="bfd"
      onKeyDown={(event) => {
        const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
        if (!step || event.ctrlKey || event.altKey) return;
        event.preventDefault();
        const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('.fd-r,.f-more')].filter(
          (row) => row.offsetParent !== null,
        );
        const at = rows.indexOf(document.activeElement as HTMLElement);
        rows[Math.max(0, Math.min(rows.length - 1, at + step))]?.focus();
      }}
    >
      <div className="bh">
        <h2 className="ph">{words.feeds}</h2>
        <span className="dim cut" title={feedSummary(board.feeds)}>
          {feedShort(board.feeds)}
        </span>
        <span className="r fd-a">
          <Button look="tiny" icon="plus" onPress={add} label={words.addFeed}>
            {words.addFeed}
          </Button>
          <Keys keys="F" />
        </span>
      </div>
      {feeds.length ? (
        <ul className={all ? 'fdl all' : 'fdl'}>
          {feeds.map((feed, i) => (
            <FeedRow key={feed.id} feed={feed} now={now} first={i === 0} onOpen={() => open(feed)} />
          ))}
        </ul>
      ) : (
        <p className="none">{words.feedsNone}</p>
      )}
      {fresh.length ? (
        // Only a short window folds what is fresh.
        <button
          type="button"
          className="f-more"
          aria-expanded={all}
          data-pane-focus
          onClick={() => setAll(!all)}
        >
          <S kind="ok">{words.feedMore(fresh.length)}</S>
          <span className="dim">{words.oldest(duration(oldest))}</span>
        </button>
      ) : null}
    </Pane>
  );
}
