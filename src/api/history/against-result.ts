import { z } from 'zod';
import type { AgainstResult, HistoryAnswer } from '../../contract/history/history.ts';
import type { DeepReadonly } from '../../contract/shared/deep-readonly.ts';
import { messageOf } from '../../contract/shared/thrown.ts';
import { readJson } from '../shared/read-json.ts';
import { UsageError } from '../shared/usage-error.ts';

/** As much of a result of tune as is held against what was seen. */
const promisedSchema = z.object({
  target: z.object({ function: z.string() }),
  recommendation: z.object({ memoryMb: z.int() }),
  sizes: z.array(
    z.object({
      memoryMb: z.int(),
      durationMs: z.object({ p50: z.number().nullable(), p95: z.number().nullable() }),
      costUsdPerMillion: z.object({ mean: z.number().nullable() }),
    }),
  ),
});
export type PromisedResult = DeepReadonly<z.infer<typeof promisedSchema>>;

/** @throws {UsageError} for a file that is no result of tune */
export async function readResultFile(file: string): Promise<PromisedResult> {
  let json: unknown;
  try {
    json = await readJson(file);
  } catch (error) {
    throw new UsageError([`--against-result: cannot read ${file}: ${messageOf(error)}`]);
  }
  const parsed = promisedSchema.safeParse(json);
  if (!parsed.success) {
    throw new UsageError([`--against-result: wanted a result of powerdial tune in ${file}`]);
  }
  return parsed.data;
}

/** Puts what a run promised beside what was seen, for the function that the result is of. */
export function holdAgainst(answer: HistoryAnswer, result: PromisedResult): HistoryAnswer {
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
