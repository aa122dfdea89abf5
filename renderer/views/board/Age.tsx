// How old something is, anew each second.

import { fromInstant } from '../../../shared/time/clock.ts';
import { duration } from '../../../shared/time/format.ts';
import { useNow } from '../../app/services.ts';

export function Age({ at }: { at: string }) {
  const now = useNow();
  return <>{duration(now - fromInstant(at))}</>;
}
