import { setTimeout as delay } from 'node:timers/promises';
import { isAwsError } from '../../contract/shared/aws-error.ts';
import { PowerdialError } from '../../contract/shared/errors.ts';
import { parseFunctionRef } from '../../core/target/function-ref.ts';
import { plainText } from '../../words/plain-text.ts';
import { toReadableError } from '../../words/refusals/aws-refusal.ts';
import { hasFailedUpdate, updateFailure } from '../../stages/target/failed-update.ts';
import { updateFailureText } from '../../words/failed-update.ts';
import { toNotPutBack } from '../../words/refusals/not-put-back.ts';
import { ask, type Answer } from '../shared/ask.ts';
import { EXIT, type ExitCode } from '../shared/exit-code.ts';
import { UsageError } from '../../api/shared/usage-error.ts';
import { wantsUnicode, type Terminal } from '../shared/terminal.ts';
import { openCalls } from '../../api/shared/cloud/open-calls.ts';
import { connectAws } from '../../api/shared/connect-aws.ts';
import { openAws } from '../../api/shared/open-aws.ts';
import { findLeftRuns, type LeftRuns } from './find-left-runs.ts';
import { findLivingRuns, type LivingRun } from './find-living-runs.ts';
import { putBackPatiently } from './put-back-patiently.ts';
import type { RestoredRun } from './put-run-back.ts';
import type { RestoreOptions } from './restore-options.ts';
import { restoreText } from './restore-text.ts';

/** `powerdial restore`: from the command line to the exit code. */
export async function runRestore(
  name: string,
  options: RestoreOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const ref = parseFunctionRef(name);
  if (ref === null) {
    throw new UsageError([`wanted a function's name or ARN, it is ${JSON.stringify(name)}`]);
  }
  const { functionName } = ref;
  const never = new AbortController().signal;
  const connection = await connectAws(options, terminal.env, ref.region);
  const target = openAws(functionName, connection, never);
  const calls = openCalls(connection, terminal.env);
  const deps = { ...target.world, now: Date.now, sleep: (ms: number) => delay(ms) };
  try {
    const left = await find(deps, functionName);
    const living = await findLivingRuns(left.runs, deps.now(), calls);
    const answer = await askWhetherDead(functionName, living, options, terminal);
    if (answer !== 'yes') return answer === 'no' ? EXIT.usage : EXIT.interrupted;
    const restored: RestoredRun[] = [];
    for (const { run } of left.runs) {
      const onWait = (versions: readonly string[], seconds: number): void => {
        terminal.stderr.write(`${waitSentence(run, versions, seconds)}\n`);
      };
      const putBack = putBackPatiently(deps, functionName, run, onWait);
      restored.push(await putBack.catch(failWith(functionName, run)));
    }
    const now = await find(deps, functionName);
    const stillThere = stillLeft(now, restored);
    print(left, restored, stillThere, options, terminal);
    if (hasFailedUpdate(now.found)) {
      terminal.stderr.write(
        `The last update of ${functionName} failed (${plainText(updateFailureText(updateFailure(now.found)))}): until the next one, what it is set to need not be what it runs with.\n`,
      );
    }
    return stillThere.length === 0 ? EXIT.done : EXIT.failed;
  } catch (error) {
    throw isAwsError(error) ? toReadableError(error, 'the command') : error;
  } finally {
    calls.close();
    await target.close();
  }
}

async function find(
  deps: Parameters<typeof findLeftRuns>[0],
  functionName: string,
): Promise<LeftRuns> {
  try {
    return await findLeftRuns(deps, functionName);
  } catch (error) {
    if (!isAwsError(error, 'not-found')) throw error;
    throw new PowerdialError(
      'TargetNotFound',
      `Restore ${functionName}: there is no such function here (${error.message}). Check its name, its region and whose account these credentials are of.`,
      { cause: error, facts: { function: functionName } },
    );
  }
}

/** A run that may still be at work is put back only when somebody says so. */
async function askWhetherDead(
  functionName: string,
  living: readonly LivingRun[],
  options: RestoreOptions,
  terminal: Terminal,
): Promise<Answer> {
  for (const each of living) terminal.stderr.write(`${sentence(functionName, each)}\n`);
  if (living.length === 0 || options.yes === true) return 'yes';
  if (!terminal.stdin.isTTY || !terminal.stderr.isTTY) {
    throw new UsageError([
      `${functionName} was left alone: wait for the run, stop it, or give --yes when it is dead`,
    ]);
  }
  const question = 'Put it back all the same? A run that lives will fail.';
  return ask(question, terminal, new AbortController().signal);
}

function sentence(functionName: string, { run, until, executionArn }: LivingRun): string {
  return executionArn === null
    ? `Run ${run} may be at work on ${functionName} until ${until}.`
    : `Run ${run} is at work on ${functionName}: ${executionArn} is RUNNING.`;
}

function waitSentence(run: string, versions: readonly string[], seconds: number): string {
  return `Version ${versions.join(', ')} of run ${run} is still pending, and AWS deletes no version before it is active (with SnapStart that takes up to half an hour): next try in ${seconds} s. Ctrl-C leaves it to the next run or another restore.`;
}

/** Ends with what stopped the put-back, what may be left, and the command. */
function failWith(functionName: string, run: string): (error: unknown) => never {
  return (error) => {
    throw toNotPutBack(
      isAwsError(error) ? toReadableError(error, 'the command') : error,
      functionName,
      run,
    );
  };
}

/** Runs of which something is there after all, but for versions that stay because somebody uses them. */
function stillLeft({ runs }: LeftRuns, restored: readonly RestoredRun[]): readonly string[] {
  const stay = new Set(restored.flatMap(({ leftVersions }) => leftVersions));
  return runs
    .filter(({ journal, versions }) => journal || versions.some((version) => !stay.has(version)))
    .map(({ run }) => run);
}

function print(
  { found }: LeftRuns,
  restored: readonly RestoredRun[],
  stillThere: readonly string[],
  options: RestoreOptions,
  { stdout, stderr, env }: Terminal,
): void {
  const { functionArn, functionName } = found;
  const putBack = stillThere.length === 0;
  stdout.write(
    options.json === true
      ? `${JSON.stringify({ schemaVersion: 1, function: functionArn, putBack, runs: restored }, null, 2)}\n`
      : restoreText(functionName, restored, wantsUnicode(env)),
  );
  if (putBack) return;
  stderr.write(
    `powerdial: NotPutBack: ${functionName} still carries something of run ${stillThere.join(', ')}. Run: powerdial restore ${functionName}\n`,
  );
}
