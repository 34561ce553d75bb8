import { tableOf } from '../shared/keys-of.ts';
import { z } from 'zod';
import { boundOf, COMPARED_METRICS, METRICS, type Metric } from './metric.ts';
import { CHANGE_GRAMMAR, changeGrammar, limitGrammar, type LimitGrammar } from './check-limit.ts';
import { schemaProblems } from '../shared/schema-problems.ts';
import { textPayloads, tuneConfigSchema } from '../tune/tune-config.ts';

const level = z.enum(['error', 'warn']).default('error').describe('warn never fails the check');

const limitText = ({ pattern, wanted }: LimitGrammar): z.ZodString =>
  z.string().regex(pattern, `wanted ${wanted}`);

const budgetRule = (metric: Metric) => {
  const limit = limitText(limitGrammar(metric));
  return boundOf(metric) === 'min'
    ? z.strictObject({ min: limit, level }).optional()
    : z.strictObject({ max: limit, level }).optional();
};

const regressionRule = (metric: Metric) =>
  z.strictObject({ max: limitText(changeGrammar(metric)), level }).optional();

const byMetric = <Name extends Metric, Rule extends z.ZodType>(
  metrics: readonly Name[],
  rule: (metric: Name) => Rule,
): z.ZodObject<Record<Name, Rule>> => z.strictObject(tableOf(metrics, rule));

const budgetsSchema = byMetric(METRICS, budgetRule).describe('absolute limits of the head');
const regressionsSchema = byMetric(COMPARED_METRICS, regressionRule).describe(
  'the change against the base that is allowed',
);

const ignoreErrorsSchema = z
  .array(z.string().min(1))
  .min(1)
  .describe('error types that are no failure, such as "OrderRejected"');

const functionSchema = z
  .strictObject({
    function: z.string().min(1).optional().describe('name or ARN'),
    name: z.string().min(1).optional().describe('what reports call it (the function)'),
    local: z
      .strictObject({
        base: z.string().min(1).optional().describe('handler of the base, as --local takes it'),
        head: z.string().min(1).describe('handler of the head'),
      })
      .optional()
      .describe('handlers on this machine in place of a function on AWS'),
    payload: z.string().min(1).optional().describe('a file of JSON, from the working directory'),
    payloads: z
      .array(
        z.strictObject({ payload: z.string().min(1), weight: z.number().positive().default(1) }),
      )
      .min(1)
      .optional()
      .describe('several files of JSON, by weight'),
    varyPayload: z
      .boolean()
      .optional()
      .describe('fill {{uuid}} and {{index}} in payloads anew for each invocation'),
    allowRepeats: z
      .boolean()
      .optional()
      .describe('repeated payloads are meant, though they are answered faster than the first'),
    invocationsPerMonth: z
      .number()
      .positive()
      .optional()
      .describe('its traffic, which shares the price of provisioned concurrency'),
    base: z.string().min(1).optional().describe('version, alias, or a baseline file (*.json)'),
    head: z.string().min(1).optional().describe('version or alias ($LATEST)'),
    memoryMb: z.int().min(128).max(10_240).optional().describe('of local handlers (1024)'),
    ignoreErrors: ignoreErrorsSchema.optional(),
    budgets: budgetsSchema.optional(),
    regressions: regressionsSchema.optional(),
  })
  .describe('one function to check');

export const checkConfigSchema = z.strictObject({
  $schema: z.string().optional(),
  functions: z.array(functionSchema).min(1).optional().describe('what to check'),
  budgets: budgetsSchema.optional(),
  regressions: regressionsSchema.optional(),
  ignoreErrors: ignoreErrorsSchema.optional(),
  falseAlarmRate: z
    .number()
    .gt(0)
    .max(0.5)
    .default(0.01)
    .describe(
      'chance that a check of unchanged code fails, all metrics, functions and looks together',
    ),
  maxInvocations: z
    .int()
    .min(20)
    .max(8000)
    .default(400)
    .describe('most invocations for each function, both sides together'),
  concurrency: z
    .int()
    .min(4)
    .max(100)
    .default(32)
    .describe('most environments of each side that are invoked at once'),
  maxUsd: z.number().positive().default(1).describe('most that measuring one function may cost'),
  baselineDrift: z
    .string()
    .regex(CHANGE_GRAMMAR.pattern, `wanted ${CHANGE_GRAMMAR.wanted}`)
    .default('5%')
    .describe('what a stored baseline is presumed to have drifted by, as a standard deviation'),
  seed: z.int().min(0).max(0xffff_ffff).optional().describe('the same seed, the same schedule'),
  tune: tuneConfigSchema.optional(),
});

export type CheckConfig = z.infer<typeof checkConfigSchema>;
export type CheckConfigFunction = NonNullable<CheckConfig['functions']>[number];

export type ParsedCheckConfig =
  | { readonly kind: 'valid'; readonly config: CheckConfig }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

/** Reads a configuration; an invalid one comes back with all of its problems, each a sentence. */
export function parseCheckConfig(raw: unknown): ParsedCheckConfig {
  const { problems: wrongWay, rest } = withoutWrongWays(raw);
  const parsed = checkConfigSchema.safeParse(rest);
  if (!parsed.success) {
    const others = schemaProblems(parsed.error, rest, checkConfigSchema);
    return { kind: 'invalid', problems: [...wrongWay, ...others] };
  }
  if (wrongWay.length > 0) return { kind: 'invalid', problems: wrongWay };
  const problems = [
    ...(parsed.data.functions ?? []).flatMap((each, index) =>
      contradictions(each).map((problem) => `functions[${index}]: ${problem}`),
    ),
    ...textPayloads(parsed.data.tune ?? {}),
  ];
  return problems.length > 0
    ? { kind: 'invalid', problems }
    : { kind: 'valid', config: parsed.data };
}

/**
 * Tells what is wrong with a configuration for `tune`: with what `tune` says, and with keys that nothing
 * knows. What else is wrong is the check's.
 */
export function tuneConfigProblems(raw: unknown): readonly string[] {
  const parsed = checkConfigSchema.safeParse(raw);
  if (parsed.success) return textPayloads(parsed.data.tune ?? {});
  const issues = parsed.error.issues.filter(
    ({ path: [first] }) => first === undefined || first === 'tune',
  );
  const problems = schemaProblems(new z.ZodError(issues), raw, checkConfigSchema);
  const { tune } = z.looseObject({ tune: tuneConfigSchema }).safeParse(raw).data ?? {};
  return [...problems, ...textPayloads(tune ?? {})];
}

/**
 * Budgets that are bounded from the wrong side: each is named, and taken out of what the schema sees, which
 * would call one key unknown and the other missing.
 */
function withoutWrongWays(raw: unknown): {
  readonly problems: readonly string[];
  readonly rest: unknown;
} {
  if (!isRecord(raw)) return { problems: [], rest: raw };
  const problems: string[] = [];
  const cleared = (holder: unknown, where: string): unknown => {
    if (!isRecord(holder) || !isRecord(holder['budgets'])) return holder;
    const kept = Object.entries(holder['budgets']).filter(([metric, rule]) => {
      const known = METRICS.find((each) => each === metric);
      const right = known === undefined ? null : boundOf(known);
      const wrong = right === 'min' ? 'max' : 'min';
      if (right === null || !isRecord(rule) || !(wrong in rule)) return true;
      const runsOut = right === 'min' ? 'from below' : 'from above';
      problems.push(
        `${where}budgets.${metric}: it is limited ${runsOut}, so use ${right} in place of ${wrong}`,
      );
      return false;
    });
    return { ...holder, budgets: Object.fromEntries(kept) };
  };
  const { functions } = raw;
  const rest = {
    ...(cleared(raw, '') as object),
    ...(Array.isArray(functions)
      ? { functions: functions.map((each, index) => cleared(each, `functions[${index}].`)) }
      : {}),
  };
  return { problems, rest };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function contradictions(each: CheckConfigFunction): readonly string[] {
  const problems: string[] = [];
  if ((each.function === undefined) === (each.local === undefined)) {
    problems.push('wanted either function or local');
  }
  if (each.payload !== undefined && each.payloads !== undefined) {
    problems.push('payload and payloads: wanted one of them, not both');
  }
  if (each.function !== undefined && each.memoryMb !== undefined) {
    problems.push('memoryMb: it is of local handlers; a function on AWS is measured as it is');
  }
  if (each.local !== undefined && each.head !== undefined) {
    problems.push('head: it names a version of a function on AWS; local.head is the handler');
  }
  if (each.local?.base !== undefined && each.base !== undefined) {
    problems.push('local.base and base: wanted one of them, not both');
  }
  return problems;
}

/** Returns the JSON Schema of the configuration, as `docs/powerdial.config.schema.json` publishes it. */
export function checkConfigJsonSchema(): object {
  return {
    ...checkConfigSchema.toJSONSchema({ io: 'input' }),
    title: 'powerdial.config.json',
  };
}
