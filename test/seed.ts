// One seed for every property, so that a run can be played again: what fails on one machine fails on the next. Other seeds are
// tried with `npm run explore`, which says each one.
import fc from 'fast-check';

export const SEED = Number(process.env['BULKHEAD_SEED'] ?? 20_261_128);

fc.configureGlobal({ seed: SEED });
