import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { randomBytes } from 'node:crypto';
import { callUntil } from '../../src/aws/call-until.ts';
import {
  connection,
  controlClient,
  invokeClient,
  type ConnectionOptions,
} from '../../src/aws/lambda-client.ts';
import { statesClient } from '../../src/aws/states-client.ts';
import { translateError } from '../../src/aws/translate-error.ts';
import packageJson from '#package.json' with { type: 'json' };
import { Account } from './account.ts';
import { notHeld, notTried, type Assumption, type Finding } from './assumption.ts';
import { ASSUMPTIONS } from './assumptions.ts';
import { cleanUp } from './clean-up.ts';
import { lookAt } from './find-function.ts';
import { createOwnFunction, deleteOwnFunction } from './own-function.ts';
import type { Options } from './options.ts';
import type { Tried, Verdict } from './verdict.ts';

/** Refused before anything was done. */
export class Refused extends Error {}

export interface Watch {
  readonly signal: AbortSignal;
  /** Asked once the function is known, before the first change. */
  readonly agree: (question: string) => Promise<boolean>;
  readonly onFinding: (tried: Tried) => void;
}

/**
 * Tries every assumption on one function, and takes away what that made.
 *
 * @param at other endpoints than those that the environment or AWS itself names
 */
export async function verify(
  options: Options,
  watch: Watch,
  at: Pick<ConnectionOptions, 'endpoint' | 'credentials'> = {},
): Promise<Verdict> {
  const run = `verify-${randomBytes(4).toString('hex')}`;
  const startedAt = new Date().toISOString();
  const to: ConnectionOptions = {
    ...at,
    ...(options.region === null ? {} : { region: options.region }),
    ...(options.profile === null ? {} : { profile: options.profile }),
  };
  const clients = {
    plain: controlClient(to),
    invoking: invokeClient(to),
    logs: new CloudWatchLogsClient(connection(to)),
    states: statesClient(to),
  };
  const { functionName } = options;
  const own = { functionName, run };
  const tried: Tried[] = [];
  const left: string[] = [];
  let account: Account | null = null;
  let made = false;
  let stopped: string | null = null;
  try {
    if (options.role !== null) {
      await agreed(watch, `Create the function ${functionName}, try everything on it, delete it?`);
      made = true;
      try {
        await createOwnFunction(clients.plain, { ...own, role: options.role }, watch.signal);
      } catch (error) {
        // A name that is taken is somebody's function.
        made = (error as Error).name !== 'ResourceConflictException';
        throw error;
      }
    }
    const look = await lookAt(clients.plain, functionName);
    refuse(functionName, look.refusals, options.evenWithCallers ? [] : look.callers);
    if (options.role === null) {
      await agreed(
        watch,
        `Change ${functionName} (memory, timeout, description), publish and delete versions, invoke it about 20 times?`,
      );
    }
    account = new Account({
      lambda: callUntil(clients.plain, watch.signal),
      invoking: clients.invoking,
      logs: clients.logs,
      states: clients.states,
      functionName,
      run,
      found: look.found,
      payload: options.payload,
      signal: watch.signal,
      logWaitMs: options.logWaitMs,
    });
    for (const assumption of ASSUMPTIONS) {
      if (options.only !== null && !options.only.includes(assumption.id)) continue;
      const one = { assumption, finding: await tryOne(assumption, account) };
      tried.push(one);
      watch.onFinding(one);
    }
  } catch (error) {
    if (error instanceof Refused) throw error;
    stopped = watch.signal.aborted ? 'it was interrupted' : (error as Error).message;
  } finally {
    if (account !== null) left.push(...(await cleanUp(account, clients.plain)));
    if (made) left.push(...(await deleteOwnFunction(clients.plain, clients.logs, own)));
    for (const client of Object.values(clients)) client.destroy();
  }
  return {
    startedAt,
    function: account?.found.arn ?? functionName,
    touched: account !== null || made,
    powerdial: packageJson.version,
    endpoint: at.endpoint ?? endpointOf(process.env),
    tried,
    left,
    stopped,
  };
}

/** Where the calls about functions went; the SDK takes an empty variable for none. */
function endpointOf(env: NodeJS.ProcessEnv): string {
  const set = [env['AWS_ENDPOINT_URL_LAMBDA'], env['AWS_ENDPOINT_URL']];
  return set.find((each) => each !== undefined && each !== '') ?? 'AWS';
}

async function agreed(watch: Watch, question: string): Promise<void> {
  if (!(await watch.agree(question))) throw new Refused('nothing was done: it was not agreed to');
}

function refuse(name: string, refusals: readonly string[], callers: readonly string[]): void {
  const problems = [
    ...refusals,
    ...(callers.length === 0
      ? []
      : [
          `somebody may call it: ${callers.join(', ')}. Take a throw-away function, or say --even-with-callers`,
        ]),
  ];
  if (problems.length > 0) {
    throw new Refused(`Verify on ${name}: ${problems.join('; ')}`);
  }
}

async function tryOne(assumption: Assumption, account: Account): Promise<Finding> {
  const { proof, call } = assumption;
  if (typeof proof !== 'function') return notTried(proof.cannot);
  try {
    return await proof(account);
  } catch (error) {
    const { kind, code, message } = translateError(error, call, account.functionName);
    switch (kind) {
      case 'denied':
        return notTried(`not permitted: ${message}`);
      case 'throttled':
      case 'unavailable':
        throw error;
      case 'conflict':
      case 'precondition':
      case 'not-found':
      case 'refused':
        return code === 'UnknownOperationException'
          ? notTried(message)
          : notHeld(`${code}: ${message}`);
    }
  }
}
