// What was written, with its sum to compare; or that nothing was.
import { useState } from 'react';
import { reports } from '../../../shared/text/reports-ui.ts';
import { Button } from '../../components/Button.tsx';
import { copyText } from '../../components/copy.ts';
import { St } from '../../components/St.tsx';
import { size } from './path.ts';

export interface Saved {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

export function Written({ saved, left }: { saved: Saved | null; left: boolean }) {
  const [said, setSaid] = useState<string | null>(null);
  if (left) return <p className="dim">{reports.left}</p>;
  if (!saved) return null;
  return (
    <div className="ex-r" role="status">
      <p>
        <St kind="done" /> {reports.saved(saved.path)}
        <span className="dim">, {size(saved.bytes)}</span>
      </p>
      <p className="mono ex-sha" title={reports.sha}>
        <span className="vh">{reports.sha} </span>
        {saved.sha256}
      </p>
      <p className="ex-rc">
        <Button
          look="tiny"
          onPress={() =>
            void copyText(saved.sha256).then((taken) => setSaid(taken ? reports.copied : reports.copyFailed))
          }
        >
          {reports.copySha}
        </Button>
        {said ? <span className="dim">{said}</span> : null}
      </p>
      {saved.path.endsWith('.json') ? <p className="dim">{reports.verify}</p> : null}
    </div>
  );
}
