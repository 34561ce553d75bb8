import { resultSchema } from '../../contract/tune/result.ts';
import { schemaProblems } from '../../contract/shared/schema-problems.ts';
import type { ProposedResult } from '../../report/proposal/proposed-function.ts';
import { UsageError } from '../../api/shared/usage-error.ts';
import { readJson } from '../../api/shared/read-json.ts';
import { messageOf } from '../../contract/shared/thrown.ts';

/** As much of a result as a proposal takes: neither its input nor its observations. */
const proposedSchema = resultSchema.pick({
  schemaVersion: true,
  emulated: true,
  verdict: true,
  recommendation: true,
  target: true,
  run: true,
  current: true,
  confidence: true,
  sizes: true,
  timeout: true,
});

export interface ReadResult {
  readonly file: string;
  readonly result: ProposedResult;
}

/**
 * Reads result files of tune.
 *
 * @throws {UsageError} with what is wrong with all of them
 */
export async function readResults(files: readonly string[]): Promise<readonly ReadResult[]> {
  const problems: string[] = [];
  const results: ReadResult[] = [];
  for (const file of files) {
    try {
      const value = await readJson(file);
      const parsed = proposedSchema.safeParse(value);
      if (parsed.success) results.push({ file, result: parsed.data });
      else {
        const [first = ''] = schemaProblems(parsed.error, value, proposedSchema);
        problems.push(`${file}: wanted a result of powerdial tune: ${first}`);
      }
    } catch (error) {
      const why = messageOf(error);
      problems.push(`${file}: wanted a result of powerdial tune: ${why}`);
    }
  }
  if (problems.length > 0) throw new UsageError(problems);
  return results;
}
