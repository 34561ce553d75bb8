import { seededRandom, type Random } from '../../src/contract/shared/random.ts';
import type { BenchFunction, ColdStarts } from './bench-function.ts';
import { MEASURED_CURVES, type MeasuredCurve } from './measured-curves.ts';
import {
  lognormal,
  MEASURED_NOISE,
  outliers,
  paretoTail,
  quantisedMs,
  type Noise,
} from './noise.ts';

/**
 * The functions that decisions are judged on. Fixed before the planner and the model were tuned, and
 * generated from seeds of their own, so that every run sees the same ones.
 */
export function decisionFunctions(): readonly BenchFunction[] {
  return [...measured(), ...GENERATED.flatMap(generated)];
}

const SIZES_OF_A_FAMILY = 12;
const VCPU_MB = 1769;

/** Every measured curve with noise of its kind, and each third one with a measured noise as well. */
function measured(): readonly BenchFunction[] {
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
    if (index % 3 !== 0) return [typical];
    const [shape, noise] = shapes[(index / 3) % shapes.length] ?? ['', lognormal(0.2)];
    return [typical, fromCurve(curve, 'measured noise', `+${shape}`, noise, random)];
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
    ...plain(random),
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

function generated(
  { family, make }: (typeof GENERATED)[number],
  number: number,
): readonly BenchFunction[] {
  return Array.from({ length: SIZES_OF_A_FAMILY }, (_, index) => {
    const random = seededRandom(1000 + number, index);
    const made = make(random);
    return { ...plain(random), name: `${family} ${index + 1}`, family, ...made };
  });
}

function plain(random: Random): Omit<BenchFunction, 'name' | 'family' | 'meanMs' | 'noiseAt'> {
  const sizes = [256, 512, 1024, 1769, 3008];
  return {
    architecture: random() < 0.5 ? 'x86_64' : 'arm64',
    driftAt: () => 1,
    cold: coldStarts(between(random, 80, 400), between(random, 1, 2), 0),
    needsMb: 0,
    usesMb: 90,
    present: { memoryMb: sizes[Math.floor(random() * sizes.length)] ?? 512, timeoutSeconds: 30 },
  };
}

function coldStarts(initMs: number, handlerFactor: number, aheadShare: number): ColdStarts {
  // Init varies by 11 % within a day (median), handlers of new environments by about as much.
  return {
    initMs,
    initNoise: lognormal(0.11),
    handlerFactor,
    handlerNoise: lognormal(0.15),
    aheadShare,
  };
}

function same(noise: Noise): BenchFunction['noiseAt'] {
  return () => noise;
}

function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random();
}

function logBetween(random: Random, low: number, high: number): number {
  return low * (high / low) ** random();
}
