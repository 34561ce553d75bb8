import type { Round } from '../../contract/tune/state.ts';
import { believe, type Belief } from '../recommend/beliefs.ts';
import { limitProbability } from '../recommend/limit-probability.ts';
import { sizeSamples, weightedBy, type SizeSample } from '../recommend/size-sample.ts';
import { deadSizes } from './dead-sizes.ts';
import { newSizes } from './new-sizes.ts';
import { isSettled, outlook, type Outlook } from './outlook.ts';
import { PLAN_RULES } from './plan-rules.ts';
import type { PlanRequest } from './plan-request.ts';

/** A size to measure, and what that is expected to cost. */
export type WantedSize = Round['sizes'][number] & { readonly expectedUsd: number };

/** Curves drawn to look ahead; what is planned need not be exact. */
const DRAWS = 300;

/** Warm invocations of an earlier round that a later one can be compared by. */
const LEAST_TO_COMPARE = 2;

export interface NextCounts {
  /** Empty where nothing is open any more. */
  readonly sizes: readonly WantedSize[];
  /** What 50 invocations of every size that was measured would cost. */
  readonly fiftyEachUsd: number;
}

const NOTHING: NextCounts = { sizes: [], fiftyEachUsd: 0 };

/** Tells what the next adaptive round should hold. */
export function nextCounts(request: PlanRequest): NextCounts {
  const { input, target, observations } = request;
  const samples = sizeSamples(
    observations,
    request,
    input.payloads.map(({ weight }) => weight),
  );
  const dead = deadSizes(request, [...samples.values()]);
  const known = [...samples.values()].filter(
    ({ memoryMb, warm, cold }) => !dead.has(memoryMb) && warm.length + cold.length > 0,
  );
  if (known.length === 0) return NOTHING;
  const candidates = newSizes.candidates(request, [...samples.keys()], known);
  const beliefs = believe(known, {
    ...request,
    basis: known.some(({ warm }) => warm.length > 0) ? 'warm' : 'cold',
    coldShare: input.coldShare,
    seed: input.seed,
    draws: DRAWS,
    unseen: candidates,
  });
  const everyMeasured = beliefs.sizes.slice(0, known.length);
  const keeps = limitProbabilities(request, everyMeasured, samples);
  const within = everyMeasured.filter(
    ({ memoryMb }) => (keeps.get(memoryMb) ?? 1) >= PLAN_RULES.breaksLimitsAt,
  );
  const measured = within.length > 0 ? within : everyMeasured;
  const unseen = beliefs.sizes.slice(known.length);
  const ahead = outlook(input.goal, measured);
  const added = newSizes.worthMeasuring(request, measured, ahead, unseen);
  const isUnsureOfLimits = (keeps.get(ahead.choice.memoryMb) ?? 1) < PLAN_RULES.keepsLimitsAt;
  const growth = Math.min(
    PLAN_RULES.mostGrowth,
    Math.max(isUnsureOfLimits ? 2 : 1.5, ahead.expectedLoss / PLAN_RULES.settledAtLoss),
  );
  const firstLook = Math.max(
    2,
    Math.min(...known.map(({ warm, cold }) => warm.length + cold.length)),
  );
  const open = [
    ...openSizes(ahead, everyMeasured, measured, target.memoryMb, isUnsureOfLimits),
  ].map((size) => growCount(size, samples.get(size.memoryMb), growth));
  const reference =
    open.length + added.length === 0
      ? []
      : referenceFor(ahead.choice, everyMeasured, open, firstLook);
  const looks = added.map(({ memoryMb, costUsd }) => ({
    memoryMb,
    warm: firstLook,
    cold: input.coldStarts,
    expectedUsd: costUsd * (firstLook + 2 * input.coldStarts),
  }));
  return {
    sizes: [...open, ...reference, ...looks].filter(({ warm }) => warm > 0),
    fiftyEachUsd: everyMeasured.reduce((sum, { costUsd }) => sum + 50 * costUsd, 0),
  };
}

/**
 * What the machines do during one round must not look like a property of the sizes that were measured in it.
 * So a later round holds a size that earlier ones knew warm, to compare the times by: the choice, or else
 * the one that is known best.
 */
function referenceFor(
  choice: Belief,
  measured: readonly Belief[],
  open: readonly WantedSize[],
  count: number,
): readonly WantedSize[] {
  const known = measured.filter((size) => size.count >= LEAST_TO_COMPARE);
  const isLinked = open.some((each) => known.some(({ memoryMb }) => memoryMb === each.memoryMb));
  const reference = known.includes(choice)
    ? choice
    : known.toSorted((a, b) => a.relativeError - b.relativeError || a.costUsd - b.costUsd)[0];
  if (isLinked || reference === undefined) return [];
  const { memoryMb, costUsd } = reference;
  return [{ memoryMb, warm: count, cold: 0, expectedUsd: count * costUsd }];
}

function limitProbabilities(
  { input }: PlanRequest,
  beliefs: readonly Belief[],
  samples: ReadonlyMap<number, SizeSample>,
): ReadonlyMap<number, number> {
  if (input.limits === undefined) return new Map();
  return new Map(
    beliefs.map((belief) => {
      const warm = samples.get(belief.memoryMb)?.warm ?? [];
      const durations = weightedBy(warm, ({ durationMs }) => durationMs);
      return [belief.memoryMb, limitProbability(input.limits, belief, durations)];
    }),
  );
}

/** Sizes that could still be chosen and are known worst, and the present one to compare with. */
function openSizes(
  ahead: Outlook,
  every: readonly Belief[],
  sizes: readonly Belief[],
  presentMemoryMb: number,
  choiceMayBreakLimits: boolean,
): ReadonlySet<Belief> {
  const { choice, chances } = ahead;
  const open = new Set<Belief>();
  if (!isSettled(ahead)) {
    const contenders = sizes.filter(
      (size, index) => size === choice || (chances[index] ?? 0) >= PLAN_RULES.contendsAt,
    );
    const worst = Math.max(
      0,
      ...contenders.filter(isReducible).map(({ relativeError }) => relativeError),
    );
    for (const size of contenders) {
      const isSeenWarm = size.count > 0;
      if (isSeenWarm && !isReducible(size)) continue;
      // What looks best may have been lucky: measuring its rivals alone would not show it.
      const waits = size !== choice && size.relativeError < PLAN_RULES.waitsBelow * worst;
      if (!isSeenWarm || !waits) open.add(size);
    }
  }
  // What rests on next to nothing is a guess, however sure.
  if (choice.count < PLAN_RULES.leastOfChoice || choiceMayBreakLimits) open.add(choice);
  const present = every.find(({ memoryMb }) => memoryMb === presentMemoryMb);
  if (present === undefined) return open;
  const isUnknown = present.count < PLAN_RULES.leastOfPresent;
  if (isUnknown || present.relativeError > PLAN_RULES.presentError) open.add(present);
  return open;
}

/** More invocations of the same environments tell ever less of how environments differ. */
function isReducible({ environmentPart }: Belief): boolean {
  return 1 - environmentPart >= PLAN_RULES.reducible;
}

function growCount(size: Belief, sample: SizeSample | undefined, growth: number): WantedSize {
  const count = Math.max(1, sample?.warm.length ?? 0, Math.min(4, sample?.cold.length ?? 0));
  const warm = Math.min(
    Math.max(Math.ceil(count * (growth - 1)), PLAN_RULES.leastOfChoice - size.count),
    PLAN_RULES.mostPerSize - (sample?.warm.length ?? 0),
  );
  return { memoryMb: size.memoryMb, warm, cold: 0, expectedUsd: warm * size.costUsd };
}
