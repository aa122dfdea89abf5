// Region and service names never break at their hyphens.
import { Fragment } from 'react';

const NAME = /([A-Za-z0-9]+(?:-[A-Za-z0-9]+)+)/g;

/** Plain text in which hyphenated names stay whole. */
export function Nb({ children }: { children: string }) {
  const parts = children.split(NAME);
  return (
    <>
      {parts.map((part, i) =>
        i % 2 === 1 && part.length <= 40 ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of one string, in order
          <span className="nb" key={i}>
            {part}
          </span>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of one string, in order
          <Fragment key={i}>{part}</Fragment>
        ),
      )}
    </>
  );
}
