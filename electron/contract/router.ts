// The one way from a window to the services. Knows no host: it takes a name and JSON text, checks both against the contract,
// and answers with the JSON text of a Result. It never throws and never lets a stack out.
import { type CallName, calls, type Handlers } from '../../shared/contract/index.ts';
import { BulkheadError, fail, ok, type Result } from '../../shared/result.ts';
import { callText } from '../../shared/text/calls.ts';
import type { Clock } from '../../shared/time/clock.ts';
import type { Bridge } from '../host/host.ts';
import type { Log } from '../log/log.ts';
import type { Events } from './events.ts';
import { createBucket, LIMITS, type Limits } from './limits.ts';
import { readInput } from './read-input.ts';
import { createRefusals } from './refusals.ts';

export interface RouterDeps {
  readonly handlers: Handlers;
  readonly events: Pick<Events, 'onEvent'>;
  readonly log: Log;
  readonly clock: Clock;
  /** Development and tests: an answer that is not what its schema says is refused and logged. */
  readonly checkOutput: boolean;
  readonly limits?: Limits;
}

type Handler = (input: unknown) => Promise<Result<unknown>>;

/** Refusals: `unknown-call`, `bad-input`, `too-large`, `busy`, `bad-output`, `internal`; all logged, at most some lines a second. */
export function createRouter(deps: RouterDeps): Bridge {
  const limits = deps.limits ?? LIMITS;
  const bucket = createBucket(deps.clock, limits.perSecond, limits.burst);
  const refused = createRefusals(deps.log, deps.clock);
  let inFlight = 0;

  const refuse = (name: unknown, failure: Result<never>): Result<never> => {
    if (!failure.ok) refused(name, failure.error);
    return failure;
  };

  const answer = async (name: unknown, inputJson: unknown): Promise<Result<unknown>> => {
    if (!bucket.take()) return refuse(name, fail('busy', callText.busy));
    if (!isCall(name)) return refuse(name, fail('unknown-call', callText.unknown(printable(name))));
    if (inFlight >= limits.inFlight) return refuse(name, fail('busy', callText.underWay(inFlight, name)));
    const input = readInput(inputJson, limits);
    if (!input.ok) return refuse(name, input);
    const checked = calls[name].input.safeParse(input.value);
    if (!checked.success) return refuse(name, badInput(name, checked.error.issues));
    inFlight += 1;
    try {
      return await run(name, checked.data);
    } finally {
      inFlight -= 1;
    }
  };

  const run = async (name: CallName, input: unknown): Promise<Result<unknown>> => {
    let result: Result<unknown>;
    try {
      result = await (deps.handlers[name] as Handler)(input);
    } catch (error) {
      if (error instanceof BulkheadError) return fail(error.code, error.message, error.detail);
      deps.log.error(`call ${name} failed`, { error });
      return internal(name);
    }
    if (!result.ok) return fail(result.error.code, result.error.message, result.error.detail);
    if (!deps.checkOutput) return result;
    const found = calls[name].output.safeParse(result.value);
    if (found.success) return ok(result.value);
    return refuse(name, fail('bad-output', callText.badOutput(name), issuesOf(found.error.issues)));
  };

  const toText = (name: unknown, result: Result<unknown>): string => {
    try {
      const text = JSON.stringify(result);
      if (text.length <= limits.outputLength) return text;
      return JSON.stringify(refuse(name, fail('too-large', callText.tooLargeAnswer(printable(name)))));
    } catch (error) {
      deps.log.error(`the answer of ${printable(name)} is not plain data`, { error });
      return JSON.stringify(internal(printable(name)));
    }
  };

  return {
    call: async (name, inputJson) => toText(name, await answer(name, inputJson)),
    onEvent: deps.events.onEvent,
  };
}

const isCall = (name: unknown): name is CallName => typeof name === 'string' && Object.hasOwn(calls, name);

const printable = (name: unknown): string =>
  typeof name === 'string' ? JSON.stringify(name.slice(0, 80)) : `of type ${typeof name}`;

const internal = (name: string): Result<never> => fail('internal', callText.internal(name));

type Issues = readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];

const issuesOf = (issues: Issues): string[] =>
  issues
    .slice(0, 5)
    .map(({ path, message }) => `${path.map(String).join('.').slice(0, 200) || 'input'}: ${message}`);

const badInput = (name: string, issues: Issues): Result<never> =>
  fail('bad-input', callText.badInput(name, issuesOf(issues)), issuesOf(issues));
