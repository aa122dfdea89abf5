// Waves by targets: one tab stop, arrows by cell. Steps keep their marks whatever the breaker says; the switch arm stands beside the target that tripped it.
import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { PlanWave } from '../../../../shared/contract/plan.ts';
import { plan as text } from '../../../../shared/text/plan-ui.ts';
import { GateRow } from './Gate.tsx';
import type { Chosen } from './hand.ts';
import { type PlanStepText, shortHeads, shortName } from './model.ts';
import { OwnHead, OwnRow } from './OwnRows.tsx';
import type { GridRow, RowKey } from './rows.ts';
import { usePlan } from './store.ts';
import { TargetRow } from './TargetRow.tsx';
import { WaveHead } from './WaveHead.tsx';

const cellOf = (table: HTMLElement | null, cell: string): HTMLElement | null =>
  table?.querySelector<HTMLElement>(`[data-cell="${CSS.escape(cell)}"]`) ?? null;

/** Into view, below the heads: they are as tall as the titles of the steps need. */
function reveal(node: HTMLElement | null): void {
  const box = node?.closest<HTMLElement>('.pl-b');
  const heads = node?.closest('table')?.tHead;
  if (!node || !box) return;
  if (heads) box.style.scrollPaddingTop = `${heads.offsetHeight}px`;
  node.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

export function Matrix(props: {
  readonly rows: readonly GridRow[];
  readonly prepare: readonly PlanStepText[];
  readonly each: readonly PlanStepText[];
  readonly chosen: Chosen;
  readonly onChoose: (row: RowKey, col: number) => void;
  readonly folded: (wave: PlanWave) => boolean;
  /** A wave's name, or the key of a head. */
  readonly onFold: (what: string) => void;
  readonly onEnter: () => void;
  readonly focus: boolean;
  /** The panel below says what is missing, so the gate only counts. */
  readonly terse: boolean;
}) {
  const { view } = usePlan();
  const { chosen, prepare, each } = props;
  const table = useRef<HTMLTableElement>(null);
  const cols = useMemo(() => [...prepare, ...each], [prepare, each]);
  const heads = useMemo(() => shortHeads(cols.map((one) => one.title)), [cols]);
  const span = cols.length + 3;
  // Names take what the steps leave. From six steps on it scrolls sideways anyway: then they have the room they need.
  const wide = cols.length > 5;
  const step = cols.length <= 3 ? 3.25 : 2.75;
  const names = wide ? 10 : Math.max(6.25, Math.min(12, 19.25 - cols.length * step));
  // The same function as long as the matrix lives, so that a row is drawn again only when something of it changed.
  const choose = useRef(props.onChoose);
  choose.current = props.onChoose;
  const onChoose = useCallback((row: RowKey, col: number) => choose.current(row, col), []);
  const ownRow = (row: GridRow) =>
    row.kind === 'own' ? (
      <OwnRow key={row.key} row={row} span={span} at={chosen.row === row.key} onChoose={props.onChoose} />
    ) : null;
  const ownPart = (section: 'before' | 'finally') => {
    const head = props.rows.find((row) => row.kind === 'head' && row.section === section);
    if (head?.kind !== 'head') return null;
    return (
      <tbody>
        <OwnHead
          row={head}
          span={span}
          at={chosen.row === head.key}
          onChoose={props.onChoose}
          onFold={() => props.onFold(head.key)}
        />
        {props.rows.filter((row) => row.kind === 'own' && row.own.section === section).map(ownRow)}
      </tbody>
    );
  };
  const armOf = (id: string): 'closed' | 'open' | 'half-open' | null => {
    if (view.breaker.tripped?.target === id) return view.breaker.state;
    return view.breaker.trips.some((trip) => trip.target === id && trip.opened) ? 'closed' : null;
  };
  const cell = `${chosen.row} ${chosen.row.startsWith('t:') ? chosen.col : 0}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a panel that comes at the bottom takes room, and the cell in hand stays in view
  useEffect(() => {
    const node = cellOf(table.current, cell);
    if (!node) return;
    reveal(node);
    // A row that folds away or begins to revert moves the hand, but never takes the focus from where somebody types.
    const at = document.activeElement;
    // The pane itself has the focus where there was no cell yet: after the start of a draft.
    const pane = table.current?.closest('[data-pane]');
    const ours = at === null || at === document.body || at === pane || table.current?.contains(at);
    if (props.focus && ours && at !== node) node.focus({ preventScroll: true });
  }, [cell, props.focus, props.terse]);
  // Whoever the breaker is about is in view when it opens; the hand stays where it was.
  const tripped = view.breaker.state === 'closed' ? null : (view.breaker.tripped?.target ?? null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the panel of the breaker takes room from the rows
  useEffect(() => {
    if (tripped !== null) reveal(cellOf(table.current, `t:${tripped} 0`));
  }, [tripped, props.terse]);
  // What takes room from the rows (a longer panel, an alarm above the page, a smaller window) does not take away what matters.
  const kept = useRef('');
  kept.current = tripped === null ? cell : `t:${tripped} 0`;
  useEffect(() => {
    const box = table.current?.closest('.pl-b');
    if (!box) return;
    let height = box.clientHeight;
    const watch = new ResizeObserver(() => {
      if (box.clientHeight < height) reveal(cellOf(table.current, kept.current));
      height = box.clientHeight;
    });
    watch.observe(box);
    return () => watch.disconnect();
  }, []);
  return (
    <table
      className="mx"
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid of buttons, one tab stop
      role="grid"
      aria-label={text.matrix}
      ref={table}
      // A cell is a button: Enter would press it. What folds is pressed; everything else is changed.
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
        if (!(event.target instanceof HTMLElement) || event.target.hasAttribute('aria-expanded')) return;
        event.preventDefault();
        props.onEnter();
      }}
      // More steps than the pane is wide for scroll sideways instead of shrinking.
      style={{ minWidth: `calc(${names + 7}rem + ${cols.length} * ${step}rem)` }}
    >
      <colgroup>
        <col style={{ width: `${names}rem` }} />
        <col className="c-b" />
        {cols.map((one) => (
          <col key={`${one.section} ${one.number}`} style={{ width: `${step}rem` }} />
        ))}
        <col className="c-r" />
      </colgroup>
      <thead>
        <tr className="mx-g">
          <td colSpan={2} />
          {prepare.length > 0 ? (
            <th colSpan={prepare.length} scope="colgroup">
              <span title={text.prepare}>{prepare.length === 1 ? text.prepareOne : text.prepare}</span>
            </th>
          ) : null}
          {each.length > 0 ? (
            <th colSpan={each.length} scope="colgroup">
              <span title={text.each}>{each.length === 1 ? text.eachOne : text.each}</span>
            </th>
          ) : null}
          <td />
        </tr>
        <tr>
          <th scope="col" className="l">
            {text.target}
          </th>
          <th scope="col">
            <span className="vh">{text.tripped}</span>
          </th>
          {cols.map((step, i) => (
            <th
              scope="col"
              key={`${step.section} ${step.number}`}
              title={step.title}
              aria-label={step.title}
              className={heads[i] === step.title ? undefined : 'lt'}
            >
              {heads[i] === step.title
                ? step.title
                : heads[i]?.split(' ').map((word, k) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: words of one head, in order
                    <span className="hd" key={k}>
                      {word}
                    </span>
                  ))}
            </th>
          ))}
          <th scope="col" className="l">
            {text.state}
          </th>
        </tr>
      </thead>
      {ownPart('before')}
      {view.waves.map((wave, i) => {
        const folded = props.folded(wave);
        const after = props.rows.filter((row) => row.kind === 'own' && row.own.wave === wave.name);
        return (
          <tbody key={wave.name}>
            <WaveHead
              wave={wave}
              before={view.waves[i - 1] ?? null}
              span={span}
              folded={folded}
              at={chosen.row === `w:${wave.name}`}
              onChoose={props.onChoose}
              onFold={() => props.onFold(wave.name)}
            />
            {props.rows.map((row) =>
              row.kind === 'target' && row.wave.name === wave.name ? (
                <TargetRow
                  key={row.key}
                  target={row.target}
                  name={shortName(row.target.id, view.targets)}
                  cols={cols}
                  arm={armOf(row.target.id)}
                  at={chosen.row === row.key ? chosen.col : -1}
                  onChoose={onChoose}
                />
              ) : null,
            )}
            {folded || (wave.startedAt === null && wave.gate.state !== 'waiting') ? null : (
              <GateRow wave={wave} span={span} terse={props.terse} />
            )}
            {after.map(ownRow)}
          </tbody>
        );
      })}
      {ownPart('finally')}
    </table>
  );
}
