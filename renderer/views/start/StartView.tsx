// First run: what to watch, where we run, the runbooks, this desk. Everything is kept as it is chosen; all of it can be changed later.
import { board as words } from '../../../shared/text/board.ts';
import { useCommands } from '../../app/commands.ts';
import { useApp, useBoard, useServices } from '../../app/services.ts';
import { Button } from '../../components/Button.tsx';
import { Pane } from '../../components/Pane.tsx';
import { Mark, S } from '../../components/St.tsx';
import { isHeard } from '../feeds/feed-list.ts';
import { Packs } from '../packs/Packs.tsx';
import type { ViewProps } from '../view.ts';
import { Desk } from './Desk.tsx';
import { Regions } from './Regions.tsx';
import { RunbookFolders, useFolders } from './RunbookFolders.tsx';
import { StatePreview } from './StatePreview.tsx';
import { Told } from './Told.tsx';
import { Watch } from './Watch.tsx';

export function StartView(_props: ViewProps) {
  const { client, nav } = useServices();
  const feeds = useBoard((b) => b?.feeds ?? null) ?? [];
  const named = useApp((app) => Boolean(app?.person));
  const folders = useFolders();
  const asked = feeds.filter((f) => f.enabled);
  const heard = asked.filter(isHeard).length;
  const files = folders.folders.reduce((n, f) => n + f.files, 0);
  const open = async (): Promise<void> => {
    await client.call('app.setSettings', { firstRunDone: true });
    nav.go('board');
  };
  useCommands('view', [
    {
      id: 'start.open',
      title: words.start.open,
      keys: ['Ctrl Enter'],
      group: 'Go to',
      icon: 'arrow-right',
      run: () => void open(),
    },
  ]);
  return (
    <main id="main" tabIndex={-1} className="fr1">
      <header className="fr-h">
        <Mark />
        <div>
          <h1>{words.start.title}</h1>
          <p>{words.start.lead}</p>
        </div>
        <ul className="fr-s" aria-label={words.start.setup}>
          <li>
            <S kind={asked.length && heard === asked.length ? 'done' : 'doing'}>
              {heard === asked.length
                ? words.start.feedsDone(heard)
                : words.start.feedsSome(heard, asked.length)}
            </S>
          </li>
          <li>
            <S kind={files ? 'done' : 'todo'}>
              {files ? words.start.runbooksDone(files) : words.start.runbooksNone}
            </S>
          </li>
          <li>
            <S kind={named ? 'done' : 'todo'}>{named ? words.start.deskDone : words.start.deskOpen}</S>
          </li>
        </ul>
      </header>
      <div className="fr-g">
        <Pane id="start.watch" label={words.start.watch} className="fr-c">
          <Watch feeds={feeds} />
        </Pane>
        <Pane id="start.runbooks" label={words.start.runbooks} className="fr-c">
          <RunbookFolders folders={folders} />
          <Packs number={3} />
          <Regions />
        </Pane>
        <Pane id="start.desk" label={words.start.desk} className="fr-c">
          <Desk />
          <Told />
          <StatePreview />
          <div className="fr-a">
            <Button look="key" keys="Ctrl Enter" onPress={() => void open()}>
              {words.start.open}
            </Button>
            <span className="dim">{words.start.leaves}</span>
          </div>
        </Pane>
      </div>
    </main>
  );
}
