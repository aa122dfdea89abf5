// Where the system runs, by the packs' topology, and who of ours sees each place: targets are chosen from it, or typed all the same.
import { useEffect, useState } from 'react';
import type { Output } from '../../../shared/contract/index.ts';
import { plan as text } from '../../../shared/text/plan-ui.ts';
import { useServices } from '../../app/services.ts';
import { Button } from '../../components/Button.tsx';
import { Nb } from '../../components/Nb.tsx';

const words = text.make;
export type Places = Output<'plan.places'>;

/** Asked anew when the system or the targets change, a moment after the last letter. */
export function usePlaces(system: string, targets: readonly string[]): Places | null {
  const { client } = useServices();
  const [places, setPlaces] = useState<Places | null>(null);
  const key = `${system}\n${targets.join('\n')}`;
  useEffect(() => {
    let gone = false;
    const [name = '', ...list] = key.split('\n');
    const timer = setTimeout(() => {
      const wanted = list.filter((one) => one !== '' && one.length <= 120);
      void client.call('plan.places', { system: name.slice(0, 120), targets: wanted }).then((answer) => {
        if (!gone && answer.ok) setPlaces(answer.value);
      });
    }, 200);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [client, key]);
  return places;
}

/** Whether somebody of ours sees a target; null while it is not known. */
export const seenOf = (places: Places | null, target: string): readonly string[] | null =>
  places?.seen.find((one) => one.target === target)?.by ??
  places?.places.find((one) => one.target === target)?.by ??
  null;

export function PlaceList(props: {
  readonly system: string;
  readonly places: Places | null;
  readonly targets: readonly string[];
  readonly onAdd: (targets: readonly string[]) => void;
  readonly onRemove: (target: string) => void;
}) {
  const { places, targets } = props;
  if (places === null) return null;
  const own = places.places.filter((one) => one.runs && !targets.includes(one.target));
  return (
    <section className="pm-pl" aria-label={places.known ? words.places(props.system) : words.placesNone}>
      <h3 className="lg">
        {places.known ? words.places(props.system) : words.placesNone}
        {own.length > 1 ? (
          <Button look="tiny" onPress={() => props.onAdd(own.map((one) => one.target))}>
            {words.takeAll(own.length)}
          </Button>
        ) : null}
      </h3>
      {places.note !== null || places.places.length === 0 ? (
        <p className="dim">{places.note ?? words.placesWhy}</p>
      ) : null}
      <ul>
        {places.places.map((place) => {
          const taken = targets.includes(place.target);
          return (
            <li key={place.target}>
              <label className="ck-b">
                <input
                  type="checkbox"
                  checked={taken}
                  onChange={() => (taken ? props.onRemove(place.target) : props.onAdd([place.target]))}
                />
                <b>
                  <Nb>{place.target}</Nb>
                </b>
                <span className={place.by.length === 0 ? 'near' : 'dim'}>
                  {place.runs ? '' : `${words.leans(place.needs.join(', '))}; `}
                  {place.by.length === 0 ? words.seenNone : words.seenBy(words.seenShort(place.by))}
                </span>
              </label>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
