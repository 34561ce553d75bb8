import type { Noise } from './noise.ts';

/** A function whose truth is known. */
export interface BenchFunction {
  readonly name: string;
  readonly family: string;
  readonly architecture: 'x86_64' | 'arm64';
  /** True mean of warm durations. */
  readonly meanMs: (memoryMb: number) => number;
  readonly noiseAt: (memoryMb: number) => Noise;
  /** Factor on every duration at a time of the run, in ms from its start; 1 where nothing drifts. */
  readonly driftAt: (atMs: number) => number;
  readonly cold: ColdStarts;
  /** Sizes below run out of memory, every time. */
  readonly needsMb: number;
  /** What an invocation uses where it has room. */
  readonly usesMb: number;
  readonly present: { readonly memoryMb: number; readonly timeoutSeconds: number };
  /** How environments differ; alike where it is left out. */
  readonly environments?: EnvironmentNoise;
  /** What the machines do to every size alike, for as long as a stretch of a round lasts; nothing where left out. */
  readonly stretches?: StretchNoise;
  /** How much more each invocation of an environment uses than the one before. */
  readonly leakMb?: number;
}

/** What all invocations of one environment have in common. */
export interface EnvironmentNoise {
  /** Standard deviation of the logarithm of an environment's own factor, for as long as it lives. */
  readonly spread: number;
  /** Standard deviation of the logarithm of a factor that wanders from one invocation to the next. */
  readonly wander?: number;
  /** Correlation of that factor between one invocation and the next. */
  readonly alike?: number;
}

/** What changes from one round to the next, or for a while within one. */
export interface StretchNoise {
  /** Standard deviation of the logarithm of a factor that each round has of its own. */
  readonly ofRound: number;
  /** Now and then a third of a round's invocations, one after the other, take so many times as long. */
  readonly burst?: { readonly share: number; readonly times: number };
}

export interface ColdStarts {
  readonly initMs: number;
  readonly initNoise: Noise;
  /** The handler's first run takes so many times the mean of a warm one. */
  readonly handlerFactor: number;
  readonly handlerNoise: Noise;
  /** Share of environments that Lambda initialised ahead: their first run is slow, yet not marked cold. */
  readonly aheadShare: number;
}
