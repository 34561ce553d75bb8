import { parseCheckConfig, type CheckConfig } from '../../contract/check/check-config.ts';
import type { CheckEvent } from '../../contract/check/check-event.ts';
import type { CheckResult } from '../../contract/check/check.ts';
import type { Json } from '../../contract/shared/json.ts';
import { Aborted } from '../shared/aborted.ts';
import { UsageError } from '../shared/usage-error.ts';
import type { CheckSettings } from './check-settings.ts';
import { CheckWorkflows } from './cloud/check-workflows.ts';
import { connectAll, measureChecks } from './measure-checks.ts';
import type { PlannedCheck } from './plan-check.ts';
import { findSharedNames } from './find-shared-names.ts';
import { planChecks, unmeasuredResult } from './plan-checks.ts';

/** What to check, how to judge it, and how to measure. */
export interface CheckRequest {
  /** A function on AWS, by name or ARN, in place of `config.functions`. */
  readonly function?: string;
  /** Handlers on this machine, as `powerdial check --local` takes them. */
  readonly local?: { readonly head: string; readonly base?: string };
  /** What the head is compared with: a version or alias, or a baseline file (`*.json`). */
  readonly base?: string;
  /** The version or alias that is judged. @default $LATEST */
  readonly head?: string;
  /** Functions, rules and limits, as `powerdial.config.json` has them; no file is read. */
  readonly config?: Partial<CheckConfig>;
  /** Payloads by weight. @default `{}` */
  readonly payloads?: readonly { readonly payload: Json; readonly weight?: number }[];
  /** Memory of handlers on this machine, in MB. @default 1024 */
  readonly memoryMb?: number;
  /** Whether what regressed is measured once more before the check fails. @default false */
  readonly confirm?: boolean;
  /**
   * Whether the result is to be a baseline, to be written to a file for later checks: then the head is measured
   * as often as `config.maxInvocations` allows, also without a rule. @default false
   */
  readonly makesBaseline?: boolean;
  readonly region?: string;
  readonly profile?: string;
  /** Stops the check. It changes nothing, so nothing has to be put back. */
  readonly signal?: AbortSignal;
  /** Told of everything that happens, as it happens. */
  readonly onEvent?: (event: CheckEvent) => void;
}

/** A check was stopped by its signal. It had changed nothing. */
export class CheckAborted extends Aborted<CheckResult> {
  constructor(result: CheckResult | null, cause: unknown) {
    super('Check: stopped by its signal; nothing was changed', result, cause);
  }
}

/**
 * Measures two versions of a function side by side, or one against a baseline or budgets, and judges. It
 * invokes and reads; it changes no function. A function that could not be measured is in `failed` of the result,
 * which then has not `passed`.
 *
 * @example
 * const { passed } = await check({ function: 'orders', base: 'live' });
 *
 * @throws {UsageError} with every problem of the request, before anything is invoked
 * @throws {CheckAborted} where the signal stopped it
 */
export async function check(request: CheckRequest): Promise<CheckResult> {
  const { signal = new AbortController().signal, onEvent = () => undefined } = request;
  const parsed = parseCheckConfig(request.config ?? {});
  if (parsed.kind === 'invalid') throw new UsageError(parsed.problems);
  const settings = settingsOf(request);
  const { config } = parsed;
  const assignment = { functionName: request.function, config, settings, remedy };
  const plan = await planChecks(assignment, findSharedNames(config));
  if (!plan.planned.some(({ measures }) => measures)) return unmeasuredResult(plan);
  const surroundings = {
    env: process.env,
    signal,
    emit: onEvent,
    // What a function says of its failures may be of its data.
    onFailures: () => undefined,
  };
  const workflows = new CheckWorkflows(settings, surroundings);
  try {
    await connectAll(plan, workflows);
    const measured = await measureChecks(plan, surroundings, workflows);
    if (measured.kind === 'done') return measured.result;
    throw new CheckAborted(measured.result, signal.reason);
  } finally {
    workflows.close();
  }
}

function remedy({ target: { name, baselineFile } }: PlannedCheck): string {
  return `check of ${name} with makesBaseline, its result written to ${baselineFile ?? 'a file'}`;
}

/** Returns the request in the words of the command; the check is played here, also where a workflow is deployed. */
function settingsOf(request: CheckRequest): CheckSettings {
  const { local, base, head, payloads, memoryMb, confirm, makesBaseline, region, profile } =
    request;
  return {
    embedded: true,
    ...(local === undefined
      ? {}
      : { local: local.base === undefined ? [local.head] : [local.base, local.head] }),
    ...(base === undefined ? {} : { base }),
    ...(head === undefined ? {} : { head }),
    ...(payloads === undefined
      ? {}
      : {
          payload: payloads.map(
            ({ payload, weight }) =>
              `${weight === undefined ? '' : `${weight}=`}${JSON.stringify(payload)}`,
          ),
        }),
    ...(memoryMb === undefined ? {} : { memory: String(memoryMb) }),
    ...(confirm === undefined ? {} : { confirm }),
    ...(makesBaseline === true ? { saveBaseline: base ?? '' } : {}),
    ...(region === undefined ? {} : { region }),
    ...(profile === undefined ? {} : { profile }),
  };
}
