import { seededRandom, type Random } from '../../src/contract/shared/random.ts';
import type { BenchFunction } from './bench-function.ts';
import { HARD_FAMILIES, hardFunctions } from './hard-families.ts';
import { MEASURED_CURVES, type MeasuredCurve } from './measured-curves.ts';
import {
  lognormal,
  MEASURED_NOISE,
  outliers,
  paretoTail,
  quantisedMs,
  type Noise,
} from './noise.ts';
import { coldStarts, plainFunction } from './plain-function.ts';
import { between, logBetween } from './random-parameters.ts';

/**
 * The functions that decisions are judged on. Fixed before the planner and the model were tuned, and
 * generated from seeds of their own, so that every run sees the same ones. Of the measured curves they are
 * the half that nothing is fitted on.
 */
export function decisionFunctions(): readonly BenchFunction[] {
  return [
    ...measured('judged'),
    ...GENERATED.flatMap((each, number) => makeGenerated(each, 1000 + number)),
    ...hardFunctions(HARD_FAMILIES, 4000, SIZES_OF_A_FAMILY),
  ];
}

/** The other half, and functions of the same families from other seeds: for fitting and tuning. */
export function fittingFunctions(): readonly BenchFunction[] {
  return [
    ...measured('fitted'),
    ...GENERATED.flatMap((each, number) => makeGenerated(each, 2000 + number)),
    ...hardFunctions(HARD_FAMILIES, 5000, SIZES_OF_A_FAMILY),
  ];
}

/**
 * Which half a measured curve is in. The same function measured in two months is one; functions alternate
 * in the order of their names, so that every kind is in both halves.
 */
function halfOf({ name }: MeasuredCurve): 'judged' | 'fitted' {
  const place = FUNCTION_NAMES.indexOf(functionOf(name));
  return place % 2 === 0 ? 'judged' : 'fitted';
}

function functionOf(name: string): string {
  return name.replace(/2025-1[12]/, 'month');
}

const FUNCTION_NAMES = [...new Set(MEASURED_CURVES.map(({ name }) => functionOf(name)))].toSorted();

const SIZES_OF_A_FAMILY = 12;
const VCPU_MB = 1769;

/** Every measured curve with noise of its kind, and each third one with a measured noise as well. */
function measured(half: 'judged' | 'fitted'): readonly BenchFunction[] {
  return everyMeasured()
    .filter(({ curve }) => halfOf(curve) === half)
    .map(({ bench }) => bench);
}

function everyMeasured(): readonly {
  readonly curve: MeasuredCurve;
  readonly bench: BenchFunction;
}[] {
  const random = seededRandom(72);
  const shapes = Object.entries(MEASURED_NOISE);
  return MEASURED_CURVES.flatMap((curve, index) => {
    const typical = fromCurve(
      curve,
      `measured ${curve.kind}`,
      '',
      typicalNoise(curve, random),
      random,
    );
    if (index % 3 !== 0) return [{ curve, bench: typical }];
    const [shape, noise] = shapes[(index / 3) % shapes.length] ?? ['', lognormal(0.2)];
    const noisy = fromCurve(curve, 'measured noise', `+${shape}`, noise, random);
    return [
      { curve, bench: typical },
      { curve, bench: noisy },
    ];
  });
}

/** facts: CPU-bound p99 ÷ mean 1.01–1.08; light ones 1.3–2.1; work on objects in S3 a CV of 2.5–8 %. */
function typicalNoise({ kind }: MeasuredCurve, random: Random): Noise {
  switch (kind) {
    case 'cpu':
      return lognormal(between(random, 0.005, 0.03));
    case 'memory':
      return lognormal(between(random, 0.005, 0.04));
    case 'light':
      return lognormal(between(random, 0.12, 0.32));
    case 'image':
      return lognormal(between(random, 0.025, 0.15));
  }
}

function fromCurve(
  curve: MeasuredCurve,
  family: string,
  suffix: string,
  noise: Noise,
  random: Random,
): BenchFunction {
  return {
    ...plainFunction(random),
    name: `${curve.name}${suffix}`,
    family,
    architecture: curve.name.includes('arm64') ? 'arm64' : 'x86_64',
    meanMs: (memoryMb) => onCurve(curve.points, memoryMb),
    noiseAt: () => noise,
    cold: coldStarts(
      curve.initMs ?? between(random, 80, 350),
      curve.kind === 'light' && curve.initMs === null ? between(random, 5, 12) : 1.05,
      0,
    ),
  };
}

/** Straight lines over 1 ÷ memory, as work over a share of a CPU takes; flat beyond both ends. */
function onCurve(points: MeasuredCurve['points'], memoryMb: number): number {
  const upper = points.findIndex(([size]) => size >= memoryMb);
  const [size1, ms1] = points[upper === -1 ? points.length - 1 : upper] ?? [0, Number.NaN];
  const [size0, ms0] = points[upper - 1] ?? [size1, ms1];
  if (upper < 1) return ms1;
  return ms0 + ((ms1 - ms0) * (1 / memoryMb - 1 / size0)) / (1 / size1 - 1 / size0);
}

type Made = Pick<BenchFunction, 'meanMs' | 'noiseAt'> & Partial<BenchFunction>;

const GENERATED: readonly { readonly family: string; readonly make: (random: Random) => Made }[] = [
  {
    family: 'one CPU',
    make: (random) => {
      const b = logBetween(random, 20, 20_000);
      const a = b * between(random, 0, 0.1);
      return {
        meanMs: (m) => a + (b * VCPU_MB) / Math.min(m, VCPU_MB),
        noiseAt: same(lognormal(between(random, 0.005, 0.04))),
      };
    },
  },
  {
    family: 'several CPUs',
    make: (random) => {
      const work = logBetween(random, 200, 30_000);
      const parallel = between(random, 0.6, 0.98);
      const upTo = logBetween(random, 3000, 10_240);
      return {
        meanMs: (m) =>
          work *
          (((1 - parallel) * VCPU_MB) / Math.min(m, VCPU_MB) +
            (parallel * VCPU_MB) / Math.min(m, upTo)),
        noiseAt: same(lognormal(between(random, 0.01, 0.06))),
      };
    },
  },
  {
    family: 'thrash',
    make: (random) => {
      const b = logBetween(random, 50, 5000);
      const a = b * between(random, 0, 1);
      const tight = logBetween(random, 120, 450);
      const steep = between(random, 2, 5);
      return {
        meanMs: (m) =>
          (a + (b * VCPU_MB) / Math.min(m, VCPU_MB)) * (1 + 0.5 * (tight / m) ** steep),
        noiseAt: same(lognormal(between(random, 0.02, 0.15))),
        usesMb: tight * 0.8,
      };
    },
  },
  {
    family: 'waits only',
    make: (random) => {
      const ms = logBetween(random, 30, 5000);
      return { meanMs: () => ms, noiseAt: same(lognormal(between(random, 0.03, 0.4))) };
    },
  },
  {
    family: 'waits and works',
    make: (random) => {
      const wait = logBetween(random, 20, 1000);
      const work = wait * logBetween(random, 0.02, 2);
      return {
        meanMs: (m) => wait + (work * VCPU_MB) / Math.min(m, VCPU_MB),
        noiseAt: same(lognormal(between(random, 0.05, 0.3))),
      };
    },
  },
  {
    family: 'slower with memory',
    make: (random) => {
      const ms = logBetween(random, 20, 3000);
      const work = ms * between(random, 0, 0.3);
      const slope = between(random, 0.01, 0.06);
      return {
        meanMs: (m) =>
          (ms + (work * VCPU_MB) / Math.min(m, VCPU_MB)) * (1 + slope * Math.log2(m / 128)),
        noiseAt: same(lognormal(between(random, 0.02, 0.15))),
      };
    },
  },
  {
    family: 'heavy tail',
    make: (random) => {
      const wait = logBetween(random, 20, 1000);
      const work = wait * logBetween(random, 0.05, 5);
      const kinds = [
        lognormal(between(random, 0.5, 1)),
        outliers(lognormal(0.1), between(random, 0.005, 0.03), between(random, 5, 15)),
        paretoTail(lognormal(0.15), between(random, 0.05, 0.3), between(random, 2.2, 4)),
      ];
      return {
        meanMs: (m) => wait + (work * VCPU_MB) / Math.min(m, VCPU_MB),
        noiseAt: same(kinds[Math.floor(random() * kinds.length)] ?? lognormal(0.7)),
      };
    },
  },
  {
    family: 'two humps',
    make: (random) => {
      const wait = logBetween(random, 20, 1000);
      const work = wait * logBetween(random, 0.05, 5);
      const noise = outliers(
        lognormal(between(random, 0.03, 0.12)),
        between(random, 0.1, 0.5),
        between(random, 1.8, 6),
      );
      return {
        meanMs: (m) => wait + (work * VCPU_MB) / Math.min(m, VCPU_MB),
        noiseAt: same(noise),
      };
    },
  },
  {
    family: 'minutes long',
    make: (random) => {
      const wait = logBetween(random, 30_000, 500_000);
      const work = logBetween(random, 5000, 60_000);
      const upTo = random() < 0.5 ? VCPU_MB : 10_240;
      return {
        meanMs: (m) => wait + (work * VCPU_MB) / Math.min(m, upTo),
        noiseAt: same(lognormal(between(random, 0.01, 0.08))),
        present: { memoryMb: 1024, timeoutSeconds: 900 },
      };
    },
  },
  {
    family: 'two milliseconds',
    make: (random) => {
      const cpuMs = logBetween(random, 0.5, 6);
      const jitter = lognormal(between(random, 0.05, 0.2));
      const draw = (m: number, own: Random): number => quantisedMs(cpuMs * jitter(own), m, own);
      const means = new Map<number, number>();
      const meanMs = (m: number): number => {
        const known = means.get(m);
        if (known !== undefined) return known;
        const own = seededRandom(2, m);
        let sum = 0;
        for (let index = 0; index < 40_000; index += 1) sum += draw(m, own);
        means.set(m, sum / 40_000);
        return sum / 40_000;
      };
      return { meanMs, noiseAt: (m) => (own) => draw(m, own) / meanMs(m) };
    },
  },
  {
    family: 'needs memory',
    make: (random) => {
      const b = logBetween(random, 50, 5000);
      const a = b * between(random, 0, 2);
      const needsMb = logBetween(random, 130, 1500);
      return {
        meanMs: (m) => a + (b * VCPU_MB) / Math.min(m, VCPU_MB),
        noiseAt: same(lognormal(between(random, 0.02, 0.2))),
        needsMb,
        usesMb: needsMb,
        present: { memoryMb: 3008, timeoutSeconds: 30 },
      };
    },
  },
  {
    family: 'slow first handler',
    make: (random) => {
      const wait = logBetween(random, 15, 300);
      const work = wait * logBetween(random, 0.05, 1);
      const cold = coldStarts(
        between(random, 200, 800),
        between(random, 5, 12),
        random() < 0.5 ? between(random, 0.3, 1) : 0,
      );
      return {
        meanMs: (m) => wait + (work * VCPU_MB) / Math.min(m, VCPU_MB),
        noiseAt: same(lognormal(between(random, 0.08, 0.3))),
        cold,
      };
    },
  },
  {
    family: 'drifts',
    make: (random) => {
      const b = logBetween(random, 50, 3000);
      const a = b * between(random, 0, 2);
      const swing = between(random, 0.05, 0.15);
      const rising = random() < 0.5;
      const lasts = logBetween(random, 20_000, 300_000);
      return {
        meanMs: (m) => a + (b * VCPU_MB) / Math.min(m, VCPU_MB),
        noiseAt: same(lognormal(between(random, 0.02, 0.1))),
        driftAt: (atMs) => 1 + (rising ? 1 : -1) * swing * Math.sin((2 * Math.PI * atMs) / lasts),
      };
    },
  },
];

function makeGenerated(
  { family, make }: (typeof GENERATED)[number],
  seed: number,
): readonly BenchFunction[] {
  return Array.from({ length: SIZES_OF_A_FAMILY }, (_, index) => {
    const random = seededRandom(seed, index);
    const made = make(random);
    return { ...plainFunction(random), name: `${family} ${index + 1}`, family, ...made };
  });
}

function same(noise: Noise): BenchFunction['noiseAt'] {
  return () => noise;
}
