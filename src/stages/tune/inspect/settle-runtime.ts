import type { FunctionConfiguration } from '../../../contract/shared/function-configuration.ts';
import type { WarningFacts } from '../../../contract/shared/warnings/warning.ts';
import { runtimeEnd } from '../../../core/target/runtime-end.ts';
import { toRefusal } from '../../../words/refusals/refusal.ts';

/**
 * Refuses a function whose runtime AWS ends before the run would be over: a blocked update would keep the
 * run from putting it back. Warns before that. Only of what AWS itself says that it runs on a version of its
 * runtimes: an emulated function's runtime is this machine's, and nobody blocks it.
 *
 * @throws {PowerdialError} TargetCannotBeTuned
 */
export function settleRuntime(
  { functionName, functionArn, runtime, runtimeVersionArn }: FunctionConfiguration,
  startMs: number,
  untilMs: number,
): readonly WarningFacts[] {
  if (runtimeVersionArn === null) return [];
  const end = runtimeEnd(runtime, startMs, untilMs);
  switch (end.kind) {
    case 'none':
      return [];
    case 'near': {
      const isDeprecated = startMs >= Date.parse(end.dates.deprecated);
      const { runtime: ending, deprecated, updateBlocked } = end.dates;
      const facts = { runtime: ending, deprecated, updateBlocked, isDeprecated };
      return [{ code: 'runtime-ending', ...facts }];
    }
    case 'blocked':
      throw toRefusal({
        code: 'runtime-blocked',
        function: functionArn,
        named: functionName,
        runtime: end.dates.runtime,
        updateBlocked: end.dates.updateBlocked,
      });
  }
}
