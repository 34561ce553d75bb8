import type { Json } from '../../contract/shared/json.ts';
import { MOST_STATE_BYTES } from '../../contract/shared/state-size.ts';
import { StatesError } from './states-error.ts';
import { toJson } from './to-json.ts';
import type { EvaluationResult, JsonataSandbox } from './jsonata-sandbox.ts';

/** The value of a field: JSON in which any string may be an expression, `{% ... %}`. */
export interface Template {
  readonly node: TemplateNode;
  /** In the order of the definition. */
  readonly expressions: readonly Expression[];
}

export interface Expression {
  readonly source: string;
  /** Where in the state, such as `Output/rows[0]`: part of the cause when it fails. */
  readonly field: string;
}

export type TemplateNode =
  | { readonly kind: 'literal'; readonly value: Json }
  | { readonly kind: 'expression'; readonly index: number }
  | { readonly kind: 'array'; readonly items: readonly TemplateNode[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [string, TemplateNode])[] };

/** An expression failed: `location` is its field. */
export class EvaluationError extends StatesError {
  override readonly name = 'EvaluationError';

  constructor(
    readonly location: string,
    reason: string,
  ) {
    super('States.QueryEvaluationError', reason);
  }

  override explained(where: string): EvaluationError {
    return new EvaluationError(this.location, `${where} ${this.message}`);
  }
}

/**
 * Evaluates every expression in templates, in order, each seeing the same bindings.
 *
 * @returns the values of the templates, in their order.
 * @throws {EvaluationError} for the first expression that fails, yields nothing, or yields what JSON
 * cannot say.
 * @throws {StatesError} States.DataLimitExceeded for one that yields far too much.
 */
export function evaluateTemplates(
  templates: readonly Template[],
  sandbox: JsonataSandbox,
  bindings: Readonly<Record<string, unknown>>,
): readonly Json[] {
  const expressions = templates.flatMap((template) => template.expressions);
  const values =
    expressions.length === 0
      ? []
      : sandbox
          .evaluate(
            expressions.map(({ source }) => source),
            bindings,
          )
          .map((result, index) => valueOf(result, expressions[index]));
  let used = 0;
  return templates.map(({ node, expressions: own }) => {
    const ownValues = values.slice(used, used + own.length);
    used += own.length;
    return fill(node, ownValues);
  });
}

/** Returns the error of a field whose expression yields a value of another kind than the field takes. */
export function unexpectedResult(template: Template, wanted: string, value: Json): EvaluationError {
  const [expression = NO_EXPRESSION] = template.expressions;
  const was = JSON.stringify(value);
  const shown = was.length > 200 ? `${was.slice(0, 200)}…` : was;
  return evaluationError(
    expression,
    `returned an unexpected result. Expected ${wanted}, but was: ${shown}.`,
  );
}

const NO_EXPRESSION: Expression = { source: '', field: '' };

function valueOf(result: EvaluationResult, expression = NO_EXPRESSION): Json {
  if (result.kind === 'failure') {
    const { code, message } = result.failure;
    throw evaluationError(expression, `threw an error during evaluation. ${code}: ${message}`);
  }
  if (result.value === undefined) {
    throw evaluationError(expression, 'returned nothing (undefined).');
  }
  const json = toJson(result.value);
  if (json.kind === 'json') return json.value;
  if (json.kind === 'unsupported') {
    throw evaluationError(expression, 'returned an unsupported result type.');
  }
  throw StatesError.of(
    'States.DataLimitExceeded',
    `The JSONata expression '${expression.source}' specified for the field '${expression.field}' returned far more than the ${MOST_STATE_BYTES} bytes that Step Functions allows.`,
  );
}

function evaluationError({ source, field }: Expression, what: string): EvaluationError {
  return new EvaluationError(
    field,
    `The JSONata expression '${source}' specified for the field '${field}' ${what}`,
  );
}

function fill(node: TemplateNode, values: readonly Json[]): Json {
  switch (node.kind) {
    case 'literal':
      return node.value;
    case 'expression':
      return values[node.index] ?? null;
    case 'array':
      return node.items.map((item) => fill(item, values));
    case 'object':
      return Object.fromEntries(node.entries.map(([key, value]) => [key, fill(value, values)]));
  }
}
