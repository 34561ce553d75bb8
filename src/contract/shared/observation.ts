import { z } from 'zod';
import type { DeepReadonly } from './deep-readonly.ts';

/**
 * How an invocation ended. `lost`: it may have run, but no platform log was found. Whatever is not
 * `ok` is billed and counted, and is in no duration.
 */
export const OUTCOMES = ['ok', 'error', 'timeout', 'out-of-memory', 'lost'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const observationSchema = z.object({
  memoryMb: z.int(),
  /** Run time of the handler, without init or restore. */
  durationMs: z.number().nonnegative().nullable(),
  /** What AWS bills: run time, init and restore together, in whole milliseconds. */
  billedMs: z.number().nonnegative().nullable(),
  /** Init Duration, or Restore Duration for SnapStart. */
  initMs: z.number().nonnegative().nullable(),
  /** In AWS's MB of 2^20 bytes. */
  maxMemoryUsedMb: z.number().nonnegative().nullable(),
  cold: z.boolean().nullable(),
  outcome: z.enum(OUTCOMES),
  /** Index into the run's payloads. */
  payload: z.int(),
  /** When it was sent, counted from the start of the run. */
  atMs: z.number(),
  /**
   * Which execution environment served it: a number that stands for its log stream. `null`, or left out,
   * where no log tells.
   */
  environment: z.int().nullable().exactOptional(),
});
/** One invocation of one variant, as its platform log tells it. `null`: the log does not say. */
export type Observation = DeepReadonly<z.infer<typeof observationSchema>>;

/** The order of columns in results and files. */
export const OBSERVATION_COLUMNS = [
  'memoryMb',
  'durationMs',
  'billedMs',
  'initMs',
  'maxMemoryUsedMb',
  'cold',
  'outcome',
  'payload',
  'atMs',
  'environment',
] as const satisfies readonly (keyof Observation)[];

const observationTableSchema = z.object({
  columns: z.array(z.enum(OBSERVATION_COLUMNS)),
  rows: z.array(z.array(z.union([z.number(), z.boolean(), z.string(), z.null()]))),
});
export type ObservationTable = DeepReadonly<z.infer<typeof observationTableSchema>>;

const compressedObservationsSchema = z.object({
  encoding: z.literal('gzip+base64'),
  data: z.string(),
});
/** The same table, gzipped and in base64, as it travels through a workflow's state. */
export type CompressedObservations = Readonly<z.infer<typeof compressedObservationsSchema>>;

export const observationsSchema = z
  .union([observationTableSchema, compressedObservationsSchema])
  .describe('every invocation: a table of `columns` and `rows`, or the same compressed');
