import type { FunctionConfiguration } from '../../../contract/shared/function-configuration.ts';
import type { WarningFacts } from '../../../contract/shared/warnings/warning.ts';
import type { Input } from '../../../contract/tune/input.ts';
import type { Run } from '../../../contract/tune/state.ts';
import type { Target } from '../../../contract/tune/target.ts';
import { findDeployment } from '../../../core/target/managed-by.ts';
import { failedUpdateWarnings } from '../../target/failed-update.ts';
import { toMinute } from '../../target/lease.ts';
import { capByMemory, settleConcurrency } from '../../target/settle-concurrency.ts';
import type { InspectDeps } from './inspect-deps.ts';
import { findTarget } from './find-target.ts';
import { lookAtTriggers, type SeenTriggers } from './look-at-triggers.ts';
import { readPayloads } from './read-asked.ts';
import { refuseLongDescription } from './refuse-long-description.ts';
import { settleAlias } from './settle-alias.ts';
import type { WeightedPayloads } from './settle-payloads.ts';
import { settleRuntime } from './settle-runtime.ts';
import { takeLock } from './take-lock.ts';
import { toTarget, toUnqualified } from './to-target.ts';
import { readTagsIfAllowed, warnOfDeployment } from './warn-of-deployment.ts';

/** A run as it was started, its input read. */
export interface Asked {
  readonly run: Run;
  /** The input as it came. */
  readonly raw: unknown;
  readonly input: Input;
  /** When the run is over at the latest. */
  readonly untilMs: number;
}

export interface ReadTarget {
  /** As it is now: a run that died may have been put back first. */
  readonly found: FunctionConfiguration;
  readonly target: Target;
  readonly payloads: WeightedPayloads;
  readonly concurrency: number;
  readonly seen: SeenTriggers;
  /** In the order in which they are read. */
  readonly warnings: Readonly<Record<'ofTarget' | 'ofLock', readonly WarningFacts[]>>;
}

/**
 * Reads the target with all around it, and takes the lock; a dry run takes none.
 *
 * @throws {PowerdialError} for what cannot be tuned
 */
export async function readTarget(
  { run, input, untilMs }: Asked,
  deps: InspectDeps,
): Promise<ReadTarget> {
  const named = await findTarget(deps, input.function);
  const ofRuntime = settleRuntime(named, Date.parse(run.startedAt), untilMs);
  const payloads = await readPayloads(input, deps);
  const around = await lookAround(deps, named, input);
  const free = await settleConcurrency(deps, named.functionName, input.concurrency);
  const capped = capByMemory(free, payloads, run, input.varyPayload);
  const locked = input.dryRun
    ? { found: named, highestVersion: 0, warnings: [] }
    : await takeLock(deps, named, run);
  const { found, highestVersion } = locked;
  const { alias, seen, deployment } = around;
  const target = toTarget(found, {
    alias,
    highestVersion,
    calledUnqualified: seen.calledUnqualified,
    provisioned: capped.provisioned,
    deployment,
  });
  refuseLongDescription(target, run, toMinute(untilMs));
  return {
    found,
    target,
    payloads,
    concurrency: capped.concurrency,
    seen,
    warnings: {
      ofTarget: [...ofRuntime, ...around.warnings, ...capped.warnings],
      ofLock: [...locked.warnings, ...failedUpdateWarnings(found), ...seen.warnings],
    },
  };
}

/** Who calls the function, and what deploys it. */
async function lookAround(
  deps: InspectDeps,
  { functionName, functionArn }: FunctionConfiguration,
  input: Input,
) {
  const aliases = await deps.listAliases(functionName);
  const alias = settleAlias(functionName, aliases, input);
  const names = aliases.map(({ name }) => name);
  const seen = await lookAtTriggers(deps, functionName, names);
  const tags = await readTagsIfAllowed(deps, toUnqualified(functionArn));
  const warnings = warnOfDeployment(tags, input);
  return { alias, seen, deployment: findDeployment(tags), warnings };
}
