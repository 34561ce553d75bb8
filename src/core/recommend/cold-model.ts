import { mean } from 'simple-statistics';
import { strataOf } from '../payload/payload-weights.ts';
import { UNKNOWN_SPREAD } from '../statistics/unknown-spread.ts';
import { pooledGroups, type GroupMean, type PooledGroups } from '../statistics/pooled-groups.ts';
import { weightedMean } from '../statistics/weighted.ts';
import { weightedBy, type SizeSample } from './size-sample.ts';

/** What a cold invocation is billed, for any size. */
export interface ColdModel {
  /** `warmMs` is the mean warm duration of the size, as believed. */
  readonly billedMs: (memoryMb: number, warmMs: number) => number;
  /** The same for a size that is asked often. */
  readonly at: (memoryMb: number) => (warmMs: number) => number;
  /** First run of the handler ÷ warm run, at a size that was not seen warm. */
  readonly handlerFactor: number;
  /** Standard error ÷ mean of that factor at a size that was not seen warm. */
  readonly handlerError: number;
  /** Standard error ÷ mean of what is common to all sizes. */
  readonly relativeError: number;
}

/** Inits hardly depend on memory, and first runs of the handler grow as warm ones do. */
const SIZES_DIFFER = 0.1;
/** How many values the pooled spread counts for, where a size has few. */
const FEW = 2;

/**
 * Cold starts are few, a size often has one or two. But init hardly depends on memory (it runs at full
 * speed), and a first run of the handler takes about the same multiple of a warm one at every size: both
 * are pooled over sizes as far as they agree, so that the luck of two cold starts decides nothing.
 *
 * @param warmMsOf the mean warm duration of a size
 * @returns `null` without a successful cold start
 */
export function coldModel(
  samples: readonly SizeSample[],
  warmMsOf: (memoryMb: number) => number | null,
): ColdModel | null {
  const sizes = samples.flatMap((sample) => {
    const warmMs = warmMsOf(sample.memoryMb);
    return sample.cold.length === 0 || warmMs === null ? [] : [{ sample, warmMs }];
  });
  if (sizes.length === 0) return null;
  const everyCold = sizes.flatMap(({ sample }) => sample.cold);
  // Of an environment that was initialised ahead the log has no init.
  const withInit = sizes
    .map(({ sample }) => ({
      memoryMb: sample.memoryMb,
      values: sample.cold.flatMap(({ initMs }) => (initMs === null ? [] : [initMs])),
    }))
    .filter(({ values }) => values.length > 0);
  const inits = poolRatios(withInit);
  const handlers = poolRatios(
    sizes.map(({ sample, warmMs }) => {
      const factorOf = payloadFactors(sample);
      return {
        memoryMb: sample.memoryMb,
        values: sample.cold.map(
          ({ durationMs, payload }) => durationMs / (warmMs * factorOf(payload)),
        ),
      };
    }),
  );
  const roundingMs = mean(
    everyCold.map(({ billedMs, durationMs, initMs }) => billedMs - durationMs - (initMs ?? 0)),
  );
  const at: ColdModel['at'] = (memoryMb) => {
    const [initMs, factor] = [inits.of(memoryMb), handlers.of(memoryMb)];
    return (warmMs) => initMs + factor * warmMs + Math.max(0, roundingMs);
  };
  return {
    at,
    billedMs: (memoryMb, warmMs) => at(memoryMb)(warmMs),
    handlerFactor: handlers.common,
    handlerError: handlers.commonError,
    relativeError: Math.max(inits.relativeError, handlers.relativeError),
  };
}

/** Warm runs with a payload ÷ warm runs with all of them: a first run with a heavy one is not slow for it. */
function payloadFactors({ warm }: SizeSample): (payload: number) => number {
  const strata = strataOf(warm);
  if (strata.length < 2) return () => 1;
  const durationOf = ({ durationMs }: SizeSample['warm'][number]): number => durationMs;
  const all = weightedMean(weightedBy(warm, durationOf));
  return (payload) => {
    const own = strata.find((stratum) => stratum.payload === payload);
    const mean = weightedMean(weightedBy(own?.values ?? [], durationOf));
    return all === null || mean === null || !(all * mean > 0) ? 1 : mean / all;
  };
}

interface Pooled {
  readonly of: (memoryMb: number) => number;
  readonly common: number;
  /** Relative, for a size that was not seen. */
  readonly commonError: number;
  readonly relativeError: number;
}

function poolRatios(
  sizes: readonly { readonly memoryMb: number; readonly values: readonly number[] }[],
): Pooled {
  if (sizes.length === 0) return { of: () => 0, common: 1, commonError: 0, relativeError: 0 };
  const all = sizes.flatMap(({ values }) => values);
  const center = mean(all);
  const degrees = all.length - sizes.length;
  const squares = sizes.reduce((sum, { values }) => {
    const own = mean(values);
    return sum + values.reduce((inner, value) => inner + (value / own - 1) ** 2, 0);
  }, 0);
  const spread2 = (FEW * UNKNOWN_SPREAD ** 2 + squares) / (FEW + degrees);
  const groups = sizes.map(({ values }): GroupMean => {
    return { mean: mean(values) / center, variance: Math.max(1e-8, spread2 / values.length) };
  });
  const together: PooledGroups = pooledGroups(groups, SIZES_DIFFER ** 2);
  const bySize = new Map(
    sizes.map(({ memoryMb }, index) => [memoryMb, together.groups[index]?.mean ?? 1]),
  );
  return {
    of: (memoryMb) => center * (bySize.get(memoryMb) ?? together.common.mean),
    common: center * together.common.mean,
    commonError: Math.sqrt(together.common.variance) / together.common.mean,
    relativeError: Math.sqrt(spread2 / all.length),
  };
}
