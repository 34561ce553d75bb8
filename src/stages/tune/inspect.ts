import type { Deps } from '../../contract/shared/deps.ts';
import { PowerdialError } from '../../contract/shared/errors.ts';
import type { FunctionConfiguration } from '../../contract/shared/function-configuration.ts';
import type { Input } from '../../contract/tune/input.ts';
import type { WarningFacts } from '../../contract/shared/warnings/warning.ts';
import { isPeerInput } from '../../contract/tune/peer-input.ts';
import type { StageInput, StageOutput } from '../../contract/tune/stages.ts';
import type { Run, SettledInput, Target } from '../../contract/tune/state.ts';
import { pricesOf, type Prices } from '../../core/cost/prices.ts';
import { mostSizesOfRun, mostVersionsOfRun } from '../../core/plan/plan-run.ts';
import { secondTrialMb } from '../../core/plan/second-trial.ts';
import { findDeployment } from '../../core/target/managed-by.ts';
import { inPeerWords } from '../../words/keys.ts';
import { toWarning } from '../../words/warnings/warning.ts';
import type { DeleteVersionsDeps } from '../target/delete-versions.ts';
import { failedUpdateWarnings } from '../target/failed-update.ts';
import { findTarget } from './inspect/find-target.ts';
import { lookAtTriggers } from './inspect/look-at-triggers.ts';
import { newPublishing } from './inspect/new-publishing.ts';
import { previewRun } from './inspect/preview-run.ts';
import { readInput, readPayloads } from './inspect/read-asked.ts';
import { refuseLargeState, withHistoryThatFits } from './inspect/refuse-large-state.ts';
import { refuseLongHistory } from './inspect/refuse-long-history.ts';
import { refuseLongDescription } from './inspect/refuse-long-description.ts';
import { settleAlias } from './inspect/settle-alias.ts';
import { capByMemory, settleConcurrency } from '../target/settle-concurrency.ts';
import { settleHistory } from './inspect/settle-history.ts';
import { settleInput } from './inspect/settle-input.ts';
import { settleWay } from './inspect/settle-way.ts';
import { settleRuntime } from './inspect/settle-runtime.ts';
import { priceSnapStart } from './inspect/snap-start.ts';
import { takeLock } from './inspect/take-lock.ts';
import { toTarget, toUnqualified } from './inspect/to-target.ts';
import { planTrial, tryOnce } from './inspect/try-once.ts';
import { readTagsIfAllowed, warnOfDeployment } from './inspect/warn-of-deployment.ts';
import { toMinute } from '../target/lease.ts';
import { NO_OBSERVATIONS } from './observation-codec.ts';
import type { PutBackDeps } from '../target/put-back.ts';
import type { Stage } from './stage.ts';
import { variedPayload } from '../target/vary-payload.ts';

export type InspectDeps = PutBackDeps &
  DeleteVersionsDeps &
  Pick<
    Deps,
    | 'invoke'
    | 'proveInvoke'
    | 'isOnAws'
    | 'readFunctionConcurrency'
    | 'readUnreservedConcurrency'
    | 'readTriggers'
    | 'readObject'
    | 'readExecutionStatus'
    | 'readFailureDestination'
    | 'findLogEvents'
    | 'readTags'
  >;

/** Inspect has to answer within a minute, and to delete or put back nothing after its trial. */
const LONGEST_CALL_MS = 45_000;

type Inspected = StageOutput<'Inspect'>;

/** Settles the input, reads the target, takes the lock and tries one invocation; see `docs/workflow.md`. */
export const inspect: Stage<'Inspect', InspectDeps> = async (asked, deps) => {
  try {
    return await inspectTarget(asked, deps);
  } catch (error) {
    throw isPeerInput(asked.input) ? toPeerWords(error) : error;
  }
};

function toPeerWords(error: unknown): unknown {
  if (!(error instanceof PowerdialError)) return error;
  const { name, message, facts } = error;
  return new PowerdialError(name, inPeerWords(message), { facts, cause: error });
}

async function inspectTarget(
  { run, input: raw, maxRunSeconds }: StageInput<'Inspect'>,
  deps: InspectDeps,
): Promise<Inspected> {
  const startMs = deps.now();
  const { input, warnings: inputWarnings } = readInput(raw);
  const named = await findTarget(deps, input.function);
  const untilMs = Date.parse(run.startedAt) + maxRunSeconds * 1000;
  const until = toMinute(untilMs);
  const runtimeWarnings = settleRuntime(named, Date.parse(run.startedAt), untilMs);
  const payloads = await readPayloads(input, deps);
  const around = await lookAround(deps, named, input);
  const free = await settleConcurrency(deps, named.functionName, input.concurrency);
  const capped = capByMemory(free, payloads, run, input.varyPayload);
  const locked = input.dryRun
    ? { found: named, highestVersion: 0, warnings: [] }
    : await takeLock(deps, named, run);
  const { found, highestVersion } = locked;
  const { alias, seen } = around;
  const target = toTarget(found, {
    alias,
    highestVersion,
    calledUnqualified: seen.calledUnqualified,
    provisioned: capped.provisioned,
    deployment: around.deployment,
  });
  refuseLongDescription(target, run, until);
  const way = await settleWay(
    deps,
    settleInput(
      input,
      target,
      payloads,
      capped.concurrency,
      run,
      settleHistory(input, raw, deps.isOnAws),
    ),
    target,
    run,
  );
  const prices = pricesOf(target.region, target.architecture, target.ephemeralStorageMb);
  const trial = planTrial(target, way.input, prices);
  const planned = previewRun(way.input, target, prices, trial);
  const settled = refuseLarge(raw, run, { settled: way.input, target, prices, planned });
  if (input.dryRun) await deps.proveInvoke(found.functionName);
  const tried =
    input.dryRun || !trial.isMade
      ? null
      : await tryOnce(deps, found, {
          payload: input.varyPayload ? variedPayload(payloads[0].text, 0) : payloads[0].text,
          ignoreErrors: input.ignoreErrors ?? [],
          hasLarger: secondTrialMb(target, planned.round) !== null,
          surface: isPeerInput(raw) ? 'peer-input' : 'input',
          startedAtMs: Date.parse(run.startedAt),
          measureTimeoutSeconds: settled.measureTimeoutSeconds,
          leftMs: () => LONGEST_CALL_MS - (deps.now() - startMs),
        });
  const warnings: readonly WarningFacts[] = [
    ...inputWarnings,
    ...prices.warnings,
    ...runtimeWarnings,
    ...around.warnings,
    ...capped.warnings,
    ...way.warnings,
    ...locked.warnings,
    ...failedUpdateWarnings(found),
    ...seen.warnings,
    ...trial.warnings,
    ...(tried?.warnings ?? []),
    ...priceSnapStart(target, planned.round, settled),
  ];
  return {
    run,
    input: settled,
    target,
    publishing: newPublishing(target, settled, until),
    observations: NO_OBSERVATIONS,
    trial: tried?.trial ?? null,
    triggers: [...seen.triggers],
    warnings: warnings.map(toWarning),
    preview: {
      ...planned,
      mostInvocations: planned.mostInvocations + (trial.isMade ? 1 : 0),
      callers: [...seen.callers],
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

interface Foreseen {
  readonly settled: SettledInput;
  readonly target: Target;
  readonly prices: Prices;
  readonly planned: Pick<Inspected['preview'], 'round' | 'mostInvocations'>;
}

/**
 * Refuses a run that would not fit the history of an execution, or what its states may hold.
 *
 * @returns the input, without what nobody asked for where that does not fit
 */
function refuseLarge(
  raw: unknown,
  run: Run,
  { settled, target, prices, planned }: Foreseen,
): SettledInput {
  const { mostInvocations, round } = planned;
  const mostVersions = mostVersionsOfRun(settled, target);
  const memorySizes = round.sizes.map(({ memoryMb }) => memoryMb);
  refuseLongHistory(run, settled, target, prices, { memorySizes, mostVersions, mostInvocations });
  const most = { mostSizes: mostSizesOfRun(settled, target), mostVersions, mostInvocations };
  const fitting = withHistoryThatFits(raw, settled, most);
  refuseLargeState(raw, fitting, most);
  return fitting;
}
