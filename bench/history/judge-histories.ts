import type { HistoryAnswer, SizeHistory } from '../../src/contract/history/history.ts';
import type { Truth } from './raw-truth.ts';

const TOP = 10;
const NAMES = ['p50', 'p95', 'p99', 'p999', 'max'] as const;
/** Wider than a bucket, for what a sum of decimals may lack. */
const WIDEST = 1.02;
const SAME = 1e-9;

/** Prints how far the answers are from what the raw values say; whether all is as wanted. */
export function judgeHistories(
  answers: readonly HistoryAnswer[],
  truths: readonly Truth[],
): boolean {
  const byName = new Map(answers.map((each) => [each.function, each]));
  let sizes = 0;
  let worstRatio = 1;
  let lowestRatio = 1;
  let otherCounts = 0;
  let otherCosts = 0;
  let sameTimeouts = 0;
  let lowerTimeouts = 0;
  for (const truth of truths) {
    const history = byName.get(truth.function)?.history ?? null;
    if (history === null || history.sizes.length !== truth.sizes.length) otherCounts += 1;
    for (const [index, size] of truth.sizes.entries()) {
      const seen = history?.sizes[index];
      if (seen === undefined) continue;
      sizes += 1;
      if (!hasSameCounts(seen, size)) otherCounts += 1;
      if (Math.abs((seen.usd ?? NaN) / size.usd - 1) > SAME || seen.usd === null) otherCosts += 1;
      for (const name of NAMES) {
        const [said, raw] = [seen.durationMs[name], size.durationMs[name]];
        if (said === null || raw === null) continue;
        worstRatio = Math.max(worstRatio, said / raw);
        lowestRatio = Math.min(lowestRatio, said / raw);
      }
    }
    const [said, raw] = [history?.timeout.recommendedSeconds ?? null, truth.timeoutSeconds];
    if (said === raw) sameTimeouts += 1;
    if (said === null || raw === null ? said !== raw : said < raw) lowerTimeouts += 1;
  }
  const saidTop = topOf(answers, (each) => each.history?.ceiling?.usdPerMonth ?? 0);
  const rawTop = topOf(truths, ({ ceilingUsd }) => ceilingUsd);
  const trueTop = new Set(topOf(truths, ({ savingUsd }) => savingUsd));
  const isSameTop = saidTop.join() === rawTop.join();
  const recall = saidTop.filter((name) => trueTop.has(name)).length / TOP;
  const timeoutShare = sameTimeouts / truths.length;
  console.log(`sizes of functions: ${sizes}`);
  console.log(
    `quantiles ÷ raw: ${lowestRatio.toFixed(4)} to ${worstRatio.toFixed(4)} (wanted: 1 to 1.02)`,
  );
  console.log(`other counts: ${otherCounts}, other costs: ${otherCosts} (wanted: none)`);
  console.log(
    `timeouts as from raw values: ${(100 * timeoutShare).toFixed(1)} % (wanted: 99), below: ${lowerTimeouts} (wanted: none)`,
  );
  console.log(
    `top ${TOP} by the ceiling as from raw values: ${isSameTop ? 'yes' : 'no'}; of the true top ${TOP} by saving it holds ${(100 * recall).toFixed(0)} %`,
  );
  return (
    lowestRatio >= 1 &&
    worstRatio <= WIDEST &&
    otherCounts + otherCosts + lowerTimeouts === 0 &&
    timeoutShare >= 0.99 &&
    isSameTop
  );
}

function hasSameCounts(seen: SizeHistory, truth: Truth['sizes'][number]): boolean {
  return (
    seen.memoryMb === truth.memoryMb &&
    seen.invocations === truth.invocations &&
    seen.coldStarts === truth.coldStarts &&
    seen.timeouts === truth.timeouts &&
    seen.outOfMemory === truth.outOfMemory &&
    seen.errors === truth.errors &&
    seen.maxMemoryUsedMb === truth.maxMemoryUsedMb
  );
}

function topOf<T extends { readonly function: string }>(
  all: readonly T[],
  value: (each: T) => number,
): readonly string[] {
  return all
    .toSorted((a, b) => value(b) - value(a))
    .slice(0, TOP)
    .map((each) => each.function);
}
