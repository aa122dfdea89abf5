// A process that runs a plan into the middle of a bake, says so, and waits to be killed.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { openJournal } from '../../../electron/journal/open.ts';
import { createLog } from '../../../electron/log/log.ts';
import { createPlans, type Heard } from '../../../electron/plan/plans.ts';
import { createBlobs } from '../../../electron/room/blobs.ts';
import { createRooms } from '../../../electron/room/rooms.ts';
import { BulkheadError, type Result } from '../../../shared/result.ts';
import { MINUTE, planText, TARGETS, WAVES } from './text.ts';

const [folder = '', at = '0'] = process.argv.slice(2);
const clock = {
  wall: Number(at),
  now: () => clock.wall,
  uptime: () => 100 * MINUTE + clock.wall - Number(at),
};
const must = <T>(result: Result<T>): T => {
  if (result.ok) return result.value;
  throw new BulkheadError(result.error.code, result.error.message);
};
const ids = { uuid: () => v7() };
const journal = must(
  openJournal({ folder, clock, ids, random: (n) => randomBytes(n), machineId: 'machine-one' }),
);
const shared = {
  journal,
  clock,
  ids,
  person: () => ({ id: 'marta', name: 'Marta' }),
  emit: () => undefined,
  library: {
    read: async () => ({ ok: true as const, value: { title: '', revision: '', text: planText() } }),
  },
  blobs: createBlobs(join(folder, 'blobs')),
  log: createLog(() => undefined),
};
const rooms = createRooms({
  ...shared,
  library: { read: async () => ({ ok: false, error: { code: 'none', message: 'none' } }) },
  signals: () => [],
  viewFolder: folder,
});
const readings = (): Heard[] =>
  TARGETS.map((target) => ({
    type: 'probe',
    source: 'probe:checkout',
    name: 'checkout',
    target,
    at: clock.wall,
    errors: 0.5,
    tries: 20,
    covers: 30_000,
  }));
const plans = createPlans({
  ...shared,
  library: { ...shared.library, write: async () => ({ ok: true, value: '' }) },
  rooms,
  folder,
  owner: true,
  readings,
  topology: () => null,
  host: {
    keepAwake: async () => ({ ok: true, value: () => undefined }),
  },
});
const { id: incident } = must(
  await rooms.handlers['incidents.declare']({
    title: 'Checkout fails',
    severity: 'SEV1',
    signals: [],
    impactStarted: null,
    commander: true,
  }),
);
await plans.start([incident]);
const { plan } = must(await plans.handlers['plan.create']({ incident, folder: 'f', path: 'plan.md' }));
const act = async (action: Parameters<(typeof plans.handlers)['plan.do']>[0]['action']): Promise<void> => {
  const done = must(await plans.handlers['plan.do']({ incident, plan, action }));
  if (!done.ok) throw new BulkheadError('refused', done.why.map((one) => one.text).join(' '));
};
await act({ do: 'accept-findings', reason: 'known' });
await act({ do: 'start-plan' });
for (const target of WAVES[0]!.targets)
  await act({ do: 'finish-target', target, confirm: target, second: 'Tom' });
for (let i = 0; i < 24; i++) {
  clock.wall += 10_000;
  plans.tick();
}
process.stdout.write(`${JSON.stringify({ incident, plan, wall: clock.wall })}\n`);
setInterval(() => undefined, 1000);
