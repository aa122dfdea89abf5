// What is pending can be changed while the plan runs (rule 10): one entry with the difference and a reason, asked first.
import { type ReactNode, useState } from 'react';
import type { PlanAction, PlanTarget, PlanWave } from '../../../../shared/contract/plan.ts';
import { plan as text } from '../../../../shared/text/plan-ui.ts';
import { Ask, AskChoice, AskField } from '../../../components/Ask.tsx';
import { type AskPlanProps, NotCommander, Pick } from './asks.tsx';
import { usePlan } from './store.ts';

const ask = text.ask;
type Change = keyof typeof ask.changes;
const OF_WAVE: readonly Change[] = ['set-bake', 'set-gate', 'split-wave', 'add-target', 'set-pace'];
const OF_TARGET: readonly Change[] = ['pull-forward', 'move-target', 'remove-target'];
const MINUTE = 60_000;

export function AskChange(
  props: AskPlanProps & { readonly wave: PlanWave; readonly target: PlanTarget | null },
) {
  const { view } = usePlan();
  const { wave, target } = props;
  const offered = target ? OF_TARGET : OF_WAVE;
  const [what, setWhat] = useState<Change | null>(null);
  const [reason, setReason] = useState('');
  const [minutes, setMinutes] = useState(String(Math.round(wave.bake.neededMs / MINUTE)));
  const [gate, setGate] = useState<'health' | 'manual'>(wave.gate.kind);
  const [atOnce, setAtOnce] = useState(String(view.pace.atOnce ?? 1));
  const [apart, setApart] = useState(String(Math.round(view.pace.apartMs / MINUTE)));
  const [named, setNamed] = useState('');
  const [split, setSplit] = useState<readonly string[]>([]);
  const others = view.waves.filter((one) => one.name !== wave.name && one.startedAt === null);
  const [to, setTo] = useState(others[0]?.name ?? '');
  const whole = (words: string): number => (/^\d+$/.test(words.trim()) ? Number(words) : Number.NaN);

  const made = (): PlanAction | string => {
    const why = reason.trim();
    switch (what) {
      case 'set-bake':
        return Number.isNaN(whole(minutes))
          ? ask.number
          : { do: 'set-bake', wave: wave.name, bakeMs: whole(minutes) * MINUTE, reason: why };
      case 'set-gate':
        return { do: 'set-gate', wave: wave.name, gate, reason: why };
      case 'set-pace':
        return Number.isNaN(whole(atOnce)) || Number.isNaN(whole(apart)) || whole(atOnce) < 1
          ? ask.number
          : { do: 'set-pace', atOnce: whole(atOnce), apartMs: whole(apart) * MINUTE, reason: why };
      case 'split-wave':
        return split.length === 0
          ? ask.splitNone
          : { do: 'split-wave', wave: wave.name, targets: [...split], reason: why };
      case 'add-target':
        return named.trim() === ''
          ? ask.targetNeeded
          : { do: 'add-target', target: named.trim(), wave: wave.name, reason: why };
      case 'move-target':
        return to === ''
          ? text.noWave
          : { do: 'move-target', target: target?.id ?? '', wave: to, reason: why };
      case 'remove-target':
        return { do: 'remove-target', target: target?.id ?? '', reason: why };
      case 'pull-forward':
        return { do: 'pull-forward', target: target?.id ?? '', reason: why };
      default:
        return ask.what;
    }
  };
  const action = made();
  const fields: Partial<Record<Change, ReactNode>> = {
    'set-bake': <AskField label={ask.bakeField} value={minutes} onChange={setMinutes} max={5} />,
    'set-gate': (
      <AskChoice
        legend={text.make.gate}
        value={gate}
        onChange={setGate}
        options={[
          { id: 'health', label: text.make.health },
          { id: 'manual', label: text.make.manual },
        ]}
      />
    ),
    'set-pace': (
      <>
        <AskField label={ask.atOnce} value={atOnce} onChange={setAtOnce} max={3} />
        <AskField label={ask.apart} value={apart} onChange={setApart} max={4} />
      </>
    ),
    'split-wave': (
      <fieldset className="ask-c">
        <legend>{ask.splitOff}</legend>
        {wave.targets.map((id) => (
          <label key={id} className="ck-b">
            <input
              type="checkbox"
              checked={split.includes(id)}
              onChange={() =>
                setSplit((now) => (now.includes(id) ? now.filter((one) => one !== id) : [...now, id]))
              }
            />
            <span>{id}</span>
          </label>
        ))}
      </fieldset>
    ),
    'add-target': <AskField label={ask.newTarget} value={named} onChange={setNamed} max={120} mono />,
    'move-target': (
      <Pick label={ask.toWave} value={to} options={others.map((one) => one.name)} onChange={setTo} />
    ),
  };
  const forbids = what === 'pull-forward' ? (target?.pullForbids ?? []) : [];
  return (
    <Ask
      title={target ? ask.changeTarget(target.id) : ask.changeWave(wave.name)}
      effect={ask.changeEffect}
      yes={text.change}
      blocked={typeof action === 'string' ? action : reason.trim() === '' ? ask.needed : null}
      onClose={props.onClose}
      onYes={() =>
        typeof action === 'string' ? Promise.resolve({ ok: true, value: null }) : props.act(action)
      }
    >
      <AskChoice
        legend={ask.what}
        first
        value={what}
        onChange={setWhat}
        options={offered.map((id) => ({ id, label: ask.changes[id] }))}
      />
      {what === null ? null : fields[what]}
      {forbids.map((why) => (
        <p key={why.code} className="need">
          {why.text}
        </p>
      ))}
      <AskField label={ask.reason} value={reason} onChange={setReason} required />
      <NotCommander />
    </Ask>
  );
}
