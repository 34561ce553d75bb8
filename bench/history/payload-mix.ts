import { seededRandom, standardNormal, type Random } from '../../src/contract/shared/random.ts';
import type { BenchFunction } from '../decisions/bench-function.ts';
import { between, logBetween } from '../decisions/random-parameters.ts';

/** A kind of call: how long it takes, as a multiple of the mean call, and how much more of it is waiting. */
interface Kind {
  readonly share: number;
  readonly scale: number;
  /** Waiting beside the measured curve, as a part of the present duration. */
  readonly waits: number;
}

/** A function with calls of several kinds, and how many there are. */
export interface MixedFunction {
  readonly bench: BenchFunction;
  readonly kinds: readonly Kind[];
  readonly calls: number;
  readonly coldShare: number;
}

/** A measured curve, or a generated one, with two to five kinds of calls. Kinds differ in length and in waiting. */
export function mixedFunction(bench: BenchFunction, seed: number): MixedFunction {
  const random = seededRandom(seed, bench.name.length + Math.round(bench.meanMs(512) * 100));
  const spread = between(random, 0, 0.8);
  const kinds = Array.from({ length: 2 + Math.floor(4 * random()) }, () => ({
    share: 0.05 + random(),
    scale: Math.exp(spread * standardNormal(random)),
    waits: between(random, 0, 0.5),
  }));
  const total = kinds.reduce((sum, { share }) => sum + share, 0);
  const mean = kinds.reduce((sum, { share, scale }) => sum + (share / total) * scale, 0);
  return {
    bench,
    kinds: kinds.map((kind) => ({
      ...kind,
      share: kind.share / total,
      scale: kind.scale / mean,
    })),
    calls: Math.round(logBetween(random, 300, 20_000)),
    coldShare: logBetween(random, 0.001, 0.05),
  };
}

/** The mean of calls of a kind; at the present size that of the curve times its scale. */
export function meanOfKind(
  bench: BenchFunction,
  kind: Omit<Kind, 'share'>,
  memoryMb: number,
): number {
  const nowMs = bench.meanMs(bench.present.memoryMb);
  return (kind.scale * (bench.meanMs(memoryMb) + kind.waits * nowMs)) / (1 + kind.waits);
}

export function meanOfTraffic({ bench, kinds }: MixedFunction, memoryMb: number): number {
  return kinds.reduce((sum, kind) => sum + kind.share * meanOfKind(bench, kind, memoryMb), 0);
}

/** One call of the traffic. */
export function drawCall(mixed: MixedFunction, memoryMb: number, random: Random): number {
  let left = random();
  const kind = mixed.kinds.find(({ share }) => (left -= share) < 0) ?? mixed.kinds[0];
  if (kind === undefined)
    throw new RangeError('Could not draw a call: wanted a kind, there is none.');
  return meanOfKind(mixed.bench, kind, memoryMb) * mixed.bench.noiseAt(memoryMb)(random);
}

/** What an experiment with the whole mix as payloads meets. */
export function wholeMix(mixed: MixedFunction): BenchFunction {
  const { bench } = mixed;
  return {
    ...bench,
    name: `${bench.name}, whole mix`,
    meanMs: (memoryMb) => meanOfTraffic(mixed, memoryMb),
    noiseAt: (memoryMb) => (random) =>
      drawCall(mixed, memoryMb, random) / meanOfTraffic(mixed, memoryMb),
  };
}

/** What an experiment meets with one payload that takes so many times as long as the mean call. */
export function onePayload({ bench }: MixedFunction, times: number, waits: number): BenchFunction {
  return {
    ...bench,
    name: `${bench.name}, one payload × ${times}`,
    meanMs: (memoryMb) => meanOfKind(bench, { scale: times, waits }, memoryMb),
  };
}
