import type { Json } from '../../contract/shared/json.ts';
import { tuneConfigProblems } from '../../contract/check/check-config.ts';
import { readConfigFile } from '../shared/config-file.ts';
import { UsageError } from '../../api/shared/usage-error.ts';
import type { InputFile } from './read-input-file.ts';

/**
 * Returns what `tune` of the configuration says of every run: of the file that is named, or of the one in
 * the working directory and in no folder above it. `null` where it says nothing.
 *
 * @throws {UsageError} with all problems together
 */
export async function readTuneConfig(named: string | undefined): Promise<InputFile | null> {
  const { file, raw } = await readConfigFile(named);
  if (raw === undefined) return null;
  const problems = tuneConfigProblems(raw);
  if (problems.length > 0) throw new UsageError(problems.map((problem) => `${file}: ${problem}`));
  const { tune } = raw as { readonly tune?: { readonly [key: string]: Json } };
  return tune === undefined
    ? null
    : { path: file, input: tune, isPeers: false, isConfiguration: true, functionName: null };
}
