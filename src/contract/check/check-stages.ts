import { machineSchema } from '../shared/machine.ts';
import { z } from 'zod';
import { observationSchema } from '../shared/observation.ts';
import type definition from '#state-machine/check.asl.json';
import { rulesOf } from './rules-of.ts';
import { checkRuleSchema, sideFactsSchema } from './check.ts';
import type { StageRow } from '../shared/workflow.ts';
import { warningSchema } from '../shared/warnings/warning.ts';
import { runSchema, spentSchema } from '../tune/state.ts';

type States = (typeof definition)['States'];

/** The names of all Task states in `state-machine/check.asl.json`. */
export type CheckStageName = {
  [Name in keyof States]: States[Name] extends { Resource: string } ? Name : never;
}[keyof States];

/** Observations of both sides on their way through the workflow: see `stages/check/check-codec.ts`. */
const packedSchema = z.string();

const namedSideSchema = z.strictObject({
  function: z.string().min(1),
  /** Version or alias; `null` for $LATEST. */
  qualifier: z.string().nullable().default(null),
});

/**
 * What a check of one function is started with: nothing to look up but the function. The command settles
 * all of it; of an execution started by hand `head` is enough, beside `base` or rules.
 */
export const checkInputSchema = z.strictObject({
  /** As reports name it. */
  name: z.string().min(1).optional(),
  base: namedSideSchema.nullable().default(null),
  head: namedSideSchema,
  /** A baseline from a file, in place of `base`. */
  stored: z
    .strictObject({ facts: sideFactsSchema, observations: packedSchema })
    .nullable()
    .default(null),
  payloads: z
    .array(z.strictObject({ payload: z.json(), weight: z.number().positive() }))
    .min(1)
    .default([{ payload: {}, weight: 1 }]),
  /** Whether `{{uuid}}` and `{{index}}` are filled in anew for each invocation. */
  varyPayload: z.boolean().default(false),
  /** What shares the provisioned concurrency of the function. */
  invocationsPerMonth: z.number().positive().exactOptional(),
  /** Repeats that are far faster than the first invocation are meant. */
  allowRepeats: z.boolean().default(false),
  /** How often the function was measured before for this check: keeps `{{index}}` apart. */
  measuredBefore: z.int().min(0).max(9).default(0),
  /** Error types that are no failure. */
  ignoreErrors: z.array(z.string().min(1)).default([]),
  rules: z.array(checkRuleSchema).default(() => [...rulesOf({})]),
  /** Rules judged in the whole check, over all functions. */
  comparisons: z.int().positive().optional(),
  falseAlarmRate: z.number().gt(0).max(0.5).default(0.01),
  maxInvocations: z.int().min(4).max(8000).default(400),
  maxUsd: z.number().positive().default(1),
  mostEnvironments: z.int().positive().default(32),
  /** Of a stored baseline. */
  driftSpread: z.number().nonnegative().default(0.05),
  /** Measure everything whatever the verdict: a baseline is as good as its samples are many. */
  exhaustive: z.boolean().default(false),
  /** Go on until every rule is settled; otherwise a check ends at the first that fails. */
  patient: z.boolean().default(false),
  emulation: z.string().nullable().default(null),
  machine: machineSchema.nullable().default(null),
  seed: z.int().default(0),
});
type ParsedCheckInput = z.infer<typeof checkInputSchema>;

/** With every default filled in. */
export type CheckInput = Omit<ParsedCheckInput, 'name' | 'comparisons'> & {
  readonly name: string;
  readonly comparisons: number;
};

const measuredSideSchema = z.object({
  functionName: z.string(),
  /** `null` for $LATEST. */
  version: z.string().nullable(),
  logGroup: z.string(),
  logFormat: z.enum(['Text', 'JSON']),
  timeoutSeconds: z.int(),
  codeSha256: z.string(),
  facts: sideFactsSchema,
});
export type MeasuredSide = z.infer<typeof measuredSideSchema>;

const sidesSchema = z.object({ base: measuredSideSchema.nullable(), head: measuredSideSchema });

const lookSchema = z.object({
  number: z.int(),
  invocationsPerSide: z.int(),
  environmentsPerSide: z.int(),
});

const progressSchema = z.object({
  observations: packedSchema,
  /** Log streams in the order they were seen: an observation's environment is an index into them. */
  streams: z.object({ base: z.array(z.string()), head: z.array(z.string()) }),
  /** Invocations sent to each side so far. */
  sent: z.int(),
  /** The indices from there on that a side has made already, before one was throttled until the end of a call. */
  ahead: z.object({ base: z.array(z.int()), head: z.array(z.int()) }),
  spent: spentSchema,
  /** Calls of Measure that never reported back: what they may have invoked counts as made. */
  lost: z.object({ calls: z.int(), invocations: z.int() }).default({ calls: 0, invocations: 0 }),
  /** What each side was tried with: in no figure, but what comes later is held against it. */
  trials: z
    .array(z.object({ side: z.enum(['base', 'head']), observation: observationSchema }))
    .default([]),
  /** Nothing more is affordable. */
  exhausted: z.boolean(),
});

/** The execution's input as it came. */
const sourceSchema = z.unknown();

/** One row for each Task of the check's workflow: what it reads and what it returns. */
export const CHECK_STAGES = {
  Inspect: {
    resource: '${CheckInspectFunctionArn}',
    reads: z.object({ run: runSchema, source: sourceSchema }),
    returns: z.object({
      run: runSchema,
      sides: sidesSchema,
      mostEnvironments: z.int(),
      progress: progressSchema,
      warnings: z.array(warningSchema),
    }),
  },
  Plan: {
    resource: '${CheckPlanFunctionArn}',
    reads: z.object({ source: sourceSchema, mostEnvironments: z.int(), looks: z.int() }),
    returns: z.object({ look: lookSchema, last: z.boolean() }),
  },
  Measure: {
    resource: '${CheckMeasureFunctionArn}',
    reads: z.object({
      run: runSchema,
      source: sourceSchema,
      sides: sidesSchema,
      look: lookSchema,
      progress: progressSchema,
      /** How many calls have not reported back so far, those that the progress knows of included. */
      lostCalls: z.int().default(0),
    }),
    returns: z.object({
      progress: progressSchema,
      /** Whether the look has all it needs, or all it can get. */
      done: z.boolean(),
      warnings: z.array(warningSchema),
    }),
  },
  Judge: {
    resource: '${CheckJudgeFunctionArn}',
    reads: z.object({
      source: sourceSchema,
      sides: sidesSchema,
      look: lookSchema,
      last: z.boolean(),
      progress: progressSchema,
      warnings: z.array(warningSchema),
    }),
    returns: z.object({ settled: z.boolean(), result: z.looseObject({}).nullable() }),
  },
} as const satisfies Record<CheckStageName, StageRow>;

export type CheckStageInput<Name extends CheckStageName> = z.infer<
  (typeof CHECK_STAGES)[Name]['reads']
>;
export type CheckStageOutput<Name extends CheckStageName> = z.infer<
  (typeof CHECK_STAGES)[Name]['returns']
>;
