// What the panels at the plan's bottom edge share: a running clock, keys that may be blocked with their reason, who has the alarm.
import type { ReactNode } from 'react';
import { calledBy } from '../../../../shared/text/people.ts';
import { plan as text } from '../../../../shared/text/plan-ui.ts';
import { fromInstant } from '../../../../shared/time/clock.ts';
import { elapsed } from '../../../../shared/time/format.ts';
import { Keys } from '../../../components/Kbd.tsx';
import { Nb } from '../../../components/Nb.tsx';
import { St } from '../../../components/St.tsx';
import { Time } from '../../../components/Time.tsx';
import type { Alarm } from './alarm.ts';
import { usePlanNow } from './store.ts';

/** Since when, as a running clock. */
export function Since({ at }: { at: string | null }) {
  const now = usePlanNow();
  if (at === null) return null;
  return (
    <span className="r">
      <Time at={at} />
      <span className="cd">{elapsed(Math.max(0, now - fromInstant(at)))}</span>
    </span>
  );
}

/** A key that may be blocked: dashed, and described by the line that says why. */
export function Act(props: {
  readonly children: ReactNode;
  readonly why: string | null;
  readonly primary?: boolean;
  readonly keys?: string;
  readonly onPress: () => void;
  readonly whyId: string;
}) {
  const blocked = props.why !== null;
  return (
    <button
      type="button"
      className={props.primary && !blocked ? 'btn key' : 'btn'}
      aria-disabled={blocked || undefined}
      aria-describedby={blocked ? props.whyId : undefined}
      aria-keyshortcuts={props.keys?.replaceAll(' ', '+')}
      onClick={() => {
        if (!blocked) props.onPress();
      }}
    >
      <span>{props.children}</span>
      {props.keys ? <Keys keys={props.keys} /> : null}
    </button>
  );
}

export function Whys({
  id,
  list,
}: {
  id: string;
  list: readonly { readonly what: string; readonly why: string }[];
}) {
  if (list.length === 0) return <span id={id} hidden />;
  return (
    <ul className="brk-w" id={id}>
      {list.map((one) => (
        <li key={one.what}>
          <St kind="held" />
          <span>
            <b>{one.what}</b> <Nb>{one.why}</Nb>
          </span>
        </li>
      ))}
    </ul>
  );
}

export function Have({ alarm, onProblem }: { alarm: Alarm; onProblem: (text: string | null) => void }) {
  if (!alarm.stands) return null;
  if (alarm.had)
    return (
      <span>
        {text.has(calledBy(alarm.had.by))} <Time at={alarm.had.at} />
      </span>
    );
  return (
    <button
      type="button"
      className="btn tiny"
      title={text.soundsAgain}
      onClick={(event) => {
        // The key goes away with its answer: the panel keeps the focus, and what is to decide is the next Tab.
        event.currentTarget.closest<HTMLElement>('[data-breaker]')?.focus();
        void alarm.have().then(onProblem);
      }}
    >
      <span>{text.iHaveIt}</span>
    </button>
  );
}
