/**
 * When a check looks at its numbers: shares of the invocations that it may make. Fixed beforehand, so
 * that what each look may spend of the false-alarm rate is fixed too.
 */
export const LOOK_SHARES = [0.15, 0.3, 0.6, 1] as const;

/** Shares of the two error rates. */
export interface LookShare {
  /** The share of the rate of false alarms that a look may spend. */
  readonly alarm: number;
  /** The share of the rate at which a change of just the limit is let pass. */
  readonly miss: number;
}

/** A check that looks only once spends everything on that look. */
export const ONLY_LOOK: LookShare = { alarm: 1, miss: 1 };

/**
 * Regressions are wanted early, so alarms are spent early: the Pocock-like function ln(1 + (e − 1) t).
 * What passes is mostly told from a small regression by many invocations: misses are spent late, by t^1.5.
 */
const SPENDING: { readonly [Rate in keyof LookShare]: (t: number) => number } = {
  alarm: (t) => Math.log(1 + (Math.E - 1) * t),
  miss: (t) => t ** 1.5,
};

/**
 * Tells what a look may spend of the error rates, so that all looks together stay within them: the increments
 * of spending functions (Lan and DeMets, Biometrika 70, 1983; the power family: Kim and DeMets, Biometrika
 * 74, 1987).
 *
 * Each look is then tested at its own share as if it were the only one (Bonferroni's inequality over the
 * looks). The usual boundaries are a little narrower, but rest on increments being independent, and
 * they are not: environments, and what is peculiar to them, stay from look to look.
 *
 * @param look from 1
 */
export function shareOfLook(look: number, shares: readonly number[] = LOOK_SHARES): LookShare {
  const spentOn = (rate: keyof LookShare): number => {
    const spent = (index: number): number => (index < 0 ? 0 : SPENDING[rate](shares[index] ?? 1));
    return spent(look - 1) - spent(look - 2);
  };
  return { alarm: spentOn('alarm'), miss: spentOn('miss') };
}
