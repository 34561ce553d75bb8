import type { CheckDeps } from '../../contract/check/check-deps.ts';
import type { CheckInput, MeasuredSide } from '../../contract/check/check-stages.ts';
import type { InvokeReply } from '../../contract/shared/invoke-calls.ts';
import type { Observation } from '../../contract/shared/observation.ts';
import { invokeOnce } from '../target/invoke-once.ts';
import type { SideName } from '../../core/compare/side-schedule.ts';
import { observeLost, observe } from '../target/observe.ts';
import { sidePayload } from './side-payload.ts';

/** What came of trying a side: each attempt is paid for and in no figure. */
export interface Trial {
  readonly side: MeasuredSide;
  readonly attempts: readonly Observation[];
  /** How the last one failed, in the function's own words; `null` where it ended well. */
  readonly failure: {
    readonly errorType: string | null;
    readonly errorMessage: string | null;
  } | null;
}

/**
 * How often a side is tried. A side that fails now and then ends well in one of them; one that never
 * does does not understand the payload, or is broken.
 */
export const MOST_TRIALS = 3;

/** A second try must not outlast the stage. */
const LAST_START_MS = 120_000;

/**
 * Invokes a side before it is measured, so that a payload which neither side understands costs a few
 * invocations and not hundreds.
 */
export async function trySide(
  deps: CheckDeps,
  side: MeasuredSide,
  input: CheckInput,
  {
    name,
    startedAtMs,
    most,
  }: { readonly name: SideName; readonly startedAtMs: number; readonly most: number },
): Promise<Trial> {
  const fromMs = deps.now();
  const attempts: Observation[] = [];
  for (;;) {
    const sent = { memoryMb: side.facts.key.memoryMb, payload: 0, atMs: deps.now() - startedAtMs };
    const reply = await invokeOnce(deps, {
      functionName: side.functionName,
      ...(side.version === null ? {} : { qualifier: side.version }),
      payload: sidePayload(input, 0, { side: name, index: attempts.length, isTrial: true }),
      waitMs: (side.timeoutSeconds + 15) * 1000,
    });
    attempts.push(reply.kind === 'lost' ? observeLost(sent) : observe(reply, sent));
    const failure = reply.kind === 'lost' ? null : failureOf(reply, input.ignoreErrors);
    // One that timed out is said at once: another try would take as long.
    const isTimeout = attempts.at(-1)?.outcome === 'timeout';
    const again = !isTimeout && attempts.length < most && deps.now() - fromMs < LAST_START_MS;
    if (failure === null || !again) return { side, attempts, failure };
  }
}

function failureOf(
  { functionError, errorType, errorMessage }: Extract<InvokeReply, { kind: 'answered' }>,
  ignoreErrors: readonly string[],
): Trial['failure'] {
  if (functionError === null || ignoreErrors.includes(errorType ?? '')) return null;
  return { errorType, errorMessage };
}
