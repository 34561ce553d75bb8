import type { PowerdialError } from '../../../contract/shared/errors.ts';
import type { Deps } from '../../../contract/shared/deps.ts';
import type { InvokeReply } from '../../../contract/shared/invoke-calls.ts';
import type { Observation } from '../../../contract/shared/observation.ts';
import type { StageInput } from '../../../contract/tune/stages.ts';
import type { Awaited, Slice } from '../../../contract/tune/state.ts';
import type { ScheduledInvocation } from '../../../core/measure/schedule.ts';
import type { SpendingTerms } from '../../../core/measure/spending.ts';
import { invocationIndex } from '../../../core/payload/invocation-index.ts';
import { toRefusal } from '../../../words/refusals/refusal.ts';
import type { LateLogs, SearchedRequest } from '../../target/late-logs.ts';
import type { StageContext } from '../../target/stage.ts';
import { variedPayload } from '../../target/vary-payload.ts';

export type MeasureDeps = Pick<
  Deps,
  | 'invoke'
  | 'invokeAsynchronously'
  | 'setEventInvokeConfig'
  | 'findLogEvents'
  | 'readObject'
  | 'readExecutionStatus'
  | 'now'
  | 'sleep'
  | 'onProgress'
>;

export type Answered = Extract<InvokeReply, { readonly kind: 'answered' }>;

export interface SliceRequest {
  readonly state: StageInput<'Measure'>;
  readonly bounds: Slice;
  readonly planned: readonly ScheduledInvocation[];
  /** What was observed before this slice. */
  readonly before: readonly Observation[];
  readonly terms: SpendingTerms;
  readonly budgetUsd: number;
  readonly payloads: readonly string[];
  readonly lateLogs: LateLogs;
  readonly deps: MeasureDeps;
  readonly context: StageContext;
}

export interface MeasuredSlice {
  readonly observations: readonly Observation[];
  /** Index of the first scheduled invocation that was not made. */
  readonly next: number;
  /** Those behind it that were: they overtook one that was throttled until the end of a call. */
  readonly made: readonly number[];
  readonly concurrency: number;
  /** Of the observations that were answered: their logs tell which environment served them. */
  readonly requestIds: ReadonlyMap<Observation, string>;
  /** The answers to those that failed. */
  readonly failures: ReadonlyMap<Observation, Answered>;
  /** Queued invocations that may still run. */
  readonly awaited: readonly Awaited[];
}

/** Its invocations have been throttled for as long as a run waits. */
export function targetBusy(
  { target }: StageInput<'Measure'>,
  memoryMb: number,
  answer: string,
): PowerdialError {
  return toRefusal({
    code: 'throttled-too-long',
    function: target.functionName,
    memoryMb,
    answer,
  });
}

/** Tells what an invocation is sent, filled in where payloads vary. */
export function payloadOf(
  { state, payloads }: SliceRequest,
  { payload, index }: { readonly payload: number; readonly index: number },
): string {
  const text = payloads[payload] ?? '{}';
  return state.input.varyPayload
    ? variedPayload(text, invocationIndex(state.round.number, index))
    : text;
}

/** Environments of the run's own versions can have been started since the run was. */
export function ownStreams(
  { run }: StageInput<'Measure'>,
  versions: readonly string[],
): NonNullable<SearchedRequest['streams']> {
  return { versions, startedFromMs: Date.parse(run.startedAt) };
}

/** Returns the version that a scheduled invocation goes to. */
export function versionOf(
  state: StageInput<'Measure'>,
  { memoryMb, version }: ScheduledInvocation,
): string {
  const own = state.publishing.variants.filter(
    (each) => each.memoryMb === memoryMb && each.version !== null,
  );
  return own[version]?.version ?? own[0]?.version ?? '';
}
