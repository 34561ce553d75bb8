import { readFileSync } from 'node:fs';
import { seededRandom, standardNormal, type Random } from '../../src/contract/shared/random.ts';

/** A shape of noise: draws duration ÷ mean duration. */
export interface Shape {
  readonly name: string;
  readonly cv: number;
  readonly draw: (random: Random) => number;
}

interface NoiseShapes {
  readonly quantiles: readonly number[];
  readonly shapes: readonly {
    readonly function: string;
    readonly cv: number;
    readonly quantiles: readonly number[];
  }[];
}

/** The shapes measured on AWS, by linear interpolation between their quantiles, and CPU-bound noise. */
export function measuredShapes(): readonly Shape[] {
  const data = JSON.parse(readFileSync('test/data/noise-shapes.json', 'utf8')) as NoiseShapes;
  const measured = data.shapes.map((shape) => ({
    name: shape.function,
    cv: shape.cv,
    draw: (random: Random) => interpolate(data.quantiles, shape.quantiles, random()),
  }));
  // "CPU-bound, warm: p99 over mean 1.01-1.08": a lognormal of 2 % has 1.047.
  return [...measured, lognormal('cpu-bound', 0.02)];
}

/** The same shapes stretched to a coefficient of variation, with a normal and a lognormal beside them. */
export function shapesWithCv(cv: number): readonly Shape[] {
  const stretched = measuredShapes()
    .slice(0, 3)
    .map((shape) => {
      const { mean, sd } = moments(shape);
      return {
        name: `${shape.name} at ${cv * 100} %`,
        cv,
        draw: (random: Random) => Math.max(0.05, 1 + ((shape.draw(random) - mean) / sd) * cv),
      };
    });
  const normal = {
    name: `normal ${cv * 100} %`,
    cv,
    draw: (random: Random) => Math.max(0.05, 1 + cv * standardNormal(random)),
  };
  return [...stretched, normal, lognormal(`lognormal ${cv * 100} %`, cv)];
}

function lognormal(name: string, cv: number): Shape {
  const sigma = Math.sqrt(Math.log(1 + cv ** 2));
  return {
    name,
    cv,
    draw: (random) => Math.exp(sigma * standardNormal(random) - sigma ** 2 / 2),
  };
}

function interpolate(at: readonly number[], values: readonly number[], p: number): number {
  let index = 1;
  while (index < at.length - 1 && (at[index] ?? 1) < p) index += 1;
  const [from = 0, to = 1] = [at[index - 1], at[index]];
  const [low = 0, high = 0] = [values[index - 1], values[index]];
  return low + ((p - from) / (to - from)) * (high - low);
}

function moments({ draw }: Shape): { readonly mean: number; readonly sd: number } {
  const random = seededRandom(1);
  const values = Array.from({ length: 100_000 }, () => draw(random));
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, sd: Math.sqrt(squares / values.length) };
}

/**
 * The share that fails in one environment: beta distributed around the share of all, so that what
 * environments serve is beta-binomial with this correlation.
 */
export function clusteredRate(random: Random, rate: number, alike: number): number {
  if (alike <= 0) return rate;
  const scale = (1 - alike) / alike;
  const fails = gammaVariate(random, rate * scale);
  return fails / (fails + gammaVariate(random, (1 - rate) * scale));
}

/** Marsaglia and Tsang, ACM Transactions on Mathematical Software 26, 2000. */
function gammaVariate(random: Random, shape: number): number {
  if (shape < 1) return gammaVariate(random, shape + 1) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = standardNormal(random);
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    if (Math.log(1 - random()) < x ** 2 / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}
