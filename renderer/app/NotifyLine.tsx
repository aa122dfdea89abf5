// Above the page: what got worse and nobody has yet. Acknowledged by name; silence acknowledges nothing.
import { useEffect, useRef, useState } from 'react';
import { notifyWords as words } from '../../shared/text/ours-ui.ts';
import { ui } from '../../shared/text/ui.ts';
import { fromInstant } from '../../shared/time/clock.ts';
import { utc } from '../../shared/time/format.ts';
import { Button } from '../components/Button.tsx';
import { St } from '../components/St.tsx';
import { openName } from './actions.tsx';
import { useCommands } from './commands.ts';
import { useNotify } from './notify.ts';
import { useServices } from './services.ts';
import { chime } from './sound.ts';

const SILENCE_MIN = 10;

export function NotifyLine() {
  const services = useServices();
  const { client } = services;
  const { value } = useNotify();
  const [problem, setProblem] = useState<string | null>(null);
  const sounds = value?.sounds ?? 0;
  const heard = useRef<number | null>(null);
  useEffect(() => {
    // What sounded before this window was there is not repeated.
    if (heard.current !== null && sounds > heard.current) void chime();
    if (value) heard.current = sounds;
  }, [sounds, value]);
  const snooze = (minutes: number): void =>
    void client
      .call('notify.snooze', { minutes })
      .then((answer) => setProblem(answer.ok ? null : answer.error.message));
  useCommands('global', () => [
    {
      id: 'notify.silence',
      title: words.silence,
      keys: ['Ctrl M'],
      group: ui.cmd.act,
      icon: 'pause',
      run: () => snooze(SILENCE_MIN),
    },
  ]);
  const have = (item: string | null): void =>
    void client.call('notify.acknowledge', { item }).then((answer) => {
      setProblem(answer.ok ? null : answer.error.message);
      if (!answer.ok && answer.error.code === 'no-name') openName(services);
    });
  const [first, ...more] = value?.open ?? [];
  if (!value || !first) return null;
  return (
    <section className="ban notice warning ntf" aria-label={words.label}>
      <Button look="tiny" onPress={() => have(first.id)}>
        {words.have}
      </Button>
      <St kind="held" />
      <p title={first.text}>
        <b>{utc(fromInstant(first.at))}</b> {first.text}
        {first.told > 1 ? <span className="dim">, {words.told(first.told)}</span> : null}
      </p>
      {problem ? <span className="need">{problem}</span> : null}
      <span className="dim r">
        {value.snoozedUntil
          ? words.snoozed(utc(fromInstant(value.snoozedUntil), 'minute'))
          : more.length
            ? words.more(more.length)
            : ''}
      </span>
      {more.length ? (
        <Button look="tiny" onPress={() => have(null)}>
          {words.haveAll}
        </Button>
      ) : null}
      <Button look="tiny" keys="Ctrl M" onPress={() => snooze(value.snoozedUntil ? 0 : SILENCE_MIN)}>
        {value.snoozedUntil ? words.unsnooze : words.snooze}
      </Button>
    </section>
  );
}
