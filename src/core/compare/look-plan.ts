import { LOOK_SHARES } from './alpha-spending.ts';

/** What one look needs before it: totals since the start of the check. */
export interface Look {
  /** From 1. */
  readonly number: number;
  /** Invocations of each side, cold ones included. */
  readonly invocationsPerSide: number;
  /** Environments of each side that are invoked at once. */
  readonly environmentsPerSide: number;
}

/**
 * More environments with every look: what is peculiar to one of them is not evidence about the code,
 * and where the first look is undecided it is often because they differ.
 */
const ENVIRONMENTS = [8, 16, 24, 32] as const;

/** Below this, an environment would hardly serve a warm invocation. */
const LEAST_PER_ENVIRONMENT = 3;

/** Fewer environments of a side say nothing about how much environments differ. */
export const LEAST_ENVIRONMENTS = 4;

/**
 * Returns the looks of a check.
 *
 * @param maxInvocations of all sides together
 * @param mostEnvironments that the account, the function or the machine lets a side have at once
 */
export function planLooks(options: {
  readonly maxInvocations: number;
  readonly sides: 1 | 2;
  readonly mostEnvironments: number;
}): readonly Look[] {
  const { maxInvocations, sides, mostEnvironments } = options;
  const most = Math.floor(maxInvocations / sides);
  return LOOK_SHARES.map((share, index) => {
    const invocationsPerSide = Math.max(1, Math.round(most * share));
    const fitting = Math.floor(invocationsPerSide / LEAST_PER_ENVIRONMENT);
    const wanted = Math.max(LEAST_ENVIRONMENTS, Math.min(ENVIRONMENTS[index] ?? 8, fitting));
    return {
      number: index + 1,
      invocationsPerSide,
      environmentsPerSide: Math.max(1, Math.min(wanted, mostEnvironments, invocationsPerSide)),
    };
  });
}
