// Keys as they are engraved: `Ctrl K` is two caps.
export function Kbd({ keys }: { keys: string }) {
  return (
    <>
      {keys.split(' ').map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </>
  );
}

/** Several caps, or several keys, in a row. */
export function Keys({ keys, className }: { keys: readonly string[] | string; className?: string }) {
  const list = typeof keys === 'string' ? [keys] : keys;
  return (
    <span className={className ? `keys ${className}` : 'keys'} aria-hidden="true">
      {list.map((k) => (
        <Kbd key={k} keys={k} />
      ))}
    </span>
  );
}
