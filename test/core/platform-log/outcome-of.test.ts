import { describe, expect, it } from 'vitest';
import { coldOf, type LogFinding } from '../../../src/core/platform-log/log-finding.ts';
import { type ErrorReply, NO_REPLY, outcomeOf } from '../../../src/core/platform-log/outcome-of.ts';
import type { InitReport, PlatformReport } from '../../../src/core/platform-log/platform-report.ts';

const REPORT: PlatformReport = {
  requestId: 'b70435cc',
  durationMs: 3004.92,
  billedMs: 3005,
  initMs: null,
  restoreMs: null,
  billedRestoreMs: null,
  memorySizeMb: 128,
  maxMemoryUsedMb: 128,
  status: null,
  errorType: null,
};
const LOST: LogFinding = { report: null, timedOut: false, crash: null, initReport: null };

function finding(report: Partial<PlatformReport>, signs: Partial<LogFinding> = {}): LogFinding {
  return { ...LOST, report: { ...REPORT, ...report }, ...signs };
}

function reply(errorType: string | null, errorMessage: string | null): ErrorReply {
  return { functionError: 'Unhandled', errorType, errorMessage };
}

const ABORTED = 'RequestId: b70435cc Error: Runtime exited with error: signal: aborted';
const KILLED = 'Runtime exited with error: signal: killed';
const TIMED_OUT = '2024-03-04T17:22:38.033Z b70435cc Task timed out after 3.00 seconds';

describe('outcomeOf', () => {
  it.each<[string, LogFinding, ErrorReply, string]>([
    ['a success in text', finding({}), NO_REPLY, 'ok'],
    ['a success in JSON', finding({ status: 'success' }), NO_REPLY, 'ok'],
    ['as long and as full as it may be', finding({ durationMs: 900_000 }), NO_REPLY, 'ok'],

    ['Status: timeout', finding({ status: 'timeout' }), NO_REPLY, 'timeout'],
    ['the old line', finding({}, { timedOut: true }), NO_REPLY, 'timeout'],
    ['the error type', finding({}), reply('Sandbox.Timedout', 'x'), 'timeout'],
    ['the old message', finding({}), reply(null, TIMED_OUT), 'timeout'],
    ['a timeout without a log', LOST, reply('Sandbox.Timedout', TIMED_OUT), 'timeout'],
    ['a message that a handler handed on', finding({}), reply('Error', TIMED_OUT), 'error'],
    [
      'the old line in a new report',
      finding({ status: 'error' }, { timedOut: true }),
      NO_REPLY,
      'error',
    ],

    [
      'out of memory by name',
      finding({ status: 'error', errorType: 'Runtime.OutOfMemory' }),
      NO_REPLY,
      'out-of-memory',
    ],
    ['out of memory in the reply', finding({}), reply('Runtime.OutOfMemory', 'x'), 'out-of-memory'],
    ['Python out of memory', finding({}), reply('MemoryError', ''), 'out-of-memory'],
    ['Ruby out of memory', finding({}), reply('Function<NoMemoryError>', 'x'), 'out-of-memory'],
    [
      'Java out of memory',
      finding({ status: 'error' }),
      reply('java.lang.OutOfMemoryError', 'Java heap space'),
      'out-of-memory',
    ],
    [
      'a heap of Node that was aborted',
      finding({ maxMemoryUsedMb: 118, status: 'error', errorType: 'Runtime.ExitError' }),
      reply('Runtime.ExitError', ABORTED),
      'out-of-memory',
    ],
    [
      'aborted with memory left',
      finding({ maxMemoryUsedMb: 40 }),
      reply('Runtime.ExitError', ABORTED),
      'error',
    ],
    ['killed with all memory used', finding({}, { crash: KILLED }), NO_REPLY, 'out-of-memory'],
    [
      'killed with a little more',
      finding({ maxMemoryUsedMb: 129 }, { crash: KILLED }),
      NO_REPLY,
      'out-of-memory',
    ],
    [
      'killed, by the reply',
      finding({}),
      reply('Runtime.ExitError', `RequestId: x Error: ${KILLED}`),
      'out-of-memory',
    ],
    [
      'killed, with a status',
      finding({ status: 'error', errorType: 'Runtime.ExitError' }, { crash: KILLED }),
      NO_REPLY,
      'out-of-memory',
    ],
    [
      'killed with memory left',
      finding({ maxMemoryUsedMb: 127 }, { crash: KILLED }),
      NO_REPLY,
      'error',
    ],
    [
      'killed, memory unknown',
      finding({ maxMemoryUsedMb: null }, { crash: KILLED }),
      NO_REPLY,
      'error',
    ],

    [
      'Status: error',
      finding({ status: 'error', errorType: 'Runtime.ExitError' }),
      NO_REPLY,
      'error',
    ],
    [
      'status failure in JSON',
      finding({ status: 'failure', errorType: 'Error' }),
      NO_REPLY,
      'error',
    ],
    ['an error type alone', finding({ errorType: 'Runtime.ImportModuleError' }), NO_REPLY, 'error'],
    [
      'a crash of the old style',
      finding({}, { crash: 'Runtime exited without providing a reason' }),
      NO_REPLY,
      'error',
    ],
    [
      'an error of the handler, in text',
      finding({}),
      reply('TypeError', 'x is undefined'),
      'error',
    ],
    [
      'an error of the handler, in JSON',
      finding({ status: 'success' }),
      reply('TypeError', 'x'),
      'error',
    ],
    ['an error without a type', finding({}), reply(null, null), 'error'],
    ['an error without a log', LOST, reply('TypeError', 'x'), 'error'],

    ['no log at all', LOST, NO_REPLY, 'lost'],
  ])('tells %s', (_, found, answered, outcome) => {
    expect(outcomeOf(found, answered)).toBe(outcome);
  });
});

describe('coldOf', () => {
  const init = (facts: Partial<InitReport>): Partial<LogFinding> => ({
    initReport: { initMs: 83.58, phase: 'init', status: null, errorType: null, ...facts },
  });

  it.each<[string, LogFinding, boolean | null]>([
    ['an init', finding({ initMs: 0.04 }), true],
    ['a restore', finding({ restoreMs: 562.43 }), true],
    ['an init inside of the invocation', finding({}, init({ phase: 'invoke' })), true],
    ['an init that failed before it', finding({}, init({ status: 'timeout' })), true],
    ['an init ahead of it, as provisioned concurrency has', finding({}, init({})), false],
    ['such an init in JSON', finding({}, init({ status: 'success' })), false],
    ['a full report without an init', finding({}), false],
    [
      'a report of Managed Instances',
      finding({ billedMs: null, memorySizeMb: null, maxMemoryUsedMb: null }),
      null,
    ],
    ['nothing', LOST, null],
  ])('tells %s', (_, found, cold) => {
    expect(coldOf(found)).toBe(cold);
  });
});
