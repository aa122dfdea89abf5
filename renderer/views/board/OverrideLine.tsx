// A person's word over the sources: who, how long is left, why, what the sources say; and the way to end it.
import { useState } from 'react';
import type { Override } from '../../../shared/contract/watch.ts';
import { overrideWords as words } from '../../../shared/text/ours-ui.ts';
import { stateWord } from '../../../shared/text/ui.ts';
import { fromInstant } from '../../../shared/time/clock.ts';
import { duration } from '../../../shared/time/format.ts';
import { useClient, useNow } from '../../app/services.ts';
import { Button } from '../../components/Button.tsx';
import { Problem } from '../../components/Problem.tsx';
import { StateWord } from '../../components/St.tsx';

/** `named`: where it is not plain which region is meant. */
export function OverrideLine({ override, named = false }: { override: Override; named?: boolean }) {
  const client = useClient();
  const now = useNow();
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const end = async (): Promise<void> => {
    setBusy(true);
    const answer = await client.call('health.endOverride', { override: override.id });
    setBusy(false);
    setProblem(answer.ok ? null : answer.error.message);
  };
  return (
    <div className="ovl">
      <p>
        <StateWord state={override.state} />{' '}
        <b>{words.line(override.by, duration(fromInstant(override.until) - now))}</b>
        {override.mode === 'until-change' ? `, ${words.untilChange}` : ''};{' '}
        {words.sourcesSay(stateWord(override.sources))}.{' '}
        <span className="dim">
          {named ? `${override.region}, ` : ''}
          {override.service ?? words.whole}: {override.reason}
        </span>
      </p>
      <Button look="tiny" busy={busy} onPress={() => void end()}>
        {words.end}
      </Button>
      <Problem text={problem} />
    </div>
  );
}
