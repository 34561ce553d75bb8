import type { CheckRule } from './check.ts';
import { COMPARED_METRICS, METRICS, type Metric } from './metric.ts';
import { changeGrammar, limitGrammar, readLimit } from './check-limit.ts';
import type { CheckConfig } from './check-config.ts';

type Rules = Pick<CheckConfig, 'budgets' | 'regressions'>;

/** Without rules: duration and cost may not regress by more than 5 %. */
const DEFAULT_REGRESSIONS: NonNullable<Rules['regressions']> = {
  'duration.p50': { max: '+5%', level: 'error' },
  cost: { max: '+5%', level: 'error' },
};

/**
 * Beside any rules: durations and costs are of invocations that ended well, so that a head which fails
 * would keep every other rule.
 */
const ALWAYS: NonNullable<Rules['regressions']> = {
  errors: { max: '+0 points', level: 'error' },
};

/**
 * Returns the rules of one function: its own over those of the whole file, without any the defaults, and in
 * every case that the head may not fail more often, unless the rules say how `errors` are judged.
 */
export function rulesOf(config: Rules, own: Rules = {}): readonly CheckRule[] {
  const budgets = { ...config.budgets, ...own.budgets };
  const regressions = { ...config.regressions, ...own.regressions };
  const rules = [
    ...METRICS.flatMap((metric) => budget(metric, budgets[metric])),
    ...changes(regressions),
  ];
  const all = rules.length > 0 ? rules : changes(DEFAULT_REGRESSIONS);
  return regressions.errors === undefined ? [...all, ...changes(ALWAYS)] : all;
}

function budget(
  metric: Metric,
  rule:
    | { readonly max?: string; readonly min?: string; readonly level: CheckRule['level'] }
    | undefined,
): readonly CheckRule[] {
  const text = rule?.max ?? rule?.min;
  if (rule === undefined || text === undefined) return [];
  const limit = readLimit(text, limitGrammar(metric));
  const bound = rule.max === undefined ? 'min' : 'max';
  return [{ kind: 'budget', metric, bound, limit, level: rule.level }];
}

function changes(regressions: NonNullable<Rules['regressions']>): readonly CheckRule[] {
  return COMPARED_METRICS.flatMap((metric) => {
    const rule = regressions[metric];
    if (rule === undefined) return [];
    const limit = readLimit(rule.max, changeGrammar(metric));
    return [{ kind: 'regression', metric, bound: 'max', limit, level: rule.level }];
  });
}
