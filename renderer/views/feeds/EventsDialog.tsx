// The open events of a feed, or of all feeds of a provider, the longest open first. One that everybody knows is marked so by name, until it changes.
import { useEffect, useId, useRef, useState } from 'react';
import type { Feed } from '../../../shared/contract/health.ts';
import type { Output } from '../../../shared/contract/index.ts';
import { board as boardWords } from '../../../shared/text/board.ts';
import { knownWords as words } from '../../../shared/text/board-more.ts';
import { ui } from '../../../shared/text/ui.ts';
import { fromInstant } from '../../../shared/time/clock.ts';
import { duration, inSentence } from '../../../shared/time/format.ts';
import { Dialog } from '../../app/dialogs.tsx';
import { openName } from '../../app/open.tsx';
import { useBoard, useClient, useNow, useServices } from '../../app/services.ts';
import { Button } from '../../components/Button.tsx';
import { Keys } from '../../components/Kbd.tsx';
import { Problem } from '../../components/Problem.tsx';
import { moveRow } from '../../components/row-keys.ts';
import { StateWord } from '../../components/St.tsx';
import { useCall } from '../../state/use-call.ts';

type OpenEvent = Output<'health.events'>['events'][number];

function EventRow(props: { feed: string; event: OpenEvent; onProblem: (text: string | null) => void }) {
  const { event } = props;
  const services = useServices();
  const client = useClient();
  const now = useNow();
  const [busy, setBusy] = useState(false);
  const since = event.startedAt ?? event.heardAt;
  const open = event.startedAt ? words.open : words.heard;
  const press = async (): Promise<void> => {
    setBusy(true);
    const input = { feed: props.feed, event: event.event };
    const answer = await client.call(event.known ? 'health.unmarkKnown' : 'health.markKnown', input);
    setBusy(false);
    props.onProblem(answer.ok ? null : answer.error.message);
    if (!answer.ok && answer.error.code === 'no-name') openName(services);
  };
  return (
    <li className={event.known ? 'oev oev-known' : 'oev'}>
      <div>
        <p className="oev-h">
          <StateWord state={event.state} />
          <b>{event.title}</b>
        </p>
        <p className="fine">
          {open(inSentence(since, now, 'minute'), duration(now - fromInstant(since)))}
          {'; '}
          {words.places(event.regions, event.places)}
          {'; '}
          {words.services(event.services, event.names)}
        </p>
        {event.known ? (
          <p className="kn">
            {words.by(event.knownBy ?? '', event.knownAt ? inSentence(event.knownAt, now) : '')}
          </p>
        ) : null}
      </div>
      <Button
        look="tiny"
        busy={busy}
        label={event.known ? words.unmarkOf(event.title) : words.markOf(event.title)}
        onPress={() => void press()}
      >
        {event.known ? words.unmark : words.mark}
      </Button>
    </li>
  );
}

function FeedEvents({ feed, name, alone }: { feed: Feed; name: string; alone: boolean }) {
  // Asked again with every board: marking one changes it, and so does what the feed says.
  const rev = useBoard((b) => b?.rev ?? 0);
  const { value, error } = useCall('health.events', { feed: feed.id }, rev);
  const [problem, setProblem] = useState<string | null>(null);
  const known = value?.events.filter((one) => one.known).length ?? 0;
  const box = useRef<HTMLElement>(null);
  const ready = value !== null;
  useEffect(() => {
    if (!ready) return;
    // The dialog's box has the focus until there is something to stand on.
    const frame = box.current?.closest<HTMLElement>('.d-scroll');
    if (frame && document.activeElement === frame)
      frame.querySelector<HTMLElement>('.oev .btn')?.focus({ preventScroll: true });
  }, [ready]);
  return (
    <section aria-label={words.title(name)} ref={box}>
      <p className="oev-s">
        {alone ? null : <b>{name}</b>}
        <span className="dim">
          {value ? (value.total ? words.sum(value.total, known) : words.none) : error ? '' : words.reading}
        </span>
      </p>
      <Problem text={error?.message ?? problem} className={error || problem ? 'none' : undefined} />
      {value && !value.events.length && alone ? <p className="none">{words.noneWhy}</p> : null}
      {value?.events.length ? (
        <ol className="oevl">
          {value.events.map((event) => (
            <EventRow key={event.event} feed={feed.id} event={event} onProblem={setProblem} />
          ))}
          {value.total > value.events.length ? (
            <li className="none">{words.more(value.total - value.events.length)}</li>
          ) : null}
        </ol>
      ) : null}
    </section>
  );
}

/** `feed` null: every feed of the provider. */
export function EventsDialog(props: {
  readonly provider: string;
  readonly name: string;
  readonly feed: string | null;
  readonly onClose: () => void;
}) {
  const heading = useId();
  const all = useBoard((b) => b?.feeds ?? null) ?? [];
  const feeds = all.filter((f) =>
    props.feed === null ? f.provider === props.provider : f.id === props.feed,
  );
  return (
    <Dialog className="dec oev-d" labelledBy={heading} onClose={props.onClose}>
      <header className="dec-h">
        <h2 id={heading}>{words.title(props.name)}</h2>
        <Keys keys={['J', 'K']} className="r" />
        <button type="button" className="btn quiet" onClick={props.onClose}>
          <span>{ui.close}</span>
          <Keys keys="Esc" />
        </button>
      </header>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the rows inside have buttons; this adds arrows, J and K */}
      <div
        className="scroll d-scroll"
        tabIndex={-1}
        data-autofocus
        onKeyDown={(event) => void moveRow(event, '.oev .btn')}
      >
        <p className="fine oev-why">{words.why}</p>
        {feeds.length ? (
          feeds.map((feed) => (
            <FeedEvents key={feed.id} feed={feed} name={feed.name} alone={feeds.length === 1} />
          ))
        ) : (
          <p className="none">{props.feed === null ? words.noFeed : boardWords.feedsNone}</p>
        )}
      </div>
    </Dialog>
  );
}
