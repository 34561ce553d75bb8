import { parseFunctionRef } from '../../core/target/function-ref.ts';
import { refusalReasonSchema } from '../../contract/tune/size-reason.ts';
import { resultSchema, type Result } from '../../contract/tune/result.ts';
import type { SettledInput } from '../../contract/tune/settled-input.ts';
import type { Variant } from '../../contract/tune/publishing.ts';
import { ARCHITECTURES } from '../../contract/shared/function-configuration.ts';
import { pricesOf } from '../../core/cost/prices.ts';
import { provisionedRatesOf } from '../../core/cost/provisioned-prices.ts';
import { tariffOf } from '../../core/cost/tariff.ts';
import type { RecommendRequest } from '../../core/recommend/recommendation.ts';
import { fromResultObservations } from '../../stages/tune/observation-codec.ts';
import { UsageError } from '../shared/usage-error.ts';

/**
 * Reads a result back into what was to be judged when it was made: returned is what judges it under an input.
 *
 * @throws {UsageError} where it is no result of tune, or lacks what its recommendation rested on
 */
export function observedOf(result: Result): (input: SettledInput) => RecommendRequest {
  const { facts } = readResult(result);
  const { memoryMb, timeoutSeconds } = result.current;
  const { region } = result.target;
  const architecture = ARCHITECTURES.find((known) => known === result.target.architecture);
  if (facts === undefined || memoryMb === null || timeoutSeconds === null || !architecture) {
    throw new UsageError([
      'result: wanted facts, current and target in it, on which its recommendation rests; results of earlier versions lack them: measure again with tune',
    ]);
  }
  const { ephemeralStorageMb, provisioned, deployment } = facts;
  const prices = pricesOf(region, architecture, ephemeralStorageMb);
  return (input) => {
    const target = { region, architecture, provisioned };
    const tariff = tariffOf(prices, target, input.invocationsPerMonth);
    return {
      input,
      target: { memoryMb, timeoutSeconds },
      variants: result.sizes.map(toVariant),
      observations: fromResultObservations(result.observations),
      trial: facts.trial,
      prices: tariff.prices,
      isNotPriced: tariff.kind === 'not-priced' && input.goal.kind !== 'fastest',
      capacity: {
        onDemandUsdPerGbSecond: prices.usdPerGbSecond,
        rates: provisionedRatesOf(region, architecture),
      },
      named: { functionName: nameOf(result.target.function), deployment },
      ephemeralStorageMb,
      seed: input.seed,
      triggers: facts.triggers,
      traffic: null,
      isInterrupted: result.warnings.some(({ code }) => code === 'interrupted'),
    };
  };
}

function readResult(result: Result): Result {
  const parsed = resultSchema.safeParse(result);
  if (parsed.success) return result;
  const places = [...new Set(parsed.error.issues.map(({ path }) => path.join('.')))].slice(0, 5);
  throw new UsageError([
    `result: wanted a result of tune with its observations, ${places.join(', ') || 'it'} is not as in one`,
  ]);
}

function toVariant({ memoryMb, outcome, reason, reasonFacts }: Result['sizes'][number]): Variant {
  if (outcome !== 'refused') return { memoryMb, version: null, outcome: 'ready', reason: null };
  const known = refusalReasonSchema.safeParse(reasonFacts);
  return {
    memoryMb,
    version: null,
    outcome: 'refused',
    reason,
    ...(known.success ? { reasonFacts: known.data } : {}),
  };
}

function nameOf(target: string): string {
  return (parseFunctionRef(target)?.functionName ?? target).split(':').at(-1) ?? target;
}
