// Under the matrix: our services, the selected cell, or the changes. B, Enter and the strip of three choose; one of them is there at a time.
import type { ReactNode } from 'react';
import type { OursSnapshot } from '../../../shared/contract/ours.ts';
import { board as words } from '../../../shared/text/board.ts';
import { changeWords, oursWords } from '../../../shared/text/ours-ui.ts';
import { useDialogs } from '../../app/dialogs.tsx';
import { Button } from '../../components/Button.tsx';
import { Keys } from '../../components/Kbd.tsx';
import { Pane } from '../../components/Pane.tsx';
import { Problem } from '../../components/Problem.tsx';
import { Segment } from '../../components/Segment.tsx';
import type { TopicState } from '../../state/topic.ts';
import { Changes } from './Changes.tsx';
import { OursNone, OursTable } from './OursPanel.tsx';
import { costLine, summary } from './ours-list.ts';
import { PointsDialog } from './PointsDialog.tsx';
import { WhatIfDialog } from './WhatIfDialog.tsx';

const LOW = ['ours', 'cell', 'changes'] as const;
export type Low = (typeof LOW)[number];

export function LowTabs({ low, onLow }: { low: Low; onLow: (low: Low) => void }) {
  return (
    <Segment
      label={words.lower}
      value={low}
      options={[
        {
          id: 'ours',
          label: (
            <>
              {oursWords.title}
              <Keys keys="B" />
            </>
          ),
        },
        { id: 'cell', label: words.cellTab },
        { id: 'changes', label: changeWords.title },
      ]}
      onChange={onLow}
    />
  );
}

export function LowPane(props: {
  readonly low: 'ours' | 'changes';
  readonly tabs: ReactNode;
  readonly ours: TopicState<OursSnapshot>;
  readonly onLeave: () => void;
}) {
  const dialogs = useDialogs();
  const { value, error } = props.ours;
  const label = props.low === 'ours' ? oursWords.title : changeWords.title;
  return (
    <Pane
      id="board.low"
      label={label}
      className="bsv"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        props.onLeave();
      }}
    >
      {props.low === 'changes' ? (
        <Changes tabs={props.tabs} />
      ) : (
        <>
          <div className="bh">
            <h2 className="vh">{label}</h2>
            {props.tabs}
            {value?.configured ? (
              <>
                <span className="dim cut" title={summary(value.services)}>
                  {summary(value.services)}
                </span>
                {costLine(value) ? <span className="dim cost">{costLine(value)}</span> : null}
                <span className="r bh-a">
                  <Button
                    look="tiny"
                    onPress={() => dialogs.open((close) => <WhatIfDialog start={null} onClose={close} />)}
                  >
                    {oursWords.whatIf}
                  </Button>
                  <Button
                    look="tiny"
                    onPress={() => dialogs.open((close) => <PointsDialog onClose={close} />)}
                  >
                    {oursWords.points}
                  </Button>
                </span>
              </>
            ) : null}
          </div>
          {error && !value ? (
            <Problem text={error.message} className="none" />
          ) : !value ? (
            <p className="none">{oursWords.reading}</p>
          ) : value.configured ? (
            <OursTable snapshot={value} />
          ) : (
            <OursNone />
          )}
        </>
      )}
    </Pane>
  );
}
