import { seededRandom, standardNormal } from '../../src/contract/shared/random.ts';
import { trafficTimeout } from '../../src/core/traffic/traffic-timeout.ts';
import { unpackDurations } from '../../src/core/traffic/packed-durations.ts';
import { between, logBetween } from '../decisions/random-parameters.ts';
import { percent, printTable, quantile, shareOf } from '../decisions/table.ts';
import {
  COLD_CV,
  coldSurvival,
  timeoutFunctions,
  type TimeoutFunction,
} from '../decisions/timeout-families.ts';
import { reportRow, trafficFrom } from './simulated-traffic.ts';

const RULE = { quantile: 0.999, confidence: 0.95, headroom: 1.5 };
const PRESENT = { memoryMb: 512, timeoutSeconds: 900 };
const NEXT_MB = [256, 1024];
const COLD_SHARE = 0.01;
/** Calls that the logs hold. */
const CALLS = [700, 3000, 10_000];
/** Standard error of the ratio that the run measured. */
const RATIO_ERROR = 0.03;
/** Lambda's longest timeout must let enough through. */
const LONGEST_MS = 600_000;

interface Moved {
  readonly calls: number;
  readonly nextMb: number;
  readonly tail: Tail;
  readonly basis: string;
  readonly cutOff: number;
  readonly humps: 1 | 2;
  readonly ratio: number;
}

/** How the tail follows a change of size: as the mean does, or not at all where that would make it shorter. */
type Tail = 'as the mean' | 'waits';

/** Timeouts by production's tail, moved to a size at which production never ran. */
export function moveTimeouts(seeds: readonly number[]): void {
  const functions = timeoutFunctions().filter(({ scaleMs, shape }) => {
    return scaleMs * 2 * tailOf(shape.survival) < LONGEST_MS;
  });
  const moved = seeds.flatMap((seed) =>
    functions.flatMap((bench, index) =>
      CALLS.flatMap((calls) =>
        NEXT_MB.flatMap((nextMb) =>
          (['as the mean', 'waits'] as const).map((tail) =>
            move(bench, { calls, nextMb, tail, seed: seed * 100_000 + index }),
          ),
        ),
      ),
    ),
  );
  const rows = (name: string, own: readonly Moved[]): readonly string[] => {
    const answered = own.filter(({ basis }) => basis !== 'insufficient');
    return [
      name,
      String(own.length),
      percent(1 - answered.length / own.length, 0),
      percent(
        shareOf(answered, ({ cutOff }) => cutOff <= 0.001),
        1,
      ),
      quantile(
        answered.map(({ ratio }) => ratio),
        0.5,
      ).toFixed(2),
    ];
  };
  printTable(
    "Timeout by production's tail, moved by the measured ratio",
    ['calls in the logs', 'runs', 'insufficient', 'cuts off ≤ 1 in 1,000', 'median ÷ true'],
    [
      ...CALLS.map((calls) =>
        rows(
          String(calls),
          moved.filter((each) => each.calls === calls),
        ),
      ),
      ...NEXT_MB.map((nextMb) =>
        rows(
          `to ${nextMb} MB`,
          moved.filter((each) => each.nextMb === nextMb),
        ),
      ),
      ...(['as the mean', 'waits'] as const).map((tail) =>
        rows(
          `tail: ${tail}`,
          moved.filter((each) => each.tail === tail),
        ),
      ),
      ...([1, 2] as const).map((humps) =>
        rows(
          humps === 1 ? 'one hump' : 'two humps',
          moved.filter((each) => each.humps === humps),
        ),
      ),
      rows('all', moved),
    ],
  );
}

function move(
  bench: TimeoutFunction,
  { calls, nextMb, tail, seed }: Pick<Moved, 'calls' | 'nextMb' | 'tail'> & { seed: number },
): Moved {
  const random = seededRandom(seed, calls + nextMb + tail.length);
  const waits = between(random, 0, 0.9);
  const trueRatio = waits + ((1 - waits) * PRESENT.memoryMb) / nextMb;
  const durationMs = (cold: boolean): number => {
    const noise = Math.exp(Math.sqrt(Math.log1p(COLD_CV ** 2)) * standardNormal(random));
    return bench.scaleMs * (cold ? bench.coldFactor * noise : bench.shape.draw(random));
  };
  const rows = Array.from({ length: calls }, () => {
    const cold = random() < COLD_SHARE;
    return reportRow(PRESENT.memoryMb, Math.max(0.01, durationMs(cold)), cold ? 200 : null);
  });
  const traffic = trafficFrom(rows, { present: PRESENT, architecture: 'arm64' });
  const estimate = trueRatio * Math.exp(RATIO_ERROR * standardNormal(random));
  const warmMs = unpackDurations(traffic.warm);
  const answer = trafficTimeout(
    {
      recommendedSeconds: PRESENT.timeoutSeconds,
      quantileMs: { estimate: null, high: null },
      basis: 'insufficient',
      limits: [],
    },
    {
      seen: {
        warm: warmMs,
        cold: unpackDurations(traffic.cold),
        cutOff: unpackDurations(traffic.cutOff),
      },
      rule: RULE,
      presentTimeoutSeconds: PRESENT.timeoutSeconds,
      ratio: { estimate, high: estimate * Math.exp(1.96 * RATIO_ERROR) },
      // What a run of a few dozen invocations sees at the new size.
      longestFoundMs: logBetween(random, 1, 1.2) * bench.scaleMs * trueRatio,
    },
  );
  const timeoutMs = (answer.recommendedSeconds ?? 900) * 1000;
  // A tail that waits is no shorter with more memory, whatever the mean is.
  const ofTail = tail === 'waits' ? Math.max(1, trueRatio) : trueRatio;
  const survival = (ms: number): number => {
    const x = ms / (bench.scaleMs * ofTail);
    return (
      (1 - COLD_SHARE) * bench.shape.survival(x) + COLD_SHARE * coldSurvival(x / bench.coldFactor)
    );
  };
  return {
    calls,
    nextMb,
    tail,
    basis: answer.source === 'history' ? answer.basis : 'insufficient',
    cutOff: survival(timeoutMs),
    humps: bench.shape.humps,
    ratio:
      timeoutMs / (bench.scaleMs * ofTail * tailOf((x) => survival(x * bench.scaleMs * ofTail))),
  };
}

/** Where the survival falls to 1 in 1,000. */
function tailOf(survival: (x: number) => number): number {
  let [low, high] = [0, 1e6];
  for (let step = 0; step < 80; step += 1) {
    const middle = (low + high) / 2;
    if (survival(middle) > 0.001) low = middle;
    else high = middle;
  }
  return high;
}
