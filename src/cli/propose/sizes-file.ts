import {
  parseMeasuredSizes,
  type MeasuredSize,
  type MeasuredSizesFile,
} from '../../contract/shared/measured-sizes.ts';
import { filesOfThisMachine } from '../../project/files-of-this-machine.ts';
import type { ProposedResult } from '../../report/proposal/proposed-function.ts';
import { UsageError } from '../../api/shared/usage-error.ts';
import { parseJson } from '../../api/shared/read-json.ts';
import { messageOf } from '../../contract/shared/thrown.ts';

export const SIZES_FILE = 'powerdial.sizes.json';

/** Returns what a result says, as the file of sizes keeps it. */
export function toMeasuredSize({
  recommendation,
  verdict,
  run,
  target,
  emulated,
}: ProposedResult): MeasuredSize {
  return {
    memoryMb: recommendation.memoryMb,
    timeoutSeconds: recommendation.timeoutSeconds,
    verdict,
    measuredAt: run?.startedAt.slice(0, 10) ?? null,
    run: run?.id ?? null,
    codeSha256: run?.codeSha256 ?? null,
    runtime: target.runtime,
    ...(emulated ? { emulated: true as const } : {}),
  };
}

/**
 * Puts sizes into the file as it is: functions without a new one keep theirs.
 *
 * @returns the new text
 * @throws {UsageError} where the file is none of sizes
 */
export function joinSizes(file: string, sizes: MeasuredSizesFile): string {
  const text = filesOfThisMachine.read(file);
  const { $schema, ...present } = text === null ? {} : readSizes(file, text);
  const joined = Object.entries({ ...present, ...sizes }).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const head = $schema === undefined ? {} : { $schema };
  return `${JSON.stringify({ ...head, ...Object.fromEntries(joined) }, null, 2)}\n`;
}

function readSizes(file: string, text: string): { readonly [key: string]: unknown } {
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (error) {
    throw new UsageError([`--sizes: ${file} is no JSON: ${messageOf(error)}`]);
  }
  const parsed = parseMeasuredSizes(value);
  if (parsed.kind === 'invalid') {
    throw new UsageError(parsed.problems.map((problem) => `--sizes: ${file}: ${problem}`));
  }
  return value as { readonly [key: string]: unknown };
}
