import type { Round } from '../../contract/tune/state.ts';
import type { SettledInput } from '../../contract/tune/settled-input.ts';
import { versionsNeeded } from '../measure/schedule.ts';
import { sizeSamples, type SizeSample } from '../recommend/size-sample.ts';
import { deadSizes } from './dead-sizes.ts';
import { mostAllowed } from './most-allowed.ts';
import type { PlanRequest } from './plan-request.ts';

type Counts = Pick<SettledInput, 'invocations' | 'coldStarts' | 'concurrency' | 'peer'>;

/**
 * The most that is made of one size beyond the counts of the input, so that they come true: an invocation
 * that was to be warm is cold where it needs a new environment, and one of a burst is warm where an
 * environment was free again. aws-lambda-power-tuning counts every invocation as one, cold or not, and so
 * does a run of its input.
 *
 * @param sizes how many sizes share the concurrency of the run
 */
export function mostToComplete(
  { invocations, coldStarts, concurrency, peer }: Counts,
  sizes: number,
): { readonly warm: number; readonly cold: number } {
  const environments = Math.min(concurrency, Math.ceil(concurrency / Math.max(1, sizes)) + 1);
  const isCounted = invocations !== 'auto' && peer === undefined;
  return {
    warm: isCounted ? Math.min(invocations, environments) : 0,
    cold: Math.min(coldStarts, concurrency),
  };
}

/**
 * Returns the most invocations that counts of the input come to over so many sizes, with what makes them come
 * true as far as a run may make it.
 */
export function mostCounted(
  input: Counts & { readonly invocations: number },
  sizes: number,
): number {
  const { warm, cold } = mostToComplete(input, sizes);
  const counted = sizes * (input.invocations + input.coldStarts);
  return Math.max(counted, Math.min(mostAllowed(input), counted + sizes * (warm + cold)));
}

/**
 * Tells what the counts of the input still lack once a round has made them: warm invocations, because some
 * were cold starts, and cold starts, because some were served warm. Empty as well where the budget ended the
 * round.
 */
export function missingCounts(request: PlanRequest): Round['sizes'] {
  const { input } = request;
  const wanted = input.onlyColdStarts || input.invocations === 'auto' ? 0 : input.invocations;
  const counted = wanted + input.coldStarts;
  if (counted === 0) return [];
  const samples = [...sizeSamples(request.observations, request).values()];
  const dead = deadSizes(request, samples);
  const alive = samples.filter(({ memoryMb }) => !dead.has(memoryMb));
  const most = mostToComplete(input, alive.length);
  if (input.invocations !== 'auto' && alive.some((size) => size.invocations < counted)) return [];
  return alive
    .map((size) => ({
      memoryMb: size.memoryMb,
      warm: missingWarm(size, wanted, most.warm, counted),
      cold: isCompleted(request, size) ? 0 : missing(input.coldStarts, size.coldStarts, most.cold),
    }))
    .filter(({ warm, cold }) => warm + cold > 0);
}

function missingWarm(size: SizeSample, wanted: number, most: number, counted: number): number {
  const beyond = size.invocations - counted;
  const made = size.invocations - size.coldStarts - size.presumedCold;
  return missing(wanted, made, most - beyond);
}

function missing(wanted: number, made: number, most: number): number {
  return Math.max(0, Math.min(wanted - made, most));
}

/**
 * Fresh versions were published for its cold starts before: what did not come twice will not come. And a
 * snapshot more is too much to ask for a cold start or two.
 */
function isCompleted({ input, target, variants }: PlanRequest, { memoryMb }: SizeSample): boolean {
  if (target.snapStart === true) return true;
  const own = variants.filter((each) => each.memoryMb === memoryMb).length;
  return own > versionsNeeded(input.coldStarts, input.concurrency);
}
