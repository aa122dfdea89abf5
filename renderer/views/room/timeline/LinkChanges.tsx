// Which changes belong to this incident: the nearest before the first signal first. What is linked is copied into the timeline.
import { useState } from 'react';
import type { ChangeLine } from '../../../../shared/contract/changes.ts';
import { room } from '../../../../shared/text/room-ui.ts';
import { utc } from '../../../../shared/time/format.ts';
import { useClient } from '../../../app/services.ts';
import { Ask } from '../../../components/Ask.tsx';
import { Nb } from '../../../components/Nb.tsx';

const text = room.linkChanges;
/** As many stand in the question; a longer list is for the board. */
const SHOWN = 12;

/** The nearest before the first signal, then the newest. */
const nearest = (a: ChangeLine, b: ChangeLine): number =>
  (a.rank ?? Number.POSITIVE_INFINITY) - (b.rank ?? Number.POSITIVE_INFINITY) || b.at.localeCompare(a.at);

export function LinkChanges(props: {
  readonly incident: string;
  readonly changes: readonly ChangeLine[];
  /** Ids of those that are in the timeline already. */
  readonly linked: readonly string[];
  readonly onClose: () => void;
}) {
  const client = useClient();
  const left = props.changes.filter((one) => !props.linked.includes(one.id)).sort(nearest);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const toggle = (id: string): void =>
    setChosen((now) => (now.includes(id) ? now.filter((one) => one !== id) : [...now, id]));
  return (
    <Ask
      title={text.title}
      effect={text.effect}
      yes={text.yes(chosen.length)}
      blocked={left.length === 0 ? text.none : chosen.length === 0 ? text.choose : null}
      onClose={props.onClose}
      onYes={() => client.call('room.linkChanges', { incident: props.incident, changes: [...chosen] })}
    >
      <fieldset>
        <legend className="vh">{text.title}</legend>
        {left.slice(0, SHOWN).map((one, i) => (
          <label key={one.id} className="ck-b">
            <input
              type="checkbox"
              data-autofocus={i === 0 ? true : undefined}
              checked={chosen.includes(one.id)}
              onChange={() => toggle(one.id)}
            />
            <span>
              <span>
                <Nb>{one.line}</Nb>
              </span>
              <span className="dim">{utc(one.at)}</span>
            </span>
          </label>
        ))}
        {left.length > SHOWN ? <p className="fine">{text.more(left.length - SHOWN)}</p> : null}
      </fieldset>
    </Ask>
  );
}
