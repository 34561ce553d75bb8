import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HostInvocation, HostReply } from '../lambda/function-host.ts';
import {
  platformLogWriter,
  type InvocationFacts,
  type RestoreFacts,
} from '../lambda/platform-log-writer.ts';
import type { CoreHold } from './core-queue.ts';
import type { Environment } from './environment.ts';
import { describeEnding, type EndingInWords, type InvocationEnding } from './invocation-ending.ts';
import type { RuntimeVersion } from './runtime-version.ts';
import { InvocationLog } from './invocation-log.ts';

/** What an invocation needs to know beside its environment. */
export interface InvocationRules {
  readonly runtimeVersion: RuntimeVersion;
  /** Lambda's limit for the first init: 10 s. */
  readonly initLimitMs: number;
  /** The cores an invocation holds while it runs. */
  readonly runningCores: number;
  /** Takes the values of variables out of what the handler printed or failed with. */
  readonly hide: (bytes: Buffer) => Buffer;
  /** What the handler printed in this invocation, and in an init before it. */
  readonly onOutput: (text: string) => void;
}

/** An ending with the times that the platform log tells. */
interface TimedEnding {
  readonly ending: InvocationEnding;
  readonly durationMs: number;
  /** How much longer it would have taken with its share of the processors. */
  readonly heldMs: number;
}

/**
 * Carries out one invocation in an environment, from the init of a new one to the last line of the
 * platform log, in Lambda's order. The first init has its own limit and is reported apart. One that
 * fails, or that follows a crash, runs (again) inside the invocation, under the function's timeout and
 * hidden in its duration ("Lambda execution environment lifecycle", Developer Guide, 2026-11). It runs
 * at full speed all the same: logs of 128 MB functions show such inits of Node in 130 ms.
 */
export async function carryOut(
  environment: Environment,
  invocation: HostInvocation,
  hold: CoreHold,
  rules: InvocationRules,
): Promise<HostReply> {
  const { settings, requestId } = invocation;
  const log = new InvocationLog(environment, platformLogWriter(settings), rules.hide);
  const timeoutMs = settings.timeoutSeconds * 1000;

  const initMs = environment.phase === 'new' ? await firstInit(environment, log, rules) : null;

  const again = environment.phase === 'reset' ? await initAgain(environment, log, timeoutMs) : null;
  hold.shrinkTo(rules.runningCores);
  log.platform((writer, atMs) => writer.start({ requestId, version: settings.version }, atMs));
  const real = again?.failed ?? (await run(environment, invocation, again?.startMs));
  log.application();

  const settled = settle(real, timeoutMs);
  if (settled.durationMs > real.durationMs) {
    // Nothing of it runs any more: others may have its cores while the answer is held back.
    hold.release();
    await sleep(settled.durationMs - real.durationMs);
    if (settled.ending !== real.ending) await environment.reset();
  }

  if (log.printed.length > 0) rules.onOutput(Buffer.concat(log.printed).toString('utf8'));
  const words = describeEnding(settled.ending, {
    requestId,
    timeoutSeconds: settings.timeoutSeconds,
  });
  const facts: InvocationFacts = {
    requestId,
    version: settings.version,
    memoryMb: settings.memoryMb,
    maxMemoryUsedMb: maxMemoryUsedMb(environment, settled.ending),
    durationMs: settled.durationMs,
    ...(settings.snapStart === true && initMs !== null
      ? { initMs: null, restore: toRestoreFacts(initMs) }
      : { initMs }),
    producedBytes: words.payload.length,
    status: words.status,
    errorType: platformErrorType(settled.ending, words, environment),
  };
  log.platform((writer, atMs) => writer.end(facts, atMs));
  log.platform((writer, atMs) => writer.report(facts, atMs));
  return {
    payload: words.functionError === null ? words.payload : rules.hide(words.payload),
    functionError: words.functionError,
    ...streamOf(settled.ending),
    log: log.bytes,
    logStream: environment.logStream,
  };
}

/** Tells what the handler wrote as a stream, where it did. */
function streamOf(ending: InvocationEnding): Pick<HostReply, 'stream'> {
  if (ending.kind === 'answered' && ending.isStream === true) {
    return { stream: { body: ending.payload, isWhole: true } };
  }
  return ending.kind === 'failed' && ending.streamed !== undefined
    ? { stream: { body: ending.streamed, isWhole: false } }
    : {};
}

/** Returns the duration of the first init, or `null` if it failed. */
async function firstInit(
  environment: Environment,
  log: InvocationLog,
  rules: InvocationRules,
): Promise<number | null> {
  const { settings, logStream } = environment;
  const start = {
    runtimeVersion: rules.runtimeVersion.name,
    runtimeVersionArn: rules.runtimeVersion.arn,
    version: settings.version,
    memoryMb: settings.memoryMb,
    instanceId: logStream,
  };
  const restores = settings.snapStart === true;
  log.platform((writer, atMs) =>
    restores
      ? writer.restoreStart(start, atMs)
      : writer.initStart({ ...start, phase: 'init' }, atMs),
  );
  const result = await environment.init(performance.now(), rules.initLimitMs);
  log.application();
  const { ms, failure } = result;
  if (restores && failure === null) {
    log.platform((writer, atMs) => writer.restoreReport(toRestoreFacts(ms), atMs));
  } else {
    log.initReport(result, 'init');
  }
  return failure === null ? ms : null;
}

/** There are no snapshots here: an environment that would be restored runs its init, and says restore. */
function toRestoreFacts(initMs: number): RestoreFacts {
  return { restoreMs: initMs, billedRestoreMs: Math.ceil(initMs) };
}

async function initAgain(
  environment: Environment,
  log: InvocationLog,
  timeoutMs: number,
): Promise<{ readonly startMs: number; readonly failed: TimedEnding | null }> {
  const startMs = performance.now();
  const result = await environment.init(startMs, timeoutMs);
  log.application();
  log.initReport(result, 'invoke');
  if (result.failure === null) return { startMs, failed: null };
  const durationMs = result.failure.kind === 'timed-out' ? timeoutMs : result.ms;
  return { startMs, failed: { ending: result.failure, durationMs, heldMs: 0 } };
}

async function run(
  environment: Environment,
  invocation: HostInvocation,
  startMs: number | undefined,
): Promise<TimedEnding> {
  const { settings, requestId, payload, clientContext } = invocation;
  const limitMs = settings.timeoutSeconds * 1000;
  const elapsedMs = startMs === undefined ? 0 : performance.now() - startMs;
  const result = await environment.run(
    {
      requestId,
      // Invoke without a payload sends an empty event.
      payload: payload.length === 0 ? Buffer.from('{}') : payload,
      functionArn: invocation.invokedFunctionArn ?? settings.functionArn,
      deadlineMs: Math.round(Date.now() + limitMs - elapsedMs),
      traceId: newTraceId(),
      ...(clientContext === undefined ? {} : { clientContext }),
    },
    limitMs,
    startMs,
  );
  const timedOut = result.ending.kind === 'timed-out';
  return {
    ending: result.ending,
    durationMs: timedOut ? limitMs : result.endMs - result.startMs,
    heldMs: timedOut ? 0 : result.heldMs,
  };
}

/** Tells what a share of the processors would have made of it, when the process ran at full speed. */
function settle(real: TimedEnding, timeoutMs: number): TimedEnding {
  const durationMs = real.durationMs + real.heldMs;
  if (durationMs <= timeoutMs) return { ...real, durationMs, heldMs: 0 };
  return { ending: { kind: 'timed-out' }, durationMs: timeoutMs, heldMs: 0 };
}

/** Tells what ended the environment; an error that the handler reported, and outlived, is none. */
function platformErrorType(
  ending: InvocationEnding,
  words: EndingInWords,
  environment: Environment,
): string | null {
  return ending.kind === 'failed' && environment.phase === 'ready' ? null : words.errorType;
}

function maxMemoryUsedMb(environment: Environment, ending: InvocationEnding): number | null {
  const { memoryMb } = environment.settings;
  if (ending.kind === 'out-of-memory') return memoryMb;
  const usedMb = Math.ceil(environment.peakMemoryMb);
  // 0: the process ended before the first look at it.
  return usedMb === 0 ? null : Math.min(memoryMb, usedMb);
}

/** Returns an X-Ray header that samples nothing: a root of its own for each invocation. */
function newTraceId(): string {
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  const root = `1-${seconds}-${randomBytes(12).toString('hex')}`;
  return `Root=${root};Parent=${randomBytes(8).toString('hex')};Sampled=0`;
}
