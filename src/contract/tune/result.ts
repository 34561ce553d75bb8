import type { Machine } from '../shared/machine.ts';
import type { Goal } from './goal.ts';
import type { CompressedObservations, ObservationTable } from '../shared/observation.ts';
import type { Warning } from '../shared/warnings/warning.ts';
import type { SettledInput } from './state.ts';
import type { SizeReason } from './size-reason.ts';

/** A point with its 95 % interval. */
export interface Interval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

export type Verdict = 'change' | 'keep' | 'inconclusive';

export type SizeOutcome = 'measured' | 'out-of-memory' | 'timeout' | 'failed' | 'refused';

/** Warm durations of one size; every number is `null` where nothing was measured. */
export interface DurationSummary {
  readonly mean: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly max: number | null;
}

/** What one payload of several took and cost at a size: warm invocations only, as far as there are any. */
export interface PayloadResult {
  /** Index into `input.payloads`, which has its hash and its weight. */
  readonly payload: number;
  /** Its share of the invocations, by weight: what it counts for in the means of the size. */
  readonly share: number;
  readonly invocations: number;
  readonly errors: number;
  readonly durationMs: {
    readonly mean: number | null;
    readonly low: number | null;
    readonly high: number | null;
    readonly max: number | null;
  };
  readonly costUsdPerMillion: { readonly mean: number | null };
}

export interface SizeResult {
  readonly memoryMb: number;
  readonly outcome: SizeOutcome;
  /** Why it is not plainly measured, for people; `null` where it is. */
  readonly reason: string | null;
  /** The same for programs; results of earlier versions have none. */
  readonly reasonFacts?: SizeReason | null;
  readonly invocations: number;
  readonly coldStarts: number;
  /** Invocations that ended in an error, a timeout, out of memory or were lost. */
  readonly errors: number;
  readonly durationMs: DurationSummary;
  /** `null` without cold starts. */
  readonly initMs: { readonly mean: number; readonly p50: number; readonly max: number } | null;
  readonly billedMs: { readonly mean: number | null };
  readonly maxMemoryUsedMb: number | null;
  /** Execution environments that served the size: told apart by log streams, else its cold starts are counted. */
  readonly environments?: number;
  /** What is believed of the means, given all sizes together: choices, savings and speed-ups go by it. */
  readonly believed?: {
    readonly durationMs: number;
    readonly costUsdPerMillion: number;
  } | null;
  /**
   * Each payload, where there are several; where these and the sizes are many, of the recommended size and
   * the present one only.
   */
  readonly payloads?: readonly PayloadResult[];
  /** Warm invocations that took far longer than the others of their payload; they are in every figure. */
  readonly outliers?: number;
  readonly costUsdPerMillion: {
    readonly mean: number | null;
    readonly low: number | null;
    readonly high: number | null;
  };
}

export interface TimeoutResult {
  readonly recommendedSeconds: number | null;
  readonly quantileMs: { readonly estimate: number | null; readonly high: number | null };
  readonly basis: 'observations' | 'fitted-tail' | 'insufficient';
  /** Callers that wait for the function, and how long. */
  readonly limits: readonly { readonly source: string; readonly maxSeconds: number | null }[];
  /** How the present timeout does; `null` where too little is known to say. */
  readonly present?: 'fits' | 'too-tight' | 'too-loose' | null;
  /** What one call that hangs until the timeout costs, at the recommended size. */
  readonly hungCallUsd?: { readonly present: number | null; readonly recommended: number | null };
  /** Where the basis is insufficient: how many warm observations a bound takes at least. */
  readonly neededObservations?: number | null;
  /** What the warm observations of the size bound without any assumption: at most this share takes longer. */
  readonly observed?: {
    readonly ms: number;
    readonly exceededByAtMost: number;
    readonly confidence: number;
  } | null;
}

/** What more measuring would cost until the verdict is not inconclusive, as far as can be foreseen. */
export interface MoreMeasuring {
  readonly invocations: number;
  readonly usd: number;
}

/** A month at the traffic that the input names. Free tier, volume tiers and savings plans are left out. */
export interface MonthlyFigures {
  readonly invocations: number;
  readonly usd: number;
  /** At the present size; `null` where that was not measured. */
  readonly presentUsd: number | null;
  /** `null` where the present size was not measured. */
  readonly savedUsd: Interval | null;
  /** What cold starts are of `usd`, at the input's share; `null` where none was seen. */
  readonly coldStartsUsd: number | null;
}

/** The mean duration over memory, as believed: sizes that were not measured too. */
export interface CurveResult {
  /** Memory beyond which the function most probably gains nothing. */
  readonly kneeMb: number;
  readonly points: readonly {
    readonly memoryMb: number;
    readonly durationMs: Interval;
    readonly costUsdPerMillion: Interval;
  }[];
}

/** A size that was not recommended, and the probability that it is what the goal asks for. */
export interface RunnerUp {
  readonly memoryMb: number;
  readonly probability: number;
}

/**
 * What keeps a verdict from being `change` or `keep`: that the choice is good enough, that the present size
 * is as good (the choice is sure then), that the limits are kept, or that there are values enough to judge.
 */
export interface Unsure {
  readonly what:
    | 'choice'
    | 'present-size'
    | 'limits'
    | 'few-observations'
    | 'payloads'
    | 'repeats'
    | 'interrupted';
  /** `null` where nothing tells: with too few observations, or where other things were measured than wanted. */
  readonly probability: number | null;
}

export interface Confidence {
  /**
   * Probability that the recommended size is, within `tolerance`, what the goal asks for. Best-value: cheap
   * enough, and as fast as the fastest that is.
   */
  readonly withinTolerance: number | null;
  /** The size that is it most probably, of the others; `null` where there is no other. */
  readonly runnerUp?: RunnerUp | null;
  /** Of an inconclusive verdict, what is unsure, and how probable it is; `null` for every other one. */
  readonly unsure?: Unsure | null;
  readonly tolerance: number;
  /** Against the current setting; `null` where that was not measured. */
  readonly savingsFraction: Interval | null;
  readonly speedup: Interval | null;
}

export interface ResultSpent {
  readonly invocations: number;
  readonly gbSeconds: number;
  readonly usd: number;
  readonly stateTransitions: number;
  /** The state transitions, and in the cloud the workflow's own functions. */
  readonly workflowUsd: number;
  /** The workflow's own functions, at most; `null` where it was played here, without any. */
  readonly stages?: { readonly gbSeconds: number; readonly usd: number } | null;
  readonly wallSeconds: number;
  /** How long $LATEST was changed in all, for versions to be published; `null` where nobody can tell. */
  readonly latestChangedSeconds?: number | null;
}

/** What a run answers: the execution's output, and `--json`. Keys are promises (`docs/result.md`). */
export interface Result {
  readonly schemaVersion: 1;
  readonly emulated: boolean;
  /** How the CPU share was made, and for processes on which machine. */
  readonly emulation?: { readonly cpu: string; readonly machine?: Machine };
  readonly verdict: Verdict;
  readonly recommendation: {
    readonly memoryMb: number;
    /** `null`: no timeout is recommended. */
    readonly timeoutSeconds: number | null;
    readonly sentence: string;
  };
  readonly target: {
    readonly function: string;
    readonly architecture: string;
    readonly region: string;
    readonly runtime: string | null;
  };
  readonly input: SettledInput;
  readonly current: { readonly memoryMb: number | null; readonly timeoutSeconds: number | null };
  readonly confidence: Confidence;
  readonly sizes: readonly SizeResult[];
  readonly timeout: TimeoutResult;
  /** Only where the verdict is inconclusive; `null` also where no number of invocations would settle it. */
  readonly more?: MoreMeasuring | null;
  readonly monthly?: MonthlyFigures | null;
  readonly curve?: CurveResult | null;
  /** How everything became slower or faster during the run: slowest period ÷ fastest − 1. */
  readonly drift?: { readonly swing: number } | null;
  readonly spent: ResultSpent;
  readonly observations: ObservationTable | CompressedObservations;
  readonly warnings: readonly Warning[];
  /** What was applied, where the input asked for it. */
  readonly applied?: {
    readonly memoryMb: number;
    readonly timeoutSeconds: number;
    readonly alias: string | null;
    readonly version: string | null;
  } | null;
}

export type { Goal };
