import type { PayloadJudgement, Traffic } from '../../contract/history/traffic.ts';
import type { SettledInput } from '../../contract/tune/settled-input.ts';
import type { Candidate } from '../recommend/eligible.ts';
import type { BucketedDurations } from '../history/bucketed-durations.ts';
import { fittingWeights } from './fitting-weights.ts';
import { judgePayload, type MeanFound } from './judge-payload.ts';
import { unpackDurations } from './packed-durations.ts';
import { turnsChoice } from './turns-choice.ts';

/** What production says of what was measured and chosen. */
export interface Grounds {
  readonly traffic: Traffic;
  readonly warm: BucketedDurations;
  readonly payload: PayloadJudgement;
  /** Shares of several payloads that would fit the real calls better. */
  readonly weights: readonly number[] | null;
  /** Whether another size may be the one to choose for the real calls. */
  readonly mayTurn: boolean;
}

export interface MeasuredChoice {
  readonly input: SettledInput;
  /** The sizes that may be chosen, ascending. */
  readonly candidates: readonly Candidate[];
  readonly chosen: Candidate;
  /** The present size, where it was measured. */
  readonly present: Candidate | undefined;
  readonly basis: 'warm' | 'cold';
  readonly kneeMb: number;
  readonly usdPerMs: (memoryMb: number) => number;
}

export function groundChoice(traffic: Traffic, choice: MeasuredChoice): Grounds {
  const { present, basis } = choice;
  const warm = unpackDurations(traffic.warm);
  const isSeen = present !== undefined && basis === 'warm' && present.sample.warm.length > 0;
  const payload = judgePayload(isSeen ? meanFound(present) : null, warm);
  return {
    traffic,
    warm,
    payload,
    weights: isSeen ? fittingWeights(payloadValues(present, choice.input), warm) : null,
    mayTurn: isSeen && payload.verdict === 'unlike' && mayTurn(payload, present, choice),
  };
}

function meanFound({ estimate: { belief } }: Candidate): MeanFound {
  return {
    meanMs: belief.durationMs,
    relativeError: Math.hypot(belief.relativeError, belief.sharedError),
    farReach: belief.farReach,
  };
}

function payloadValues({ sample }: Candidate, { payloads }: SettledInput) {
  const total = payloads.reduce((sum, { weight }) => sum + weight, 0);
  return payloads.map(({ weight }, index) => ({
    share: weight / total,
    durationsMs: sample.warm.flatMap(({ payload, durationMs }) =>
      payload === index ? [durationMs] : [],
    ),
  }));
}

function mayTurn(
  { ratio, productionMs }: PayloadJudgement,
  present: Candidate,
  { input, candidates, chosen, kneeMb, usdPerMs }: MeasuredChoice,
): boolean {
  if (ratio === null) return false;
  const beliefOf = ({ memoryMb, estimate: { belief } }: Candidate) => {
    return { memoryMb, durationMs: belief.durationMs, costUsd: belief.costUsd };
  };
  const next = beliefOf(chosen);
  const now = beliefOf(present);
  // Most real calls, moved by what was measured, already break a limit that is meant for one in twenty.
  const p95 = input.limits?.durationMs?.p95 ?? input.limits?.durationMs?.p99 ?? Infinity;
  const p90 = ((productionMs.p90 ?? 0) * next.durationMs) / now.durationMs;
  if (p90 > p95) return true;
  return turnsChoice({
    goal: input.goal,
    sizes: candidates.map(beliefOf),
    chosenMb: chosen.memoryMb,
    present: now,
    times: 1 / ratio.estimate,
    kneeMb,
    usdPerMs,
  });
}
