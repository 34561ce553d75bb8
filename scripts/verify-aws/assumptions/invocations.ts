import {
  DeleteFunctionConcurrencyCommand,
  GetFunctionEventInvokeConfigCommand,
  PutFunctionConcurrencyCommand,
  PutFunctionEventInvokeConfigCommand,
} from '@aws-sdk/client-lambda';
import { findReport } from '../../../src/core/platform-log/find-report.ts';
import type { Account } from '../account.ts';
import { judged, model, notHeld, notTried, nowhere, type Assumption } from '../assumption.ts';
import { inWords, isDenied, refusalOf } from '../refusal.ts';

const MB = 2 ** 20;
const NOT_OWN = 'only the function that --create makes fails and sleeps when it is asked to';

/** Invoking, by both ways, and what comes back. */
export const INVOCATIONS: readonly Assumption[] = [
  {
    id: 'tail-holds-report',
    call: 'lambda:InvokeFunction',
    assumed:
      'With LogType Tail the answer holds the REPORT of this request, with the memory of the version that was invoked.',
    source: model('lambda', 'Set to Tail to include the execution log in the response.'),
    otherwise: 'Nothing can be measured from the answer; Measure then searches CloudWatch Logs.',
    proof: async (account) => {
      const seen: string[] = [];
      let is = true;
      for (const memoryMb of account.sizes) {
        const { Version = '' } = await account.version(memoryMb);
        const { log, requestId } = await account.invoke({ qualifier: Version });
        const { report } = findReport(log ?? '', requestId);
        is &&= report?.memorySizeMb === memoryMb && report.billedMs !== null;
        seen.push(
          report === null
            ? `version ${Version}: no REPORT of the request`
            : `version ${Version} at ${memoryMb} MB: ${report.memorySizeMb ?? 'no'} MB, ${report.durationMs ?? 'no'} ms, billed ${report.billedMs ?? 'no'} ms`,
        );
      }
      return judged(is, seen.join('; '));
    },
  },
  {
    id: 'billed-holds-init',
    call: 'lambda:InvokeFunction',
    assumed: 'Billed Duration is Duration and Init Duration together, rounded up to 1 ms.',
    source: nowhere(
      'the AWS Compute Blog announced it for 2025-08-01 (“AWS Lambda standardizes billing for INIT Phase”); no sentence was quoted',
    ),
    otherwise: 'Costs of cold starts are off by the init; the price table must say so.',
    proof: async (account) => {
      // A version of its own: its first invocation starts an environment.
      const { Version = '' } = await account.publish(account.sizes[0]);
      const { log, requestId } = await account.invoke({ qualifier: Version });
      const { report } = findReport(log ?? '', requestId);
      if (report === null) return notTried('the tail held no REPORT');
      const { durationMs, billedMs, initMs } = report;
      if (durationMs === null || billedMs === null) return notHeld('the REPORT lacks a duration');
      if (initMs === null) return notTried('the first invocation told no Init Duration');
      return judged(
        Math.abs(billedMs - Math.ceil(durationMs + initMs)) <= 1,
        `${durationMs} ms and init ${initMs} ms, billed ${billedMs} ms`,
      );
    },
  },
  {
    id: 'executed-version',
    call: 'lambda:InvokeFunction',
    assumed: 'The answer names the version that ran: the number asked for, or $LATEST.',
    source: model('lambda', 'The version of the function that executed.'),
    otherwise: 'An alias that moves during a check would not be seen.',
    proof: async (account) => {
      const { Version = '' } = await account.version(account.sizes[0]);
      const qualified = await account.invoke({ qualifier: Version });
      const plain = await account.invoke({});
      return judged(
        qualified.executedVersion === Version && plain.executedVersion === '$LATEST',
        `${qualified.executedVersion} for version ${Version}, ${plain.executedVersion} without one`,
      );
    },
  },
  {
    id: 'dry-run',
    call: 'lambda:InvokeFunction',
    assumed: 'A DryRun is answered with 204 and runs nothing.',
    source: model(
      'lambda',
      'Validate parameter values and verify that the user or role has permission to invoke the function.',
    ),
    otherwise: 'Permission to invoke cannot be tried without an invocation.',
    proof: async (account) => {
      const { status } = await account.invoke({ type: 'DryRun' });
      return judged(status === 204, `status ${status}`);
    },
  },
  {
    id: 'function-error-is-told',
    call: 'lambda:InvokeFunction',
    assumed: 'An exception of the handler is status 200 with FunctionError and errorType.',
    source: model('lambda', "The status code in the API response doesn't reflect function errors."),
    otherwise: 'Failures could be taken for durations.',
    proof: async (account) => {
      if (!(await account.knowsHow())) return notTried(NOT_OWN);
      const { Version = '' } = await account.version(account.sizes[0]);
      const { status, functionError, body } = await account.invoke({
        qualifier: Version,
        payload: '{"verify":"fail"}',
      });
      return judged(
        status === 200 && functionError !== null && body.includes('"errorType":"TypeError"'),
        `status ${status}, FunctionError ${functionError ?? 'none'}`,
      );
    },
  },
  {
    id: 'timeout-is-told',
    call: 'lambda:InvokeFunction',
    assumed:
      'An invocation that was cut off by its timeout is told as a function error, and its REPORT says so.',
    source: nowhere(
      'public REPORT lines show `Status: timeout`; no sentence that promises it was found',
    ),
    otherwise: 'A cut-off invocation could be taken for a duration.',
    proof: async (account) => {
      if (!(await account.knowsHow())) return notTried(NOT_OWN);
      const { Version = '' } = await account.version(account.sizes[0], 1);
      const answer = await account.invoke({
        qualifier: Version,
        payload: '{"verify":"sleep","sleepMs":5000}',
      });
      const finding = findReport(answer.log ?? '', answer.requestId);
      const told = finding.timedOut || finding.report?.status === 'timeout';
      return judged(
        answer.functionError !== null && (told || answer.body.includes('imed')),
        `FunctionError ${answer.functionError ?? 'none'}, ${told ? 'told by the log' : 'not in the log'}: ${answer.body.slice(0, 120)}`,
      );
    },
  },
  {
    id: 'throttled-is-429',
    call: 'lambda:InvokeFunction',
    assumed:
      'An invocation for which there is no concurrency is 429 TooManyRequestsException with a Reason, and has not run.',
    source: model('lambda', 'The request throughput limit was exceeded.'),
    otherwise: 'Retrying it could run the target twice.',
    proof: async (account) => {
      if (account.found.reserved !== null) {
        return notTried('the function has a reservation of its own, which is left alone');
      }
      await reserveNothing(account);
      const refusal = await refusedWithin(account, 20_000);
      await account.lambda.send(
        new DeleteFunctionConcurrencyCommand({ FunctionName: account.functionName }),
      );
      account.reserved = false;
      const is = refusal?.status === 429 && refusal.name === 'TooManyRequestsException';
      return judged(is, inWords(refusal));
    },
  },
  {
    id: 'no-such-version',
    call: 'lambda:InvokeFunction',
    assumed: 'Invoking a version that does not exist is 404 ResourceNotFoundException.',
    source: model('lambda', 'The resource specified in the request does not exist.'),
    otherwise: 'A version deleted by somebody would look like a lost invocation.',
    proof: async (account) => {
      const refusal = await refusalOf(
        account.invoke({ qualifier: String(account.found.highestVersion + 1000) }),
      );
      return judged(refusal?.status === 404, inWords(refusal));
    },
  },
  {
    id: 'payload-of-6-mb',
    call: 'lambda:InvokeFunction',
    assumed: 'Above 6 MB a payload is refused with 413 before anything runs.',
    source: model('lambda', 'For synchronous invocations, the maximum payload size is 6 MB.'),
    otherwise: 'Inspect refuses such payloads too late or too early.',
    proof: async (account) => {
      const refusal = await refusalOf(account.invoke({ payload: jsonOf(6 * MB + 1) }));
      return judged(refusal?.status === 413, inWords(refusal));
    },
  },
  {
    id: 'event-of-1-mb',
    call: 'lambda:InvokeFunction',
    assumed: 'An event for the queue may have 1 MB, and with a byte more it is refused with 413.',
    source: model('lambda', 'For asynchronous invocations, the maximum payload size is 1 MB.'),
    otherwise: 'Inspect refuses payloads of functions with long timeouts too late or too early.',
    proof: async (account) => {
      const over = await refusalOf(account.invoke({ type: 'Event', payload: jsonOf(MB + 1) }));
      const under = await refusalOf(account.invoke({ type: 'Event', payload: jsonOf(MB - 1024) }));
      return judged(
        over?.status === 413 && under === null,
        `one byte more: ${inWords(over)}; just below: ${under === null ? 'accepted' : inWords(under)}`,
      );
    },
  },
  {
    id: 'no-queue-settings-is-404',
    call: 'lambda:GetFunctionEventInvokeConfig',
    assumed: 'A function without settings for queued invocations is 404.',
    source: model(
      'lambda',
      'Retrieves the configuration for asynchronous invocation for a function, version, or alias.',
    ),
    otherwise: 'Inspect would end with an error instead of going on.',
    proof: async (account) => {
      const refusal = await refusalOf(
        account.lambda.send(
          new GetFunctionEventInvokeConfigCommand({ FunctionName: account.functionName }),
        ),
      );
      return refusal === null
        ? notTried('the function has such settings')
        : judged(refusal.status === 404, inWords(refusal));
    },
  },
  {
    id: 'queue-settings-of-version',
    call: 'lambda:PutFunctionEventInvokeConfig',
    assumed:
      'A version can have no retries and an age of 60 s, and the function itself keeps its own.',
    source: model(
      'lambda',
      'Configures options for asynchronous invocation on a function, version, or alias.',
    ),
    otherwise: 'Queued invocations that fail could be repeated, and measured or billed twice.',
    proof: async (account) => {
      const { Version = '' } = await account.version(account.sizes[0]);
      const before = await queueSettings(account);
      await account.lambda.send(
        new PutFunctionEventInvokeConfigCommand({
          FunctionName: account.functionName,
          Qualifier: Version,
          MaximumRetryAttempts: 0,
          MaximumEventAgeInSeconds: 60,
        }),
      );
      const set = await account.lambda.send(
        new GetFunctionEventInvokeConfigCommand({
          FunctionName: account.functionName,
          Qualifier: Version,
        }),
      );
      const after = await queueSettings(account);
      if (set.MaximumRetryAttempts !== 0 || set.MaximumEventAgeInSeconds !== 60) {
        return notHeld(
          `${set.MaximumRetryAttempts ?? 'no'} retries, ${set.MaximumEventAgeInSeconds ?? 'no'} s`,
        );
      }
      return judged(
        before === after,
        `0 retries and 60 s on version ${Version}; the function’s own are ${before === after ? 'as they were' : 'changed'}`,
      );
    },
  },
];

/** A JSON text of so many bytes. */
function jsonOf(bytes: number): string {
  return `"${'x'.repeat(bytes - 2)}"`;
}

async function reserveNothing(account: Account): Promise<void> {
  account.reserved = true;
  try {
    await account.lambda.send(
      new PutFunctionConcurrencyCommand({
        FunctionName: account.functionName,
        ReservedConcurrentExecutions: 0,
      }),
    );
  } catch (error) {
    if (isDenied(error)) account.reserved = false;
    throw error;
  }
}

/** A reservation may take a moment until it counts. */
async function refusedWithin(account: Account, limitMs: number) {
  const endMs = Date.now() + limitMs;
  for (;;) {
    const refusal = await refusalOf(account.invoke({}));
    if (refusal !== null || Date.now() >= endMs) return refusal;
    await account.wait(1000);
  }
}

async function queueSettings(account: Account): Promise<string> {
  try {
    const { MaximumRetryAttempts, MaximumEventAgeInSeconds } = await account.lambda.send(
      new GetFunctionEventInvokeConfigCommand({ FunctionName: account.functionName }),
    );
    return JSON.stringify({ MaximumRetryAttempts, MaximumEventAgeInSeconds });
  } catch (error) {
    if ((error as Error).name === 'ResourceNotFoundException') return 'none';
    throw error;
  }
}
