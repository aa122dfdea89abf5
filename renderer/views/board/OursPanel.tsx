// Our services as the topology knows them: how each is, where, what broke it, and how many others stop with it.

import type { OurServiceView, OursSnapshot } from '../../../shared/contract/ours.ts';
import { overrideWords, oursWords as words } from '../../../shared/text/ours-ui.ts';
import { calledBy } from '../../../shared/text/people.ts';
import { stateWord } from '../../../shared/text/ui.ts';
import { fromInstant } from '../../../shared/time/clock.ts';
import { duration } from '../../../shared/time/format.ts';
import { useDialogs } from '../../app/dialogs.tsx';
import { useFocusWhenReady } from '../../app/panes.ts';
import { useNav, useNow } from '../../app/services.ts';
import { Button } from '../../components/Button.tsx';
import { StateWord } from '../../components/St.tsx';
import { useRows } from '../../components/use-rows.ts';
import { isTrouble } from './marks.ts';
import { OurServiceDialog } from './OurServiceDialog.tsx';
import { inOrder, shortNeed, whereLine } from './ours-list.ts';

/** Rows drawn at most; a topology larger than that is searched by the palette. */
const SHOWN = 400;

function Left({ until }: { until: string }) {
  return <>{duration(fromInstant(until) - useNow())}</>;
}

function Flag({ service }: { service: OurServiceView }) {
  if (service.override) {
    const { by, until, reason, sources } = service.override;
    return (
      <em className="ovm" title={`${reason} (${overrideWords.sourcesSay(stateWord(sources))})`}>
        {calledBy(by)}, <Left until={until} />
      </em>
    );
  }
  if (!service.hangsOn.length) return null;
  return (
    <em className="spof" title={words.spofWhy(service.hangsOn.join(', '))}>
      {words.spof}
    </em>
  );
}

/** What stands in "Broken by": the needs, else that it holds with less, else what the sources say under an override. */
function by(service: OurServiceView, short: boolean): string {
  if (service.by.length && service.state !== 'operational')
    return service.by.map((need) => (short ? shortNeed(need, service) : need)).join(', ');
  if (service.override) return overrideWords.sourcesSay(stateWord(service.override.sources));
  return service.thinner ? words.thinner : '';
}

export function OursTable({ snapshot, max }: { snapshot: OursSnapshot; max?: number }) {
  const dialogs = useDialogs();
  const keys = useRows('.sv-b');
  const all = snapshot.services.length;
  const rows = inOrder(snapshot.services).slice(0, max ?? SHOWN);
  useFocusWhenReady('board.low', rows.length);
  if (!all) return <p className="none">{words.empty}</p>;
  return (
    <div className="scroll" {...keys.list}>
      <table className="svt ours">
        <colgroup>
          <col className="o1" />
          <col className="o2" />
          <col className="o3" />
          <col />
          <col className="o5" />
          <col className="o6" />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">{words.service}</th>
            <th scope="col">{words.state}</th>
            <th scope="col">{words.where}</th>
            <th scope="col">{words.by}</th>
            <th scope="col" title={words.blastWhy(all)}>
              {words.blast}
            </th>
            <th scope="col">{words.flag}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((service, i) => (
            <tr key={service.name} className={isTrouble(service.state) ? 'v-bad' : 'v-ok'}>
              <th scope="row">
                <button
                  type="button"
                  className="sv-b"
                  {...keys.stop(i, rows.length)}
                  title={service.title}
                  onClick={() =>
                    dialogs.open((close) => <OurServiceDialog name={service.name} onClose={close} />)
                  }
                >
                  <span className="cut">{service.name}</span>
                </button>
              </th>
              <td>
                <StateWord state={service.state} basis={service.basis} />
              </td>
              <td className="wh" title={whereLine(service)}>
                {whereLine(service)}
              </td>
              <td className="dp" title={by(service, false)}>
                {by(service, true)}
              </td>
              <td className="bl" title={service.blast.join(', ')}>
                <span className="bln">{service.blast.length}</span>
                <span className="blb" aria-hidden="true">
                  <i style={{ width: `${all > 1 ? (service.blast.length / (all - 1)) * 100 : 0}%` }} />
                </span>
              </td>
              <td>
                <Flag service={service} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Nobody said what we run: how it is said. */
export function OursNone() {
  const nav = useNav();
  return (
    <div className="none">
      <p>{words.none}</p>
      <p>{words.noneWhy}</p>
      <p>
        <Button icon="folder-open" onPress={() => nav.go('start')}>
          {words.addPack}
        </Button>
      </p>
    </div>
  );
}
