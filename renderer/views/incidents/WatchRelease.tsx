// Watch a release: one line, and a room for it. From a runbook its plan is made in that room at once.
import { useRef, useState } from 'react';
import { fail, ok } from '../../../shared/result.ts';
import { release } from '../../../shared/text/release-ui.ts';
import { useServices } from '../../app/services.ts';
import { Ask, AskField } from '../../components/Ask.tsx';

const text = release.watch;

/** The runbook of a phased deployment that is to be its plan. */
export interface WatchedBook {
  readonly folder: string;
  readonly path: string;
  readonly title: string;
}

export function WatchRelease({ onClose, book }: { onClose: () => void; book: WatchedBook | null }) {
  const { client, nav, announce } = useServices();
  const [title, setTitle] = useState(book?.title ?? '');
  /** Opened already, when only its plan failed: trying again must not open a second one. */
  const opened = useRef<{ id: string; label: string } | null>(null);
  const watch = async () => {
    if (opened.current === null) {
      const answer = await client.call('incidents.release', { title: title.trim() });
      if (!answer.ok) return answer;
      opened.current = answer.value;
    }
    const { id, label } = opened.current;
    if (book === null) return ok(id);
    const { folder, path } = book;
    const made = await client.call('plan.create', { incident: id, folder, path });
    return made.ok ? ok(id) : fail(made.error.code, text.planFailed(label, made.error.message));
  };
  return (
    <Ask
      title={text.title}
      effect={book === null ? text.effect : text.planEffect(book.title)}
      yes={text.yes}
      blocked={title.trim() === '' ? text.needLine : null}
      onClose={onClose}
      onYes={watch}
      onKept={() => {
        if (opened.current === null) return;
        announce.status(text.made(opened.current.label));
        nav.go('room', { incident: opened.current.id });
      }}
    >
      <AskField label={text.label} value={title} max={300} first required onChange={setTitle} />
    </Ask>
  );
}
