import type { Round } from '../../contract/tune/state.ts';
import { payloadSequence } from '../payload/payload-sequence.ts';
import { seededRandom, shuffle, type Random } from '../../contract/shared/random.ts';

/** One invocation to make. */
export interface ScheduledInvocation {
  readonly memoryMb: number;
  /** Index into the run's payloads. */
  readonly payload: number;
  /** Which of the size's versions it goes to: cold starts beyond one burst need fresh ones. */
  readonly version: number;
  /** Invocations of one burst start together, so that each needs an environment of its own; `null`: no burst. */
  readonly burst: number | null;
}

/**
 * Returns the order of a round's invocations, from its seed and nothing else. First the bursts that provoke
 * cold starts, while no environment is warm; then shuffled blocks, each holding every size once with the same
 * payload, so that drift and payloads hit all sizes alike (randomised complete blocks).
 *
 * @param concurrency the most invocations of one burst
 */
export function schedule(
  round: Round,
  options: {
    readonly seed: number;
    readonly weights: readonly number[];
    readonly concurrency: number;
  },
): readonly ScheduledInvocation[] {
  const random = seededRandom(options.seed, round.number);
  return [...coldBursts(round, options, random), ...blocks(round, options, random)];
}

/**
 * Tells how many versions of one size its cold starts need: one environment serves its next invocation warm.
 */
export function versionsNeeded(cold: number, concurrency: number): number {
  return Math.max(1, Math.ceil(cold / concurrency));
}

/** Tells how many versions a round needs, of all its sizes together. */
export function versionsOfRound(
  sizes: readonly { readonly cold: number }[],
  concurrency: number,
): number {
  return sizes.reduce((sum, { cold }) => sum + versionsNeeded(cold, concurrency), 0);
}

function coldBursts(
  round: Round,
  options: { readonly weights: readonly number[]; readonly concurrency: number },
  random: Random,
): readonly ScheduledInvocation[] {
  let burst = 0;
  return round.sizes.flatMap(({ memoryMb, cold, coldFrom = 0 }) => {
    const payloads = payloadSequence(cold, options.weights, random);
    const first = burst;
    burst += cold === 0 ? 0 : versionsNeeded(cold, options.concurrency);
    return payloads.map((payload, index) => {
      const version = Math.floor(index / options.concurrency);
      return { memoryMb, payload, version: coldFrom + version, burst: first + version };
    });
  });
}

function blocks(
  round: Round,
  { weights, concurrency }: { readonly weights: readonly number[]; readonly concurrency: number },
  random: Random,
): readonly ScheduledInvocation[] {
  const warm = round.sizes.filter((size) => size.warm > 0);
  const most = Math.max(0, ...warm.map((size) => size.warm));
  // Sizes that are invoked equally often share a sequence, and so a payload in every block.
  const counts = weights.length < 2 ? [most] : [...new Set(warm.map((size) => size.warm))];
  const coldFirst = Math.ceil(concurrency / Math.max(1, warm.length));
  const sequences = new Map(
    counts.map((count) => [count, payloadSequence(count, weights, random, coldFirst)]),
  );
  return Array.from({ length: most }, (_, block) => {
    const sizes = warm.filter((size) => size.warm > block);
    return shuffle(sizes, random).map((size) => ({
      memoryMb: size.memoryMb,
      payload: (sequences.get(size.warm) ?? sequences.get(most))?.[block] ?? 0,
      version: 0,
      burst: null,
    }));
  }).flat();
}
