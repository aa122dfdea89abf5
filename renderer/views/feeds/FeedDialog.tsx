// One feed: how it is, why, what it costs, what was odd in it; ask now, pause, remove, see the raw source.
import { type ReactNode, useId, useState } from 'react';
import type { CallName, Input } from '../../../shared/contract/index.ts';
import { FEED_WORD, board as words } from '../../../shared/text/board.ts';
import { knownWords } from '../../../shared/text/board-more.ts';
import { ui } from '../../../shared/text/ui.ts';
import { fromInstant } from '../../../shared/time/clock.ts';
import { duration, inSentence } from '../../../shared/time/format.ts';
import { Dialog, useDialogs } from '../../app/dialogs.tsx';
import { useBoard, useClient, useNow } from '../../app/services.ts';
import { Button } from '../../components/Button.tsx';
import { Keys } from '../../components/Kbd.tsx';
import { Problem } from '../../components/Problem.tsx';
import { S } from '../../components/St.tsx';
import { feedGlyph } from '../board/marks.ts';
import { EventsDialog } from './EventsDialog.tsx';
import { RawDialog } from './RawDialog.tsx';

const Line = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

export function FeedDialog({ feed: id, onClose }: { feed: string; onClose: () => void }) {
  const client = useClient();
  const dialogs = useDialogs();
  const feed = useBoard((board) => board?.feeds.find((f) => f.id === id) ?? null);
  const now = useNow();
  const heading = useId();
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(false);
  const run = async <N extends CallName>(name: N, input: Input<N>): Promise<boolean> => {
    setBusy(true);
    const answer = await client.call(name, input);
    setBusy(false);
    setProblem(answer.ok ? null : answer.error.message);
    return answer.ok;
  };
  const when = (at: string | null): string =>
    at ? `${inSentence(at, now)}, ${duration(Math.abs(now - fromInstant(at)))}` : words.never;
  if (!feed) {
    return (
      <Dialog className="ask-d" label={words.feeds} onClose={onClose}>
        <p>{words.feedsNone}</p>
        <div className="ask-a">
          <Button keys="Esc" onPress={onClose}>
            {ui.close}
          </Button>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog className="dec fd-d" labelledBy={heading} onClose={onClose}>
      <header className="dec-h">
        <h2 id={heading}>{feed.name}</h2>
        <S kind={feedGlyph(feed.state)}>{FEED_WORD[feed.state]}</S>
        <button type="button" className="btn quiet r" onClick={onClose}>
          <span>{ui.close}</span>
          <Keys keys="Esc" />
        </button>
      </header>
      <div className="fd-b">
        {feed.reason ? <p className="fd-why">{feed.reason}</p> : null}
        {feed.state === 'paused' ? <p className="fd-why">{words.pausedWhy}</p> : null}
        <dl className="kvl">
          <Line name={words.feedKind}>
            {feed.kind}, {feed.provider}, {feed.builtIn ? words.builtIn : words.own}
          </Line>
          <Line name={words.feedUrl}>
            <span className="mono wrap">{feed.url}</span>
          </Line>
          <Line name={words.feedEvery}>{words.feedEveryValue(duration(feed.intervalMs))}</Line>
          <Line name={words.feedLimit}>{duration(feed.staleAfterMs)}</Line>
          <Line name={words.feedHeard}>{when(feed.fetchedAt)}</Line>
          <Line name={words.feedTried}>{when(feed.triedAt)}</Line>
          {feed.enabled && feed.expectedAt ? (
            <Line name={words.feedNext}>{when(feed.expectedAt)}</Line>
          ) : null}
          {feed.durationMs === null ? null : (
            <Line name={words.feedTook}>{words.start.heardMs(Math.round(feed.durationMs))}</Line>
          )}
          <Line name={words.feedEvents}>{feed.events}</Line>
          <Line name={words.feedProblems}>
            {feed.problems.length ? (
              <ul>
                {feed.problems.map((p) => (
                  <li key={`${p.code} ${p.text}`}>
                    <span className="mono">{p.code}</span> {p.text}
                  </li>
                ))}
              </ul>
            ) : (
              words.feedProblemsNone
            )}
          </Line>
        </dl>
        <Problem text={problem} />
      </div>
      <footer className="dec-f">
        {asking ? (
          <>
            <span>{words.removeAsk(feed.name)}</span>
            <Button
              look="guard"
              busy={busy}
              className="r"
              onPress={() => void run('health.removeFeed', { feed: id }).then((ok) => ok && onClose())}
            >
              {words.removeDo}
            </Button>
            <Button onPress={() => setAsking(false)}>{words.keep}</Button>
          </>
        ) : (
          <>
            <Button
              look="key"
              icon="refresh-cw"
              busy={busy}
              blocked={feed.enabled ? null : FEED_WORD.paused}
              onPress={() => void run('health.pollNow', { feed: id })}
            >
              {words.pollNow}
            </Button>
            <Button
              icon={feed.enabled ? 'pause' : 'play'}
              busy={busy}
              onPress={() => void run('health.setFeed', { feed: id, enabled: !feed.enabled })}
            >
              {feed.enabled ? words.pause : words.resume}
            </Button>
            <Button
              onPress={() =>
                dialogs.open((close) => (
                  <EventsDialog provider={feed.provider} name={feed.name} feed={id} onClose={close} />
                ))
              }
            >
              {feed.events ? knownWords.show(feed.events) : knownWords.command}
            </Button>
            <Button
              icon="file-text"
              onPress={() =>
                dialogs.open((close) => <RawDialog feed={id} name={feed.name} onClose={close} />)
              }
            >
              {words.raw}
            </Button>
            {feed.builtIn ? null : (
              <Button look="quiet" icon="trash-2" className="r" onPress={() => setAsking(true)}>
                {words.remove}
              </Button>
            )}
          </>
        )}
      </footer>
    </Dialog>
  );
}
