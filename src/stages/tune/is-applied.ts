import type { Verdict } from '../../contract/tune/result.ts';
import type { SettledInput } from '../../contract/tune/settled-input.ts';

/**
 * Tells whether a run with this verdict goes on to Apply, as the state `Apply?` decides it: to change, where
 * the input asks for it. The peer also publishes and points its alias where the size stays, and pipelines
 * wait for that release: with its input a `keep` does so at the present size.
 */
export function isApplied({ apply, peer }: SettledInput, verdict: Verdict): boolean {
  if (verdict === 'change') return apply !== false;
  const alias = typeof apply === 'object' ? apply.alias : undefined;
  return verdict === 'keep' && peer !== undefined && alias !== undefined;
}
