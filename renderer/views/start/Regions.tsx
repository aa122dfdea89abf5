// The regions the team runs on: they always have a column, and they are what Broken counts.
import { useId, useState } from 'react';
import { REGIONS } from '../../../shared/health/regions.ts';
import { board as words } from '../../../shared/text/board.ts';
import { useApp, useClient } from '../../app/services.ts';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Problem } from '../../components/Problem.tsx';

const NONE: readonly string[] = [];
/** The catalogue, to pick from; a code that is not in it is taken as it is typed. */
const KNOWN = Object.values(REGIONS).flatMap((regions) =>
  regions.filter((r) => r.metro !== null).map((r) => ({ value: `${r.provider}/${r.code}`, name: r.name })),
);

export function Regions() {
  const client = useClient();
  const regions = useApp((app) => app?.settings.regions ?? NONE);
  const field = useId();
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const set = async (next: readonly string[]): Promise<void> => {
    const answer = await client.call('app.setSettings', { regions: [...next] });
    setProblem(answer.ok ? null : answer.error.message);
  };
  return (
    <>
      <h2>
        <span className="hn" aria-hidden="true">
          4
        </span>
        {words.start.regions}
      </h2>
      <p className="dim">{regions.length ? words.start.regionsWhy : words.start.regionsNone}</p>
      {regions.length ? (
        <ul className="chips" aria-label={words.start.regions}>
          {regions.map((region) => (
            <li key={region}>
              <button
                type="button"
                className="btn tiny"
                aria-label={words.start.regionRemove(region)}
                onClick={() => void set(regions.filter((r) => r !== region))}
              >
                <span className="nb">{region}</span>
                <Icon name="x" />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      <form
        className="fr-p"
        onSubmit={(event) => {
          event.preventDefault();
          const region = typed.trim();
          if (!/^[^/\s]+\/[^/\s]+$/.test(region) || region.length > 120) {
            setProblem(words.start.regionBad);
            return;
          }
          setTyped('');
          if (!regions.includes(region)) void set([...regions, region]);
        }}
      >
        <label htmlFor={field}>{words.start.regionAdd}</label>
        <span>
          <input
            id={field}
            className="inp mono"
            list={`${field}k`}
            autoComplete="off"
            spellCheck={false}
            maxLength={120}
            placeholder="aws/us-east-1"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
          <datalist id={`${field}k`}>
            {KNOWN.map((r) => (
              <option key={r.value} value={r.value}>
                {r.name}
              </option>
            ))}
          </datalist>
          <Button type="submit">{words.start.regionAddDo}</Button>
        </span>
      </form>
      <Problem text={problem} />
    </>
  );
}
