import { z } from 'zod';

import { TOOL_SCHEMA, type CheckObservation } from '../../contract/check/check.ts';
import { ARCHITECTURES } from '../../contract/shared/function-configuration.ts';
import { machineSchema } from '../../contract/shared/machine.ts';
import type { Observation } from '../../contract/shared/observation.ts';
import { messageOf } from '../../contract/shared/thrown.ts';
import type { Result } from '../../contract/tune/result.ts';
import { plainName } from '../../core/compare/checked-name.ts';
import type { Side } from '../../core/compare/side-sample.ts';
import { fromResultObservations } from '../../stages/tune/observation-codec.ts';
import { UsageError } from '../shared/usage-error.ts';
import { parseObservations } from './parse-observations.ts';

/** One function of a file. */
export interface ObservedFunction {
  readonly name: string;
  readonly side: Side;
}

/** One function at several sizes, as a result of tune holds it. */
export interface ObservedTuneFile {
  readonly kind: 'tune';
  /** Sizes by preference: the current one, the recommended one, the others by how often they were invoked. */
  readonly sizes: readonly number[];
  readonly at: (memoryMb: number) => ObservedFunction;
  /** The whole result, for its curves; `null` where an earlier version wrote it in another form. */
  readonly result: Result | null;
}

/** As much of a result of tune as a comparison takes. */
export const tuneFileSchema = z.object({
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

type TuneFile = z.infer<typeof tuneFileSchema>;

/** Reads a result of tune as what a comparison takes of it: one function at several sizes. */
export function readTuneFile(
  path: string,
  file: TuneFile,
  result: Result | null,
): ObservedTuneFile {
  const all = parseObservations(path, tuneObservations(path, file));
  const counts = new Map<number, number>();
  for (const { memoryMb } of all) counts.set(memoryMb, (counts.get(memoryMb) ?? 0) + 1);
  const often = [...counts].sort((a, b) => b[1] - a[1]).map(([memoryMb]) => memoryMb);
  const preferred = [file.current.memoryMb, file.recommendation.memoryMb].filter(
    (memoryMb) => memoryMb !== null && counts.has(memoryMb),
  );
  return {
    kind: 'tune',
    result,
    sizes: [...new Set([...preferred, ...often])].filter((memoryMb) => memoryMb !== null),
    at: (memoryMb) => ({
      name: plainName(file.target.function),
      side: {
        facts: factsAt(memoryMb, file),
        observations: all.filter((each) => each.memoryMb === memoryMb),
      },
    }),
  };
}

function factsAt(memoryMb: number, file: TuneFile): Side['facts'] {
  const { architecture, region, runtime } = file.target;
  const traffic = file.input?.invocationsPerMonth;
  return {
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
  };
}

function tuneObservations(
  path: string,
  { observations, input }: TuneFile,
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
