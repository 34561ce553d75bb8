import { PowerdialError } from '../../contract/shared/errors.ts';
import type { WarningFacts } from '../../contract/shared/warnings/warning.ts';
import { isPeerInput } from '../../contract/tune/peer-input.ts';
import type { StageInput, StageOutput } from '../../contract/tune/stages.ts';
import { secondTrialMb } from '../../core/plan/second-trial.ts';
import { sayInPeerWords } from '../../words/option-of-key.ts';
import type { Surface } from '../../words/trial-advice.ts';
import { toWarning } from '../../words/warnings/warning.ts';
import { toMinute } from '../target/lease.ts';
import { variedPayload } from '../target/vary-payload.ts';
import type { InspectDeps } from './inspect/inspect-deps.ts';
import { newPublishing } from './inspect/new-publishing.ts';
import { readInput } from './inspect/read-asked.ts';
import { readTarget, type Asked, type ReadTarget } from './inspect/read-target.ts';
import { settlePlan, type SettledPlan } from './inspect/settle-plan.ts';
import { priceSnapStart } from './inspect/snap-start.ts';
import { tryOnce } from './inspect/try-once.ts';
import { NO_OBSERVATIONS } from './observation-codec.ts';
import type { Stage } from './stage.ts';

/** Inspect has to answer within a minute, and to delete or put back nothing after its trial. */
const LONGEST_CALL_MS = 45_000;

type Inspected = StageOutput<'Inspect'>;

/** Settles the input, reads the target, takes the lock and tries one invocation; see `docs/workflow.md`. */
export const inspect: Stage<'Inspect', InspectDeps> = async (asked, deps, { surface }) => {
  try {
    return await inspectTarget(asked, deps, surface);
  } catch (error) {
    throw isPeerInput(asked.input) ? toPeerWords(error) : error;
  }
};

function toPeerWords(error: unknown): unknown {
  if (!(error instanceof PowerdialError)) return error;
  const { name, message, facts } = error;
  return new PowerdialError(name, sayInPeerWords(message), { facts, cause: error });
}

async function inspectTarget(
  { run, input: raw, maxRunSeconds }: StageInput<'Inspect'>,
  deps: InspectDeps,
  surface: Surface = isPeerInput(raw) ? 'peer-input' : 'input',
): Promise<Inspected> {
  const startMs = deps.now();
  const { input, warnings } = readInput(raw);
  const untilMs = Date.parse(run.startedAt) + maxRunSeconds * 1000;
  const asked: Asked = { run, raw, input, untilMs };
  const read = await readTarget(asked, deps);
  const planned = await settlePlan(asked, read, deps);
  if (input.dryRun) await deps.proveInvoke(read.found.functionName);
  const tried = await tryTarget(asked, read, planned, deps, { surface, startMs });
  const raised: readonly WarningFacts[] = [
    ...warnings,
    ...planned.prices.warnings,
    ...read.warnings.ofTarget,
    ...planned.way.warnings,
    ...read.warnings.ofLock,
    ...planned.trial.warnings,
    ...(tried?.warnings ?? []),
    ...priceSnapStart(read.target, planned.preview.round, planned.settled),
  ];
  return toInspected(asked, read, planned, { trial: tried?.trial ?? null, warnings: raised });
}

/** Tries one invocation at the present size, but for dry runs and where it could pass the budget. */
async function tryTarget(
  { run, input }: Asked,
  { found, target, payloads }: ReadTarget,
  { trial, preview, settled }: SettledPlan,
  deps: InspectDeps,
  { surface, startMs }: { readonly surface: Surface; readonly startMs: number },
): Promise<Awaited<ReturnType<typeof tryOnce>> | null> {
  if (input.dryRun || !trial.isMade) return null;
  return tryOnce(deps, found, {
    payload: input.varyPayload ? variedPayload(payloads[0].text, 0) : payloads[0].text,
    ignoreErrors: input.ignoreErrors ?? [],
    hasLarger: secondTrialMb(target, preview.round) !== null,
    surface,
    startedAtMs: Date.parse(run.startedAt),
    measureTimeoutSeconds: settled.measureTimeoutSeconds,
    leftMs: () => LONGEST_CALL_MS - (deps.now() - startMs),
  });
}

function toInspected(
  { run, untilMs }: Asked,
  { target, seen }: ReadTarget,
  { settled, preview, trial }: SettledPlan,
  tried: Pick<Inspected, 'trial'> & { readonly warnings: readonly WarningFacts[] },
): Inspected {
  return {
    run,
    input: settled,
    target,
    publishing: newPublishing(target, settled, toMinute(untilMs)),
    observations: NO_OBSERVATIONS,
    trial: tried.trial,
    triggers: [...seen.triggers],
    warnings: tried.warnings.map(toWarning),
    preview: {
      ...preview,
      mostInvocations: preview.mostInvocations + (trial.isMade ? 1 : 0),
      callers: [...seen.callers],
    },
  };
}
