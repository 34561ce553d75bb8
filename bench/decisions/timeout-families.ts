import { gammaln } from 'simple-statistics';
import { standardNormal, type Random } from '../../src/contract/shared/random.ts';

/** Durations with a known tail, in multiples of a scale of about the mean. */
export interface TailShape {
  readonly name: string;
  readonly humps: 1 | 2;
  readonly draw: (random: Random) => number;
  /** The probability of more than x. */
  readonly survival: (x: number) => number;
}

/** A function for the timeout bench. Fixed before the timeout was tuned. */
export interface TimeoutFunction {
  readonly name: string;
  readonly shape: TailShape;
  /** Of the other sizes; like its own where it is left out. */
  readonly othersShape?: TailShape;
  readonly scaleMs: number;
  /** A cold handler takes so many times the scale, lognormal with a coefficient of variation of 0.15. */
  readonly coldFactor: number;
}

export const COLD_CV = 0.15;

const SCALES_MS = [300, 1500, 6000, 25_000];
const COLD_FACTORS = [1.05, 6];

export function timeoutFunctions(): readonly TimeoutFunction[] {
  const alike = [...ONE_HUMP, ...TWO_HUMPS, ...BROAD_HUMPS].map((shape) => ({ shape }));
  const own = OWN_HUMPS.map((shape) => ({
    shape: { ...shape, name: `own ${shape.name}` },
    othersShape: logNormal(0.1),
  }));
  return [...alike, ...own].flatMap((shapes) =>
    SCALES_MS.flatMap((scaleMs) =>
      COLD_FACTORS.map((coldFactor) => ({
        ...shapes,
        name: `${shapes.shape.name}, ${scaleMs} ms, cold × ${coldFactor}`,
        scaleMs,
        coldFactor,
      })),
    ),
  );
}

const ONE_HUMP: readonly TailShape[] = [
  normal(0.1),
  logNormal(0.03),
  logNormal(0.2),
  logNormal(0.5),
  logNormal(1),
  gamma(2),
  gamma(8),
  shiftedExponential(0.3),
  weibull(3),
  pareto(3),
  pareto(5),
  {
    name: 'uniform 0.5–1.5',
    humps: 1,
    draw: (random) => 0.5 + random(),
    survival: (x) => Math.min(1, Math.max(0, 1.5 - x)),
  },
];

const TWO_HUMPS: readonly TailShape[] = [0.005, 0.02, 0.1, 0.4].flatMap((share) =>
  [3, 8, 20].map((times) => twoHumps(share, times)),
);

/** Humps as wide as calls to other services are. */
const BROAD_HUMPS: readonly TailShape[] = [0.01, 0.03, 0.1].flatMap((share) =>
  [3, 10].map((times) => twoHumps(share, times, 0.6)),
);

/** Of the recommended size only; the others are quiet. */
const OWN_HUMPS: readonly TailShape[] = [twoHumps(0.02, 10), twoHumps(0.03, 5, 0.6)];

function normal(cv: number): TailShape {
  return {
    name: `normal CV ${cv}`,
    humps: 1,
    draw: (random) => Math.max(0.01, 1 + cv * standardNormal(random)),
    survival: (x) => normalSurvival((x - 1) / cv),
  };
}

function logNormal(cv: number): TailShape {
  const sigma = Math.sqrt(Math.log1p(cv * cv));
  return {
    name: `lognormal CV ${cv}`,
    humps: 1,
    draw: (random) => Math.exp(sigma * standardNormal(random)),
    survival: (x) => (x <= 0 ? 1 : normalSurvival(Math.log(x) / sigma)),
  };
}

/** Sum of `shape` exponentials. */
function gamma(shape: number): TailShape {
  return {
    name: `gamma ${shape}`,
    humps: 1,
    draw: (random) => {
      let sum = 0;
      for (let index = 0; index < shape; index += 1) sum -= Math.log(1 - random());
      return sum / shape;
    },
    survival: (x) => {
      // Poisson: fewer than `shape` events by shape × x.
      let sum = 0;
      for (let k = 0; k < shape; k += 1) {
        sum += Math.exp(k * Math.log(shape * x) - shape * x - gammaln(k + 1));
      }
      return x <= 0 ? 1 : sum;
    },
  };
}

function shiftedExponential(share: number): TailShape {
  return {
    name: `0.7 + exponential ${share}`,
    humps: 1,
    draw: (random) => 1 - share - share * Math.log(1 - random()),
    survival: (x) => (x < 1 - share ? 1 : Math.exp(-(x - 1 + share) / share)),
  };
}

function weibull(shape: number): TailShape {
  return {
    name: `Weibull ${shape}`,
    humps: 1,
    draw: (random) => (-Math.log(1 - random())) ** (1 / shape),
    survival: (x) => Math.exp(-(x ** shape)),
  };
}

function pareto(index: number): TailShape {
  const least = 1 - 1 / index;
  return {
    name: `Pareto ${index}`,
    humps: 1,
    draw: (random) => least * (1 - random()) ** (-1 / index),
    survival: (x) => (x < least ? 1 : (least / x) ** index),
  };
}

function twoHumps(share: number, times: number, cv: number | null = null): TailShape {
  const body = logNormal(0.1);
  const hump = cv === null ? body : logNormal(cv);
  return {
    name: `${share * 100} % at × ${times}${cv === null ? '' : ', broad'}`,
    humps: 2,
    draw: (random) => (random() < share ? times * hump.draw(random) : body.draw(random)),
    survival: (x) => (1 - share) * body.survival(x) + share * hump.survival(x / times),
  };
}

/** Survival of a lognormal variable around its median, for cold handlers. */
export function coldSurvival(ratio: number): number {
  return logNormal(COLD_CV).survival(ratio);
}

/** Abramowitz and Stegun 26.2.17, and its asymptotic series in the far tail. */
function normalSurvival(z: number): number {
  if (z < 0) return 1 - normalSurvival(-z);
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  if (z > 6) return (density / z) * (1 - 1 / (z * z));
  const t = 1 / (1 + 0.231_641_9 * z);
  return (
    density *
    t *
    (0.319_381_53 +
      t * (-0.356_563_782 + t * (1.781_477_937 + t * (-1.821_255_978 + t * 1.330_274_429))))
  );
}
