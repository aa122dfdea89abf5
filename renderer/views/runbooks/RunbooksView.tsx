// Runbooks: the library of this disk, one document, and the form that starts it as a checklist.
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import type { RunbookLine } from '../../../shared/contract/library.ts';
import { isPlanKind } from '../../../shared/runbook/kind.ts';
import { runbooks } from '../../../shared/text/runbooks-ui.ts';
import { useIncidents, useNav, useServices } from '../../app/services.ts';
import { Pane } from '../../components/Pane.tsx';
import { Problem } from '../../components/Problem.tsx';
import { St } from '../../components/St.tsx';
import { openIncidents, openReleases } from '../../state/stores.ts';
import { useCall } from '../../state/use-call.ts';
import { isReleaseBook } from '../plan/StartFromRunbook.tsx';
import type { ViewProps } from '../view.ts';
import { AddFolder } from './Folders.tsx';
import { Library } from './Library.tsx';
import { NoPlan } from './NoPlan.tsx';
import { Reader } from './Reader.tsx';
import { StartForm } from './StartForm.tsx';

const EMPTY = {};

/** Grows with every change of the library that main tells. */
function useLibraryRev(): number {
  const { client } = useServices();
  const [rev, setRev] = useState(0);
  useEffect(() => client.on('library.changed', (payload) => setRev(payload.rev)), [client]);
  return rev;
}

export function RunbooksView({ params }: ViewProps) {
  const nav = useNav();
  const rev = useLibraryRev();
  const listing = useCall('library.list', EMPTY, rev);
  const all = useIncidents();
  const path = params.path;
  // A checklist knows its runbook's path only; the folder that has it is looked for.
  const folder =
    params.folder ??
    listing.value?.runbooks.find((one) => one.path === path)?.folder ??
    listing.value?.folders[0]?.id;
  const chosen = useMemo(() => (path && folder ? { folder, path } : null), [folder, path]);
  const read = useCall('library.read', chosen, rev);
  const book = read.value;
  // A release goes on in a release that is watched, everything else in the worst incident.
  const rooms = [openIncidents(all), openReleases(all)];
  const open = (book && isReleaseBook(book) ? rooms.reverse() : rooms).flat();
  const [typed, setTyped] = useState<Readonly<Record<string, Readonly<Record<string, string>>>>>({});
  const key = chosen ? `${chosen.folder}\n${chosen.path}` : '';
  const values = useMemo(
    () => ({
      ...Object.fromEntries((book?.variables ?? []).map((one) => [one.name, one.default ?? ''])),
      ...typed[key],
    }),
    [book, typed, key],
  );
  const go = (to: { folder: string; path: string }): void =>
    nav.go('runbooks', { ...params, folder: to.folder, path: to.path });

  // Somebody came from a room for a plan. While a folder is still being read nothing is said of what is not in it.
  const noPlan =
    params.want === 'plan' &&
    (listing.value?.folders.every((one) => one.readAt !== null) ?? false) &&
    !listing.value?.runbooks.some((one) => isPlanKind(one.kind)) ? (
      <NoPlan incident={params.incident ?? null} empty={listing.value?.runbooks.length === 0} />
    ) : null;
  if (listing.value && listing.value.folders.length === 0) return <NoFolder more={noPlan} />;
  if (!listing.value)
    return (
      <main id="main" tabIndex={-1} className="whole">
        <h1>{listing.error ? runbooks.failed : runbooks.list}</h1>
        <Problem text={listing.error?.message ?? null} />
        {listing.error ? null : <p className="dim">{runbooks.reading}</p>}
      </main>
    );
  return (
    <main id="main" tabIndex={-1} className="rb">
      <Library listing={listing.value} note={noPlan} open={chosen} onOpen={(line: RunbookLine) => go(line)} />
      {book ? (
        <Reader key={key} book={book} values={values} onOpen={(f, p) => go({ folder: f, path: p })} />
      ) : (
        <Pane id="runbooks.reader" label={runbooks.reader} className="pane rd">
          <div className="rd-none">
            {read.error ? (
              <>
                <h1>
                  <St kind="failed" />
                  {runbooks.readFailed}
                </h1>
                <p className="mono dim">{path}</p>
                <p role="alert">{read.error.message}</p>
              </>
            ) : chosen ? (
              <>
                <h1 className="vh">{runbooks.reader}</h1>
                <p className="dim">{runbooks.reading}</p>
              </>
            ) : (
              <>
                <h1>{runbooks.choose}</h1>
                <p className="dim">{runbooks.chooseWhy}</p>
              </>
            )}
          </div>
        </Pane>
      )}
      <StartForm
        book={book}
        open={open}
        incident={params.incident ?? null}
        onIncident={(incident) => nav.set({ ...params, incident })}
        values={values}
        onValue={(name, value) => setTyped((all) => ({ ...all, [key]: { ...all[key], [name]: value } }))}
      />
    </main>
  );
}

function NoFolder({ more }: { more: ReactNode }) {
  return (
    <main id="main" tabIndex={-1} className="rb-none">
      <Pane id="runbooks.list" label={runbooks.list} className="pane">
        <div className="rb-first">
          <h1>{runbooks.none.title}</h1>
          <p>{runbooks.none.why}</p>
          {more}
          <AddFolder first />
        </div>
      </Pane>
    </main>
  );
}
