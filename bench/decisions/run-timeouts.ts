import type { Observation } from '../../src/contract/shared/observation.ts';
import { pricesOf } from '../../src/core/cost/prices.ts';
import { sizeSamples } from '../../src/core/recommend/size-sample.ts';
import { seededRandom, standardNormal } from '../../src/contract/shared/random.ts';
import { recommendTimeout } from '../../src/core/timeout/recommend-timeout.ts';
import { percent, printTable, quantile, shareOf } from './table.ts';
import {
  COLD_CV,
  coldSurvival,
  timeoutFunctions,
  type TimeoutFunction,
} from './timeout-families.ts';

const COLD_SHARE = 0.01;
const COUNTS = [30, 100, 300, 600, 1000, 2000, 3000];
const RULE = { quantile: 0.999, confidence: 0.95, headroom: 1.5 };
const SIZES = [256, 512, 1024];
const COLD_STARTS_A_SIZE = 4;

/** Where Lambda's longest timeout lets enough through. */
const LONGEST_MS = 900_000;

interface Outcome {
  readonly bench: TimeoutFunction;
  readonly count: number;
  readonly basis: string;
  readonly cutOff: number;
  /** Recommended timeout ÷ true 99.9 % quantile. */
  readonly ratio: number;
}

const FUNCTIONS = timeoutFunctions().filter((bench) => trueQuantileMs(bench) < LONGEST_MS);

/** Timeouts on functions whose tail is known, by basis and by the number of observations. */
export function printTimeouts(seeds: readonly number[]): void {
  const outcomes = seeds.flatMap((seed) =>
    FUNCTIONS.flatMap((bench) => COUNTS.map((count) => outcomeOf(bench, count, seed))),
  );
  for (const humps of [1, 2] as const) {
    const own = outcomes.filter(({ bench }) => bench.shape.humps === humps);
    printTable(
      `Timeout, ${humps === 1 ? 'one hump' : 'two humps'}, cold share ${COLD_SHARE}: ${own.length} runs`,
      [
        'warm observations',
        'runs',
        'insufficient',
        'fitted tail',
        'observations',
        'cuts off ≤ 1 in 1,000',
        'median ÷ true',
        'median ÷ true, true ≥ 1 s',
      ],
      [
        ...COUNTS.map((count) =>
          row(
            String(count),
            own.filter((each) => each.count === count),
          ),
        ),
        row('all', own),
        ...[...new Set(own.map(({ bench }) => bench.shape.name))].map((name) =>
          row(
            name,
            own.filter(({ bench }) => bench.shape.name === name),
          ),
        ),
      ],
    );
  }
}

function row(name: string, own: readonly Outcome[]): readonly string[] {
  const share = (basis: string): string =>
    percent(
      shareOf(own, (each) => each.basis === basis),
      0,
    );
  const answered = own.filter(({ basis }) => basis !== 'insufficient');
  const long = answered.filter(({ bench }) => trueQuantileMs(bench) >= 1000);
  const ratio = (these: readonly Outcome[]): string =>
    these.length === 0
      ? '–'
      : quantile(
          these.map((each) => each.ratio),
          0.5,
        ).toFixed(2);
  return [
    name,
    String(own.length),
    share('insufficient'),
    share('fitted-tail'),
    share('observations'),
    answered.length === 0
      ? '–'
      : percent(
          shareOf(answered, ({ cutOff }) => cutOff <= 0.001),
          1,
        ),
    ratio(answered),
    ratio(long),
  ];
}

/** `count` warm observations at 512 MB and a third as many at its neighbours, each with a few cold ones. */
function outcomeOf(bench: TimeoutFunction, count: number, seed: number): Outcome {
  const random = seededRandom(seed, hashOf(`${bench.name} ${count}`));
  const others = bench.othersShape ?? bench.shape;
  const observations = SIZES.flatMap((memoryMb) => {
    const scaleMs = (bench.scaleMs * 512) / memoryMb;
    const warm = memoryMb === 512 ? count : othersCount(bench, count);
    return [
      ...Array.from({ length: COLD_STARTS_A_SIZE }, () => {
        const noise = Math.exp(Math.sqrt(Math.log1p(COLD_CV ** 2)) * standardNormal(random));
        return observation(memoryMb, scaleMs * bench.coldFactor * noise, true);
      }),
      ...Array.from({ length: warm }, () =>
        observation(
          memoryMb,
          scaleMs * (memoryMb === 512 ? bench.shape : others).draw(random),
          false,
        ),
      ),
    ];
  });
  const samples = sizeSamples(observations, {
    prices: pricesOf('eu-west-1', 'arm64'),
    ephemeralStorageMb: 512,
  });
  const sample = samples.get(512);
  if (sample === undefined) throw new RangeError('Could not judge a timeout: nothing observed.');
  const { recommendedSeconds, basis } = recommendTimeout({
    rule: RULE,
    presentTimeoutSeconds: 900,
    sample,
    samples: [...samples.values()],
    coldShare: COLD_SHARE,
  });
  const timeoutMs = (recommendedSeconds ?? 900) * 1000;
  return {
    bench,
    count,
    basis,
    cutOff: survival(bench, timeoutMs),
    ratio: timeoutMs / trueQuantileMs(bench),
  };
}

/** A tail of its own is seen beside sizes that were measured much more often. */
function othersCount({ othersShape }: TimeoutFunction, count: number): number {
  return othersShape === undefined ? Math.round(count / 3) : Math.max(400, count);
}

function observation(memoryMb: number, ms: number, cold: boolean): Observation {
  const durationMs = Math.max(0.01, Math.round(ms * 100) / 100);
  return {
    memoryMb,
    durationMs,
    billedMs: Math.ceil(durationMs),
    initMs: cold ? 200 : null,
    maxMemoryUsedMb: 90,
    cold,
    outcome: 'ok',
    payload: 0,
    atMs: 0,
  };
}

function survival({ shape, scaleMs, coldFactor }: TimeoutFunction, ms: number): number {
  const x = ms / scaleMs;
  return (1 - COLD_SHARE) * shape.survival(x) + COLD_SHARE * coldSurvival(x / coldFactor);
}

function trueQuantileMs(bench: TimeoutFunction): number {
  let [low, high] = [0, 1e9];
  for (let step = 0; step < 80; step += 1) {
    const middle = (low + high) / 2;
    if (survival(bench, middle) > 0.001) low = middle;
    else high = middle;
  }
  return high;
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}
