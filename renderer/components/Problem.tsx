// A failure where it belongs: what happened and the way out, said to screen readers as well.
import { St } from './St.tsx';

export function Problem({ text, className }: { text: string | null; className?: string }) {
  return (
    <div role="alert" className={className}>
      {text ? (
        <p className="err">
          <St kind="failed" />
          <span>{text}</span>
        </p>
      ) : null}
    </div>
  );
}
