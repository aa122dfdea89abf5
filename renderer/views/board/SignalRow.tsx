// One signal. Enter or a click opens what it covers; Space marks it for a declaration.
import { memo } from 'react';
import type { SignalLine } from '../../../shared/contract/health.ts';
import { board as words } from '../../../shared/text/board.ts';
import { stateWord } from '../../../shared/text/ui.ts';
import { utc } from '../../../shared/time/format.ts';
import { To } from '../../components/Icon.tsx';
import { Nb } from '../../components/Nb.tsx';
import { St } from '../../components/St.tsx';
import { Time } from '../../components/Time.tsx';
import { signalGlyph, wordClass } from './marks.ts';
import { around } from './signal-list.ts';

export const SignalRow = memo(function SignalRow(props: {
  signal: SignalLine;
  selected: boolean;
  open: boolean;
  marked: boolean;
  word: string;
  onToggle: () => void;
  onMark: () => void;
}) {
  const { signal, open, marked } = props;
  const turned = signal.kind === 'worse' || signal.kind === 'better';
  // A probe is its own source: its name is not said twice.
  const text = signal.text.startsWith(`${signal.source} `)
    ? signal.text.slice(signal.source.length + 1)
    : signal.text;
  const [before, word, after] = turned ? around(text, props.word) : [text, '', ''];
  return (
    <li className={marked ? 'sg marked' : 'sg'}>
      <button
        type="button"
        className="sg-r"
        data-signal={signal.id}
        data-pane-focus={props.selected ? '' : undefined}
        tabIndex={props.selected ? 0 : -1}
        aria-expanded={open}
        onClick={props.onToggle}
      >
        <Time at={signal.at} show="hms" />
        <St kind={signalGlyph(signal)} label={turned ? stateWord(signal.to) : undefined} />
        <span className="sg-t">
          <b>{signal.source}</b> <Nb>{before}</Nb>
          {word ? <b className={wordClass(signal.to)}>{word}</b> : null}
          <Nb>{after}</Nb>
          {signal.newRegion ? <em className="newr">{words.newRegion}</em> : null}
          {signal.count > 1 ? (
            <em className="newr" title={words.timesSaid(signal.count)}>
              {words.times(signal.count)}
            </em>
          ) : null}
        </span>
      </button>
      {open ? (
        <div className="sg-x">
          {signal.began ? <p className="dim">{words.began(utc(signal.began))}</p> : null}
          {signal.from ? (
            <p className="dim">
              {stateWord(signal.from)} <To /> {stateWord(signal.to)}
            </p>
          ) : null}
          <p>
            <Nb>{(signal.regions.length ? signal.regions : [signal.region]).join(', ')}</Nb>
          </p>
          {signal.services.length > 1 ? <p className="dim">{signal.services.join(', ')}</p> : null}
          {signal.event ? <p className="dim mono cut">{signal.event}</p> : null}
          <label className="ck-b">
            <input type="checkbox" checked={marked} onChange={props.onMark} />
            <span>
              {words.take}
              <kbd>Space</kbd>
            </span>
          </label>
        </div>
      ) : null}
    </li>
  );
});
