import type { Json } from '../../contract/shared/json.ts';
import { tuneConfigProblems } from '../../contract/check/check-config.ts';
import { configText } from '../shared/config-text.ts';
import { UsageError } from '../shared/exit-code.ts';
import { parseJson } from '../shared/read-json.ts';
import type { InputFile } from './read-input-file.ts';

const DEFAULT_FILE = 'powerdial.config.json';

/**
 * Returns what `tune` of the configuration says of every run: of the file that is named, or of the one in
 * the working directory and in no folder above it. `null` where it says nothing.
 *
 * @throws {UsageError} with all problems together
 */
export async function readTuneConfig(named: string | undefined): Promise<InputFile | null> {
  const file = named ?? DEFAULT_FILE;
  const text = await configText(file, named !== undefined);
  if (text === null) return null;
  let raw: unknown;
  try {
    raw = parseJson(text);
  } catch (error) {
    throw new UsageError([`${file}: wanted JSON: ${(error as Error).message}`]);
  }
  const problems = tuneConfigProblems(raw);
  if (problems.length > 0) throw new UsageError(problems.map((problem) => `${file}: ${problem}`));
  const { tune } = raw as { readonly tune?: { readonly [key: string]: Json } };
  return tune === undefined
    ? null
    : { path: file, input: tune, isPeers: false, isConfiguration: true, functionName: null };
}
