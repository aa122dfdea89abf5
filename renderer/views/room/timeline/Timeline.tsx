// The timeline's pane: overview, filters, rows, composer; and what can be done with one entry, by key and by button.
import { useCallback, useRef, useState } from 'react';
import type { TimelineRow } from '../../../../shared/contract/room.ts';
import { room } from '../../../../shared/text/room-ui.ts';
import { fromInstant, toInstant } from '../../../../shared/time/clock.ts';
import { useCommands } from '../../../app/commands.ts';
import { useServices } from '../../../app/services.ts';
import { Button } from '../../../components/Button.tsx';
import { Problem } from '../../../components/Problem.tsx';
import { useQuestions } from '../questions.tsx';
import { useRoom, useWrite } from '../session.ts';
import { Filters } from './Filters.tsx';
import { List, type ListHandle } from './List.tsx';
import { Overview } from './Overview.tsx';

const text = room.timeline;
const keys = room.keys;
/** What people wrote may be retracted; what machines and steps wrote is corrected by the next entry. */
const RETRACTABLE = new Set<TimelineRow['kind']>([
  'note',
  'decision',
  'fact',
  'question',
  'answer',
  'action',
  'milestone',
  'impact',
  'attachment',
  'imported',
]);
const canAmend = (row: TimelineRow): boolean => !row.erased && !row.automatic && row.kind !== 'unknown';
const canRetract = (row: TimelineRow): boolean =>
  !row.erased && !row.retracted && !row.automatic && RETRACTABLE.has(row.kind);

export function Timeline() {
  const { session } = useRoom();
  const { announce } = useServices();
  const ask = useQuestions();
  const write = useWrite();
  const list = useRef<ListHandle | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  const pin = useCallback(
    async (row: TimelineRow): Promise<void> => {
      const answer = await write('room.pin', { entry: row.id, pinned: !row.pinned });
      setProblem(answer.ok ? null : answer.error.message);
      if (answer.ok) announce.status(row.pinned ? text.unpinDone : text.pinDone);
    },
    [write, announce],
  );
  const onRow =
    (act: (row: TimelineRow) => void, can: (row: TimelineRow) => boolean = () => true) =>
    (): void => {
      const row = list.current?.current();
      if (row && can(row)) act(row);
    };
  /** The window of the overview goes back or on by its own length. */
  const shift = (direction: 1 | -1): void => {
    const shown = session.shown.getState();
    if (!shown) return;
    const length = Math.max(60_000, fromInstant(shown.to) - fromInstant(shown.from));
    void list.current?.jump(toInstant(fromInstant(shown.from) + direction * length));
  };

  const group = keys.timeline;
  useCommands('pane:room.timeline', () => [
    {
      id: 'tl.down',
      title: keys.down,
      keys: ['J', 'Down', 'PageDown'],
      group,
      keyOnly: true,
      repeats: true,
      run: () => list.current?.move(1),
    },
    {
      id: 'tl.up',
      title: keys.up,
      keys: ['K', 'Up', 'PageUp'],
      group,
      keyOnly: true,
      repeats: true,
      run: () => list.current?.move(-1),
    },
    {
      id: 'tl.newest',
      title: keys.newest,
      keys: ['End'],
      group,
      keyOnly: true,
      run: () => list.current?.newest(),
    },
    {
      id: 'tl.oldest',
      title: keys.oldest,
      keys: ['Home'],
      group,
      keyOnly: true,
      run: () => list.current?.oldest(),
    },
    {
      id: 'tl.amend',
      title: keys.amend,
      detail: keys.asks,
      keys: ['A'],
      group,
      icon: 'pencil-line',
      run: onRow(ask.amend, canAmend),
    },
    { id: 'tl.pin', title: keys.pin, keys: ['.'], group, icon: 'pin', run: onRow((row) => void pin(row)) },
    {
      id: 'tl.versions',
      title: keys.versions,
      keys: ['Enter'],
      group,
      icon: 'history',
      run: onRow(ask.versions),
    },
    {
      id: 'tl.retract',
      title: keys.retract,
      detail: keys.asks,
      group,
      icon: 'undo-2',
      run: onRow(ask.retract, canRetract),
    },
    {
      id: 'tl.erase',
      title: keys.erase,
      detail: keys.asks,
      group,
      icon: 'trash-2',
      run: onRow(ask.erase, (row) => !row.erased),
    },
    {
      id: 'tl.back',
      title: keys.windowBack,
      keys: ['Alt Left'],
      group,
      keyOnly: true,
      repeats: true,
      run: () => shift(-1),
    },
    {
      id: 'tl.on',
      title: keys.windowOn,
      keys: ['Alt Right'],
      group,
      keyOnly: true,
      repeats: true,
      run: () => shift(1),
    },
  ]);

  const actions = (row: TimelineRow) => (
    <div className="en-a" role="toolbar" aria-label={text.entryMenu}>
      {canAmend(row) ? (
        <Button look="tiny" keys="A" onPress={() => ask.amend(row)}>
          {text.amend}
        </Button>
      ) : null}
      <Button look="tiny" keys="." onPress={() => void pin(row)}>
        {row.pinned ? text.unpin : text.pin}
      </Button>
      {canRetract(row) ? (
        <Button look="tiny" onPress={() => ask.retract(row)}>
          {text.retract}
        </Button>
      ) : null}
      {row.erased || row.automatic ? null : (
        <Button look="tiny" onPress={() => ask.erase(row)}>
          {text.erase}
        </Button>
      )}
    </div>
  );

  return (
    <>
      <Overview onJump={(instant) => void list.current?.jump(instant)} />
      <Filters />
      <Problem text={problem} className="tl-problem" />
      <List handle={list} onVersions={ask.versions} actions={actions} />
    </>
  );
}
