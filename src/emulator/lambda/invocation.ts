import type { EmbeddedAccount } from './embedded-account.ts';
import type { EmbeddedFunction } from './embedded-function.ts';
import { pickVersion } from './function-aliases.ts';
import type { HostInvocation, HostReply } from './function-host.ts';
import { serviceFault } from './lambda-exception.ts';
import { logStreamName } from './log-stream-name.ts';
import { messageOf } from '../../contract/shared/thrown.ts';

/** What is asked for: which version it comes to may change until it runs. */
export interface InvocationRequest {
  readonly fn: EmbeddedFunction;
  readonly qualifier: string | null;
  readonly requestId: string;
  readonly payload: Buffer;
  readonly clientContext: string | null;
}

/**
 * Finds the version to run now.
 *
 * @throws {LambdaException} when there is none, or when it cannot be invoked
 */
export function resolveInvocation(
  { fn, qualifier, requestId, payload, clientContext }: InvocationRequest,
  account: EmbeddedAccount,
): HostInvocation {
  const alias = qualifier === null ? undefined : fn.aliases.find(qualifier);
  const version =
    alias === undefined
      ? (qualifier ?? '$LATEST')
      : pickVersion(alias, account.settings.ids.random);
  return {
    settings: fn.variant(version),
    invokedFunctionArn: qualifier === null ? fn.arn : `${fn.arn}:${qualifier}`,
    requestId,
    payload,
    ...(clientContext === null ? {} : { clientContext }),
  };
}

/**
 * Runs it where there is a place for it, and keeps what it logged.
 *
 * @throws {LambdaException} 429 without a place, 500 when the host cannot run it
 */
export async function runInvocation(
  { fn, qualifier }: InvocationRequest,
  invocation: HostInvocation,
  account: EmbeddedAccount,
): Promise<HostReply> {
  const leave = account.gate.enter(fn, qualifier);
  try {
    const reply = await fn.definition.host.invoke(invocation);
    keepLog(invocation, reply, account);
    return reply;
  } catch (error) {
    throw serviceFault(
      `The embedded Lambda endpoint could not run ${fn.definition.name}: ${messageOf(error)}`,
    );
  } finally {
    leave();
  }
}

function keepLog({ settings }: HostInvocation, reply: HostReply, account: EmbeddedAccount): void {
  const stream =
    reply.logStream ??
    logStreamName(
      settings,
      account.settings.now(),
      // A host without environments of its own logs to one stream for each revision of a version.
      settings.revisionId.replaceAll('-', ''),
    );
  account.logs.append(settings.logGroup, stream, reply.log);
}
