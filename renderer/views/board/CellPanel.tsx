// Under the matrix: the services of the selected cell with who says what and since when; the regions elsewhere as a list.
import { type ReactNode, useEffect, useState } from 'react';
import type { Board, Cell, CellDetail } from '../../../shared/contract/health.ts';
import type { Failure } from '../../../shared/result.ts';
import { board as words } from '../../../shared/text/board.ts';
import { overrideWords, pastWords } from '../../../shared/text/ours-ui.ts';
import { useFocusWhenReady } from '../../app/panes.ts';
import { useApp, useClient } from '../../app/services.ts';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Pane } from '../../components/Pane.tsx';
import { Problem } from '../../components/Problem.tsx';
import { S, stateGlyph } from '../../components/St.tsx';
import { Time } from '../../components/Time.tsx';
import { useRows } from '../../components/use-rows.ts';
import { useCall } from '../../state/use-call.ts';
import { useEvery } from '../../state/use-every.ts';
import { ProbeList } from '../probes/ProbeList.tsx';
import { cellWord, isKnown, isNews } from './marks.ts';
import { OverrideLine } from './OverrideLine.tsx';
import { ServiceTable } from './ServiceTable.tsx';
import type { Found } from './selection.ts';

const PROBES_MS = 3000;

/** Says "we run here" of a region, or takes it back: it then always has a column. */
function RunHere({ provider, region }: { provider: string; region: string }) {
  const client = useClient();
  const regions = useApp((app) => app?.settings.regions ?? null);
  if (!regions || region === 'global') return null;
  const name = `${provider}/${region}`;
  const set = regions.includes(name);
  return (
    <span className="r" title={words.runHereSet}>
      <Button
        look="tiny"
        pressed={set}
        icon={set ? 'check' : undefined}
        onPress={() =>
          void client.call('app.setSettings', {
            regions: set ? regions.filter((r) => r !== name) : [...regions, name],
          })
        }
      >
        {words.runHere}
      </Button>
    </span>
  );
}

function Elsewhere(props: { provider: string; rev: number; onOpen: (region: string) => void }) {
  const { value, error } = useCall('health.elsewhere', { provider: props.provider }, props.rev);
  const keys = useRows('.sv-b');
  useFocusWhenReady('board.cell', value);
  if (error) return <Problem text={error.message} className="none" />;
  if (!value) return <p className="none">{words.cellLoading}</p>;
  if (!value.cells.length) return <p className="none">{words.elsewhereNone}</p>;
  return (
    <div className="scroll" {...keys.list}>
      <table className="svt">
        <colgroup>
          <col className="v1" />
          <col className="v3" />
          <col className="v4" />
          <col />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">{words.region}</th>
            <th scope="col">{words.state}</th>
            <th scope="col">{words.sinceHead}</th>
            <th scope="col">{words.servicesHead}</th>
          </tr>
        </thead>
        <tbody>
          {value.cells.map((cell: Cell, i) => (
            <tr
              key={cell.region}
              className={isNews(cell) ? 'v-bad' : isKnown(cell) ? 'v-ok v-known' : 'v-ok'}
            >
              <th scope="row">
                <button
                  type="button"
                  className="sv-b"
                  {...keys.stop(i, value.cells.length)}
                  onClick={() => props.onOpen(cell.region)}
                >
                  <Icon name="chevron-right" />
                  {cell.region}
                </button>
              </th>
              <td>
                <S kind={stateGlyph(cell.state, cell.basis)}>{cellWord(cell, null)}</S>
              </td>
              <td>{cell.since ? <Time at={cell.since} show="day" /> : ''}</td>
              <td className="wh" title={cell.services.join(', ')}>
                {cell.services.join(', ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export interface CellPanelProps {
  readonly board: Board;
  readonly found: Found | null;
  readonly detail: CellDetail | null;
  readonly error: Failure | null;
  /** Region of the provider that was opened out of the list under Elsewhere. */
  readonly opened: string | null;
  readonly onOpenRegion: (region: string | null) => void;
  readonly onLeave: () => void;
  /** The strip that chooses what stands here. */
  readonly tabs: ReactNode;
  /** The board is shown as it was: what each source wrote then is not kept. */
  readonly past: boolean;
}

export function CellPanel(props: CellPanelProps) {
  const { board, found, detail, error, opened } = props;
  const [all, setAll] = useState(false);
  const key = found ? `${found.row.provider} ${found.kind} ${opened ?? ''}` : '';
  // biome-ignore lint/correctness/useExhaustiveDependencies: another cell starts folded again
  useEffect(() => setAll(false), [key]);

  useFocusWhenReady('board.cell', detail);

  const listing = found?.kind === 'elsewhere' && opened === null;
  const name = found?.row.name ?? '';
  const title = listing
    ? words.elsewhereOf(name)
    : detail
      ? words.cellOf(name, detail.region === 'global' ? '' : detail.region)
      : words.cell;
  const region = found?.kind === 'cell' ? found.cell.region : found?.kind === 'span' ? 'global' : opened;
  // In the list under Elsewhere those of the regions that have no column, by name.
  const placed = new Set(board.columns.map((column) => column.codes[found?.row.provider ?? '']));
  const overrides = (found?.row.overrides ?? []).filter((o) =>
    listing ? !placed.has(o.region) : region === null || o.region === region,
  );
  // Hundreds of probes are asked for every few seconds, not with every word that one of them says.
  const looked = useEvery(PROBES_MS);
  const allProbes = useCall(
    'health.probes',
    (board.probesTotal ?? board.probes?.length) ? {} : null,
    looked,
    200,
  );
  const probes = found
    ? (allProbes.value?.probes ?? []).filter(
        (p) => p.region === region && (found.row.group === 'see' || p.provider === found.row.provider),
      )
    : [];
  const bad = detail?.services.filter((s) => s.state !== 'operational').length ?? 0;
  return (
    <Pane
      id="board.cell"
      label={words.cell}
      className="bsv"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        if (opened !== null) props.onOpenRegion(null);
        else props.onLeave();
      }}
    >
      <div className="bh">
        {props.tabs}
        <h2 className="ph cut">{title}</h2>
        {detail && !listing ? (
          <span className="dim">{words.cellCount(detail.services.length, bad)}</span>
        ) : null}
        {opened !== null ? (
          <Button look="tiny" onPress={() => props.onOpenRegion(null)}>
            {words.back}
          </Button>
        ) : null}
        {detail && !listing ? <RunHere provider={detail.provider} region={detail.region} /> : null}
      </div>
      <div className="scroll cellb">
        {overrides.length ? (
          <section className="ovs" aria-label={overrideWords.list}>
            {overrides.map((o) => (
              <OverrideLine key={o.id} override={o} named={listing} />
            ))}
          </section>
        ) : null}
        {props.past ? (
          <p className="none">{pastWords.noDetail}</p>
        ) : found === null || found.kind === 'absent' ? (
          <p className="none">{found ? words.absent(name) : words.cellNothing}</p>
        ) : listing ? (
          <Elsewhere provider={found.row.provider} rev={board.rev} onOpen={props.onOpenRegion} />
        ) : error ? (
          <Problem text={error.message} className="none" />
        ) : !detail ? (
          <p className="none">{words.cellLoading}</p>
        ) : detail.services.length === 0 && probes.length === 0 ? (
          <div className="none">
            <p>{words.cellNone(name)}</p>
            <p>{words.cellNoneWhy}</p>
          </div>
        ) : (
          <div className="scroll">
            {detail.services.length ? (
              <ServiceTable detail={detail} all={all} onAll={() => setAll(true)} />
            ) : null}
            <ProbeList probes={probes} rev={looked} />
          </div>
        )}
      </div>
    </Pane>
  );
}
