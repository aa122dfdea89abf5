// What the desk was told of: everything that is open and nobody has, who had what, how long it is silent, and what it is told of at all.
import { useId, useRef, useState } from 'react';
import type { NotifyItem } from '../../../shared/contract/notify.ts';
import { notifyListWords as words } from '../../../shared/text/board-more.ts';
import { notifyWords } from '../../../shared/text/ours-ui.ts';
import { ui } from '../../../shared/text/ui.ts';
import { inSentence } from '../../../shared/time/format.ts';
import { Dialog } from '../../app/dialogs.tsx';
import { useNotify } from '../../app/notify.ts';
import { openName } from '../../app/open.tsx';
import { useClient, useNow, useServices } from '../../app/services.ts';
import { Button } from '../../components/Button.tsx';
import { Keys } from '../../components/Kbd.tsx';
import { Problem } from '../../components/Problem.tsx';
import { moveRow, useFirstRow, useSameRow } from '../../components/row-keys.ts';
import { Segment } from '../../components/Segment.tsx';
import { type Glyph, S } from '../../components/St.tsx';
import { Time } from '../../components/Time.tsx';
import { Told } from '../start/Told.tsx';

const VIEWS = ['open', 'told', 'had'] as const;
type View = (typeof VIEWS)[number];
const SILENCE = ['10', '30', '60', '480'] as const;

const glyphOf = (what: NotifyItem['what']): Glyph =>
  what === 'plan-breaker'
    ? 'brk-open'
    : what === 'plan-gate'
      ? 'gate-wait'
      : what === 'feed-stale'
        ? 'stale'
        : what === 'ours-better'
          ? 'ok'
          : 'held';

function Item({ item, onHave }: { item: NotifyItem; onHave: () => void }) {
  const now = useNow();
  return (
    <li className="nt">
      <Button look="tiny" label={words.haveOf(item.text)} onPress={onHave}>
        {notifyWords.have}
      </Button>
      <div>
        <p>
          <S kind={glyphOf(item.what)}>{words.kind[item.what]}</S>{' '}
          <Time at={item.lastAt ?? item.at} show="day" /> {item.text}
        </p>
        <p className="fine">
          {item.count > 1 ? `${words.first(inSentence(item.at, now), item.count)}` : ''}
          {item.count > 1 && item.told ? '; ' : ''}
          {item.told ? notifyWords.told(item.told) : ''}
        </p>
      </div>
    </li>
  );
}

export function NotifyDialog({ onClose }: { onClose: () => void }) {
  const services = useServices();
  const client = useClient();
  const now = useNow();
  const heading = useId();
  const { value, error } = useNotify();
  const [problem, setProblem] = useState<string | null>(null);
  const have = async (item: string | null): Promise<void> => {
    const answer = await client.call('notify.acknowledge', { item });
    setProblem(answer.ok ? null : answer.error.message);
    if (!answer.ok && answer.error.code === 'no-name') openName(services);
  };
  const silent = async (minutes: number): Promise<void> => {
    const answer = await client.call('notify.snooze', { minutes });
    setProblem(answer.ok ? null : answer.error.message);
  };
  const [view, setView] = useState<View>('open');
  const box = useRef<HTMLDivElement>(null);
  const open = value?.open ?? [];
  useFirstRow(box, '.nt .btn', open.length > 0);
  useSameRow(box, '.nt .btn', open);
  const total = value?.total ?? open.length;
  const had = value?.had ?? [];
  return (
    <Dialog className="dec nt-d" labelledBy={heading} onClose={onClose}>
      <header className="dec-h">
        <h2 id={heading}>{words.title}</h2>
        <Segment
          label={words.view}
          value={view}
          options={VIEWS.map((id) => ({ id, label: words.views[id] }))}
          onChange={setView}
        />
        <span className="dim cut">{value ? words.open(total) : ''}</span>
        {open.length > 1 && view === 'open' ? (
          <Button className="r" onPress={() => void have(null)}>
            {notifyWords.haveAll}
          </Button>
        ) : null}
        <button
          type="button"
          className={open.length > 1 && view === 'open' ? 'btn quiet' : 'btn quiet r'}
          onClick={onClose}
        >
          <span>{ui.close}</span>
          <Keys keys="Esc" />
        </button>
      </header>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the rows inside have buttons; this adds arrows, J and K */}
      <div
        ref={box}
        className="scroll d-scroll"
        tabIndex={-1}
        data-autofocus
        onKeyDown={(event) => void moveRow(event, '.nt .btn')}
      >
        <Problem text={problem ?? error?.message ?? null} className={problem || error ? 'none' : undefined} />
        {view === 'open' ? (
          <>
            {open.length ? (
              <ol aria-label={words.list}>
                {open.map((item) => (
                  <Item key={item.id} item={item} onHave={() => void have(item.id)} />
                ))}
              </ol>
            ) : value ? (
              <p className="none">{words.none}</p>
            ) : null}
            {total > open.length ? <p className="none">{words.more(total - open.length)}</p> : null}
          </>
        ) : null}
        {view === 'told' ? (
          <>
            <section className="nt-s">
              <h3 className="lg">{words.silence}</h3>
              <p className="nt-m">
                {SILENCE.map((minutes) => (
                  <Button key={minutes} look="tiny" onPress={() => void silent(Number(minutes))}>
                    {words.minutes[minutes]}
                  </Button>
                ))}
                {value?.snoozedUntil ? (
                  <>
                    <span>{notifyWords.snoozed(inSentence(value.snoozedUntil, now, 'minute'))}</span>
                    <Button look="tiny" onPress={() => void silent(0)}>
                      {notifyWords.unsnooze}
                    </Button>
                  </>
                ) : null}
              </p>
            </section>
            <section className="nt-s">
              <Told />
            </section>
          </>
        ) : null}
        {view === 'had' ? (
          <section className="nt-s">
            <h3 className="lg">{words.had}</h3>
            {had.length ? (
              <ul>
                {had.map((one) => (
                  <li key={`${one.at} ${one.text}`}>
                    <b>{words.hadLine(one.by, inSentence(one.at, now))}</b>{' '}
                    <span className="dim">{one.text}</span>
                  </li>
                ))}
              </ul>
            ) : (
              <p className="dim">{words.hadNone}</p>
            )}
          </section>
        ) : null}
      </div>
    </Dialog>
  );
}
