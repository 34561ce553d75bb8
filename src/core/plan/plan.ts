import { inputSchema } from '../../contract/tune/input.ts';
import { mostAllowed } from './most-allowed.ts';
import type { Round } from '../../contract/tune/state.ts';
import type { Variant } from '../../contract/tune/publishing.ts';
import type { SettledInput } from '../../contract/tune/settled-input.ts';
import { allSizes, likelySizes } from './candidate-sizes.ts';
import { firstCount } from './first-round.ts';
import { missingCounts, mostCounted, mostToComplete } from './missing-counts.ts';
import { nextCounts, type WantedSize } from './next-counts.ts';
import { MOST_ADAPTIVE, MOST_ADDED, PLAN_RULES } from './plan-rules.ts';
import type { PlanReason, RefusedSize } from './plan-reason.ts';
import { automaticSizes, refusedSizes } from './safe-sizes.ts';
import type { PlanRequest } from './plan-request.ts';

export type { PlanRequest };

export type PlanDecision = (
  | { readonly kind: 'measure'; readonly round: Round; readonly reason: PlanReason }
  | { readonly kind: 'enough'; readonly reason: PlanReason }
) & {
  /** Sizes of the input that are not tried, with the reason: only the first decision has any. */
  readonly refused: readonly RefusedSize[];
};

type SizeCount = Round['sizes'][number];

/**
 * Tells what to measure next, or that it is enough. Fixed counts are one round, honoured exactly; with `auto`
 * a small first round over all sizes is followed by rounds that double up on those that may still win. Pure
 * and deterministic. What a round may spend is held by Measure; here expected costs keep rounds within what
 * is left.
 */
export function plan(request: PlanRequest): PlanDecision {
  const { input, roundsDone, observations } = request;
  if (roundsDone === 0) return firstRound(request);
  if (roundsDone >= PLAN_RULES.mostRounds) {
    return stopPlanning({ code: 'most-rounds-measured', rounds: PLAN_RULES.mostRounds });
  }
  const found = sizesFoundSafe(request);
  if (found.length > 0) {
    return lookAt(request, found, { code: 'first-look-at-safe-sizes' });
  }
  if (input.invocations !== 'auto') {
    return completeCounts(request) ?? stopPlanning({ code: 'counts-of-input-measured' });
  }
  const { sizes: wanted, fiftyEachUsd } = nextCounts(request);
  if (wanted.length === 0) {
    return completeCounts(request) ?? stopPlanning({ code: 'decision-settled' });
  }
  const mostUsd = budgetUsd(input, fiftyEachUsd);
  const affordable = withinBudget(wanted, mostUsd - request.spentUsd);
  const most = mostInvocations(input, request.target);
  const left = most - observations.length;
  const sizes = withinCount(affordable, left);
  if (sizes.length === 0) {
    if (left <= 0) return stopPlanning({ code: 'most-invocations-made', mostInvocations: most });
    return mostUsd < input.maxUsd && request.spentUsd < input.maxUsd
      ? stopPlanning({ code: 'as-much-as-brute-force', usd: mostUsd })
      : stopPlanning({ code: 'budget-used-up', maxUsd: input.maxUsd });
  }
  return {
    kind: 'measure',
    round: { number: roundsDone + 1, sizes },
    reason: { code: 'may-be-best', memorySizesMb: sizes.map(({ memoryMb }) => memoryMb) },
    refused: [],
  };
}

/**
 * Returns the most invocations that the rounds of a run can make, for people to see before it starts. Above
 * what is allowed the input asks for more than a run may: `plan` would cut every size short alike.
 */
export function mostInvocations(
  input: SettledInput,
  target: { readonly memoryMb: number },
): number {
  const first = sizesOfInput(input, target.memoryMb).length;
  const { invocations } = input;
  if (invocations !== 'auto') return mostCounted({ ...input, invocations }, first);
  const completing = mostToComplete(input, first);
  const sizes = mostSizes(input, target);
  // The first round holds every payload, on environments some of which are new.
  const { payloads, concurrency } = input;
  const perSize = payloads.length < 2 ? 20 : Math.max(20, payloads.length + concurrency);
  const warm = Math.min(sizes * PLAN_RULES.mostPerSize, Math.max(MOST_ADAPTIVE, perSize * first));
  return Math.min(mostAllowed(input), warm + sizes * (input.coldStarts + completing.cold));
}

/** Returns the most sizes that the rounds of a run can measure. */
export function mostSizes(
  input: Pick<SettledInput, 'memorySizes' | 'invocations'>,
  target: { readonly memoryMb: number },
): number {
  const added = input.invocations === 'auto' && input.memorySizes === 'auto' ? MOST_ADDED : 0;
  return sizesOfInput(input, target.memoryMb).length + added;
}

function sizesOfInput(
  input: Pick<SettledInput, 'memorySizes'>,
  presentMemoryMb: number,
): readonly number[] {
  switch (input.memorySizes) {
    case 'auto':
      return likelySizes(presentMemoryMb);
    case 'all':
      return allSizes();
    default:
      return input.memorySizes.toSorted((a, b) => a - b);
  }
}

function firstRound(request: PlanRequest): PlanDecision {
  const { input, target } = request;
  if (input.memorySizes === 'auto') {
    const memorySizes = automaticSizes(request);
    return memorySizes.length === 0
      ? stopPlanning({ code: 'died-at-largest-size' })
      : lookAt(request, memorySizes, { code: 'first-look' });
  }
  const listed = sizesOfInput(input, target.memoryMb);
  const refused = refusedSizes(request, listed);
  const memorySizes = listed.filter((size) => refused.every(({ memoryMb }) => memoryMb !== size));
  return memorySizes.length === 0
    ? { ...stopPlanning({ code: 'every-size-too-small' }), refused }
    : { ...lookAt(request, memorySizes, { code: 'sizes-of-input' }), refused };
}

/** Returns a round over sizes that were not measured yet. */
function lookAt(
  request: PlanRequest,
  memorySizes: readonly number[],
  reason: PlanReason,
): PlanDecision {
  const { input, roundsDone, observations } = request;
  const warm = input.invocations === 'auto' ? firstCount(request, memorySizes) : input.invocations;
  const wanted = memorySizes.map((memoryMb) => ({ memoryMb, warm, cold: input.coldStarts }));
  const most = mostAllowed(input);
  const sizes = withinCount(wanted, most - observations.length);
  return sizes.length === 0
    ? stopPlanning({ code: 'too-many-invocations', mostInvocations: most })
    : { kind: 'measure', round: { number: roundsDone + 1, sizes }, reason, refused: [] };
}

/**
 * Returns a round that makes the counts of the input come true, where they have not; `null` where they have.
 */
function completeCounts(request: PlanRequest): PlanDecision | null {
  const { input, roundsDone, observations } = request;
  const left = mostInvocations(input, request.target) - observations.length;
  const sizes = withinCount(missingCounts(request), left);
  if (sizes.length === 0 || roundsDone >= PLAN_RULES.mostRounds) return null;
  const round = { number: roundsDone + 1, sizes };
  return { kind: 'measure', round, reason: { code: 'counts-incomplete' }, refused: [] };
}

/**
 * Sizes that an automatic run left out of its first round because nothing told what the function uses, and
 * that are safe by what was measured since; also larger ones, where all that were tried died.
 */
function sizesFoundSafe(request: PlanRequest): readonly number[] {
  const { input, target, variants, observations } = request;
  if (input.memorySizes !== 'auto' || request.spentUsd >= input.maxUsd) return [];
  const known = new Set([...variants, ...observations].map(({ memoryMb }) => memoryMb));
  const most = mostSizes(input, target) - known.size;
  return automaticSizes(request)
    .filter((memoryMb) => !known.has(memoryMb) && !isAboveRefused(memoryMb, variants))
    .slice(0, Math.max(0, most));
}

/** What an account refuses it refuses of larger sizes, too. */
function isAboveRefused(memoryMb: number, variants: readonly Variant[]): boolean {
  return variants.some((each) => each.outcome === 'refused' && each.memoryMb <= memoryMb);
}

function stopPlanning(reason: PlanReason): PlanDecision {
  return { kind: 'enough', reason, refused: [] };
}

/** Cuts every size short alike where together they are too many. */
function withinCount(sizes: readonly SizeCount[], most: number): SizeCount[] {
  const total = sizes.reduce((sum, { warm, cold }) => sum + warm + cold, 0);
  if (total <= most) return [...sizes];
  const share = Math.max(0, most) / total;
  return sizes
    .map(({ memoryMb, warm, cold }) => ({
      memoryMb,
      warm: Math.floor(warm * share),
      cold: Math.floor(cold * share),
    }))
    .filter(({ warm, cold }) => warm + cold > 0);
}

/** A larger budget than the default was named on purpose: it may be spent. */
const DEFAULT_MAX_USD = inputSchema.shape.maxUsd.parse(undefined);

/**
 * Tells what an adaptive run may spend: never more than brute force would, unless the input names a budget of
 * its own. Where that does not settle it, the verdict says so.
 */
function budgetUsd({ maxUsd }: SettledInput, fiftyEachUsd: number): number {
  return maxUsd > DEFAULT_MAX_USD
    ? maxUsd
    : Math.min(maxUsd, PLAN_RULES.mostOfFiftyEach * fiftyEachUsd);
}

/** Fewer of each size where what is left of the budget is not expected to suffice. */
function withinBudget(sizes: readonly WantedSize[], leftUsd: number): SizeCount[] {
  const wantedUsd = sizes.reduce((sum, size) => sum + size.expectedUsd, 0);
  const share = wantedUsd <= leftUsd ? 1 : Math.max(0, leftUsd) / wantedUsd;
  return sizes
    .map(({ memoryMb, warm, cold }) => ({ memoryMb, warm: Math.floor(warm * share), cold }))
    .filter(({ warm, cold }) => warm + cold > 0);
}
