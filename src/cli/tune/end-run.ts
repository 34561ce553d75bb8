import type { Json } from '../../contract/shared/json.ts';
import { memberOf } from '../../contract/shared/member-of.ts';
import type { Result } from '../../contract/tune/result.ts';
import type { DryRun } from '../../contract/tune/dry-run.ts';
import { dryRunText } from '../../report/dry-run-text.ts';
import { resultText } from '../../report/result-text.ts';
import type { TextStyle } from '../../report/text-style.ts';
import { sayInOptions } from '../../words/option-of-key.ts';
import { EXIT, type ExitCode } from '../shared/exit-code.ts';
import { styleOf } from '../shared/terminal.ts';
import { writeFiles } from '../shared/outputs/write-files.ts';
import { finishResult } from '../../api/tune/finish-result.ts';
import type { Tuning } from './tuning.ts';
import { renderOutputs } from './render-outputs.ts';

/** Why a run failed. */
export interface RunFailure {
  readonly error: string;
  readonly cause: string;
  /** What was recommended before it failed, so that paid measurements are not lost. */
  readonly result: Result | null;
}

/** Hands out what a run returned: a result, or the plan of a dry run. */
export async function finish(tuning: Tuning, output: Json): Promise<ExitCode> {
  const { options, terminal } = tuning;
  tuning.endProgress();
  if (memberOf(output, 'dryRun') === true) {
    handOut(tuning, output, () => {
      terminal.stdout.write(dryRunText(output as unknown as DryRun, textStyle(tuning)));
    });
    return EXIT.done;
  }
  const result = finishedResult(tuning, output as unknown as Result);
  if (options.quiet !== true) printFailures(tuning);
  handOut(tuning, result as unknown as Json, () => {
    printText(tuning, result);
  });
  // Files are written after the result was shown: whatever becomes of them, the result is not lost.
  const written = await writeFiles(await renderOutputs(result, options), terminal);
  return written ? EXIT.done : EXIT.failed;
}

/**
 * Says why a run failed.
 *
 * @param ending what is known of the function now, as a sentence
 */
export function fail(
  tuning: Tuning,
  failure: RunFailure,
  ending = endingText(tuning, failure),
): ExitCode {
  const { options, terminal } = tuning;
  const { error, result } = failure;
  // Whoever gave options did not write the keys of the input that they became.
  const cause = options.input === undefined ? sayInOptions(failure.cause) : failure.cause;
  tuning.endProgress();
  handOut(tuning, { schemaVersion: 1, failed: true, error, cause }, () => {
    if (result !== null) printText(tuning, finishedResult(tuning, result));
  });
  printFailures(tuning);
  const last = ending === '' ? '' : `\n${ending}`;
  terminal.stderr.write(`powerdial: ${error}: ${cause}${last}\n`);
  return error === 'InvalidInput' ? EXIT.usage : EXIT.failed;
}

/**
 * Ends an interrupted run with what it had measured, shown and written as a whole result is, and with what
 * is known of the function now.
 */
export async function finishInterrupted(
  tuning: Tuning,
  measured: Result | null,
  ending: string,
): Promise<ExitCode> {
  if (measured === null) return endInterrupted(tuning, ending);
  const { options, terminal } = tuning;
  tuning.endProgress();
  const result = finishedResult(tuning, measured);
  if (options.quiet !== true) printFailures(tuning);
  handOut(tuning, result as unknown as Json, () => {
    printText(tuning, result);
  });
  terminal.stderr.write(`${ending}\n`);
  const written = await writeFiles(await renderOutputs(result, options), terminal);
  return written ? EXIT.interrupted : EXIT.failed;
}

function finishedResult({ target, options, terminal: { env } }: Tuning, result: Result): Result {
  return finishResult(result, target, { options, env });
}

/** Ends an interrupted run with what is known of the function now, as a sentence. */
export function endInterrupted(
  tuning: Tuning,
  ending: string,
  code: ExitCode = EXIT.interrupted,
): ExitCode {
  tuning.endProgress();
  handOut(tuning, { schemaVersion: 1, failed: true, error: 'Interrupted' }, () => undefined);
  tuning.terminal.stderr.write(`${ending}\n`);
  return code;
}

/** A run that failed has put the function back, unless that is what it failed in: then the command is told. */
function endingText({ target }: Tuning, { error, cause }: RunFailure): string {
  const { functionName } = target;
  if (error !== 'NotPutBack') return `${functionName} is as it was.`;
  // The command is said once. A workflow of an earlier version may have given no cause, or AWS may withhold it.
  return cause.includes('powerdial restore')
    ? ''
    : `It could not be confirmed that ${functionName} is as it was. Run: powerdial restore ${functionName}`;
}

/**
 * Prints how invocations failed in the function's own words, on standard error only: they may hold its data.
 */
function printFailures({ failures, terminal }: Tuning): void {
  terminal.stderr.write(failures?.text() ?? '');
}

function printText(tuning: Tuning, result: Result): void {
  tuning.terminal.stdout.write(resultText(result, textStyle(tuning)));
}

function textStyle({ options, terminal }: Tuning): TextStyle {
  return styleOf(terminal, options.color);
}

/** Prints what a run came to as JSON, or shows it as text; one of several is collected as well. */
function handOut(tuning: Tuning, value: Json, showText: () => void): void {
  const { options, terminal, collect } = tuning;
  collect?.(value);
  if (options.json !== true) showText();
  else if (collect === undefined) terminal.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}
