// The whole cascade as a table: every place in the order of failing, how long after the first, how it is now, and why.
import { useId } from 'react';
import type { ChangeLine } from '../../../shared/contract/changes.ts';
import type { Board } from '../../../shared/contract/health.ts';
import { changeWords, cascadeWords as words } from '../../../shared/text/ours-ui.ts';
import { ui } from '../../../shared/text/ui.ts';
import { duration } from '../../../shared/time/format.ts';
import { Dialog } from '../../app/dialogs.tsx';
import { useBoard } from '../../app/services.ts';
import { Keys } from '../../components/Kbd.tsx';
import { Nb } from '../../components/Nb.tsx';
import { StateWord } from '../../components/St.tsx';
import { Time } from '../../components/Time.tsx';
import { byCloseness, ChangeRows } from './Changes.tsx';
import { placeName } from './names.ts';

/** Changes before the first signal, at most. */
const NEAREST = 5;

/** `board` null: the one of now, which goes on changing. */
export function CascadeDialog(props: {
  readonly board: Board | null;
  readonly changes: readonly ChangeLine[];
  readonly onClose: () => void;
}) {
  const { changes, onClose } = props;
  const live = useBoard((b) => b);
  const board = props.board ?? live;
  const nearest = byCloseness(changes).suspects.slice(0, NEAREST);
  const heading = useId();
  const cascade = board?.cascade;
  const rows = (cascade?.lanes ?? [])
    .flatMap((lane) => lane.nodes.map((node) => ({ lane, node })))
    .sort((a, b) => a.node.at.localeCompare(b.node.at));
  return (
    <Dialog className="dec wide-d" labelledBy={heading} onClose={onClose}>
      <header className="dec-h">
        <h2 id={heading}>{words.listTitle}</h2>
        {cascade ? <span className="dim">{words.open(cascade.counts.open)}</span> : null}
        <button type="button" className="btn quiet r" onClick={onClose}>
          <span>{ui.close}</span>
          <Keys keys="Esc" />
        </button>
      </header>
      <section className="scroll d-scroll" tabIndex={0} data-autofocus aria-label={words.listTitle}>
        {nearest.length ? (
          <>
            <h3 className="lg cas-dh">{changeWords.before1st}</h3>
            <ChangeRows changes={nearest} label={changeWords.before1st} />
          </>
        ) : null}
        {board && cascade && rows.length ? (
          <table className="svt cas-d">
            <colgroup>
              <col className="w-time" />
              <col className="w-lag" />
              <col className="w-place" />
              <col className="w-svc" />
              <col className="w-st" />
              <col className="w-st" />
              <col />
            </colgroup>
            <thead>
              <tr>
                <th scope="col">{words.at}</th>
                <th scope="col">{words.after}</th>
                <th scope="col">{words.region}</th>
                <th scope="col">{words.service}</th>
                <th scope="col">{words.worst}</th>
                <th scope="col">{words.last}</th>
                <th scope="col">{words.cause}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ lane, node }, i) => {
                const edge = cascade.edges.find(
                  (e) =>
                    e.to.provider === lane.provider &&
                    e.to.region === lane.region &&
                    e.to.service === node.service,
                );
                const why =
                  i === 0 ? words.firstOfAll : edge ? words.by(edge.basis, edge.text) : words.followed;
                const whole = `${why}${node.ours.length ? `. ${words.needs}: ${node.ours.join(', ')}` : ''}`;
                return (
                  <tr key={`${lane.provider} ${lane.region} ${node.service}`}>
                    <td>
                      <Time at={node.at} show="day" />
                    </td>
                    <td>{node.lagMs > 0 ? `+${duration(node.lagMs)}` : ''}</td>
                    <td>
                      <Nb>{placeName(board, lane.provider, lane.region)}</Nb>
                    </td>
                    <th scope="row" title={node.service}>
                      {node.service}
                    </th>
                    <td>
                      <StateWord state={node.worst} />
                    </td>
                    <td>
                      <StateWord state={node.state} />
                    </td>
                    <td className="wh" title={whole}>
                      {whole}
                    </td>
                  </tr>
                );
              })}
              {cascade.lanes
                .filter((lane) => lane.more > 0)
                .map((lane) => (
                  <tr key={`${lane.provider} ${lane.region} more`}>
                    <td />
                    <td />
                    <td>{placeName(board, lane.provider, lane.region)}</td>
                    <td colSpan={4} className="dim">
                      {words.leftOut(lane.more)}
                    </td>
                  </tr>
                ))}
            </tbody>
          </table>
        ) : (
          <p className="none">{words.none(duration(cascade?.windowMs ?? 3_600_000))}</p>
        )}
      </section>
    </Dialog>
  );
}
