// Above the page: what got worse and nobody has yet. Acknowledged by name; silence acknowledges nothing.
import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { notifyListWords } from '../../shared/text/board-more.ts';
import { notifyWords as words } from '../../shared/text/ours-ui.ts';
import { ui } from '../../shared/text/ui.ts';
import { fromInstant } from '../../shared/time/clock.ts';
import { utc } from '../../shared/time/format.ts';
import { Button } from '../components/Button.tsx';
import { St } from '../components/St.tsx';
import { NotifyDialog } from '../views/notify/NotifyDialog.tsx';
import { alarmsShown } from './alarm-shown.ts';
import { useCommands } from './commands.ts';
import { useNotify } from './notify.ts';
import { openName } from './open.tsx';
import { useNav, useRoute, useServices } from './services.ts';
import { sound } from './sound.ts';

const SILENCE_MIN = 10;

export function NotifyLine() {
  const services = useServices();
  const { client } = services;
  const nav = useNav();
  const route = useRoute();
  const { value } = useNotify();
  const [problem, setProblem] = useState<string | null>(null);
  const sounds = value?.sounds ?? 0;
  const heard = useRef<number | null>(null);
  useEffect(() => {
    if (!value) return;
    // What sounded before this window was there is not repeated; a plan that still waits for somebody is.
    const waits = value.open.some((one) => one.alarm !== undefined);
    const opens = heard.current === null && waits && value.snoozedUntil === null && value.settings.sound;
    const tone = opens
      ? value.open.some((one) => one.what === 'plan-breaker')
        ? 'breaker'
        : 'gate'
      : value.tone;
    if (opens || (heard.current !== null && sounds > heard.current)) void sound(tone ?? 'chime');
    heard.current = sounds;
  }, [sounds, value]);
  const shown = useStore(alarmsShown(client), (s) => s.keys);
  const said = useRef<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const alarms = (value?.open ?? []).filter((one) => one.alarm !== undefined);
    for (const one of alarms) {
      // What the page shows it says itself.
      if (said.current.has(one.id) || shown.includes(one.alarm?.key ?? '')) continue;
      if (one.what === 'plan-breaker') services.announce.alert(one.text);
      else services.announce.status(one.text);
    }
    said.current = new Set(alarms.map((one) => one.id));
  }, [value, shown, services]);
  const snooze = (minutes: number): void =>
    void client
      .call('notify.snooze', { minutes })
      .then((answer) => setProblem(answer.ok ? null : answer.error.message));
  const list = (): void => void services.dialogs.open((close) => <NotifyDialog onClose={close} />);
  useCommands('global', () => [
    {
      id: 'notify.silence',
      title: words.silence,
      keys: ['Ctrl M'],
      group: ui.cmd.act,
      icon: 'pause',
      run: () => snooze(SILENCE_MIN),
    },
    {
      id: 'notify.list',
      title: notifyListWords.command,
      detail: notifyListWords.commandAsk,
      group: ui.cmd.goTo,
      icon: 'radio',
      run: list,
    },
  ]);
  const have = (item: string | null): void =>
    void client.call('notify.acknowledge', { item }).then((answer) => {
      setProblem(answer.ok ? null : answer.error.message);
      if (!answer.ok && answer.error.code === 'no-name') openName(services);
    });
  // What the page shows with its own "I have it" is not asked twice.
  const open = (value?.open ?? []).filter((one) => one.alarm === undefined || !shown.includes(one.alarm.key));
  const [first, ...more] = open;
  if (!value || !first) return null;
  const glyph =
    first.what === 'plan-breaker' ? 'brk-open' : first.what === 'plan-gate' ? 'gate-wait' : 'held';
  return (
    <section className="ban notice warning ntf" aria-label={words.label}>
      <Button look="tiny" onPress={() => have(first.id)}>
        {words.have}
      </Button>
      <St kind={glyph} />
      <p title={first.text}>
        <b>{utc(fromInstant(first.lastAt ?? first.at))}</b> {first.text}
        {first.alarm ? ' ' : null}
        {first.alarm && route.params['incident'] !== first.alarm.incident ? (
          <Button look="tiny" onPress={() => nav.go('room', { incident: first.alarm?.incident ?? '' })}>
            {words.toRoom}
          </Button>
        ) : null}
        {first.count > 1 ? (
          <span className="dim">, {words.ofMany(first.count, utc(fromInstant(first.at)))}</span>
        ) : null}
        {first.told > 1 ? <span className="dim">, {words.told(first.told)}</span> : null}
      </p>
      {problem ? <span className="need">{problem}</span> : null}
      <span className="dim r">
        {value.snoozedUntil
          ? words.snoozed(utc(fromInstant(value.snoozedUntil), 'minute'))
          : more.length
            ? words.more(more.length + (value.total ?? value.open.length) - value.open.length)
            : ''}
      </span>
      <Button look="tiny" onPress={list}>
        {words.list}
      </Button>
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
