// A change typed in: what, where, when. The time is echoed before it is kept; nothing is guessed.
import { useId, useState } from 'react';
import { changeWords as words } from '../../../shared/text/ours-ui.ts';
import { ui } from '../../../shared/text/ui.ts';
import { toInstant } from '../../../shared/time/clock.ts';
import { parseTime } from '../../../shared/time/parse.ts';
import { Dialog } from '../../app/dialogs.tsx';
import { useApp, useServices, useZone } from '../../app/services.ts';
import { Button } from '../../components/Button.tsx';
import { Problem } from '../../components/Problem.tsx';

const PLACE = /^[^/\s]+\/[^/\s]+$/;

export function ChangeDialog({ onClose }: { onClose: () => void }) {
  const { client, clock } = useServices();
  const zone = useZone();
  const heading = useId();
  const id = useId();
  const me = useApp((app) => app?.person?.name ?? '');
  const [form, setForm] = useState({ service: '', version: '', places: '', time: '', by: me, text: '' });
  const [chosen, setChosen] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const read = form.time.trim()
    ? parseTime(form.time, { now: toInstant(clock.now()), zone, purpose: 'happened' })
    : null;
  const at = read?.kind === 'at' ? read.instant : chosen;
  const places = form.places
    .split(',')
    .map((p) => p.trim())
    .filter(Boolean);
  const wrong = places.find((p) => !PLACE.test(p));
  const blocked = !form.service.trim() ? words.needService : at ? null : words.needTime;
  const save = async (): Promise<void> => {
    if (blocked || busy || !at) return;
    if (wrong) {
      setProblem(words.placesBad(wrong));
      return;
    }
    setBusy(true);
    const answer = await client.call('changes.add', {
      at,
      service: form.service.trim(),
      version: form.version.trim(),
      places,
      by: form.by.trim(),
      text: form.text.trim(),
    });
    setBusy(false);
    if (answer.ok) onClose();
    else setProblem(answer.error.message);
  };
  const field = (key: keyof typeof form, label: string, max: number, hint = '') => (
    <div className="fld one">
      <label htmlFor={`${id}${key}`}>{label}</label>
      <input
        id={`${id}${key}`}
        data-autofocus={key === 'service' ? '' : undefined}
        autoComplete="off"
        maxLength={max}
        placeholder={hint}
        value={form[key]}
        aria-describedby={key === 'time' ? `${id}echo` : undefined}
        onChange={(event) => {
          setForm({ ...form, [key]: event.target.value });
          if (key === 'time') setChosen(null);
        }}
      />
    </div>
  );
  return (
    <Dialog className="dec add-d" labelledBy={heading} onClose={onClose} onPrimary={() => void save()}>
      <header className="dec-h">
        <h2 id={heading}>{words.addTitle}</h2>
      </header>
      <div className="fd-b">
        {field('service', words.service, 200)}
        {field('version', words.version, 200)}
        {field('places', words.places, 2000, 'aws/eu-west-1')}
        {field('time', words.time, 200, '07:44, -12m')}
        <div id={`${id}echo`} role="status" className="fine">
          {read?.kind === 'at' ? read.echo : null}
          {read?.kind === 'refused' ? read.text : null}
          {read?.kind === 'ask' ? (
            <>
              {read.question}{' '}
              {read.choices.map((choice) => (
                <Button
                  key={choice.instant}
                  look="tiny"
                  pressed={chosen === choice.instant}
                  onPress={() => setChosen(choice.instant)}
                >
                  {choice.echo}
                </Button>
              ))}
            </>
          ) : null}
        </div>
        {field('by', words.who, 200)}
        {field('text', words.note, 1000)}
        <Problem text={problem} />
      </div>
      <footer className="dec-f">
        <Button look="key" keys="Ctrl Enter" blocked={blocked} busy={busy} onPress={() => void save()}>
          {words.keep}
        </Button>
        <Button look="quiet" keys="Esc" onPress={onClose}>
          {ui.cancel}
        </Button>
      </footer>
    </Dialog>
  );
}
