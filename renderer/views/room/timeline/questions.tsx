// Questions about one entry of the timeline: answered, amended, retracted, erased.
import { useState } from 'react';
import type { TimelineRow } from '../../../../shared/contract/room.ts';
import { room } from '../../../../shared/text/room-ui.ts';
import { Ask, AskField } from '../../../components/Ask.tsx';
import { useWrite } from '../session.ts';

const text = room.ask;
type Close = { readonly onClose: () => void };

export function AskAnswer({ onClose, entry, question }: Close & { entry: string; question: string }) {
  const write = useWrite();
  const [value, setValue] = useState('');
  return (
    <Ask
      title={text.answer}
      effect={question}
      yes={text.answer}
      blocked={value.trim() === '' ? text.reasonNeeded : null}
      onClose={onClose}
      onYes={() => write('room.answer', { question: entry, text: value.trim(), occurred: null })}
    >
      <AskField label={text.answerText} value={value} max={20_000} area first onChange={setValue} required />
    </Ask>
  );
}

export function AskAmend({ onClose, row }: Close & { row: TimelineRow }) {
  const write = useWrite();
  const [value, setValue] = useState(row.text);
  const [reason, setReason] = useState('');
  return (
    <Ask
      title={text.amend}
      effect={text.amendEffect}
      yes={text.amendKeep}
      wide
      blocked={value.trim() === row.text.trim() || value.trim() === '' ? text.amendSame : null}
      onClose={onClose}
      onYes={() => write('room.amend', { entry: row.id, text: value.trim(), reason: reason.trim() })}
    >
      <AskField label={text.amendText} value={value} max={20_000} area first onChange={setValue} />
      <AskField label={text.reasonOptional} value={reason} onChange={setReason} />
    </Ask>
  );
}

export function AskRetract({ onClose, row }: Close & { row: TimelineRow }) {
  const write = useWrite();
  const [reason, setReason] = useState('');
  return (
    <Ask
      title={text.retract}
      effect={text.retractEffect}
      yes={text.retract}
      blocked={reason.trim() === '' ? text.reasonNeeded : null}
      onClose={onClose}
      onYes={() => write('room.retract', { entry: row.id, reason: reason.trim() })}
    >
      <blockquote className="ask-q">{row.text}</blockquote>
      <AskField label={text.reason} value={reason} onChange={setReason} first required />
    </Ask>
  );
}

export function AskErase({ onClose, row }: Close & { row: TimelineRow }) {
  const write = useWrite();
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  return (
    <Ask
      title={text.erase}
      effect={text.eraseEffect}
      yes={text.erase}
      danger
      blocked={
        reason.trim() === ''
          ? text.reasonNeeded
          : typed.trim().toLowerCase() !== text.eraseWord
            ? text.eraseType(text.eraseWord)
            : null
      }
      onClose={onClose}
      onYes={() => write('room.erase', { entry: row.id, reason: reason.trim() })}
    >
      <AskField label={text.reason} value={reason} onChange={setReason} first required />
      <AskField label={text.eraseType(text.eraseWord)} value={typed} max={40} mono onChange={setTyped} />
    </Ask>
  );
}
