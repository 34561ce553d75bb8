import type { Deps } from '../../contract/shared/deps.ts';
import type { FunctionConfiguration } from '../../contract/shared/function-configuration.ts';
import type { Input } from '../../contract/tune/input.ts';
import { MAX_INVOCATIONS } from '../../contract/shared/memory.ts';
import { parseInput } from '../../contract/tune/parse-input.ts';
import type { WarningFacts } from '../../contract/shared/warnings/warning.ts';
import { tooFewForPayloads } from '../../contract/tune/payload-counts.ts';
import type { StageOutput } from '../../contract/tune/stages.ts';
import { nothingToVary } from '../../contract/shared/vary-payload.ts';
import type { Run, SettledInput, Target } from '../../contract/tune/state.ts';
import { pricesOf } from '../../core/cost/prices.ts';
import { MAX_DESCRIPTION_LENGTH, writeJournal } from '../../core/journal/journal.ts';
import { mostInvocationsOfRun, mostVersionsOfRun, planRun } from '../../core/plan/plan-run.ts';
import { parseFunctionRef } from '../../core/target/function-ref.ts';
import { toWarning } from '../../words/warnings/warning.ts';
import { toRefusal } from '../../words/refusals/refusal.ts';
import type { DeleteVersionsDeps } from '../target/delete-versions.ts';
import { failedUpdateWarnings } from '../target/failed-update.ts';
import { findTarget } from './inspect/find-target.ts';
import { lookAtTriggers } from './inspect/look-at-triggers.ts';
import { refuseForTheWay } from './inspect/refuse-for-the-way.ts';
import { refuseLargeState } from './inspect/refuse-large-state.ts';
import { refuseLongHistory } from './inspect/refuse-long-history.ts';
import { refuseFailureDestination } from './inspect/refuse-failure-destination.ts';
import { refuseUnreadableLogs } from './inspect/refuse-unreadable-logs.ts';
import { settleAlias } from './inspect/settle-alias.ts';
import { capByMemory, settleConcurrency } from '../target/settle-concurrency.ts';
import { payloadHashes, payloadsOf, type WeightedPayloads } from './inspect/settle-payloads.ts';
import { settleRuntime } from './inspect/settle-runtime.ts';
import { priceSnapStart } from './inspect/snap-start.ts';
import { takeLock } from './inspect/take-lock.ts';
import { planTrial, tryOnce, type TrialPlan } from './inspect/try-once.ts';
import { warnOfDeployment } from './inspect/warn-of-deployment.ts';
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
    | 'readFunctionConcurrency'
    | 'readUnreservedConcurrency'
    | 'readTriggers'
    | 'readObject'
    | 'readExecutionStatus'
    | 'readFailureDestination'
    | 'findLogEvents'
    | 'readTags'
  >;

/** What one call of Measure, which lasts 15 minutes at most, can wait for. */
const LONGEST_SYNCHRONOUS_SECONDS = 840;

/** Inspect has to answer within a minute, and to delete or put back nothing after its trial. */
const LONGEST_CALL_MS = 45_000;

/** Below this a slow invocation is cut off before its tail is seen. */
const LEAST_MEASURE_TIMEOUT_SECONDS = 60;

/** Settles the input, reads the target, takes the lock and tries one invocation; see `docs/workflow.md`. */
export const inspect: Stage<'Inspect', InspectDeps> = async (
  { run, input: raw, maxRunSeconds },
  deps,
) => {
  const startMs = deps.now();
  const parsed = parseInput(raw);
  if (parsed.kind === 'invalid') {
    throw toRefusal({ code: 'invalid-input', problems: parsed.problems });
  }
  const { input } = parsed;
  const named = await findTarget(deps, input.function);
  const untilMs = Date.parse(run.startedAt) + maxRunSeconds * 1000;
  const runtimeWarnings = settleRuntime(named, Date.parse(run.startedAt), untilMs);
  const payloads = await payloadsOf(input, deps);
  const few = tooFewForPayloads(input, payloads.length);
  const nothing = input.varyPayload ? nothingToVary(payloads.map(({ text }) => text)) : null;
  const wrong = [few, nothing].filter((each) => each !== null);
  if (wrong.length > 0) throw toRefusal({ code: 'invalid-input', problems: wrong });
  const aliases = await deps.listAliases(named.functionName);
  const alias = settleAlias(named.functionName, aliases, input);
  const seen = await lookAtTriggers(
    deps,
    named.functionName,
    aliases.map((alias) => alias.name),
  );
  const deployed = await warnOfDeployment(deps, toUnqualified(named.functionArn), input);
  const free = await settleConcurrency(deps, named.functionName, input.concurrency);
  const capped = capByMemory(free, payloads, run, input.varyPayload);
  const locked = input.dryRun
    ? { found: named, highestVersion: 0, warnings: [] }
    : await takeLock(deps, named, run);
  const { found } = locked;
  const target = toTarget(found, {
    alias,
    highestVersion: locked.highestVersion,
    calledUnqualified: seen.calledUnqualified,
  });
  const until = toMinute(untilMs);
  refuseLongDescription(target, run, until);
  const settled = settle(input, target, payloads, capped.concurrency, run);
  refuseForTheWay(settled);
  if (settled.asynchronous) {
    await refuseFailureDestination(deps, target.functionName);
    await refuseUnreadableLogs(deps, target, run);
  }
  const prices = pricesOf(target.region, target.architecture, target.ephemeralStorageMb);
  const trial = planTrial(target, settled, prices);
  const planned = preview(settled, target, prices, trial);
  const mostVersions = mostVersionsOfRun(settled, target);
  refuseLongHistory(run, settled, target, prices, {
    memorySizes: planned.round.sizes.map(({ memoryMb }) => memoryMb),
    mostVersions,
    mostInvocations: planned.mostInvocations,
  });
  refuseLargeState(raw, settled, { mostVersions, mostInvocations: planned.mostInvocations });
  const warnings: readonly WarningFacts[] = [
    ...prices.warnings,
    ...runtimeWarnings,
    ...deployed,
    ...capped.warnings,
    ...locked.warnings,
    ...failedUpdateWarnings(found),
    ...seen.warnings,
    ...trial.warnings,
    ...priceSnapStart(target, planned.round, settled),
  ];
  return {
    run,
    input: settled,
    target,
    publishing: {
      pending: [],
      variants: [],
      serial: 0,
      restoredSerial: 0,
      revisionId: target.revisionId,
      phase: 'set',
      waitSeconds: 0,
      waited: 0,
      retries: 0,
      pendingSinceMs: null,
      heldUp: false,
      changedSinceMs: null,
      changedMs: 0,
      until,
      measureTimeoutSeconds: settled.measureTimeoutSeconds,
      calls: 0,
      restores: 0,
      waits: 0,
    },
    observations: NO_OBSERVATIONS,
    trial:
      input.dryRun || !trial.isMade
        ? null
        : await tryOnce(deps, found, {
            payload: input.varyPayload ? variedPayload(payloads[0].text, 0) : payloads[0].text,
            ignoreErrors: input.ignoreErrors ?? [],
            startedAtMs: Date.parse(run.startedAt),
            leftMs: () => LONGEST_CALL_MS - (deps.now() - startMs),
          }),
    triggers: [...seen.triggers],
    warnings: warnings.map(toWarning),
    preview: {
      ...planned,
      mostInvocations: planned.mostInvocations + (trial.isMade ? 1 : 0),
      callers: [...seen.callers],
    },
  };
};

function toUnqualified(functionArn: string): string {
  return functionArn.replace(/:\$LATEST$/, '');
}

function toTarget(
  found: FunctionConfiguration,
  seen: Pick<Target, 'highestVersion' | 'alias' | 'calledUnqualified'>,
): Target {
  return {
    functionName: found.functionName,
    functionArn: toUnqualified(found.functionArn),
    region: parseFunctionRef(found.functionArn)?.region ?? '',
    architecture: found.architecture,
    runtime: found.runtime,
    memoryMb: found.memoryMb,
    timeoutSeconds: found.timeoutSeconds,
    description: found.description,
    systemLogLevel: found.systemLogLevel,
    logFormat: found.logFormat,
    applicationLogLevel: found.applicationLogLevel,
    logGroup: found.logGroup,
    ephemeralStorageMb: found.ephemeralStorageMb,
    snapStart: found.snapStart,
    codeSha256: found.codeSha256,
    revisionId: found.revisionId,
    ...seen,
  };
}

function settle(
  input: Input,
  target: Target,
  payloads: WeightedPayloads,
  concurrency: number,
  run: Run,
): SettledInput {
  const { payload: _payload, payloads: _payloads, measureTimeoutSeconds, seed, ...rest } = input;
  const timeoutSeconds =
    measureTimeoutSeconds ?? Math.max(target.timeoutSeconds, LEAST_MEASURE_TIMEOUT_SECONDS);
  return {
    ...rest,
    payloads: payloadHashes(payloads, input.varyPayload),
    concurrency,
    measureTimeoutSeconds: timeoutSeconds,
    asynchronous: timeoutSeconds > LONGEST_SYNCHRONOUS_SECONDS,
    seed: seed ?? seedOf(run.id),
  };
}

/** FNV-1a: the same run name, the same schedule. */
function seedOf(name: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(name)) {
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  return hash >>> 0;
}

/** The journal must fit in front of the description, or the target could not be put back from itself. */
function refuseLongDescription(target: Target, run: Run, until: string): void {
  const settings = { memoryMb: 10_240, timeoutSeconds: 900, systemLogLevel: target.systemLogLevel };
  const journal = {
    purpose: 'apply' as const,
    run: run.id,
    serial: 9999,
    set: settings,
    was: settings,
    until,
  };
  const length = writeJournal({ ...journal, description: target.description }).length;
  if (length > MAX_DESCRIPTION_LENGTH) {
    const room = target.description.length - (length - MAX_DESCRIPTION_LENGTH);
    throw toRefusal({
      code: 'description-too-long',
      function: target.functionArn,
      named: target.functionName,
      descriptionLength: target.description.length,
      mostLength: room,
      allowedLength: MAX_DESCRIPTION_LENGTH,
    });
  }
}

function preview(
  input: SettledInput,
  target: Target,
  prices: ReturnType<typeof pricesOf>,
  trial: TrialPlan,
): Omit<StageOutput<'Inspect'>['preview'], 'callers'> {
  const first = planRun({
    input,
    target,
    variants: [],
    observations: [],
    beforeTrial: trial.isMade,
    roundsDone: 0,
    spentUsd: 0,
    prices,
    ephemeralStorageMb: target.ephemeralStorageMb,
  });
  if (first.kind === 'enough') {
    throw toRefusal({ code: 'no-first-round', reason: first.reason });
  }
  const most = mostInvocationsOfRun(input, target);
  if (most > MAX_INVOCATIONS) {
    throw toRefusal({
      code: 'too-many-invocations',
      most: MAX_INVOCATIONS,
      planned: most,
    });
  }
  return { dryRun: true, round: first.round, mostInvocations: most, mostUsd: input.maxUsd };
}
