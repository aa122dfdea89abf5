// What of ours stops when a provider, a region, one of its services or one of ours goes, everything else being well.
import { useId, useMemo, useState } from 'react';
import type { LossInput, WhatIfView } from '../../../shared/contract/ours.ts';
import { oursWords as words } from '../../../shared/text/ours-ui.ts';
import { ui } from '../../../shared/text/ui.ts';
import { Dialog } from '../../app/dialogs.tsx';
import { useBoard } from '../../app/services.ts';
import { Keys } from '../../components/Kbd.tsx';
import { Problem } from '../../components/Problem.tsx';
import { Segment } from '../../components/Segment.tsx';
import { useCall } from '../../state/use-call.ts';
import { money } from './ours-list.ts';
import { useOurs } from './use-ours.ts';

const KINDS = ['provider', 'region', 'place', 'ours'] as const;
type Kind = (typeof KINDS)[number];

function LossAnswer({ answer, currency }: { answer: WhatIfView; currency: string }) {
  const list = (names: readonly string[]) =>
    names.length ? (
      <span>
        <b>{names.length}</b> <span className="wrap">{names.join(', ')}</span>
      </span>
    ) : (
      words.nobody
    );
  return (
    <dl className="kvl">
      <div>
        <dt>{words.lost}</dt>
        <dd>{list(answer.lost)}</dd>
      </div>
      <div>
        <dt>{words.thin}</dt>
        <dd>{list(answer.thinner)}</dd>
      </div>
      <div>
        <dt>{words.survive}</dt>
        <dd>{list(answer.survive)}</dd>
      </div>
      {answer.costPerMinute > 0 ? (
        <div>
          <dt>{words.costHead}</dt>
          <dd>{words.cost(money(answer.costPerMinute), currency)}</dd>
        </div>
      ) : null}
    </dl>
  );
}

const partOf = (loss: LossInput | null, part: 'provider' | 'region' | 'service'): string =>
  loss && part in loss ? String((loss as Record<string, unknown>)[part]) : '';

export function WhatIfDialog({ start, onClose }: { start: LossInput | null; onClose: () => void }) {
  const heading = useId();
  const ids = { provider: useId(), region: useId(), service: useId(), names: useId() };
  const rows = useBoard((b) => b?.rows ?? null);
  const columns = useBoard((b) => b?.columns ?? null);
  const ours = useOurs();
  const [kind, setKind] = useState<Kind>(start?.kind ?? 'region');
  const [provider, setProvider] = useState(partOf(start, 'provider') || 'aws');
  const [region, setRegion] = useState(partOf(start, 'region'));
  const [service, setService] = useState(partOf(start, 'service'));
  const loss: LossInput | null =
    kind === 'provider'
      ? provider
        ? { kind, provider }
        : null
      : kind === 'region'
        ? provider && region
          ? { kind, provider, region }
          : null
        : kind === 'place'
          ? provider && region && service
            ? { kind, provider, region, service }
            : null
          : service
            ? { kind, service }
            : null;
  const { value, error } = useCall('ours.whatIf', loss && { loss }, ours.rev, 200);
  const regions = useMemo(
    () => [...new Set((columns ?? []).flatMap((c) => c.codes[provider] ?? []))],
    [columns, provider],
  );
  // The first answer that is not there yet has the keys.
  const first = kind === 'ours' ? ids.service : provider ? ids.region : ids.provider;
  const field = (id: string, label: string, text: string, set: (v: string) => void, list: string) => (
    <div className="fld">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        list={list}
        data-autofocus={id === first ? '' : undefined}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        value={text}
        onChange={(event) => set(event.target.value.trim())}
      />
    </div>
  );
  return (
    <Dialog className="dec fd-d" labelledBy={heading} onClose={onClose}>
      <header className="dec-h">
        <h2 id={heading}>{words.whatIf}</h2>
        <span className="dim">{words.asIf}</span>
        <button type="button" className="btn quiet r" onClick={onClose}>
          <span>{ui.close}</span>
          <Keys keys="Esc" />
        </button>
      </header>
      <div className="fd-b">
        <div className="fld">
          <span>{words.loss}</span>
          <Segment
            label={words.loss}
            value={kind}
            options={KINDS.map((id) => ({ id, label: words.kind[id] }))}
            onChange={setKind}
          />
        </div>
        {kind === 'ours'
          ? null
          : field(ids.provider, words.provider, provider, setProvider, `${ids.provider}l`)}
        {kind === 'region' || kind === 'place'
          ? field(ids.region, words.region, region, setRegion, `${ids.region}l`)
          : null}
        {kind === 'place' || kind === 'ours'
          ? field(ids.service, words.service, service, setService, kind === 'ours' ? ids.names : '')
          : null}
        <datalist id={`${ids.provider}l`}>
          {(rows ?? []).map((r) => (
            <option key={r.provider} value={r.provider}>
              {r.name}
            </option>
          ))}
        </datalist>
        <datalist id={`${ids.region}l`}>
          {regions.map((r) => (
            <option key={r} value={r} />
          ))}
        </datalist>
        <datalist id={ids.names}>
          {(ours.value?.services ?? []).map((s) => (
            <option key={s.name} value={s.name} />
          ))}
        </datalist>
        <Problem text={error?.message ?? null} />
        <div role="status">
          {loss === null ? <p className="fine">{words.missing}</p> : null}
          {value ? (
            <>
              <p className="wi-t">
                <b>{value.text}</b>
              </p>
              <LossAnswer answer={value} currency={value.currency} />
            </>
          ) : null}
        </div>
      </div>
    </Dialog>
  );
}
