import type { LambdaDeps } from '../../aws/lambda-deps.ts';
import { isAwsError } from '../../contract/shared/aws-error.ts';
import type { FunctionConfiguration } from '../../contract/shared/function-configuration.ts';
import { runtimeEnd } from '../../core/target/runtime-end.ts';
import { runtimeDates } from '../../core/target/runtime-dates.ts';
import { findTargetRefusal } from '../../core/target/target-refusal.ts';
import { hasFailedUpdate, updateFailure } from '../../stages/target/failed-update.ts';
import { lookAtTriggers } from '../../stages/tune/inspect/look-at-triggers.ts';
import { updateFailureText } from '../../words/failed-update.ts';
import { plainText } from '../../words/plain-text.ts';
import { targetRefusalText } from '../../words/reasons/target-refusal.ts';
import { findLeftRuns } from '../restore/find-left-runs.ts';
import { finding, type Finding } from './finding.ts';

type Calls = Pick<
  LambdaDeps,
  'readConfiguration' | 'listVersions' | 'listAliases' | 'readTriggers'
>;

export interface SeenFunction {
  readonly found: FunctionConfiguration | null;
  readonly findings: readonly Finding[];
}

/** Looks at one function by what may be read of it. */
export async function lookAtFunction(
  calls: Calls,
  functionName: string,
  nowMs: number,
): Promise<SeenFunction> {
  let found: FunctionConfiguration;
  try {
    found = await calls.readConfiguration({ functionName });
  } catch (error) {
    if (!isAwsError(error)) throw error;
    return { found: null, findings: [unreadFinding(functionName, error)] };
  }
  return {
    found,
    findings: [
      state(found),
      runtime(found, nowMs),
      lookAtLogging(found),
      await triggers(calls, functionName),
      await runs(calls, functionName),
    ],
  };
}

function unreadFinding(
  functionName: string,
  error: { kind: string; code: string; message: string },
): Finding {
  const said = `${functionName} cannot be read: ${error.code}: ${error.message}`;
  return error.kind === 'not-found'
    ? finding('function', 'missing', said, 'check its name, --region, and whose account it is in')
    : finding(
        'function',
        'unknown',
        said,
        'have your policies allow lambda:GetFunctionConfiguration',
      );
}

function state(found: FunctionConfiguration): Finding {
  const { functionName, memoryMb, timeoutSeconds, architecture } = found;
  const refusal = findTargetRefusal(found);
  const what = `${functionName}: ${memoryMb} MB, ${timeoutSeconds} s, ${architecture}`;
  if (refusal !== null) {
    return finding(
      'function',
      refusal.code === 'not-active' ? 'attention' : 'missing',
      `${what}; it cannot be tuned as it is: ${plainText(targetRefusalText(refusal))}`,
      refusal.code === 'not-active'
        ? 'invoke or deploy it, then look again'
        : 'tune another function',
    );
  }
  if (hasFailedUpdate(found)) {
    return finding(
      'function',
      'attention',
      `${what}; its last update failed (${plainText(updateFailureText(updateFailure(found)))})`,
      'deploy it again: what it is set to need not be what it runs with',
    );
  }
  return finding('function', 'ok', `${what}, active`);
}

/** No date is known of a container image, or of a runtime that is younger than the table. */
function runtime({ runtime: name, packageType }: FunctionConfiguration, nowMs: number): Finding {
  if (name === null) {
    return finding('runtime', 'ok', packageType === 'Image' ? 'a container image' : 'none');
  }
  const dates = runtimeDates(name);
  const end = runtimeEnd(name, nowMs, nowMs);
  switch (end.kind) {
    case 'none':
      return dates === null
        ? finding('runtime', 'unknown', `${name}, whose end is not in this version's table`)
        : finding('runtime', 'ok', `${name}, supported until ${dates.deprecated}`);
    case 'near':
      return finding(
        'runtime',
        'attention',
        `${name}: ${nowMs >= Date.parse(end.dates.deprecated) ? 'deprecated since' : 'to be deprecated on'} ${end.dates.deprecated}, updates blocked from ${end.dates.updateBlocked}`,
        'move it to a newer runtime before then: afterwards it can be checked, not tuned',
      );
    case 'blocked':
      return finding(
        'runtime',
        'missing',
        `${name}: AWS blocks updates since ${end.dates.updateBlocked}, so that nothing could be put back`,
        'move it to a newer runtime; powerdial check and history work as it is',
      );
  }
}

function lookAtLogging({ logFormat, systemLogLevel, logGroup }: FunctionConfiguration): Finding {
  const what = `${logFormat === 'JSON' ? 'JSON' : 'text'} in ${logGroup}`;
  return systemLogLevel === 'WARN'
    ? finding(
        'logging',
        'attention',
        `${what}, system log level WARN, which hides the reports of invocations`,
        'nothing to do for tune, which lowers the level while it runs; for history and check set it to INFO',
      )
    : finding('logging', 'ok', what);
}

async function triggers(calls: Calls, functionName: string): Promise<Finding> {
  let aliases: readonly string[] = [];
  try {
    aliases = (await calls.listAliases(functionName)).map(({ name }) => name);
  } catch (error) {
    if (!isAwsError(error)) throw error;
  }
  const { triggers: all, callers, warnings } = await lookAtTriggers(calls, functionName, aliases);
  const unreadOnes = warnings.some(({ code }) => code === 'triggers-not-read');
  if (callers.length > 0) {
    return finding(
      'triggers',
      'attention',
      `${callers.map(plainText).join(', ')} ${callers.length === 1 ? 'calls' : 'call'} $LATEST, and would meet each size for seconds while versions are published`,
      'tune it when little is going on, or point the caller at an alias',
    );
  }
  if (unreadOnes) {
    return finding(
      'triggers',
      'unknown',
      `${all.length} known; not all could be read`,
      'have your policies allow lambda:GetPolicy, ListEventSourceMappings and ListFunctionUrlConfigs',
    );
  }
  const sources = [...new Set(all.map(({ source }) => source))];
  return finding(
    'triggers',
    'ok',
    sources.length === 0
      ? 'nothing calls it by itself'
      : `${sources.join(', ')}, by version or alias`,
  );
}

async function runs(calls: Calls, functionName: string): Promise<Finding> {
  try {
    const { runs: left } = await findLeftRuns(calls, functionName);
    const [first] = left;
    if (first === undefined) return finding('runs', 'ok', 'no run has left anything on it');
    const told = left.map(
      ({ run, until }) => `${plainText(run)} (at work until ${until} by its own word)`,
    );
    return finding(
      'runs',
      'attention',
      `a run's mark is on it: ${told.join(', ')}`,
      `wait for the run; if it is dead: powerdial restore ${functionName}`,
    );
  } catch (error) {
    if (!isAwsError(error)) throw error;
    return finding(
      'runs',
      'unknown',
      `its versions cannot be read: ${error.code}`,
      'have your policies allow lambda:ListVersionsByFunction',
    );
  }
}
