import { PowerdialError, type ErrorName } from '../../contract/shared/errors.ts';
import type { Json } from '../../contract/shared/json.ts';
import type { RunEvent } from '../../contract/shared/run-event.ts';
import type { Input } from '../../contract/tune/input.ts';
import type { Result } from '../../contract/tune/result.ts';
import { Aborted } from '../shared/aborted.ts';
import { bySize, SeenFailures } from '../shared/handler/seen-failures.ts';
import { finishResult } from './finish-result.ts';
import { openTarget } from './open-target.ts';
import { playOpened } from './play-opened.ts';
import { oneAtATime, settleInput } from './settle-input.ts';
import { targetKind } from './target-kind.ts';
import type { TargetOptions } from './target-options.ts';

/** What to tune, one of the three, and how. */
export interface TuneRequest {
  /** A function on AWS, by name or ARN. The workflow is played here, with your credentials. */
  readonly function?: string;
  /** A handler on this machine, as `powerdial tune --local` takes it. */
  readonly local?: string;
  /** A recorded function: the path of its file. */
  readonly recorded?: string;
  /** The run's input, as the console takes it, but for `function` and `dryRun`. */
  readonly input?: Omit<Partial<Input>, 'function' | 'dryRun'>;
  /** Memory and timeout before tuning, of what runs on this machine: `512MB/60s`. */
  readonly current?: string;
  readonly region?: string;
  readonly profile?: string;
  /** Stops the run, which puts the function back first. */
  readonly signal?: AbortSignal;
  /** Told of everything that happens, as it happens. */
  readonly onEvent?: (event: RunEvent) => void;
}

/** A run was stopped by its signal. The function is as it was. */
export class TuneAborted extends Aborted<Result> {
  constructor(functionName: string, result: Result | null, cause: unknown) {
    super(`Tune ${functionName}: stopped by its signal; the function is as it was`, result, cause);
  }
}

/**
 * Finds the memory size and the timeout of a function by measuring it. However it ends, the function has been
 * put back when the promise settles. Sizes are in MB, timeouts in seconds, durations in milliseconds, costs in USD
 * per million invocations.
 *
 * @example
 * const { recommendation } = await tune({ function: 'orders', input: { maxUsd: 0.2 } });
 *
 * @throws {UsageError} with every problem of the request, before anything is invoked
 * @throws {PowerdialError} where the run failed, by the names of `docs/result.md`
 * @throws {TuneAborted} where the signal stopped it
 */
export async function tune(request: TuneRequest): Promise<Result> {
  const { input = {}, signal = new AbortController().signal, onEvent = () => undefined } = request;
  const options = optionsOf(request);
  const kind = targetKind(request.function, options);
  const given = input as { readonly [key: string]: Json };
  settleInput(request.function ?? 'embedded', given);
  const surroundings = { env: process.env, stop: signal, show: onEvent };
  const target = await openTarget(kind, request.function, options, surroundings);
  try {
    const input = settleInput(target.functionName, given);
    const played = await playOpened({
      target,
      input: kind === 'recorded' ? oneAtATime(input) : input,
      emit: onEvent,
      signal,
      failures: new SeenFailures(bySize(target.functionName), undefined),
    });
    const finish = (result: Result): Result =>
      finishResult(result, target, { options: {}, env: process.env });
    switch (played.kind) {
      case 'done':
        return finish(played.output as unknown as Result);
      case 'failed':
        // The workflow matches on the same names.
        throw new PowerdialError(played.error as ErrorName, played.cause);
      case 'interrupted': {
        const measured = played.result === null ? null : finish(played.result);
        throw new TuneAborted(target.functionName, measured, signal.reason);
      }
    }
  } finally {
    await target.close();
  }
}

function optionsOf({ local, recorded, current, region, profile }: TuneRequest): TargetOptions {
  return {
    ...(local === undefined ? {} : { local }),
    ...(recorded === undefined ? {} : { recorded }),
    ...(current === undefined ? {} : { current }),
    ...(region === undefined ? {} : { region }),
    ...(profile === undefined ? {} : { profile }),
  };
}
