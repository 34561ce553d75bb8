import type { HostInvocation, HostReply } from '../lambda/function-host.ts';
import {
  platformLogWriter,
  type InvocationFacts,
  type RestoreFacts,
} from '../lambda/platform-log-writer.ts';
import type { Ending } from './ending.ts';
import type { RecordedOutcome } from './recording.ts';

/** Tells what Lambda would answer to an invocation that ended so, log included. */
export function recordedReply(invocation: HostInvocation, ending: Ending, atMs: number): HostReply {
  const { settings, requestId } = invocation;
  const error = errorPayload(ending, requestId);
  const payload = Buffer.from(JSON.stringify(error));
  const facts: InvocationFacts = {
    requestId,
    version: settings.version,
    memoryMb: settings.memoryMb,
    maxMemoryUsedMb: ending.maxMemoryUsedMb,
    durationMs: ending.durationMs,
    ...(settings.snapStart === true && ending.initMs !== null
      ? { initMs: null, restore: toRestoreFacts(ending.initMs) }
      : { initMs: ending.initMs }),
    status: STATUS[ending.outcome],
    errorType: ending.outcome === 'out-of-memory' ? 'Runtime.OutOfMemory' : null,
    producedBytes: payload.length,
  };
  const log = platformLogWriter(settings);
  const lines = [
    ...(ending.cold ? [initLines(invocation, ending, atMs)] : []),
    log.start(facts, atMs),
    log.end(facts, atMs),
    log.report(facts, atMs),
  ];
  return {
    payload,
    functionError: error === null ? null : 'Unhandled',
    log: Buffer.from(lines.join('')),
  };
}

const STATUS = {
  ok: 'success',
  error: 'error',
  timeout: 'timeout',
  'out-of-memory': 'error',
} as const satisfies Record<RecordedOutcome, InvocationFacts['status']>;

/** A recording does not say what a restore takes: as long as the init, and all of it is billed. */
function toRestoreFacts(initMs: number): RestoreFacts {
  return { restoreMs: initMs, billedRestoreMs: Math.ceil(initMs) };
}

/** An environment that was initialised ahead logged its init long before. */
function initLines({ settings }: HostInvocation, { initMs }: Ending, atMs: number): string {
  if (initMs === null) return '';
  const log = platformLogWriter(settings);
  const start = {
    runtimeVersion: 'recorded',
    runtimeVersionArn: 'arn:aws:lambda:us-east-1::runtime:recorded',
    version: settings.version,
    memoryMb: settings.memoryMb,
  };
  if (settings.snapStart === true) {
    return log.restoreStart(start, atMs) + log.restoreReport(toRestoreFacts(initMs), atMs);
  }
  return (
    log.initStart({ ...start, phase: 'init' }, atMs) +
    log.initReport({ initMs, phase: 'init', status: 'success', errorType: null }, atMs)
  );
}

/** Tells what the invocation answers: `null`, or the error as Lambda or the handler words it. */
function errorPayload(
  ending: Ending,
  requestId: string,
): { readonly errorType: string; readonly errorMessage: string } | null {
  switch (ending.outcome) {
    case 'ok':
      return null;
    case 'error':
      return { errorType: 'Error', errorMessage: 'The recording says that this size fails' };
    case 'timeout':
      return {
        errorType: 'Sandbox.Timedout',
        errorMessage: `RequestId: ${requestId} Error: Task timed out after ${(ending.durationMs / 1000).toFixed(2)} seconds`,
      };
    case 'out-of-memory':
      // Only the log names the cause; the payload says no more than that the process was killed.
      return {
        errorType: 'Runtime.ExitError',
        errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`,
      };
  }
}
