import type { Limits } from '../../contract/goal.ts';
import type { Round } from '../../contract/state.ts';
import { hopelessSizes } from '../measure/hopeless.ts';
import { sizeSamples, type SizeSample } from '../recommend/size-sample.ts';
import { LARGE_SIZES } from './candidate-sizes.ts';
import { contenders } from './contenders.ts';
import type { PlanRequest } from './plan-request.ts';
import { quickEstimates, type QuickEstimate } from './quick-estimate.ts';

/** A size to measure, and what that is expected to cost. */
export type WantedSize = Round['sizes'][number] & { readonly expectedUsd: number };

/** Means known to this fraction need no more invocations. */
const PRECISE = 0.01;
/** A lone contender, and the present size it is compared with, need no more than this. */
const PRECISE_ENOUGH = 0.04;
/** A larger size is worth a look while the last step up gained at least this much time. */
const STILL_GAINING = 0.05;
const COLD_ALLOWANCE = 1;

/** What the next adaptive round should hold; empty where nothing is open any more. */
export function nextCounts(request: PlanRequest, mostPerSize: number): readonly WantedSize[] {
  const { input, target, observations } = request;
  const samples = sizeSamples(observations, request);
  const dead = deadSizes(request, samples);
  const estimates = quickEstimates(samples.values()).filter(({ memoryMb }) => !dead.has(memoryMb));
  const open = contenders(input.goal, estimates);
  const enough = open.length > 1 ? PRECISE : PRECISE_ENOUGH;
  const present = estimates.find(({ memoryMb }) => memoryMb === target.memoryMb);
  const again = new Set(open.filter(({ relativeError }) => relativeError > enough));
  if (present !== undefined && present.relativeError > PRECISE_ENOUGH) again.add(present);
  return [
    ...[...again].map((size) => doubled(size, mostPerSize)),
    ...unseenSizes(request, samples, estimates, open).map((memoryMb) => ({
      memoryMb,
      warm: firstLookAt(estimates),
      cold: input.coldStarts,
      expectedUsd:
        (estimates.at(-1)?.costUsd ?? 0) * 4 * (firstLookAt(estimates) + input.coldStarts),
    })),
  ].filter(({ warm }) => warm > 0);
}

function doubled(size: QuickEstimate, mostPerSize: number): WantedSize {
  const warm = Math.min(size.count, mostPerSize - size.count);
  return { memoryMb: size.memoryMb, warm, cold: 0, expectedUsd: warm * size.costUsd };
}

function firstLookAt(estimates: readonly QuickEstimate[]): number {
  const counts = estimates.map(({ count }) => count);
  return Math.max(1, Math.min(...counts)) + COLD_ALLOWANCE;
}

/** Refused sizes, hopeless ones, and every size up to the largest that ever ran out of memory. */
function deadSizes(
  request: PlanRequest,
  samples: ReadonlyMap<number, SizeSample>,
): ReadonlySet<number> {
  const ranOut = [...samples.values()].filter(({ outcomes }) => outcomes['out-of-memory'] > 0);
  const largest = Math.max(0, ...ranOut.map(({ memoryMb }) => memoryMb));
  return new Set([
    ...request.variants.filter(({ outcome }) => outcome === 'refused').map((each) => each.memoryMb),
    ...hopelessSizes(request.observations),
    ...[...samples.keys()].filter((memoryMb) => memoryMb <= largest),
  ]);
}

/** The large sizes, where sizes are ours to choose and the largest one so far still pays. */
function unseenSizes(
  { input, variants, observations }: PlanRequest,
  samples: ReadonlyMap<number, SizeSample>,
  estimates: readonly QuickEstimate[],
  open: readonly QuickEstimate[],
): readonly number[] {
  const [before, last] = estimates.slice(-2);
  if (input.memorySizes !== 'auto' || before === undefined || last === undefined) return [];
  const seen = new Set([...variants, ...observations].map(({ memoryMb }) => memoryMb));
  const larger = LARGE_SIZES.filter((memoryMb) => memoryMb > last.memoryMb && !seen.has(memoryMb));
  // A size above the last one was refused or failed: larger ones will be too.
  if ([...seen].some((memoryMb) => memoryMb > last.memoryMb)) return [];
  const gains = last.durationMs < before.durationMs * (1 - STILL_GAINING);
  const pays = open.includes(last) || !anyMeets(input.limits, [...samples.values()]);
  return gains && pays ? larger : [];
}

function anyMeets(limits: Limits | undefined, samples: readonly SizeSample[]): boolean {
  const wanted = limits?.durationMs;
  const mostMs = Math.min(
    ...[wanted?.mean, wanted?.p50, wanted?.p95, wanted?.p99, wanted?.max].map(
      (ms) => ms ?? Infinity,
    ),
  );
  return samples.some(
    ({ warm }) => (warm[Math.floor(warm.length / 2)]?.durationMs ?? Infinity) <= mostMs,
  );
}
