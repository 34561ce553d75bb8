import {
  UPDATE_FAILURES,
  type UpdateFailure,
  type UpdateFailureCode,
} from '../../src/emulator/index.ts';
import { faultedRun, type FaultedRun } from './fault-run.ts';
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

/**
 * The updates of a run: of each of its two sizes, of Restore, the one of an Apply or both of an Apply to an
 * alias. A put-back follows where one of them fails.
 */
export const UPDATES: { readonly [Kind in Variant]: number } = {
  'no apply': 3,
  'with history': 3,
  apply: 4,
  'apply to an alias': 5,
  'apply to a new alias': 5,
};

/** Nothing waits for an answer that never comes. */
const PATIENCE_MS = 20_000;

const OPERATION = 'UpdateFunctionConfiguration';

/**
 * Plays a run of which one update, or every later one too, is accepted and fails; then what recovers.
 *
 * @param update which of the run's updates, from 1
 */
export async function failedUpdateRun(
  variant: Variant,
  { reasonCode, shows, lasting, healer }: FailedUpdateCase,
  update: number,
  options: { readonly tryNext: boolean },
): Promise<FaultedRun | null> {
  const faultCase = {
    name: `update fails ${lasting} with ${reasonCode}, the ${shows} configuration is shown`,
    fault: { reasonCode, shows },
    when: 'before',
    operation: OPERATION,
    patienceMs: PATIENCE_MS,
    lasting: lasting === 'once' ? 'call' : 'operation',
  } as const;
  return faultedRun(variant, faultCase, update, {
    ...options,
    ...(healer === undefined ? {} : { healer }),
  });
}
