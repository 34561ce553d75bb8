import { z } from 'zod';

import { sideFactsSchema, type CheckTable } from '../../contract/check/check.ts';
import { messageOf } from '../../contract/shared/thrown.ts';
import { resultSchema } from '../../contract/tune/result.ts';
import { fromCheckTable } from '../../stages/check/check-codec.ts';
import { readJson } from '../shared/read-json.ts';
import { UsageError } from '../shared/usage-error.ts';
import { parseObservations } from './parse-observations.ts';
import { refuseFailedResult } from './refuse-failed-result.ts';
import {
  readTuneFile,
  tuneFileSchema,
  type ObservedFunction,
  type ObservedTuneFile,
} from './tune-file.ts';

const checkFileSchema = z.object({
  schemaVersion: z.literal(1),
  functions: z
    .array(
      z.object({
        function: z.string(),
        head: sideFactsSchema,
        observations: z.object({
          columns: z.array(z.string()),
          rows: z.array(z.array(z.union([z.number(), z.boolean(), z.string(), z.null()]))),
        }),
      }),
    )
    .min(1),
});

/** What a file holds: the heads of a check, or one function at several sizes. */
export type ObservedFile =
  { readonly kind: 'check'; readonly functions: readonly ObservedFunction[] } | ObservedTuneFile;

/**
 * Reads a result file of check or tune, or a baseline.
 *
 * @throws {UsageError} where it is not one
 * @throws {PowerdialError} NothingMeasured where it tells of a run that failed, or holds no observations
 */
export async function readObservedFile(path: string): Promise<ObservedFile> {
  let raw: unknown;
  try {
    raw = await readJson(path);
  } catch (error) {
    throw new UsageError([`${path}: cannot be read: ${messageOf(error)}`]);
  }
  return readObserved(path, raw);
}

/**
 * Reads the same of a value.
 *
 * @param path what to call it in messages
 * @throws {UsageError | PowerdialError} as `readObservedFile` does
 */
export function readObserved(path: string, raw: unknown): ObservedFile {
  refuseFailedResult(path, raw);
  const check = checkFileSchema.safeParse(raw);
  if (check.success) return { kind: 'check', functions: functionsOf(path, check.data) };
  const tune = tuneFileSchema.safeParse(raw);
  if (tune.success) {
    const whole = resultSchema.safeParse(raw);
    return readTuneFile(path, tune.data, whole.success ? whole.data : null);
  }
  throw new UsageError([
    `${path}: wanted a result of powerdial check or tune with its observations, it is something else; write one with --out result.json or --save-baseline`,
  ]);
}

function functionsOf(
  path: string,
  file: z.infer<typeof checkFileSchema>,
): readonly ObservedFunction[] {
  return file.functions.map((each) => {
    const { head } = fromCheckTable(each.observations as CheckTable);
    const observations = parseObservations(path, head);
    return { name: each.function, side: { facts: each.head, observations } };
  });
}
