import type { Counts } from './melded-difference.ts';
import { LEAST_ENVIRONMENTS } from './look-plan.ts';
import type { Sample } from './side-sample.ts';

/**
 * Tells what failures of two sides are worth as independent trials. An environment that broke fails again and
 * again: those failures are one event, and not many. The trials of each side are divided by the design effect
 * 1 + (m − 1) ρ (Kish, Survey Sampling, 1965; for exact intervals of proportions: Korn and Graubard, Survey
 * Methodology 24, 1998), where m is how many invocations an environment served, and ρ how alike they are.
 *
 * One ρ for both sides: a side that never fails tells nothing about how failures would cluster.
 */
export function clusteredCounts(base: Sample, head: Sample): readonly [Counts, Counts] {
  const correlation = correlationOf([base, head]);
  return [counts(base, correlation), counts(head, correlation)];
}

/** What is presumed where environments are not known, and what is least presumed where they are few. */
const PRESUMED_CORRELATION = 0.05;

function counts(sample: Sample, correlation: number): Counts {
  const trials = sample.values.length;
  const failures = sample.values.reduce((sum, value) => sum + value, 0);
  const effect = 1 + Math.max(0, perEnvironment(sample) - 1) * correlation;
  return { failures: failures / effect, trials: trials / effect };
}

/** Tells how many values an environment has, as seen from one of the values. */
function perEnvironment({ values, environments, environmentCount }: Sample): number {
  if (environments === null) return values.length / Math.max(1, environmentCount);
  const sizes = new Map<number, number>();
  for (const each of environments) sizes.set(each, (sizes.get(each) ?? 0) + 1);
  return [...sizes.values()].reduce((sum, size) => sum + size ** 2, 0) / values.length;
}

/** Tells how alike the outcomes of one environment are, as both sides show it together. */
function correlationOf(samples: readonly Sample[]): number {
  let weight = 0;
  let sum = 0;
  for (const sample of samples) {
    const found = correlationIn(sample);
    if (found === null) continue;
    weight += found.degrees;
    sum += found.degrees * found.correlation;
  }
  if (weight === 0) return samples.every(neverFails) ? 0 : PRESUMED_CORRELATION;
  const fewest = Math.min(...samples.map(({ environmentCount }) => environmentCount));
  return Math.max(fewest < LEAST_ENVIRONMENTS ? PRESUMED_CORRELATION : 0, sum / weight);
}

/** `null` where nothing tells: no environments, a single one, or all invocations ended alike. */
function correlationIn(
  sample: Sample,
): { readonly correlation: number; readonly degrees: number } | null {
  const { values, environments } = sample;
  if (environments === null) return null;
  const rate = values.reduce((total, value) => total + value, 0) / values.length;
  if (!(rate > 0 && rate < 1)) return null;
  const deviations = new Map<number, number>();
  for (const [index, value] of values.entries()) {
    const environment = environments[index] ?? 0;
    deviations.set(environment, (deviations.get(environment) ?? 0) + value - rate);
  }
  const count = deviations.size;
  const m = perEnvironment(sample);
  if (count < 2 || m <= 1) return null;
  const between = [...deviations.values()].reduce((total, each) => total + each ** 2, 0);
  const effect = ((count / (count - 1)) * between) / (values.length * rate * (1 - rate));
  return { correlation: (effect - 1) / (m - 1), degrees: count - 1 };
}

function neverFails({ values }: Sample): boolean {
  return values.every((value) => value === 0);
}
