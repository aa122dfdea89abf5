// Pack folders: what each brought, and what is wrong in it, with file, line and column. They are watched.
import type { Pack } from '../../../shared/contract/packs.ts';
import { packWords as words } from '../../../shared/text/ours-ui.ts';
import { useClient } from '../../app/services.ts';
import { AddFolder } from '../../components/AddFolder.tsx';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Problem } from '../../components/Problem.tsx';
import { St } from '../../components/St.tsx';
import { Time } from '../../components/Time.tsx';
import type { Client } from '../../state/client.ts';
import { createTopic, type Topic } from '../../state/topic.ts';
import { useAddFolder } from '../../state/use-add-folder.ts';
import { useOwnTopic } from '../../state/use-own-topic.ts';

/** Problems drawn per pack; the others are counted. */
const SHOWN = 12;

const packsTopic = (client: Client): Topic<readonly Pack[]> =>
  createTopic<readonly Pack[], 'packs.changed'>(client, {
    event: 'packs.changed',
    fetch: async () => {
      const answer = await client.call('packs.list', {});
      return answer.ok ? { ok: true, value: { rev: answer.value.rev, value: answer.value.packs } } : answer;
    },
    take: (payload) => payload.packs,
  });

function PackBox({ pack, onRemove }: { pack: Pack; onRemove: () => void }) {
  return (
    <div className="drop">
      <p>
        <Icon name="folder-open" />
        <b>{pack.name}</b>
        <span className="mono wrap dim">{pack.path}</span>
      </p>
      <p className="dim">
        {words.sum(pack.feeds, pack.probes, pack.services, pack.runbooks, pack.templates)},{' '}
        {pack.readAt ? (
          <>
            {words.read('')}
            <Time at={pack.readAt} show="day" />
          </>
        ) : (
          words.notRead
        )}
      </p>
      {pack.problems.length ? (
        <>
          <p className="need">
            <St kind="held" />
            {words.problems(pack.problems.length)}. {words.keeps}
          </p>
          <ul className="pk-p">
            {pack.problems.slice(0, SHOWN).map((p) => (
              <li key={`${p.file}:${p.line}:${p.column} ${p.text}`}>
                <span className="mono">{words.place(p.file, p.line, p.column)}</span>
                <span>{p.text}</span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <Button look="tiny" icon="trash-2" label={words.remove(pack.name)} onPress={onRemove}>
        {words.removeDo}
      </Button>
    </div>
  );
}

export function Packs({ number }: { number: number }) {
  const client = useClient();
  const { value, error } = useOwnTopic(packsTopic);
  const adding = useAddFolder('packs.add');
  const remove = async (pack: string): Promise<void> => {
    const answer = await client.call('packs.remove', { pack });
    adding.setProblem(answer.ok ? null : answer.error.message);
  };
  return (
    <>
      <h2>
        <span className="hn" aria-hidden="true">
          {number}
        </span>
        {words.title}
      </h2>
      {(value ?? []).map((pack) => (
        <PackBox key={pack.id} pack={pack} onRemove={() => void remove(pack.id)} />
      ))}
      {value?.length === 0 ? (
        <div className="drop">
          <p>{words.none}</p>
          <p className="dim">{words.noneWhy}</p>
        </div>
      ) : null}
      <AddFolder
        adding={adding}
        choose={words.choose}
        label={words.path}
        yes={words.add}
        needed={words.needed}
      />
      <Problem text={adding.problem ?? error?.message ?? null} />
    </>
  );
}
