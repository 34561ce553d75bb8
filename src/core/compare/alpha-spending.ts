/**
 * When a check looks at its numbers: shares of the invocations that it may make. Fixed beforehand, so
 * that what each look may spend of the false-alarm rate is fixed too.
 */
export const LOOK_SHARES = [0.15, 0.3, 0.6, 1] as const;

/**
 * What a look may spend of an error rate, so that all looks together stay within it: the increments of
 * the Pocock-like spending function ln(1 + (e − 1) t) of Lan and DeMets (Biometrika 70, 1983).
 *
 * Each look is then tested at its own share as if it were the only one (Bonferroni's inequality over the
 * looks). The usual boundaries are a little narrower, but rest on increments being independent, and
 * they are not: environments, and what is peculiar to them, stay from look to look.
 *
 * @param look from 1
 */
export function shareOfLook(look: number, shares: readonly number[] = LOOK_SHARES): number {
  const spent = (index: number): number =>
    index < 0 ? 0 : Math.log(1 + (Math.E - 1) * (shares[index] ?? 1));
  return spent(look - 1) - spent(look - 2);
}
