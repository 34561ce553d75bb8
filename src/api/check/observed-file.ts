import { machineSchema } from '../../contract/shared/machine.ts';
import { z } from 'zod';

import {
  checkObservationSchema,
  sideFactsSchema,
  TOOL_SCHEMA,
  type CheckObservation,
  type CheckTable,
} from '../../contract/check/check.ts';
import { PowerdialError } from '../../contract/shared/errors.ts';
import { ARCHITECTURES } from '../../contract/shared/function-configuration.ts';
import type { Observation } from '../../contract/shared/observation.ts';
import { resultSchema, type Result } from '../../contract/tune/result.ts';
import { plainName } from '../../core/compare/checked-name.ts';
import type { Side } from '../../core/compare/side-sample.ts';
import { fromCheckTable } from '../../stages/check/check-codec.ts';
import { fromResultObservations } from '../../stages/tune/observation-codec.ts';
import { UsageError } from '../shared/usage-error.ts';
import { readJson } from '../shared/read-json.ts';
import { messageOf } from '../../contract/shared/thrown.ts';

/** One function of a file. */
export interface ObservedFunction {
  readonly name: string;
  readonly side: Side;
}

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

/** As much of a result of tune as a comparison takes. */
const tuneFileSchema = z.object({
  schemaVersion: z.literal(1),
  target: z.object({
    function: z.string(),
    architecture: z.enum(ARCHITECTURES),
    region: z.string(),
    runtime: z.string().nullable(),
  }),
  /** As much of the input as says what was no failure, and what was paid. */
  input: z
    .object({
      ignoreErrors: z.array(z.string()).optional(),
      invocationsPerMonth: z.number().exactOptional(),
    })
    .optional(),
  /** Results of earlier versions have none. */
  facts: z.object({ ephemeralStorageMb: z.int(), provisioned: z.int().nullable() }).optional(),
  emulation: z.object({ cpu: z.string(), machine: machineSchema.optional() }).optional(),
  current: z.object({ memoryMb: z.int().nullable(), timeoutSeconds: z.int().nullable() }),
  recommendation: z.object({ memoryMb: z.int() }),
  observations: z.union([
    z.object({ encoding: z.literal('gzip+base64'), data: z.string() }),
    z.object({ columns: z.array(z.string()), rows: z.array(z.array(z.unknown())) }),
  ]),
});

/** What a file holds: the heads of a check, or one function at several sizes. */
export type ObservedFile =
  | { readonly kind: 'check'; readonly functions: readonly ObservedFunction[] }
  | {
      readonly kind: 'tune';
      /** Sizes by preference: the current one, the recommended one, the others by how often they were invoked. */
      readonly sizes: readonly number[];
      readonly at: (memoryMb: number) => ObservedFunction;
      /** The whole result, for its curves; `null` where an earlier version wrote it in another form. */
      readonly result: Result | null;
    };

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
  refuseFailed(path, raw);
  const check = checkFileSchema.safeParse(raw);
  if (check.success) return { kind: 'check', functions: functionsOf(path, check.data) };
  const tune = tuneFileSchema.safeParse(raw);
  if (tune.success) {
    const whole = resultSchema.safeParse(raw);
    return tuneFile(path, tune.data, whole.success ? whole.data : null);
  }
  throw new UsageError([
    `${path}: wanted a result of powerdial check or tune with its observations, it is something else; write one with --out result.json or --save-baseline`,
  ]);
}

const failedRunSchema = z.object({
  failed: z.literal(true),
  error: z.string().default('an error'),
  cause: z.string().default('nothing says why'),
});
const failedFunctionsSchema = z.object({
  failed: z.array(z.object({ function: z.string(), error: z.string(), cause: z.string() })).min(1),
});
const emptyCheckSchema = z.object({
  schemaVersion: z.literal(1),
  functions: z.array(z.unknown()).max(0),
});

/** A run that failed, or measured only some of its functions, is nothing to compare with. */
function refuseFailed(path: string, raw: unknown): void {
  const run = failedRunSchema.safeParse(raw);
  const some = failedFunctionsSchema.safeParse(raw);
  const found = run.success
    ? `it is of a run that failed with ${run.data.error}: ${run.data.cause}`
    : some.success
      ? `it is of a check that could not measure ${some.data.failed.map((each) => `${each.function} (${each.error}: ${each.cause})`).join(', ')}`
      : emptyCheckSchema.safeParse(raw).success
        ? 'it is of a check that measured nothing'
        : null;
  if (found === null) return;
  throw new PowerdialError(
    'NothingMeasured',
    `Compare ${path}: wanted a result, ${found}. Run it again.`,
  );
}

function functionsOf(
  path: string,
  file: z.infer<typeof checkFileSchema>,
): readonly ObservedFunction[] {
  return file.functions.map((each) => {
    const { head } = fromCheckTable(each.observations as CheckTable);
    const observations = parseObservation(path, head);
    return { name: each.function, side: { facts: each.head, observations } };
  });
}

function tuneFile(
  path: string,
  file: z.infer<typeof tuneFileSchema>,
  result: Result | null,
): ObservedFile {
  const all = parseObservation(path, tuneObservations(path, file));
  const counts = new Map<number, number>();
  for (const { memoryMb } of all) counts.set(memoryMb, (counts.get(memoryMb) ?? 0) + 1);
  const often = [...counts].sort((a, b) => b[1] - a[1]).map(([memoryMb]) => memoryMb);
  const preferred = [file.current.memoryMb, file.recommendation.memoryMb].filter(
    (memoryMb) => memoryMb !== null && counts.has(memoryMb),
  );
  const { architecture, region, runtime } = file.target;
  const traffic = file.input?.invocationsPerMonth;
  return {
    kind: 'tune',
    result,
    sizes: [...new Set([...preferred, ...often])].filter((memoryMb) => memoryMb !== null),
    at: (memoryMb) => ({
      name: plainName(file.target.function),
      side: {
        facts: {
          function: file.target.function,
          version: null,
          timeoutSeconds: file.current.timeoutSeconds,
          ephemeralStorageMb: file.facts?.ephemeralStorageMb ?? 512,
          provisioned: file.facts?.provisioned ?? null,
          ...(traffic === undefined ? {} : { invocationsPerMonth: traffic }),
          key: {
            architecture,
            region,
            memoryMb,
            runtime,
            layers: [],
            emulation: file.emulation?.cpu ?? null,
            machine: file.emulation?.machine ?? null,
            toolSchema: TOOL_SCHEMA,
            payloads: null,
          },
        },
        observations: all.filter((each) => each.memoryMb === memoryMb),
      },
    }),
  };
}

function tuneObservations(
  path: string,
  { observations, input }: z.infer<typeof tuneFileSchema>,
): readonly CheckObservation[] {
  try {
    const read: readonly Observation[] = fromResultObservations(
      observations as Result['observations'],
    );
    // Environments count as unknown, as in results of earlier versions; which error was ignored is not told.
    const ignores = (input?.ignoreErrors ?? []).length > 0;
    return read.map((each) => ({
      ...each,
      environment: null,
      ignored: ignores && each.outcome === 'error' ? true : null,
    }));
  } catch (error) {
    throw new UsageError([`${path}: its observations cannot be read: ${messageOf(error)}`]);
  }
}

function parseObservation(
  path: string,
  observations: readonly CheckObservation[],
): readonly CheckObservation[] {
  if (observations.length === 0) {
    throw new PowerdialError(
      'NothingMeasured',
      `Compare ${path}: wanted observations, it holds none. No samples are no pass: measure again.`,
    );
  }
  const parsed = z.array(checkObservationSchema).safeParse(observations);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  throw new UsageError([
    `${path}: an observation is damaged (row ${String(first?.path[0])}, ${String(first?.path[1])}: ${first?.message ?? ''})`,
  ]);
}
