// What can stand at the caret: commands, people, targets. Arrows move, Tab or Enter puts in, Esc closes; nothing is put in unasked.

import { room } from '../../../../shared/text/room-ui.ts';
import { St } from '../../../components/St.tsx';
import type { Suggestion } from './commands.ts';

export function Suggest(props: {
  readonly id: string;
  readonly options: readonly Suggestion[];
  readonly at: number;
  readonly onPick: (option: Suggestion) => void;
}) {
  if (props.options.length === 0) return null;
  return (
    <div className="sug" id={props.id} role="listbox" aria-label={room.composer.suggestions}>
      {props.options.map((option, i) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the text field keeps the focus and has the keys
        <div
          key={option.value}
          id={`${props.id}-${i}`}
          role="option"
          tabIndex={-1}
          aria-selected={i === props.at}
          className={i === props.at ? 'sel' : undefined}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => props.onPick(option)}
        >
          <St kind={i === props.at ? 'doing' : 'todo'} />
          <code>{option.value}</code>
          <span className="dim">{option.hint}</span>
        </div>
      ))}
    </div>
  );
}
