import { readFile } from 'node:fs/promises';
import type { AgainstResult, HistoryAnswer } from '../../contract/history/history.ts';
import type { Result } from '../../contract/tune/result.ts';
import { UsageError } from '../shared/usage-error.ts';

/** @throws {UsageError} for a file that is no result of tune */
export async function readResultFile(file: string): Promise<Result> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new UsageError([`--against-result: cannot read ${file}: ${String(error)}`]);
  }
  const result = json as Partial<Result> | null;
  if (typeof result !== 'object' || result?.target === undefined || !Array.isArray(result.sizes)) {
    throw new UsageError([`--against-result: wanted a result of powerdial tune in ${file}`]);
  }
  return json as Result;
}

/** Puts what a run promised beside what was seen, for the function that the result is of. */
export function holdAgainst(answer: HistoryAnswer, result: Result): HistoryAnswer {
  const name = result.target.function.replace(/^.*:function:/, '').split(':')[0];
  const memoryMb = result.recommendation.memoryMb;
  const promised = result.sizes.find((size) => size.memoryMb === memoryMb);
  if (name !== answer.function || promised === undefined) return answer;
  const seen = answer.history?.sizes.find((size) => size.memoryMb === memoryMb);
  const against: AgainstResult = {
    memoryMb,
    promised: {
      p50: promised.durationMs.p50,
      p95: promised.durationMs.p95,
      costUsdPerMillion: promised.costUsdPerMillion.mean,
    },
    seen:
      seen === undefined
        ? null
        : {
            p50: seen.durationMs.p50,
            p95: seen.durationMs.p95,
            costUsdPerMillion: seen.usd === null ? null : (seen.usd / seen.invocations) * 1e6,
          },
  };
  return { ...answer, against };
}
