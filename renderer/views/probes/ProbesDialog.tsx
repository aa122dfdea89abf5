// Every probe of ours, the worst first: found by a word, chosen by the arrows, and beside the list what it found and the chart that shows why.
import { useId, useState } from 'react';
import type { ProbeView } from '../../../shared/contract/watch.ts';
import { probeListWords as words } from '../../../shared/text/board-more.ts';
import { probeWords } from '../../../shared/text/ours-ui.ts';
import { ui } from '../../../shared/text/ui.ts';
import { fromInstant } from '../../../shared/time/clock.ts';
import { duration, inSentence } from '../../../shared/time/format.ts';
import { Dialog } from '../../app/dialogs.tsx';
import { useApp, useClient, useNow } from '../../app/services.ts';
import { Button } from '../../components/Button.tsx';
import { Keys } from '../../components/Kbd.tsx';
import { Problem } from '../../components/Problem.tsx';
import { Segment } from '../../components/Segment.tsx';
import { StateWord } from '../../components/St.tsx';
import { VirtualList } from '../../components/VirtualList.tsx';
import { useCall } from '../../state/use-call.ts';
import { useEvery } from '../../state/use-every.ts';
import { ms, ProbeChart } from './ProbeChart.tsx';
import { filterProbes, isBad, isOdd, type ProbeFilter } from './probe-list.ts';

const FILTERS = ['all', 'bad', 'odd'] as const;
const ROW_PX = 44;
const EVERY_MS = 3000;

function Row(props: { probe: ProbeView; selected: boolean; onPick: () => void }) {
  const { probe } = props;
  const minute = probe.windows[0];
  return (
    <button
      type="button"
      data-row
      className={props.selected ? 'pr sel' : 'pr'}
      tabIndex={props.selected ? 0 : -1}
      aria-current={props.selected || undefined}
      onClick={props.onPick}
    >
      <span className="pr-h">
        <StateWord state={probe.state} />
        <b className="cut">{probe.name}</b>
        {isOdd(probe) ? <em className="newr">{words.odd}</em> : null}
        <span className="dim r nb">
          {minute?.errorRate ? probeWords.errorRate(minute.errorRate) : ms(minute?.p50 ?? null)}
        </span>
      </span>
      <span className="fine cut">
        <span className="nb">
          {probe.provider}/{probe.region}
        </span>{' '}
        {isBad(probe) ? probe.text : probe.target}
      </span>
    </button>
  );
}

function Detail({ probe, rev, onChecked }: { probe: ProbeView; rev: number; onChecked: () => void }) {
  const client = useClient();
  const now = useNow();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const check = async (): Promise<void> => {
    setBusy(true);
    const answer = await client.call('health.pollNow', { feed: probe.id });
    setBusy(false);
    setProblem(answer.ok ? null : answer.error.message);
    onChecked();
  };
  const path = probe.path === 'none' || probe.path === 'internet' ? words.paths[probe.path] : probe.path;
  return (
    <>
      <p className="pd-h">
        <StateWord state={probe.state} />
        <b className="cut" title={probe.name}>
          {probe.name}
        </b>
        <Button look="tiny" icon="refresh-cw" className="r" busy={busy} onPress={() => void check()}>
          {words.now}
        </Button>
      </p>
      <p className="pd-t">{probe.text}</p>
      <Problem text={problem} />
      <ProbeChart probe={probe} rev={rev} />
      <table className="pw">
        <thead>
          <tr>
            <th scope="col">{words.windows}</th>
            <th scope="col">{words.tries}</th>
            <th scope="col">{words.failed}</th>
            <th scope="col">{words.rate}</th>
            <th scope="col">{words.p50}</th>
            <th scope="col">{words.p95}</th>
          </tr>
        </thead>
        <tbody>
          {probe.windows.map((w) => (
            <tr key={w.minutes}>
              <th scope="row">{words.window(w.minutes)}</th>
              <td>{w.tries}</td>
              <td>{w.errors || ''}</td>
              <td>{w.errorRate === null ? probeWords.noTry : probeWords.errorRate(w.errorRate)}</td>
              <td>{ms(w.p50)}</td>
              <td>{ms(w.p95)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <dl className="kvl">
        <div>
          <dt>{words.target}</dt>
          <dd className="mono">{probe.target}</dd>
        </div>
        <div>
          <dt>{words.place}</dt>
          <dd>
            {probe.provider}/{probe.region}, {probe.service}
          </dd>
        </div>
        <div>
          <dt>{words.path}</dt>
          <dd>{path}</dd>
        </div>
        <div>
          <dt>{words.checked}</dt>
          <dd>
            {probe.checkedAt
              ? `${inSentence(probe.checkedAt, now)}, ${duration(now - fromInstant(probe.checkedAt))}; ${probeWords.every(duration(probe.intervalMs))}`
              : probeWords.noTries}
          </dd>
        </div>
        {probe.certificateDays === null ? null : (
          <div>
            <dt>{words.certificate}</dt>
            <dd>{words.days(probe.certificateDays)}</dd>
          </div>
        )}
      </dl>
    </>
  );
}

/** `start`: the probe that is chosen first; null: the worst. */
export function ProbesDialog({ start, onClose }: { start: string | null; onClose: () => void }) {
  const heading = useId();
  // Hundreds of probes are asked for every few seconds, not with every word that one of them says.
  const replay = useApp((app) => Boolean(app?.replay));
  const [checked, setChecked] = useState(0);
  const rev = useEvery(EVERY_MS) + checked;
  const { value, error } = useCall('health.probes', {}, rev);
  const [filter, setFilter] = useState<ProbeFilter>('all');
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<string | null>(start);
  const all = value?.probes ?? [];
  const shown = filterProbes(all, filter, text);
  const found = shown.findIndex((one) => one.id === chosen);
  const at = Math.max(0, found);
  const probe = shown[at];
  const bad = all.filter(isBad).length;
  return (
    <Dialog className="dec wide-d pr-d" labelledBy={heading} onClose={onClose}>
      <header className="dec-h">
        <h2 id={heading}>{words.title}</h2>
        <span className="dim">{value ? words.sum(all.length, bad) : ''}</span>
        <button type="button" className="btn quiet r" onClick={onClose}>
          <span>{ui.close}</span>
          <Keys keys="Esc" />
        </button>
      </header>
      <Problem text={error?.message ?? null} className={error ? 'none' : undefined} />
      <div className="pr-b">
        <section className="pr-l" aria-label={words.list}>
          <div className="pr-f">
            <input
              className="inp"
              data-autofocus
              aria-label={words.find}
              placeholder={words.find}
              autoComplete="off"
              maxLength={200}
              value={text}
              onChange={(event) => setText(event.target.value)}
              onKeyDown={(event) => {
                if (event.key !== 'ArrowDown') return;
                event.preventDefault();
                event.currentTarget
                  .closest('.pr-l')
                  ?.querySelector<HTMLElement>('[data-row][tabindex="0"]')
                  ?.focus();
              }}
            />
            <Segment
              label={words.filter}
              value={filter}
              options={FILTERS.map((id) => ({ id, label: words.filters[id] }))}
              onChange={setFilter}
            />
          </div>
          {shown.length ? (
            <VirtualList
              items={shown}
              keyOf={(one) => one.id}
              estimate={ROW_PX}
              label={words.list}
              className="pr-v"
              at={at}
              onAt={(index) => setChosen(shown[index]?.id ?? null)}
              row={(one, index) => (
                <Row probe={one} selected={index === at} onPick={() => setChosen(one.id)} />
              )}
            />
          ) : (
            <p className="none">
              {value ? (all.length ? words.noneFound : words.noneYet) : error ? '' : words.reading}
            </p>
          )}
        </section>
        <section
          className="pr-x scroll"
          tabIndex={0}
          aria-label={probe ? words.detail(probe.name) : words.choose}
        >
          {probe ? (
            <Detail key={probe.id} probe={probe} rev={rev} onChecked={() => setChecked((n) => n + 1)} />
          ) : value && !all.length ? (
            <>
              <p>{replay ? words.noneReplay : words.none}</p>
              <p className="dim">{words.noneWhy}</p>
            </>
          ) : (
            <p className="dim">{words.choose}</p>
          )}
        </section>
      </div>
    </Dialog>
  );
}
