import type { SystemLogLevel } from '../../contract/shared/function-configuration.ts';
import type { InitStartFacts, PlatformLogStyle } from './platform-log-facts.ts';
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
 * The JSON log: one event a line, in the schema of the Telemetry API ("Lambda Telemetry API Event
 * schema reference", 2026-11). Which event has which level is AWS's table ("Configuring Lambda
 * function logs: system log level event mapping"): whatever did not succeed is WARN, `report` and
 * `start` are INFO, the end of a good init and `runtimeDone` are DEBUG.
 */
export function jsonPlatformLog(style: PlatformLogStyle): PlatformLogWriter {
  const event = (level: SystemLogLevel, atMs: number, type: string, record: object): string =>
    ORDER.indexOf(level) < ORDER.indexOf(style.systemLogLevel)
      ? ''
      : `${JSON.stringify({ time: new Date(atMs).toISOString(), type: `platform.${type}`, record })}\n`;

  return {
    initStart: (facts: InitStartFacts, atMs) =>
      event('INFO', atMs, 'initStart', {
        initializationType: 'on-demand',
        phase: facts.phase,
        runtimeVersion: facts.runtimeVersion,
        runtimeVersionArn: facts.runtimeVersionArn,
        functionName: style.functionName,
        functionVersion: facts.version,
        ...(facts.instanceId === undefined ? {} : { instanceId: facts.instanceId }),
        instanceMaxMemory: facts.memoryMb * 2 ** 20,
      }),

    initReport: (facts, atMs) => {
      const level = facts.status === 'success' ? 'DEBUG' : 'WARN';
      const head = { initializationType: 'on-demand', phase: facts.phase, ...status(facts) };
      return (
        event(level, atMs, 'initRuntimeDone', head) +
        event(level, atMs, 'initReport', {
          ...head,
          metrics: { durationMs: printedMs(facts.initMs, DECIMALS) },
        })
      );
    },

    restoreStart: (facts, atMs) =>
      event('INFO', atMs, 'restoreStart', {
        runtimeVersion: facts.runtimeVersion,
        runtimeVersionArn: facts.runtimeVersionArn,
        functionName: style.functionName,
        functionVersion: facts.version,
        ...(facts.instanceId === undefined ? {} : { instanceId: facts.instanceId }),
        instanceMaxMemory: facts.memoryMb * 2 ** 20,
      }),

    restoreReport: (facts, atMs) =>
      event('INFO', atMs, 'restoreReport', {
        status: 'success',
        metrics: { durationMs: printedMs(facts.restoreMs, DECIMALS) },
      }),

    start: (facts, atMs) =>
      event('INFO', atMs, 'start', {
        requestId: facts.requestId,
        functionArn: style.functionArn,
        version: facts.version,
      }),

    end: (facts, atMs) =>
      event(facts.status === 'success' ? 'DEBUG' : 'WARN', atMs, 'runtimeDone', {
        requestId: facts.requestId,
        ...status(facts),
        metrics: {
          durationMs: printedMs(facts.durationMs, DECIMALS),
          ...(facts.producedBytes === undefined ? {} : { producedBytes: facts.producedBytes }),
        },
      }),

    report: (facts, atMs) =>
      event(facts.status === 'success' ? 'INFO' : 'WARN', atMs, 'report', {
        requestId: facts.requestId,
        metrics: {
          durationMs: printedMs(facts.durationMs, DECIMALS),
          billedDurationMs: billedDurationMs(facts, DECIMALS),
          memorySizeMB: facts.memoryMb,
          ...(facts.maxMemoryUsedMb === null ? {} : { maxMemoryUsedMB: facts.maxMemoryUsedMb }),
          ...(facts.initMs === null ? {} : { initDurationMs: printedMs(facts.initMs, DECIMALS) }),
          ...(facts.restore === undefined
            ? {}
            : {
                restoreDurationMs: printedMs(facts.restore.restoreMs, DECIMALS),
                billedRestoreDurationMs: facts.restore.billedRestoreMs,
              }),
        },
        ...status(facts),
      }),
  };
}
