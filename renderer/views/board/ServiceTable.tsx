// Services of one cell, worst first: state, since when, who says so, in their words. A row opens to every source's word and to the raw source.
import { Fragment, useState } from 'react';
import type { CellDetail } from '../../../shared/contract/health.ts';
import { STATES } from '../../../shared/health/types.ts';
import { board as words } from '../../../shared/text/board.ts';
import { knownWords } from '../../../shared/text/board-more.ts';
import { stateWord } from '../../../shared/text/ui.ts';
import { inSentence } from '../../../shared/time/format.ts';
import { useDialogs } from '../../app/dialogs.tsx';
import { useNow } from '../../app/services.ts';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { S, stateGlyph } from '../../components/St.tsx';
import { Time } from '../../components/Time.tsx';
import { useRows } from '../../components/use-rows.ts';
import { EventsDialog } from '../feeds/EventsDialog.tsx';
import { RawDialog } from '../feeds/RawDialog.tsx';
import { isTrouble } from './marks.ts';

type Service = CellDetail['services'][number];
/** Rows drawn before a person asks for all. */
const SHOWN = 60;

/** All its trouble comes from events that are known until they change. */
const allKnown = (s: Service): boolean =>
  isTrouble(s.state) && s.sources.every((one) => !isTrouble(one.state) || one.known !== undefined);

const word = (s: Service): string => {
  const plain =
    s.stale && isTrouble(s.state) ? words.staleWord(stateWord(s.state)) : stateWord(s.state, s.basis);
  return allKnown(s) ? knownWords.word(plain) : plain;
};

function Sources({ service }: { service: Service }) {
  const dialogs = useDialogs();
  const now = useNow();
  return (
    <ul className="src" aria-label={words.evidence(service.service)}>
      {service.sources.map((source) => (
        <li key={`${source.feed} ${source.event ?? ''} ${source.text.slice(0, 40)}`}>
          <p className="src-h">
            <S kind={stateGlyph(source.state, source.stated ? 'stated' : 'nothing-reported')}>
              {source.stale && isTrouble(source.state)
                ? words.staleWord(stateWord(source.state))
                : stateWord(source.state, source.stated ? 'stated' : 'nothing-reported')}
            </S>
            <b>{source.name}</b>
            <span className="dim">{source.stated ? words.stated : words.notStated}</span>
            {source.at ? (
              <span className="dim">
                <Time at={source.at} show="day" />
              </span>
            ) : null}
            <span className="dim">
              {words.fetched('')}
              <Time at={source.fetchedAt} show="day" />
            </span>
            {source.event ? (
              <span className="dim cut" title={source.event}>
                {words.eventId} <span className="mono">{source.event}</span>
              </span>
            ) : null}
            {source.event ? (
              <Button
                look="tiny"
                className="r"
                onPress={() =>
                  dialogs.open((close) => (
                    <EventsDialog provider="" name={source.name} feed={source.feed} onClose={close} />
                  ))
                }
              >
                {knownWords.command}
              </Button>
            ) : null}
            <Button
              look="tiny"
              className={source.event ? undefined : 'r'}
              icon="file-text"
              onPress={() =>
                dialogs.open((close) => <RawDialog feed={source.feed} name={source.name} onClose={close} />)
              }
            >
              {words.raw}
            </Button>
          </p>
          {source.known ? (
            <p className="kn">{knownWords.by(source.known.by, inSentence(source.known.at, now))}</p>
          ) : null}
          {source.text ? <p className="src-t">{source.text}</p> : null}
        </li>
      ))}
    </ul>
  );
}

export function ServiceTable(props: { detail: CellDetail; all: boolean; onAll: () => void }) {
  const { services } = props.detail;
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const keys = useRows('.sv-b');
  const sorted = [...services].sort(
    (a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state) || a.service.localeCompare(b.service),
  );
  const shown = props.all ? sorted : sorted.slice(0, SHOWN);
  const toggle = (name: string): void => {
    const next = new Set(open);
    if (!next.delete(name)) next.add(name);
    setOpen(next);
  };
  return (
    <div className="scroll" {...keys.list}>
      <table className="svt">
        <colgroup>
          <col className="v1" />
          <col className="v3" />
          <col className="v4" />
          <col className="v5" />
          <col />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">{words.service}</th>
            <th scope="col">{words.state}</th>
            <th scope="col">{words.sinceHead}</th>
            <th scope="col">{words.said}</th>
            <th scope="col">{words.words}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((service, i) => {
            const worst = service.sources[0];
            const isOpen = open.has(service.service);
            return (
              <Fragment key={service.service}>
                <tr
                  className={allKnown(service) ? 'v-ok v-known' : isTrouble(service.state) ? 'v-bad' : 'v-ok'}
                >
                  <th scope="row">
                    <button
                      type="button"
                      className="sv-b"
                      aria-expanded={isOpen}
                      {...keys.stop(i, shown.length)}
                      title={service.service}
                      onClick={() => toggle(service.service)}
                    >
                      <Icon name={isOpen ? 'chevron-down' : 'chevron-right'} />
                      {service.service}
                    </button>
                  </th>
                  <td>
                    <S kind={stateGlyph(service.state, service.basis)}>{word(service)}</S>
                  </td>
                  <td>{service.since ? <Time at={service.since} show="day" /> : ''}</td>
                  <td className="dp">{service.sources.map((s) => s.name).join(', ')}</td>
                  <td className="wh" title={worst?.text}>
                    {worst?.text ?? ''}
                  </td>
                </tr>
                {isOpen ? (
                  <tr className="sv-x">
                    <td colSpan={5}>
                      <Sources service={service} />
                    </td>
                  </tr>
                ) : null}
              </Fragment>
            );
          })}
        </tbody>
      </table>
      {shown.length < sorted.length ? (
        <p className="none">
          <Button look="tiny" onPress={props.onAll}>
            {words.showAll(sorted.length)}
          </Button>
        </p>
      ) : null}
    </div>
  );
}
