// Signals, newest first. The list never moves under the pointer: what arrives meanwhile waits as "3 new".
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { Board, SignalLine } from '../../../shared/contract/health.ts';
import { board as words } from '../../../shared/text/board.ts';
import { pastMore } from '../../../shared/text/board-more.ts';
import { stateWord } from '../../../shared/text/ui.ts';
import { inSentence, utc } from '../../../shared/time/format.ts';
import { useClient, useServices } from '../../app/services.ts';
import { Button } from '../../components/Button.tsx';
import { Keys } from '../../components/Kbd.tsx';
import { Pane } from '../../components/Pane.tsx';
import { Problem } from '../../components/Problem.tsx';
import { useBoardNow, useMoment } from './board-time.tsx';
import { SignalRow } from './SignalRow.tsx';
import { mergeSignals, splitNew } from './signal-list.ts';

function SinceLine({ total, since }: { total: number; since: string }) {
  const now = useBoardNow();
  const moment = useMoment();
  if (moment !== null)
    return <span className="dim">{pastMore.signalsSum(total, inSentence(moment, now, 'minute'))}</span>;
  return <span className="dim">{words.signalsSum(total, inSentence(since, now, 'minute'))}</span>;
}

function NoSignals({ board }: { board: Board }) {
  const now = useBoardNow();
  const moment = useMoment();
  if (moment !== null) return <p className="none">{pastMore.signalsNone(utc(moment, 'minute'))}</p>;
  const silent = board.feeds
    .filter((f) => f.enabled && f.state !== 'fresh' && f.state !== 'late')
    .map((f) => f.name);
  const shown = silent.length > 4 ? [...silent.slice(0, 3), words.andMore(silent.length - 3)] : silent;
  return (
    <div className="none">
      <p>{words.signalsNone(board.signals.since && inSentence(board.signals.since, now))}</p>
      <p>
        {words.signalsNoneWhy}
        {silent.length ? ` ${words.notHeard(shown.join(', '), silent.length === 1)}` : ''}
      </p>
    </div>
  );
}

export function Signals(props: {
  board: Board;
  marked: readonly string[];
  onMark: (marked: readonly string[]) => void;
}) {
  const { board, marked, onMark } = props;
  const client = useClient();
  const { announce } = useServices();
  const isPast = useMoment() !== null;
  const list = useRef<HTMLOListElement>(null);
  const [older, setOlder] = useState<readonly SignalLine[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const [held, setHeld] = useState<string | null>(null);
  const [over, setOver] = useState(false);
  const [reading, setReading] = useState(false);
  const [at, setAt] = useState<string | null>(null);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const seen = useRef<string | null>(null);

  const latest = board.signals.latest;
  const newest = latest[0]?.id ?? null;
  const all = useMemo(() => mergeSignals(latest, older), [latest, older]);
  const { fresh, shown } = splitNew(all, held);

  // The list stands still while a pointer or the focus is in it; what comes meanwhile is counted above it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: held only when one begins to read
  useEffect(() => {
    setHeld((over || reading) && !isPast ? newest : null);
  }, [over || reading]);
  useEffect(() => {
    const last = seen.current;
    seen.current = newest;
    if (last === null || last === newest || isPast) return;
    const n = latest.findIndex((s) => s.id === last);
    announce.later(words.signalSaid(n < 0 ? latest.length : n));
  }, [newest, latest, announce, isPast]);

  const row = shown.some((s) => s.id === at) ? at : (shown[0]?.id ?? null);
  const toggle = (id: string): void => {
    const next = new Set(open);
    if (!next.delete(id)) next.add(id);
    setOpen(next);
  };
  const mark = (id: string): void =>
    onMark(marked.includes(id) ? marked.filter((m) => m !== id) : [...marked, id]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const index = shown.findIndex((s) => s.id === row);
    const key = event.key.toLowerCase();
    const to =
      key === 'j' || key === 'arrowdown'
        ? index + 1
        : key === 'k' || key === 'arrowup'
          ? index - 1
          : key === 'home'
            ? 0
            : key === 'end'
              ? shown.length - 1
              : null;
    if (to !== null) {
      const next = shown[Math.max(0, Math.min(shown.length - 1, to))];
      event.preventDefault();
      if (!next) return;
      setAt(next.id);
      list.current?.querySelector<HTMLElement>(`[data-signal="${CSS.escape(next.id)}"]`)?.focus();
    } else if (event.key === ' ' && row) {
      event.preventDefault();
      mark(row);
    }
  };
  const more = async (): Promise<void> => {
    const answer = await client.call('health.signals', { before: all.at(-1)?.id ?? null, limit: 100 });
    if (answer.ok) {
      setProblem(null);
      setOlder(mergeSignals(older, answer.value.signals));
    } else setProblem(answer.error.message);
  };
  return (
    <Pane id="board.signals" label={words.signals} className="bsg" onHover={setOver} onKeyDown={onKeyDown}>
      <div className="bh">
        <h2 className="ph">{words.signals}</h2>
        {board.signals.total && board.signals.since ? (
          <SinceLine total={board.signals.total} since={board.signals.since} />
        ) : null}
        {marked.length ? <span className="mk-n">{words.taken(marked.length)}</span> : null}
        <Keys keys={['J', 'K']} className="r" />
      </div>
      {fresh.length ? (
        <button
          type="button"
          className="newn"
          onClick={() => {
            setHeld(newest);
            list.current?.scrollTo({ top: 0 });
          }}
        >
          {words.newOnes(fresh.length)}
        </button>
      ) : null}
      {all.length === 0 ? (
        <NoSignals board={board} />
      ) : (
        <ol
          className="sgl"
          ref={list}
          aria-label={words.signalsLabel}
          onFocus={(event) => {
            const id = (event.target as HTMLElement).dataset.signal;
            if (id) setAt(id);
            setReading(true);
          }}
          onBlur={(event) => {
            if (!event.currentTarget.contains(event.relatedTarget)) setReading(false);
          }}
        >
          {shown.map((signal) => (
            <SignalRow
              key={signal.id}
              signal={signal}
              selected={signal.id === row}
              open={open.has(signal.id)}
              marked={marked.includes(signal.id)}
              word={stateWord(signal.to)}
              onToggle={() => {
                setAt(signal.id);
                toggle(signal.id);
              }}
              onMark={() => mark(signal.id)}
            />
          ))}
          {all.length < board.signals.total ? (
            <li className="sg-more">
              <Button look="tiny" onPress={() => void more()}>
                {words.older}
              </Button>
            </li>
          ) : null}
        </ol>
      )}
      <Problem text={problem} className={problem ? 'none' : undefined} />
    </Pane>
  );
}
