import type { Unsure } from '../../contract/tune/confidence.ts';
import type { Interval } from '../../contract/tune/interval.ts';
import type { MoreMeasuring, Verdict } from '../../contract/tune/result.ts';
import type { Decision } from './decide.ts';
import type { SizeEstimate } from './size-estimate.ts';
import type { TradedAway } from './traded-away.ts';

/** What a size is believed to take and cost on average. */
export interface BelievedFigures {
  readonly durationMs: number;
  /** In the region's currency. */
  readonly costPerMillion: number;
}

/** A month of the real calls. */
export interface OfTraffic {
  readonly invocationsPerMonth: number;
  /** `null` where the payload is not like them, or is not known to be. */
  readonly savingUsdPerMonth: Interval | null;
}

/** What the sentence of a recommendation says: what to set, what it brings, what it costs in exchange. */
export interface RecommendationFacts {
  readonly verdict: Verdict;
  /** Of an inconclusive verdict, what is unsure; `null` for every other one. */
  readonly unsure: Unsure | null;
  readonly memoryMb: number;
  readonly chosen: BelievedFigures;
  readonly presentMemoryMb: number;
  /** The present size; `null` where it was not measured, or where it is the one that was chosen. */
  readonly present: BelievedFigures | null;
  /** 1 − cost ÷ present cost; `null` where the two were not compared. */
  readonly savingsFraction: Interval | null;
  /** Present duration ÷ duration. */
  readonly speedup: Interval | null;
  readonly presentTimeoutSeconds: number;
  /** `null`: no timeout is recommended. */
  readonly timeoutSeconds: number | null;
  readonly more: MoreMeasuring | null;
  /** `null` where the input does not name it. */
  readonly invocationsPerMonth: number | null;
  /** `null` where nothing is known of production. */
  readonly traffic: OfTraffic | null;
  readonly currency: 'USD' | 'CNY';
  /** Of a size that is kept, the faster one that the tolerance leaves out. */
  readonly tradedAway: TradedAway | null;
}

/** Puts together what there is to say about a decision. */
export function recommendationFacts(
  decision: Decision,
  chosen: SizeEstimate,
  present: SizeEstimate | null,
  rest: Omit<
    RecommendationFacts,
    'verdict' | 'unsure' | 'memoryMb' | 'chosen' | 'present' | 'savingsFraction' | 'speedup'
  >,
): RecommendationFacts {
  return {
    verdict: decision.verdict,
    unsure: decision.unsure,
    memoryMb: chosen.memoryMb,
    chosen: figuresOf(chosen),
    savingsFraction: decision.comparison?.savingsFraction ?? null,
    speedup: decision.comparison?.speedup ?? null,
    present: present === null || present === chosen ? null : figuresOf(present),
    ...rest,
  };
}

function figuresOf({ belief }: SizeEstimate): BelievedFigures {
  return { durationMs: belief.durationMs, costPerMillion: belief.costUsd * 1e6 };
}
