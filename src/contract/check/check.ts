import { z } from 'zod';
import type { DeepReadonly } from '../shared/deep-readonly.ts';
import { ARCHITECTURES } from '../shared/function-configuration.ts';
import { machineSchema, type MachineLoad } from '../shared/machine.ts';
import { observationSchema } from '../shared/observation.ts';
import type { JudgementReason } from './judgement-reason.ts';
import { METRICS, type Metric, type MetricUnit } from './metric.ts';
import type { Interval } from '../tune/interval.ts';
import type { Warning } from '../shared/warnings/warning.ts';

export type MetricVerdict =
  | 'pass'
  | 'improved'
  | 'within-noise'
  | 'regressed'
  | 'over-budget'
  | 'inconclusive'
  | 'incompatible';

export const RULE_LEVELS = ['error', 'warn'] as const;
export type RuleLevel = (typeof RULE_LEVELS)[number];

export const checkRuleSchema = z.strictObject({
  kind: z.enum(['budget', 'regression']),
  metric: z.enum(METRICS),
  /** Which way the limit holds; a regression has a `max`. */
  bound: z.enum(['max', 'min']),
  /**
   * In the metric's unit; for a regression the change that is allowed, as a share: of the base, and for
   * `errors` of all invocations.
   */
  limit: z.number(),
  level: z.enum(RULE_LEVELS),
});
/** What is asked of one metric. */
export type CheckRule = DeepReadonly<z.infer<typeof checkRuleSchema>>;

export const checkObservationSchema = observationSchema.extend({
  /** Numbered from 0 within its side; `null` where the log stream could not be read. */
  environment: z.int().nullable(),
  /** Ended with an error that `ignoreErrors` names: it is in no duration, and no failure. */
  ignored: z.boolean().nullable().exactOptional(),
});
/** One invocation of one side, with the environment that served it. */
export type CheckObservation = DeepReadonly<z.infer<typeof checkObservationSchema>>;

const environmentKeySchema = z.object({
  architecture: z.enum(ARCHITECTURES),
  region: z.string(),
  memoryMb: z.int(),
  runtime: z.string().nullable(),
  layers: z.array(z.string()),
  /** How the CPU share was made; `null` on AWS. */
  emulation: z.string().nullable(),
  /** Where handlers ran on a machine of the user's; `null` on AWS, and in files that do not tell. */
  machine: machineSchema.nullable().exactOptional(),
  toolSchema: z.int(),
  /**
   * Hash of the payloads and their weights; `null` where nothing tells, as in results of tune and in older
   * baselines, and then not compared.
   */
  payloads: z.string().nullable().default(null),
});
/** What a side was measured on: two sides that differ in it cannot be compared across days. */
export type EnvironmentKey = DeepReadonly<z.infer<typeof environmentKeySchema>>;

export const sideFactsSchema = z.object({
  /** Name or ARN, unqualified. */
  function: z.string(),
  /** `$LATEST` or a number; `null` where nothing says. */
  version: z.string().nullable(),
  timeoutSeconds: z.int().nullable(),
  ephemeralStorageMb: z.int(),
  /** Executions that the function keeps ready, all together; `null` or left out: not known. */
  provisioned: z.int().nullable().exactOptional(),
  /** What these are shared by. */
  invocationsPerMonth: z.number().exactOptional(),
  key: environmentKeySchema,
});
/** One side of a check, as its configuration says. */
export type SideFacts = DeepReadonly<z.infer<typeof sideFactsSchema>>;

/** Raised when observations of an older version of this tool must not be compared with new ones. */
export const TOOL_SCHEMA = 1;

export interface MetricJudgement {
  readonly metric: Metric;
  readonly rule: CheckRule;
  readonly unit: MetricUnit;
  /** `null` where it was not measured, or there is no base. */
  readonly base: number | null;
  readonly head: number | null;
  /**
   * Head ÷ base − 1, for `errors` head − base, with the interval that decided, at `confidence`; `null` without
   * a base.
   */
  readonly change: { readonly [Key in keyof Interval]: number | null } | null;
  /**
   * The change that could still be there, one-sided: what a regression rule passes on. A rule whose
   * limit just holds is passed by mistake in at most 5 % of checks. `null` where nothing bounds it.
   */
  readonly atMost: number | null;
  /** Of the head's value, at `confidence`: what a budget is judged by. */
  readonly headInterval: { readonly low: number | null; readonly high: number | null } | null;
  /** Two-sided; corrected for the number of comparisons and of looks. */
  readonly confidence: number;
  readonly verdict: MetricVerdict;
  /** Why it is inconclusive or incompatible, for people; `null` where the numbers speak. */
  readonly reason: string | null;
  /** The same for programs; results of earlier versions have none. */
  readonly reasonFacts?: JudgementReason | null;
  readonly samples: { readonly base: number; readonly head: number };
  readonly environments: { readonly base: number | null; readonly head: number | null };
}

export const CHECK_COLUMNS = [
  'side',
  'environment',
  'memoryMb',
  'durationMs',
  'billedMs',
  'initMs',
  'maxMemoryUsedMb',
  'cold',
  'outcome',
  'payload',
  'atMs',
  'ignored',
] as const;

export interface CheckTable {
  readonly columns: readonly (typeof CHECK_COLUMNS)[number][];
  readonly rows: readonly (readonly (number | boolean | string | null)[])[];
}

/** The same table, gzipped and in base64, as an execution's output holds it. */
export interface CompressedCheckTable {
  readonly encoding: 'gzip+base64';
  readonly data: string;
}

export interface CheckSpent {
  readonly invocations: number;
  readonly gbSeconds: number;
  readonly usd: number;
}

/** One function of a check. */
export interface CheckedFunction {
  readonly function: string;
  readonly base: SideFacts | null;
  readonly head: SideFacts;
  /** Where the base comes from. */
  readonly baseline: 'measured' | 'stored' | 'none';
  readonly looks: number;
  readonly metrics: readonly MetricJudgement[];
  readonly spent: CheckSpent;
  /** Of handlers on this machine, as far as the system tells. */
  readonly machineLoad?: MachineLoad;
  readonly warnings: readonly Warning[];
  readonly observations: CheckTable;
}

/** A function that could not be checked: an error, and no pass. */
export interface FailedFunction {
  readonly function: string;
  readonly error: string;
  readonly cause: string;
}

/** What `check` and `compare` answer. */
export interface CheckResult {
  readonly schemaVersion: 1;
  /** No rule of level error failed, none is inconclusive or incompatible, and every function was checked. */
  readonly passed: boolean;
  /** Never `pass` where a function failed or none was measured. */
  readonly verdict: 'pass' | 'fail' | 'inconclusive';
  readonly falseAlarmRate: number;
  readonly measuredAt: string;
  readonly functions: readonly CheckedFunction[];
  readonly failed: readonly FailedFunction[];
  /** About the check as a whole, or a function that was not measured. */
  readonly warnings: readonly Warning[];
  readonly spent: CheckSpent;
}
