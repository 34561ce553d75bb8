import { z } from 'zod';
import { ARCHITECTURES, type Architecture } from '../../contract/shared/function-configuration.ts';
import {
  MAX_MEMORY_MB,
  MAX_TIMEOUT_SECONDS,
  MIN_MEMORY_MB,
  MIN_TIMEOUT_SECONDS,
} from '../../contract/shared/memory.ts';
import { schemaProblems } from '../../contract/shared/schema-problems.ts';

export type RecordedOutcome = 'ok' | 'timeout' | 'out-of-memory' | 'error';

/** What was seen at one memory size. */
export interface RecordedSize {
  readonly memoryMb: number;
  /** Handler time of warm invocations, ascending, at least one. */
  readonly warmMs: readonly number[];
  /** Handler time of cold invocations; `null`: like the warm ones. */
  readonly coldMs: readonly number[] | null;
  /** `null`: its environments are initialised ahead, and cold invocations print no Init Duration. */
  readonly initMs: readonly number[] | null;
  /** More than the size means that it does not fit: out of memory. */
  readonly maxMemoryUsedMb: number | null;
  /** The timeout under which this size was recorded: its invocations end there at the latest. */
  readonly timeoutSeconds: number | null;
  readonly outcome: RecordedOutcome;
}

/** A function as somebody measured it, to be replayed in no time and with no side effect. */
export interface Recording {
  readonly name: string;
  readonly architecture: Architecture;
  /** The function's own timeout; `null` where the file does not say. */
  readonly timeoutSeconds: number | null;
  /** Ascending in memory, at least one. */
  readonly sizes: readonly RecordedSize[];
}

const DURATIONS = z.array(z.number().nonnegative()).min(1);
const TIMEOUT = z.int().min(MIN_TIMEOUT_SECONDS).max(MAX_TIMEOUT_SECONDS);

const SIZE_SCHEMA = z.strictObject({
  warmMs: DURATIONS,
  coldMs: DURATIONS.optional(),
  initMs: DURATIONS.optional(),
  maxMemoryUsedMb: z.number().nonnegative().optional(),
  timeoutSeconds: TIMEOUT.optional(),
  outcome: z.enum(['ok', 'timeout', 'out-of-memory', 'error']).optional(),
});

const RECORDING_SCHEMA = z.strictObject({
  name: z.string().regex(/^[a-zA-Z0-9-_]{1,64}$/, 'wanted 1 to 64 letters, digits, - and _'),
  architecture: z.enum(ARCHITECTURES).optional(),
  timeoutSeconds: TIMEOUT.optional(),
  // The sizes are read one by one, so that an unknown key in them finds its nearest known one.
  memory: z.record(z.string(), z.unknown()),
});

/** Reads a recording from parsed JSON, or says everything that is wrong with it, a sentence each. */
export function readRecording(
  json: unknown,
):
  | { readonly kind: 'recording'; readonly recording: Recording }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] } {
  const file = RECORDING_SCHEMA.safeParse(json);
  // What is wrong in the sizes is told together with what is wrong around them.
  const memory = z.object({ memory: z.record(z.string(), z.unknown()) }).safeParse(json);
  const sizes = Object.entries(memory.data?.memory ?? {}).map(([key, value]) =>
    readSize(key, value),
  );
  const problems = [
    ...(file.success ? [] : schemaProblems(file.error, json, RECORDING_SCHEMA)),
    ...(memory.success && sizes.length === 0
      ? ['memory: wanted at least one memory size, it is empty']
      : []),
    ...sizes.flatMap((each) => (each.kind === 'invalid' ? each.problems : [])),
  ];
  if (!file.success || problems.length > 0) return { kind: 'invalid', problems };
  const { name, architecture, timeoutSeconds } = file.data;
  return {
    kind: 'recording',
    recording: {
      name,
      architecture: architecture ?? 'x86_64',
      timeoutSeconds: timeoutSeconds ?? null,
      sizes: sizes
        .flatMap((each) => (each.kind === 'size' ? [each.size] : []))
        .toSorted((a, b) => a.memoryMb - b.memoryMb),
    },
  };
}

type SizeReading =
  | { readonly kind: 'size'; readonly size: RecordedSize }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

function readSize(key: string, value: unknown): SizeReading {
  const memoryMb = /^[1-9]\d*$/.test(key) ? Number(key) : NaN;
  const outside = !(memoryMb >= MIN_MEMORY_MB && memoryMb <= MAX_MEMORY_MB);
  const read = SIZE_SCHEMA.safeParse(value);
  const problems = [
    ...(outside
      ? [
          `memory: wanted sizes from ${MIN_MEMORY_MB} to ${MAX_MEMORY_MB} MB in whole MB, one is ${JSON.stringify(key)}`,
        ]
      : []),
    ...(read.success
      ? []
      : schemaProblems(read.error, value, SIZE_SCHEMA).map(
          (problem) => `memory.${key}: ${problem.replace(/^input: /, '')}`,
        )),
  ];
  if (!read.success || problems.length > 0) return { kind: 'invalid', problems };
  const size = read.data;
  return {
    kind: 'size',
    size: {
      memoryMb,
      warmMs: sortAscending(size.warmMs),
      coldMs: size.coldMs === undefined ? null : sortAscending(size.coldMs),
      initMs: size.initMs === undefined ? null : sortAscending(size.initMs),
      maxMemoryUsedMb: size.maxMemoryUsedMb ?? null,
      timeoutSeconds: size.timeoutSeconds ?? null,
      outcome: size.outcome ?? 'ok',
    },
  };
}

function sortAscending(values: readonly number[]): readonly number[] {
  return values.toSorted((a, b) => a - b);
}
