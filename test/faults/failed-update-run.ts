import {
  UPDATE_FAILURES,
  type UpdateFailure,
  type UpdateFailureCode,
} from '../../src/local/lambda/update-failure.ts';
import { callsOf, faultedRun, type FaultedRun } from './fault-run.ts';
import type { Healer } from './heal.ts';
import type { Variant } from './landing.ts';

export const UPDATE_FAILURE_CODES = Object.keys(UPDATE_FAILURES) as UpdateFailureCode[];

/** What AWS leaves open: how often an update fails, and what is shown of one that did. */
export interface FailedUpdateCase {
  readonly reasonCode: UpdateFailureCode;
  readonly shows: NonNullable<UpdateFailure['shows']>;
  /** The update alone, or every one from there on, until the run is over. */
  readonly lasting: 'once' | 'for good';
  /** What recovers once updates succeed again. @default the rule on executions that ended badly */
  readonly healer?: Healer;
}

export function failedUpdateCases(
  reasonCode: UpdateFailureCode,
  healer?: Healer,
): readonly FailedUpdateCase[] {
  const healing = healer === undefined ? {} : { healer };
  return (['previous', 'attempted'] as const).flatMap((shows) =>
    (['once', 'for good'] as const).map((lasting) => ({ reasonCode, shows, lasting, ...healing })),
  );
}

/** The calls of a run at which an update may fail: each size, Restore, the put-back, both of an Apply. */
export async function updatesOf(variant: Variant): Promise<readonly number[]> {
  const calls = await callsOf(variant);
  return calls.flatMap((name, at) => (name === 'UpdateFunctionConfiguration' ? [at + 1] : []));
}

/** Plays a run of which one update, or every later one too, is accepted and fails; then what recovers. */
export async function failedUpdateRun(
  variant: Variant,
  { reasonCode, shows, lasting, healer }: FailedUpdateCase,
  call: number,
  options: { readonly tryNext: boolean },
): Promise<FaultedRun | null> {
  const faultCase = {
    name: `update fails ${lasting} with ${reasonCode}, the ${shows} configuration is shown`,
    fault: { reasonCode, shows },
    when: 'before',
    lasting: lasting === 'once' ? 'call' : 'operation',
  } as const;
  return faultedRun(variant, faultCase, call, {
    ...options,
    ...(healer === undefined ? {} : { healer }),
  });
}
