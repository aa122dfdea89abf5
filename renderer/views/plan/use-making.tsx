// The plan that is being made: its draft, the place in its table, and what is done to it. It stays while the window does.
import { useRef, useState } from 'react';
import type { MadePlan } from '../../../shared/contract/plan.ts';
import { fail, type Result } from '../../../shared/result.ts';
import { plan as text } from '../../../shared/text/plan-ui.ts';
import { useDialogs } from '../../app/dialogs.tsx';
import { useNav, useServices } from '../../app/services.ts';
import { useRoom } from '../room/session.ts';
import { AskTakeOver } from './AskTakeOver.tsx';
import { addTargets, type Draft, emptyDraft, missing, moveTarget, targetsOf, toMade } from './draft.ts';
import { usePlaces } from './places.tsx';

const words = text.make;

/** The draft stays while the window does, so that a look at the board loses nothing. */
const kept = new WeakMap<object, Map<string, Draft>>();
function draftsOf(owner: object): Map<string, Draft> {
  const map = kept.get(owner) ?? new Map<string, Draft>();
  kept.set(owner, map);
  return map;
}

export function useMaking() {
  const { incident } = useRoom();
  const { client, announce } = useServices();
  const nav = useNav();
  const dialogs = useDialogs();
  const drafts = draftsOf(client);
  const [draft, setDraftNow] = useState<Draft>(
    () =>
      drafts.get(incident.id) ?? emptyDraft(incident.mode === 'release' ? 'phased-deployment' : 'rollback'),
  );
  const [at, setAt] = useState<string | null>(null);
  const [typed, setTyped] = useState('');
  const [because, setBecause] = useState<readonly string[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const table = useRef<HTMLTableElement>(null);
  const setDraft = (next: Draft): void => {
    drafts.set(incident.id, next);
    setDraftNow(next);
  };

  const targets = targetsOf(draft);
  const places = usePlaces(draft.system.trim(), targets);
  const suggested = [
    ...new Set(incident.affected.map((one) => `${one.provider.toLowerCase()}/${one.region}`)),
  ].filter((one) => !targets.includes(one));
  const needs = missing(draft);

  const add = (list: readonly string[]): void => {
    setDraft(addTargets(draft, list));
    setTyped('');
    if (list[0]) setAt(list[0]);
  };
  const focusRow = (target: string): void => {
    requestAnimationFrame(() =>
      table.current?.querySelector<HTMLElement>(`[data-target="${CSS.escape(target)}"]`)?.focus(),
    );
  };
  const move = (by: -1 | 1): void => {
    if (at === null) return;
    const next = moveTarget(draft, at, by);
    setDraft(next);
    const wave = next.waves.find((one) => one.targets.includes(at));
    if (wave) announce.status(words.moved(at, wave.name));
    focusRow(at);
  };
  const step = (by: -1 | 1): void => {
    const i = targets.indexOf(at ?? '');
    const next = targets[Math.min(targets.length - 1, Math.max(0, i + by))];
    if (!next) return;
    setAt(next);
    focusRow(next);
  };
  const propose = async (): Promise<void> => {
    if (targets.length === 0) return setProblem(words.need.targets);
    setBusy(true);
    const answer = await client.call('plan.propose', { targets: [...targets] });
    setBusy(false);
    if (!answer.ok) return setProblem(answer.error.message);
    setProblem(null);
    setBecause(answer.value.because);
    setDraft({
      ...draft,
      waves: answer.value.waves.map((wave) => ({ ...wave, targets: [...wave.targets] })),
    });
  };
  const save = async (): Promise<void> => {
    if (needs.length > 0 || busy) return;
    setBusy(true);
    const plan: MadePlan = toMade(draft);
    // A plan that runs here and holds the same targets: asked before, not found out after.
    const others = await client.call('plan.overlap', { incident: incident.id, of: { targets } });
    if (others.ok && others.value.plans.length > 0) {
      setBusy(false);
      const { plans } = others.value;
      dialogs.open((close) => (
        <AskTakeOver plans={plans} onClose={close} make={(takesOver) => make(plan, takesOver)} />
      ));
      return;
    }
    const answer = others.ok ? await make(plan, undefined) : others;
    setBusy(false);
    if (!answer.ok) setProblem(answer.error.message);
  };
  const make = async (plan: MadePlan, takesOver: string | undefined): Promise<Result<unknown>> => {
    const answer = await client.call('plan.make', {
      incident: incident.id,
      plan,
      ...(takesOver === undefined ? {} : { takesOver }),
    });
    if (!answer.ok) {
      const detail = answer.error.detail as { problems?: readonly { text: string }[] } | undefined;
      const lines = (detail?.problems ?? []).slice(0, 5).map((one) => one.text);
      return fail(answer.error.code, [answer.error.message, ...lines].join(' '));
    }
    drafts.delete(incident.id);
    // Preflight has run with it: what is open stands in the pane when the room is back.
    announce.status(text.begin.made(plan.title));
    nav.go('room', { incident: incident.id });
    return answer;
  };
  return {
    draft,
    setDraft,
    targets,
    places,
    suggested,
    /** What is missing before it can be saved, in words. */
    needs,
    /** The target with the keys. */
    at,
    setAt,
    /** Targets as typed. */
    typed,
    setTyped,
    /** Why the waves are as they were proposed. */
    because,
    problem,
    busy,
    table,
    add,
    move,
    step,
    propose,
    save,
  };
}
