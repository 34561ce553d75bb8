import type { Observation } from '../../contract/shared/observation.ts';
import type { Result } from '../../contract/tune/result.ts';
import type { SettledInput } from '../../contract/tune/settled-input.ts';
import type { Prices } from '../../core/cost/prices.ts';
import { diedUpToMb } from '../../core/measure/died-up-to.ts';
import { peerStats, type PeerStat } from '../../core/peer/peer-stats.ts';

/** The fields of aws-lambda-power-tuning's output (README.md, "State machine output"). */
export interface PeerFields {
  readonly power: number;
  readonly cost: number | null;
  readonly duration: number | null;
  readonly stateMachine: {
    readonly executionCost: number;
    readonly lambdaCost: number;
    readonly visualization: string;
  };
  readonly stats?: readonly PeerStat[];
}

/**
 * For scripts that read the peer's output: its fields beside ours, when its input was used. Sizes at or below
 * one that ran out of memory are in none of them: scripts choose among `stats`.
 *
 * @param observations the trial as well, for it may have died
 */
export function peerFields(
  input: SettledInput,
  result: Pick<Result, 'recommendation' | 'spent'>,
  observations: readonly Observation[],
  prices: Prices,
): PeerFields | Record<string, never> {
  if (input.peer === undefined) return {};
  // The peer trims nothing where every invocation is a cold start.
  const trim = input.onlyColdStarts ? 0 : input.peer.trim;
  const died = diedUpToMb(observations);
  const counted = observations.filter(
    ({ memoryMb, cold }) => memoryMb > died && (!input.onlyColdStarts || cold === true),
  );
  const stats = peerStats(counted, trim, prices);
  const { memoryMb } = result.recommendation;
  const best = stats.find((stat) => stat.value === memoryMb);
  return {
    power: memoryMb,
    cost: best?.averagePrice ?? null,
    duration: best?.averageDuration ?? null,
    stateMachine: {
      executionCost: result.spent.stateTransitions * prices.usdPerStateTransition,
      lambdaCost: result.spent.usd,
      visualization: visualizationUrl(stats, prices.currency),
    },
    ...(input.peer.stats ? { stats } : {}),
  };
}

/** The peer's page draws what stands behind the `#`: sizes as Int16, durations and costs as Float32. */
function visualizationUrl(stats: readonly PeerStat[], currency: string): string {
  const sizes = Int16Array.from(stats, (stat) => stat.value);
  const durations = Float32Array.from(stats, (stat) => stat.averageDuration);
  const costs = Float32Array.from(stats, (stat) => stat.averagePrice);
  const hash = [sizes, durations, costs]
    .map((values) => Buffer.from(values.buffer).toString('base64'))
    .join(';');
  const query = currency === 'CNY' ? '?currency=CNY' : '';
  return `https://lambda-power-tuning.show/${query}#${hash}`;
}
