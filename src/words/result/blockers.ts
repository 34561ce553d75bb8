import type { Result } from '../../contract/tune/result.ts';
import type { Warning, WarningCode } from '../../contract/shared/warnings/warning.ts';

/**
 * What speaks against acting on a recommendation as it stands: it is for something else than wanted, it is
 * unsafe, or something was left that needs a hand. All other warnings are about how far numbers can be trusted.
 */
const BLOCKERS: ReadonlySet<string> = new Set<WarningCode>([
  'interrupted',
  'payload-unlike-traffic',
  'repeats-faster',
  'payloads-unmeasured',
  'payloads-failed',
  'memory-grows',
  'timeout-too-tight',
  'limit-uncertain',
  'current-out-of-memory',
  'provisioned-not-priced',
  'changed-by-somebody-else',
  'version-left',
  'last-update-failed',
  'alias-not-moved',
  'apply-undone-by-deployment',
  'changed-since-applied',
  'timeout-beyond-visibility',
]);

/** Nearly full is unsafe where it is the size to be set. */
function isBlocker(result: Result, warning: Warning): boolean {
  return warning.code === 'memory-nearly-full'
    ? warning['memoryMb'] === result.recommendation.memoryMb
    : BLOCKERS.has(warning.code);
}

/** Parts a result's warnings: those to heed before anything is changed, and notes about the numbers. */
export function sortWarnings(result: Result): {
  readonly blockers: readonly Warning[];
  readonly notes: readonly Warning[];
} {
  return {
    blockers: result.warnings.filter((warning) => isBlocker(result, warning)),
    notes: result.warnings.filter((warning) => !isBlocker(result, warning)),
  };
}
