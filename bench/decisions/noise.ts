import { standardNormal, type Random } from '../../src/contract/shared/random.ts';

/** Draws factors with a mean of 1: what one invocation takes, as a multiple of its mean. */
export type Noise = (random: Random) => number;

/** Lognormal with the given coefficient of variation. */
export function lognormal(cv: number): Noise {
  const variance = Math.log1p(cv * cv);
  const sigma = Math.sqrt(variance);
  return (random) => Math.exp(sigma * standardNormal(random) - variance / 2);
}

/** Now and then, with probability `share`, an invocation takes `times` as long. */
export function outliers(body: Noise, share: number, times: number): Noise {
  const mean = 1 + share * (times - 1);
  return (random) => (body(random) * (random() < share ? times : 1)) / mean;
}

/** As {@link outliers}, but the second hump is as wide as a lognormal with that coefficient of variation. */
export function broadHump(body: Noise, share: number, times: number, cv: number): Noise {
  const mean = 1 + share * (times - 1);
  const hump = lognormal(cv);
  return (random) => (body(random) * (random() < share ? times * hump(random) : 1)) / mean;
}

/** A Pareto variable with the given index (> 1), with a mean of 1. */
export function pareto(index: number): Noise {
  const least = 1 - 1 / index;
  return (random) => least * (1 - random()) ** (-1 / index);
}

/** A body with a share of invocations multiplied by a Pareto variable with the given index (> 1). */
export function paretoTail(body: Noise, share: number, index: number): Noise {
  const mean = 1 + share * (index / (index - 1) - 1);
  return (random) =>
    (body(random) * (random() < share ? (1 - random()) ** (-1 / index) : 1)) / mean;
}

/** Quantiles at fixed probabilities, straight lines in between, scaled to a mean of 1. */
export function fromQuantiles(
  probabilities: readonly number[],
  quantiles: readonly number[],
): Noise {
  let mean = 0;
  for (let index = 1; index < probabilities.length; index += 1) {
    const width = at(probabilities, index) - at(probabilities, index - 1);
    mean += (width * (at(quantiles, index) + at(quantiles, index - 1))) / 2;
  }
  return (random) => {
    const u = random();
    const upper = Math.max(
      1,
      probabilities.findIndex((p) => p >= u),
    );
    const [p0, p1] = [at(probabilities, upper - 1), at(probabilities, upper)];
    const [q0, q1] = [at(quantiles, upper - 1), at(quantiles, upper)];
    return (q0 + ((q1 - q0) * (u - p0)) / (p1 - p0)) / mean;
  };
}

function at(values: readonly number[], index: number): number {
  return values[index] ?? Number.NaN;
}

const MEASURED_AT = [0, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1];

/**
 * Warm durations ÷ their mean of functions that read SQS and write DynamoDB, at 256 MB, about 600
 * invocations each: github.com/alex9smith/lambda-benchmark. CV 0.455, 0.17 and 0.226.
 */
export const MEASURED_NOISE: Readonly<Record<'graalvm' | 'python' | 'rust', Noise>> = {
  graalvm: fromQuantiles(
    MEASURED_AT,
    [0.3246, 0.3295, 0.4329, 0.487, 0.6493, 0.8657, 1.2986, 1.7855, 1.8396, 1.9478, 2.1643],
  ),
  python: fromQuantiles(
    MEASURED_AT,
    [0.316, 0.677, 0.7222, 0.7673, 0.8877, 1.0231, 1.1134, 1.1585, 1.3089, 1.4143, 1.4594],
  ),
  rust: fromQuantiles(
    MEASURED_AT,
    [0.4216, 0.5455, 0.5951, 0.6695, 0.8431, 1.0415, 1.1407, 1.2399, 1.3267, 1.5622, 2.1822],
  ),
};

/** Lambda hands out CPU time in periods of this length (github.com/pwrdrvr/lambda-throttling, 2025-03). */
const PERIOD_MS = 20;
const MEMORY_MB_PER_VCPU = 1769;

/**
 * How long work of so much CPU time takes on one size, in ms: within a period the CPU runs at full speed
 * until the share is used up, then the process waits for the next one. It starts anywhere in a period.
 */
export function quantisedMs(cpuMs: number, memoryMb: number, random: Random): number {
  const quota = PERIOD_MS * Math.min(1, memoryMb / MEMORY_MB_PER_VCPU);
  const leftOfPeriod = PERIOD_MS * random();
  const first = Math.min(quota, leftOfPeriod);
  if (cpuMs <= first) return cpuMs;
  const rest = cpuMs - first;
  const periods = Math.ceil(rest / quota) - 1;
  return leftOfPeriod + periods * PERIOD_MS + (rest - periods * quota);
}
