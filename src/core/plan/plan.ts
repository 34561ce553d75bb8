import { MAX_INVOCATIONS } from '../../contract/memory.ts';
import type { Round, SettledInput } from '../../contract/state.ts';
import { allSizes, likelySizes } from './candidate-sizes.ts';
import { firstCount } from './first-round.ts';
import { nextCounts, type WantedSize } from './next-counts.ts';
import { MOST_ADAPTIVE, MOST_ADDED, PLAN_RULES } from './plan-rules.ts';
import type { PlanRequest } from './plan-request.ts';

export type { PlanRequest };

export type PlanDecision =
  | { readonly kind: 'measure'; readonly round: Round; readonly reason: string }
  | { readonly kind: 'enough'; readonly reason: string };

type SizeCount = Round['sizes'][number];

/**
 * What to measure next, or that it is enough. Fixed counts are one round, honoured exactly; with
 * `auto` a small first round over all sizes is followed by rounds that double up on those that may
 * still win. Pure and deterministic. What a round may spend is held by Measure; here expected costs
 * keep rounds within what is left.
 */
export function plan(request: PlanRequest): PlanDecision {
  const { input, roundsDone, observations } = request;
  if (roundsDone === 0) return firstRound(request);
  if (input.invocations !== 'auto') {
    return { kind: 'enough', reason: 'Every size was invoked as often as the input asks.' };
  }
  if (roundsDone >= PLAN_RULES.mostRounds) {
    return { kind: 'enough', reason: `${PLAN_RULES.mostRounds} rounds were measured.` };
  }
  const wanted = nextCounts(request);
  if (wanted.length === 0) {
    return { kind: 'enough', reason: 'More invocations would hardly change the decision.' };
  }
  const affordable = withinBudget(wanted, request);
  const most = mostInvocations(input, request.target);
  const left = most - observations.length;
  const sizes = withinCount(affordable, left);
  if (sizes.length === 0) {
    const cause = left <= 0 ? `the ${most} invocations of a run` : `maxUsd of ${input.maxUsd}`;
    return { kind: 'enough', reason: `The decision is open, but ${cause} would be exceeded.` };
  }
  return {
    kind: 'measure',
    round: { number: roundsDone + 1, sizes },
    reason: `${sizes.map(({ memoryMb }) => memoryMb).join(', ')} MB may still be the best size.`,
  };
}

/**
 * The most invocations that the rounds of a run can make, for people to see before it starts. Above
 * `MAX_INVOCATIONS` the input asks for more than a run may: `plan` would cut every size short alike.
 */
export function mostInvocations(
  input: SettledInput,
  target: { readonly memoryMb: number },
): number {
  const first = sizesOfInput(input, target.memoryMb).length;
  if (input.invocations !== 'auto') return first * (input.invocations + input.coldStarts);
  const sizes = mostSizes(input, target);
  const warm = Math.min(sizes * PLAN_RULES.mostPerSize, Math.max(MOST_ADAPTIVE, 20 * first));
  return Math.min(MAX_INVOCATIONS, warm + sizes * input.coldStarts);
}

/** The most sizes that the rounds of a run can measure. */
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
  const memorySizes = sizesOfInput(input, target.memoryMb);
  const warm = input.invocations === 'auto' ? firstCount(request, memorySizes) : input.invocations;
  const wanted = memorySizes.map((memoryMb) => ({ memoryMb, warm, cold: input.coldStarts }));
  return {
    kind: 'measure',
    round: { number: 1, sizes: withinCount(wanted, MAX_INVOCATIONS) },
    reason:
      input.invocations === 'auto'
        ? 'A first look at every likely size.'
        : 'The sizes and counts of the input.',
  };
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

/** Fewer of each size where what is left of `maxUsd` is not expected to suffice. */
function withinBudget(sizes: readonly WantedSize[], request: PlanRequest): SizeCount[] {
  const leftUsd = request.input.maxUsd - request.spentUsd;
  const wantedUsd = sizes.reduce((sum, size) => sum + size.expectedUsd, 0);
  const share = wantedUsd <= leftUsd ? 1 : Math.max(0, leftUsd) / wantedUsd;
  return sizes
    .map(({ memoryMb, warm, cold }) => ({ memoryMb, warm: Math.floor(warm * share), cold }))
    .filter(({ warm, cold }) => warm + cold > 0);
}
