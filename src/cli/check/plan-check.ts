import { rulesOf, type CheckConfig } from '../../contract/check-config.ts';
import type { CheckRule } from '../../contract/check.ts';
import type { Json } from '../../contract/json.ts';
import type { Side } from '../../core/compare/side-sample.ts';
import { UsageError } from '../exit-code.ts';
import { readPayload } from '../tune/read-payload.ts';
import type { CheckOptions } from './check-options.ts';
import type { CheckedTarget } from './checked-targets.ts';
import { readBaseline } from './read-baseline.ts';

/** One function with everything that was read for it, before anything is opened. */
export interface PlannedCheck {
  readonly target: CheckedTarget;
  readonly rules: readonly CheckRule[];
  readonly stored: Side | null;
  readonly payloads: readonly { readonly payload: Json; readonly weight: number }[];
  /** The baseline file that is not there. */
  readonly missingBaseline: string | null;
  /** Whether there is anything to measure. */
  readonly measures: boolean;
}

/**
 * Reads what a check of one function takes and settles its rules: without a base only budgets count.
 *
 * @throws {UsageError} with all problems of this function together
 */
export async function planCheck(
  target: CheckedTarget,
  config: CheckConfig,
  options: CheckOptions,
): Promise<PlannedCheck> {
  const problems: string[] = [];
  const payloads: { payload: Json; weight: number }[] = [];
  for (const text of target.payloads) {
    const read = await readPayload(text);
    if (read.kind === 'problem') problems.push(read.problem);
    else payloads.push({ payload: read.value.payload, weight: read.value.weight ?? 1 });
  }
  const baseline =
    target.baselineFile === null ? null : await readBaseline(target.baselineFile, target.name);
  const stored = baseline?.kind === 'found' ? baseline.side : null;
  const missing = baseline?.kind === 'missing';
  const all = rulesOf(config, target.own);
  const hasBase = target.base !== null || stored !== null;
  const rules = hasBase ? all : all.filter(({ kind }) => kind === 'budget');
  const saves = options.saveBaseline !== undefined;
  if (rules.length === 0 && !missing && !saves) {
    problems.push(
      `${target.name}: wanted something to judge by: a base (--base, or a second --local), or budgets in powerdial.config.json`,
    );
  }
  if (problems.length > 0) throw new UsageError(problems);
  return {
    target,
    rules,
    stored,
    payloads: payloads.length === 0 ? [{ payload: {}, weight: 1 }] : payloads,
    missingBaseline: missing ? target.baselineFile : null,
    measures: rules.length > 0 || saves,
  };
}
