// A feed by its address: looked at once, shown, then kept. Nothing is watched before a person has seen what it says.
import { useId, useState } from 'react';
import type { Output } from '../../../shared/contract/index.ts';
import { awsHealthText } from '../../../shared/text/aws-health.ts';
import { board as words } from '../../../shared/text/board.ts';
import { ui } from '../../../shared/text/ui.ts';
import { Dialog } from '../../app/dialogs.tsx';
import { useClient } from '../../app/services.ts';
import { Button } from '../../components/Button.tsx';
import { Keys } from '../../components/Kbd.tsx';
import { Problem } from '../../components/Problem.tsx';
import { StateWord } from '../../components/St.tsx';

type Preview = Output<'health.previewFeed'>;

export function AddFeedDialog({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const heading = useId();
  const field = useId();
  const nameField = useId();
  const [url, setUrl] = useState('');
  const [preview, setPreview] = useState<Preview | null>(null);
  const [name, setName] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const add = words.add;

  const look = async (): Promise<void> => {
    if (!/^(https?:\/\/.+|aws-health:)/i.test(url.trim())) {
      setProblem(add.empty);
      return;
    }
    setBusy(true);
    setProblem(null);
    const answer = await client.call('health.previewFeed', { url: url.trim() });
    setBusy(false);
    if (!answer.ok) {
      setProblem(answer.error.message);
      return;
    }
    setPreview(answer.value);
    setName(answer.value.name);
  };
  const keep = async (): Promise<void> => {
    if (!preview) return;
    setBusy(true);
    const answer = await client.call('health.addFeed', {
      url: url.trim(),
      kind: preview.kind,
      provider: preview.provider,
      name: name.trim() || preview.name,
    });
    setBusy(false);
    if (answer.ok) onClose();
    else setProblem(answer.error.message);
  };
  const go = (): void => void (preview ? keep() : look());
  return (
    <Dialog className="dec add-d" labelledBy={heading} onClose={onClose} onPrimary={go}>
      <form
        className="dec-form"
        onSubmit={(event) => {
          event.preventDefault();
          go();
        }}
      >
        <header className="dec-h">
          <h2 id={heading}>{add.title}</h2>
          <button type="button" className="btn quiet r" onClick={onClose}>
            <span>{ui.close}</span>
            <Keys keys="Esc" />
          </button>
        </header>
        <div className="fd-b">
          <label className="lg" htmlFor={field}>
            {add.label}
          </label>
          <input
            id={field}
            className="inp mono"
            data-autofocus
            type="text"
            inputMode="url"
            autoComplete="off"
            spellCheck={false}
            maxLength={4096}
            placeholder={add.placeholder}
            value={url}
            onChange={(event) => {
              setUrl(event.target.value);
              setPreview(null);
            }}
          />
          <p className="fine">{add.why}</p>
          <p className="fine">{awsHealthText.hint}</p>
          <p role="status" className="fine">
            {busy && !preview ? add.looking : ''}
          </p>
          <Problem text={problem} />
          {preview ? (
            <section aria-label={add.found}>
              <h3 className="ph">{add.found}</h3>
              <dl className="kvl">
                <div>
                  <dt>{add.kind}</dt>
                  <dd>
                    {preview.kind}, {add.observations(preview.observations)}
                  </dd>
                </div>
                <div>
                  <dt>{add.provider}</dt>
                  <dd>{preview.provider}</dd>
                </div>
                <div>
                  <dt>
                    <label htmlFor={nameField}>{add.name}</label>
                  </dt>
                  <dd>
                    <input
                      id={nameField}
                      className="inp"
                      maxLength={120}
                      value={name}
                      onChange={(event) => setName(event.target.value)}
                    />
                  </dd>
                </div>
                <div>
                  <dt>{add.openEvents}</dt>
                  <dd>
                    {preview.openEvents.length ? (
                      <ul>
                        {preview.openEvents.map((e) => (
                          <li key={e.title}>
                            <StateWord state={e.state} /> {e.title}
                          </li>
                        ))}
                      </ul>
                    ) : (
                      add.none
                    )}
                  </dd>
                </div>
                <div>
                  <dt>{add.problems}</dt>
                  <dd>
                    {preview.problems.length ? (
                      <ul>
                        {preview.problems.map((p) => (
                          <li key={`${p.code} ${p.text}`}>{p.text}</li>
                        ))}
                      </ul>
                    ) : (
                      add.none
                    )}
                  </dd>
                </div>
              </dl>
            </section>
          ) : null}
        </div>
        <footer className="dec-f">
          <Button type="submit" look="key" keys="Ctrl Enter" busy={busy}>
            {preview ? add.keep : add.look}
          </Button>
          {preview ? <Button onPress={() => setPreview(null)}>{add.again}</Button> : null}
          <Button look="quiet" keys="Esc" onPress={onClose}>
            {ui.cancel}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
