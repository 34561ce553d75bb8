import type { SystemLogLevel } from '../../contract/shared/function-configuration.ts';
import type { InitStartFacts, InvocationFacts, PlatformLogStyle } from './platform-log-facts.ts';
import type { PlatformLogWriter } from './platform-log-lines.ts';
import { billedDurationMs, printedMs } from './printed-duration.ts';

const DECIMALS = 3;
const ORDER: readonly SystemLogLevel[] = ['DEBUG', 'INFO', 'WARN'];

function status(facts: { readonly status: string; readonly errorType: string | null }): {
  readonly status: string;
  readonly errorType?: string;
} {
  return facts.status === 'error' && facts.errorType !== null
    ? { status: facts.status, errorType: facts.errorType }
    : { status: facts.status };
}

/**
 * Returns the JSON log: one event a line, in the schema of the Telemetry API ("Lambda Telemetry API Event
 * schema reference", 2026-11). Which event has which level is AWS's table ("Configuring Lambda function logs:
 * system log level event mapping"): whatever did not succeed is WARN, `report` and `start` are INFO, the end
 * of a good init and `runtimeDone` are DEBUG.
 */
export function jsonPlatformLog(style: PlatformLogStyle): PlatformLogWriter {
  const event = (level: SystemLogLevel, atMs: number, type: string, record: object): string =>
    ORDER.indexOf(level) < ORDER.indexOf(style.systemLogLevel)
      ? ''
      : `${JSON.stringify({ time: new Date(atMs).toISOString(), type: `platform.${type}`, record })}\n`;

  return {
    initStart: (facts, atMs) =>
      event('INFO', atMs, 'initStart', {
        initializationType: 'on-demand',
        phase: facts.phase,
        ...environmentRecord(style, facts),
      }),
    initReport(facts, atMs) {
      const level = levelOfEnd(facts, 'DEBUG');
      const head = { initializationType: 'on-demand', phase: facts.phase, ...status(facts) };
      const metrics = { durationMs: printedMs(facts.initMs, DECIMALS) };
      return (
        event(level, atMs, 'initRuntimeDone', head) +
        event(level, atMs, 'initReport', { ...head, metrics })
      );
    },
    restoreStart: (facts, atMs) =>
      event('INFO', atMs, 'restoreStart', environmentRecord(style, facts)),
    restoreReport: (facts, atMs) =>
      event('INFO', atMs, 'restoreReport', {
        status: 'success',
        metrics: { durationMs: printedMs(facts.restoreMs, DECIMALS) },
      }),
    start: ({ requestId, version }, atMs) =>
      event('INFO', atMs, 'start', { requestId, functionArn: style.functionArn, version }),
    end: (facts, atMs) => event(levelOfEnd(facts, 'DEBUG'), atMs, 'runtimeDone', endRecord(facts)),
    report: (facts, atMs) => event(levelOfEnd(facts, 'INFO'), atMs, 'report', reportRecord(facts)),
  };
}

/** Returns the level of what ended, which is WARN unless it ended well. */
function levelOfEnd(
  facts: { readonly status: string },
  level: Exclude<SystemLogLevel, 'WARN'>,
): SystemLogLevel {
  return facts.status === 'success' ? level : 'WARN';
}

/** Tells what `initStart` and `restoreStart` say of the environment that is made. */
function environmentRecord(
  style: PlatformLogStyle,
  facts: Omit<InitStartFacts, 'phase'>,
): Readonly<Record<string, unknown>> {
  return {
    runtimeVersion: facts.runtimeVersion,
    runtimeVersionArn: facts.runtimeVersionArn,
    functionName: style.functionName,
    functionVersion: facts.version,
    ...(facts.instanceId === undefined ? {} : { instanceId: facts.instanceId }),
    instanceMaxMemory: facts.memoryMb * 2 ** 20,
  };
}

function endRecord(facts: InvocationFacts): Readonly<Record<string, unknown>> {
  const { requestId, durationMs, producedBytes } = facts;
  return {
    requestId,
    ...status(facts),
    metrics: {
      durationMs: printedMs(durationMs, DECIMALS),
      ...(producedBytes === undefined ? {} : { producedBytes }),
    },
  };
}

function reportRecord(facts: InvocationFacts): Readonly<Record<string, unknown>> {
  const { requestId, maxMemoryUsedMb, initMs, restore } = facts;
  return {
    requestId,
    metrics: {
      durationMs: printedMs(facts.durationMs, DECIMALS),
      billedDurationMs: billedDurationMs(facts, DECIMALS),
      memorySizeMB: facts.memoryMb,
      ...(maxMemoryUsedMb === null ? {} : { maxMemoryUsedMB: maxMemoryUsedMb }),
      ...(initMs === null ? {} : { initDurationMs: printedMs(initMs, DECIMALS) }),
      ...(restore === undefined
        ? {}
        : {
            restoreDurationMs: printedMs(restore.restoreMs, DECIMALS),
            billedRestoreDurationMs: restore.billedRestoreMs,
          }),
    },
    ...status(facts),
  };
}
