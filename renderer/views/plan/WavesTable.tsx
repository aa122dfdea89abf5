// Waves of targets while a plan is made: name, bake and gate of each, its targets, and who of ours sees them.
import type { RefObject } from 'react';
import { plan as text } from '../../../shared/text/plan-ui.ts';
import { Button } from '../../components/Button.tsx';
import { Nb } from '../../components/Nb.tsx';
import { Segment } from '../../components/Segment.tsx';
import { type Draft, removeTarget, splitWave, targetsOf, withWave } from './draft.ts';
import { type Places, seenOf } from './places.tsx';

const words = text.make;

function Seen({ places, target }: { places: Places | null; target: string }) {
  const by = seenOf(places, target);
  if (by === null) return null;
  return (
    <span
      className={by.length === 0 ? 'near' : 'dim'}
      title={by.length === 0 ? words.seenNone : by.join('; ')}
    >
      {words.seenShort(by)}
    </span>
  );
}

export function WavesTable(props: {
  readonly draft: Draft;
  readonly at: string | null;
  readonly places: Places | null;
  readonly table: RefObject<HTMLTableElement | null>;
  readonly onDraft: (draft: Draft) => void;
  readonly onAt: (target: string | null) => void;
}) {
  const { draft, at, places, table, onDraft, onAt } = props;
  const first = targetsOf(draft)[0];
  return (
    <table className="pmt" aria-label={words.waves} ref={table}>
      <colgroup>
        <col style={{ width: '34%' }} />
        <col />
        <col style={{ width: '6.5rem' }} />
      </colgroup>
      {draft.waves.map((wave, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a wave's name is typed; its place is what stays
        <tbody key={i}>
          <tr className="wv">
            <th scope="rowgroup" colSpan={3}>
              <div>
                <input
                  className="inp"
                  aria-label={words.waveName}
                  value={wave.name}
                  maxLength={140}
                  onChange={(event) => onDraft(withWave(draft, i, { name: event.target.value }))}
                />
                <label>
                  {words.bake}
                  <input
                    className="inp"
                    value={wave.bake}
                    maxLength={10}
                    aria-label={`${words.bake}, ${wave.name}`}
                    onChange={(event) => onDraft(withWave(draft, i, { bake: event.target.value }))}
                  />
                </label>
                <Segment
                  label={`${words.gate}, ${wave.name}`}
                  options={[
                    { id: 'health', label: words.health },
                    { id: 'manual', label: words.manual },
                  ]}
                  value={wave.gate}
                  onChange={(gate) => onDraft(withWave(draft, i, { gate }))}
                />
                {wave.targets.length > 1 ? (
                  <Button look="tiny" onPress={() => onDraft(splitWave(draft, i))}>
                    {words.split}
                  </Button>
                ) : null}
              </div>
            </th>
          </tr>
          {wave.targets.map((target) => (
            <tr key={target} className={at === target ? 'sel' : undefined}>
              <th scope="row">
                <button
                  type="button"
                  data-target={target}
                  tabIndex={at === target || (at === null && target === first) ? 0 : -1}
                  aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
                  onFocus={() => onAt(target)}
                  onClick={() => onAt(target)}
                >
                  <Nb>{target}</Nb>
                </button>
              </th>
              <td className="pm-s">
                <Seen places={places} target={target} />
              </td>
              <td>
                <Button
                  look="tiny"
                  label={words.removeOf(target)}
                  onPress={() => {
                    onDraft(removeTarget(draft, target));
                    onAt(null);
                  }}
                >
                  {words.remove}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  );
}
