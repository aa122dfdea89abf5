// Ends a release, and watches one again. Over a plan that still runs it asks for a reason, as closing an incident does.
import { useEffect, useRef, useState } from 'react';
import { release as text } from '../../../shared/text/release-ui.ts';
import { Ask, AskField } from '../../components/Ask.tsx';
import { useWrite } from './session.ts';

/** An end that was not one: the release stands among the watched again. */
export function WatchAgain({ onClose }: { onClose: () => void }) {
  const write = useWrite();
  const [reason, setReason] = useState('');
  return (
    <Ask
      title={text.againTitle}
      effect={text.againEffect}
      yes={text.again}
      onClose={onClose}
      onYes={() => write('incidents.watchAgain', { reason: reason.trim() })}
    >
      <AskField label={text.againReason} value={reason} first onChange={setReason} />
    </Ask>
  );
}

export function EndRelease({ onClose }: { onClose: () => void }) {
  const write = useWrite();
  const [reason, setReason] = useState('');
  /** Main refused, for a plan still runs; its sentence. */
  const [open, setOpen] = useState<string | null>(null);
  const [why, setWhy] = useState('');
  const asked = useRef<HTMLDivElement>(null);
  // The question that is left to answer gets the keys.
  useEffect(() => {
    if (open !== null) asked.current?.querySelector('textarea')?.focus();
  }, [open]);
  return (
    <Ask
      title={text.endTitle}
      effect={text.endEffect}
      yes={text.end}
      blocked={open !== null && why.trim() === '' ? text.reasonNeeded : null}
      onClose={onClose}
      onYes={() =>
        write('incidents.endRelease', {
          reason: reason.trim(),
          ...(open === null ? {} : { override: why.trim() }),
        })
      }
      onRefused={(error) => {
        if (error.code !== 'plan-open' || open !== null) return false;
        setOpen(error.message);
        return true;
      }}
    >
      <AskField label={text.endReason} value={reason} first onChange={setReason} />
      {open === null ? null : (
        <div ref={asked}>
          <p className="err" role="alert">
            {open}
          </p>
          <AskField label={text.endOver} value={why} area required onChange={setWhy} />
        </div>
      )}
    </Ask>
  );
}
