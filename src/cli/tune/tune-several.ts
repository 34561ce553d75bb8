import type { Json } from '../../contract/shared/json.ts';
import { memberOf } from '../../contract/shared/member-of.ts';
import type { Result } from '../../contract/tune/result.ts';
import { severalText, type SeveralRow } from '../../report/several-text.ts';
import { EXIT, type ExitCode } from '../shared/exit-code.ts';
import { UsageError } from '../../api/shared/usage-error.ts';
import { explain } from '../shared/exit-with.ts';
import { SIGNALS } from '../shared/interruption.ts';
import { prepareOutputs } from '../shared/outputs/prepare-outputs.ts';
import { styleOf, type Terminal } from '../shared/terminal.ts';
import { runTune } from './run-tune.ts';
import { optionsOf, severalProblems } from './several-functions.ts';
import type { TuneOptions } from './tune-options.ts';
import { toError } from '../../contract/shared/thrown.ts';

/** How one function's run ended; `output` is what `--json` prints of a single run. */
interface EndedRun {
  readonly function: string;
  readonly code: ExitCode;
  readonly output: Json;
}

/** `powerdial tune a b c`: one function after another, with one summary at the end. */
export async function tuneSeveral(
  functionNames: readonly string[],
  options: TuneOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const problems = severalProblems(functionNames, options);
  const files = functionNames.flatMap((name) => optionsOf(name, options).out ?? []);
  const unwritable =
    problems.length > 0 || options.dryRun === true ? [] : await prepareOutputs({ '--out': files });
  if (problems.length + unwritable.length > 0) throw new UsageError([...problems, ...unwritable]);
  const ended: EndedRun[] = [];
  const stop = new AbortController();
  const onSignal = (): void => {
    stop.abort();
  };
  // Beside what each run does about them: between two runs, and where a run ends before it is stopped.
  for (const signal of SIGNALS) process.on(signal, onSignal);
  try {
    for (const name of functionNames) {
      ended.push(
        stop.signal.aborted
          ? notBegun(name)
          : await tuneOne(name, options, terminal, ended.length === 0),
      );
    }
  } finally {
    for (const signal of SIGNALS) process.off(signal, onSignal);
  }
  printSummary(ended, options, terminal);
  return worstOf(ended.map(({ code }) => code));
}

/**
 * @param isFirst before anything was run, wrong usage ends the whole command
 * @throws {UsageError}
 */
async function tuneOne(
  name: string,
  options: TuneOptions,
  terminal: Terminal,
  isFirst: boolean,
): Promise<EndedRun> {
  if (!isFirst && options.json !== true) terminal.stdout.write('\n');
  const outputs: Json[] = [];
  try {
    const code = await runTune(name, options, terminal, (output) => outputs.push(output));
    return { function: name, code, output: addName(name, outputs.at(-1) ?? notRun(code)) };
  } catch (error) {
    if (isFirst && error instanceof UsageError) throw error;
    const { name: kind, message } = toError(error);
    const code = explain(error, terminal);
    return { function: name, code, output: addName(name, failure(kind, message)) };
  }
}

/** Returns the output of a run that was not agreed to, or that was stopped before it began. */
function notRun(code: ExitCode): Json {
  return code === EXIT.interrupted
    ? failure('Interrupted', 'It was stopped before it began.')
    : failure('NotRun', 'It was not agreed to.');
}

function notBegun(name: string): EndedRun {
  const output = failure('Interrupted', 'It was not begun.');
  return { function: name, code: EXIT.interrupted, output: addName(name, output) };
}

function failure(error: string, cause: string): { readonly [key: string]: Json } {
  return { schemaVersion: 1, failed: true, error, cause };
}

/** A failure names no function by itself; a result and a plan do. */
function addName(name: string, output: Json): Json {
  return isFailure(output) ? { function: name, ...output } : output;
}

function isFailure(output: Json): output is { readonly [key: string]: Json } & { error: string } {
  return memberOf(output, 'failed') === true;
}

/** Returns the worst one's: 3 before 130, and 3 as well where some were run and others were not. */
function worstOf(codes: readonly ExitCode[]): ExitCode {
  if (codes.includes(EXIT.failed)) return EXIT.failed;
  if (codes.includes(EXIT.interrupted)) return EXIT.interrupted;
  const [first = EXIT.done, ...others] = new Set(codes);
  return others.length === 0 ? first : EXIT.failed;
}

function printSummary(ended: readonly EndedRun[], options: TuneOptions, terminal: Terminal): void {
  const { stdout } = terminal;
  if (options.json === true) {
    const results = ended.map(({ output }) => output);
    stdout.write(`${JSON.stringify({ results }, null, 2)}\n`);
  } else {
    stdout.write(`\n${severalText(ended.map(rowOf), styleOf(terminal, options.color))}`);
  }
}

function rowOf({ function: name, output }: EndedRun): SeveralRow {
  if (isFailure(output)) return { function: name, kind: 'failed', error: output.error };
  const isPlan = memberOf(output, 'dryRun') === true;
  return isPlan
    ? { function: name, kind: 'planned' }
    : { function: name, kind: 'result', result: output as unknown as Result };
}
