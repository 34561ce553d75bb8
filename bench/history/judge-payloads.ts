import { seededRandom } from '../../src/contract/shared/random.ts';
import type { ResultHistory } from '../../src/contract/history/traffic.ts';
import { recommend } from '../../src/core/recommend/recommend.ts';
import type { BenchFunction } from '../decisions/bench-function.ts';
import { settledInput } from '../decisions/settled-input.ts';
import { simulateRun } from '../decisions/simulate.ts';
import { percent, printTable, quantile, shareOf } from '../decisions/table.ts';
import { truePoints } from '../decisions/truth.ts';
import { between } from '../decisions/random-parameters.ts';
import { mixedFunction, onePayload, wholeMix, type MixedFunction } from './payload-mix.ts';
import { simulatedTraffic } from './simulated-traffic.ts';

const SIZES = [128, 256, 512, 1024, 1769, 3008];
/** So many times as long as the mean call. */
const SCALES = [2, 3, 5, 1 / 2, 1 / 3, 1 / 5];

interface Judged {
  readonly kind: 'whole mix' | 'like in its mean' | 'other scale';
  readonly scale: number;
  readonly verdict: ResultHistory['payload']['verdict'];
  /** Turned inconclusive by the traffic. */
  readonly isTurned: boolean;
  /** Of a stated saving: whether it holds the truth, and its width as a part of it. */
  readonly covers: boolean | null;
  readonly width: number | null;
}

/**
 * What a run says of its payload, on functions whose traffic is known: a payload of another scale, the whole mix, and
 * one payload that is like the traffic in its mean only.
 *
 * @param functions to draw traffic for
 * @param seeds a mix of calls for each, of every function
 */
export function judgePayloads(functions: readonly BenchFunction[], seeds: readonly number[]): void {
  const judged = seeds.flatMap((seed) =>
    functions.flatMap((bench, index) => judgeFunction(mixedFunction(bench, seed), seed, index)),
  );
  const of = (kind: Judged['kind']): readonly Judged[] =>
    judged.filter((each) => each.kind === kind);
  printTable(
    'A payload against the traffic',
    ['payload', 'runs', 'unlike', 'unknown', 'like', 'unlike, where told', 'verdict turned'],
    [
      ...SCALES.map((scale) =>
        verdictRow(
          `× ${scale.toFixed(2)}`,
          of('other scale').filter((each) => each.scale === scale),
        ),
      ),
      verdictRow('all of another scale', of('other scale')),
      verdictRow('whole mix', of('whole mix')),
      verdictRow('like in its mean', of('like in its mean')),
    ],
  );
  printTable(
    "A month's saving on the real traffic, where it is stated",
    ['payload', 'stated', 'covers the truth', 'median width ÷ present cost'],
    [
      savingRow('whole mix', of('whole mix')),
      savingRow('like in its mean', of('like in its mean')),
      savingRow('both', [...of('whole mix'), ...of('like in its mean')]),
    ],
  );
}

function verdictRow(name: string, own: readonly Judged[]): readonly string[] {
  const share = (verdict: Judged['verdict']): string =>
    percent(
      shareOf(own, (each) => each.verdict === verdict),
      1,
    );
  const told = own.filter(({ verdict }) => verdict !== 'unknown');
  return [
    name,
    String(own.length),
    share('unlike'),
    share('unknown'),
    share('like'),
    percent(
      shareOf(told, ({ verdict }) => verdict === 'unlike'),
      1,
    ),
    percent(
      shareOf(own, ({ isTurned }) => isTurned),
      1,
    ),
  ];
}

function savingRow(name: string, own: readonly Judged[]): readonly string[] {
  const stated = own.filter(({ covers }) => covers !== null);
  return [
    name,
    String(stated.length),
    percent(
      shareOf(stated, ({ covers }) => covers === true),
      1,
    ),
    percent(
      quantile(
        stated.map(({ width }) => width ?? 0),
        0.5,
      ),
      1,
    ),
  ];
}

/** One payload of another scale, and one or two that are like the traffic. */
function judgeFunction(mixed: MixedFunction, seed: number, index: number): readonly Judged[] {
  const random = seededRandom(seed, 77_000 + index);
  const scale = SCALES[(index + seed) % SCALES.length] ?? 2;
  const times = between(random, 0.85, 1.18);
  return [
    judge(mixed, onePayload(mixed, scale, between(random, 0, 0.5)), 'other scale', scale, seed),
    judge(mixed, wholeMix(mixed), 'whole mix', 1, seed),
    judge(
      mixed,
      onePayload(mixed, times, between(random, 0, 0.5)),
      'like in its mean',
      times,
      seed,
    ),
  ];
}

function judge(
  mixed: MixedFunction,
  bench: BenchFunction,
  kind: Judged['kind'],
  scale: number,
  seed: number,
): Judged {
  const random = seededRandom(seed, Math.round(scale * 1000) + mixed.calls);
  const traffic = simulatedTraffic(mixed, random);
  const input = settledInput(bench, {
    seed,
    memorySizes: SIZES,
    coldShare: traffic.coldShare ?? 0.01,
    apply: { timeout: true },
  });
  const run = simulateRun(bench, input, seed);
  const { variants, observations, prices, ephemeralStorageMb } = run.request;
  const request = {
    input,
    target: bench.present,
    variants,
    observations,
    prices,
    ephemeralStorageMb,
    seed,
  };
  const answer = recommend({ ...request, traffic });
  if (answer.kind !== 'recommended' || answer.history === null) {
    return { kind, scale, verdict: 'unknown', isTurned: false, covers: null, width: null };
  }
  const { payload, savingUsdPerMonth: stated } = answer.history;
  const truth = trueSaving(mixed, answer.memoryMb, traffic.invocationsPerMonth);
  return {
    kind,
    scale,
    verdict: payload.verdict,
    isTurned: answer.confidence.unsure?.what === 'traffic',
    covers: stated === null ? null : stated.low <= truth.saved && truth.saved <= stated.high,
    width: stated === null ? null : (stated.high - stated.low) / truth.now,
  };
}

function trueSaving(mixed: MixedFunction, memoryMb: number, calls: number) {
  const { bench, coldShare } = mixed;
  const costOf = (size: number): number =>
    truePoints(wholeMix(mixed), [size], coldShare, 900)[0]?.costUsd ?? Number.NaN;
  const now = costOf(bench.present.memoryMb) * calls;
  return { now, saved: now - costOf(memoryMb) * calls };
}
