// A command as it is pasted: its words break between them, never at the hyphen of a region. What is copied from it is unchanged.
import { Fragment } from 'react';

export function Whole({ children }: { children: string }) {
  return (
    <>
      {children.split(/(\s+)/).map((part, i) =>
        i % 2 === 1 || !part.includes('-') ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of one string, in order
          <Fragment key={i}>{part}</Fragment>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of one string, in order
          <span className="word" key={i}>
            {part}
          </span>
        ),
      )}
    </>
  );
}
