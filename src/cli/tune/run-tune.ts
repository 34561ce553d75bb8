import type { Json } from '../../contract/json.ts';
import type { Result } from '../../contract/result.ts';
import type { RunEvent } from '../../contract/run-event.ts';
import type { StageOutput } from '../../contract/stages.ts';
import { playTune, type PlayedRun } from '../../local/play-tune.ts';
import { resultText } from '../../report/result-text.ts';
import { EXIT, UsageError, type ExitCode } from '../exit-code.ts';
import { progressDisplay } from '../progress/progress-display.ts';
import { wantsColour, wantsUnicode, type Terminal } from '../terminal.ts';
import { confirm } from './confirm.ts';
import { finishResult } from './finish-result.ts';
import { Interruption } from './interruption.ts';
import type { OpenedTarget } from './opened-target.ts';
import { openTarget } from './open-target.ts';
import { RunEvents } from './run-events.ts';
import { settleOptions, targetKind } from './settle-options.ts';
import type { TuneOptions } from './tune-options.ts';
import { writeOutputs } from './write-outputs.ts';

interface Tuning {
  readonly options: TuneOptions;
  readonly terminal: Terminal;
  readonly target: OpenedTarget;
  readonly input: Json;
  readonly signal: AbortSignal;
  readonly emit: (event: RunEvent) => void;
  /** Gives the terminal back, before anything else is written to it. */
  readonly endProgress: () => void;
}

/** `powerdial tune`: from the command line to the exit code. */
export async function runTune(
  functionName: string | undefined,
  options: TuneOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const kind = targetKind(functionName, options);
  // What is wrong with the options is said before anything is opened, together with what else is wrong.
  const problems = await problemsOf(() => settleOptions(functionName ?? 'embedded', options));
  const display = progressDisplay(terminal, options);
  const interruption = new Interruption({
    onFirst: () => {
      display.show({ kind: 'interrupted' });
    },
    onSecond: () => {
      display.end();
      terminal.stderr.write(givenUp(functionName));
    },
  });
  interruption.start();
  const opening = openTarget(kind, functionName, options, interruption.signal);
  try {
    const all = [...problems, ...(await problemsOf(() => opening))];
    if (all.length > 0) throw new UsageError(all);
    const target = await opening;
    const input = await settleOptions(target.functionName, options);
    return await tune({
      options,
      terminal,
      target,
      input,
      signal: interruption.signal,
      emit: (event) => {
        display.show(event);
      },
      endProgress: () => {
        display.end();
      },
    });
  } finally {
    display.end();
    await (await opening.catch(() => null))?.close();
    interruption.stop();
  }
}

async function tune(tuning: Tuning): Promise<ExitCode> {
  const { options, target, terminal, signal } = tuning;
  if (target.emulation === null && !(await agreed(tuning))) {
    return signal.aborted ? EXIT.interrupted : EXIT.usage;
  }
  tuning.emit({ kind: 'run-started', function: target.functionName, run: '' });
  const events = new RunEvents(tuning.emit);
  const played = await playTune({
    input: tuning.input,
    world: { ...target.world, onProgress: events.onProgress },
    signal,
    onEvent: events.onEvent,
  });
  switch (played.kind) {
    case 'done':
      return finish(tuning, played.output);
    case 'failed':
      return fail(tuning, played);
    case 'interrupted':
      tuning.endProgress();
      if (options.json === true)
        printJson(terminal, { schemaVersion: 1, failed: true, error: 'Interrupted' });
      terminal.stderr.write(`Interrupted; ${target.functionName} is as it was.\n`);
      return EXIT.interrupted;
  }
}

/** On AWS, says first what the run will do, and asks where somebody can answer. */
async function agreed(tuning: Tuning): Promise<boolean> {
  const { options, target, terminal, signal } = tuning;
  if (options.dryRun === true) return true;
  const played = await playTune({
    input: { ...(tuning.input as object), dryRun: true },
    world: { ...target.world, onProgress: () => undefined },
    signal,
    onEvent: () => undefined,
  });
  // What is wrong is told by the run itself, in full.
  if (played.kind !== 'done') return played.kind === 'failed';
  const { mostInvocations, mostUsd } =
    played.output as unknown as StageOutput<'Inspect'>['preview'];
  terminal.stderr.write(
    `This run will really invoke ${target.functionName}, with its side effects: at most ${mostInvocations} times, for at most ${mostUsd} USD. It publishes versions and deletes them again.\n`,
  );
  if (options.yes === true || !terminal.stdin.isTTY || !terminal.stderr.isTTY) return true;
  return confirm('Go on?', terminal, signal);
}

async function finish(tuning: Tuning, output: Json): Promise<ExitCode> {
  const { options, target, terminal } = tuning;
  if (options.dryRun === true) {
    printJson(terminal, output);
    return EXIT.done;
  }
  const result = finishResult(output as unknown as Result, target.emulation);
  tuning.endProgress();
  await writeOutputs(result, options.out ?? []);
  if (options.json === true) printJson(terminal, result as unknown as Json);
  else printText(tuning, result);
  return EXIT.done;
}

function fail(tuning: Tuning, played: Extract<PlayedRun, { kind: 'failed' }>): ExitCode {
  const { options, target, terminal } = tuning;
  tuning.endProgress();
  if (played.result !== null && options.json !== true) {
    printText(tuning, finishResult(played.result, target.emulation));
  }
  if (options.json === true) {
    const { error, cause } = played;
    printJson(terminal, { schemaVersion: 1, failed: true, error, cause });
  }
  const ending = played.error === 'NotPutBack' ? '' : `\n${target.functionName} is as it was.`;
  terminal.stderr.write(`powerdial: ${played.error}: ${played.cause}${ending}\n`);
  return played.error === 'InvalidInput' ? EXIT.usage : EXIT.failed;
}

function printText({ options, terminal }: Tuning, result: Result): void {
  const { stdout, env } = terminal;
  const style = {
    colour: wantsColour(stdout, env, options.color),
    unicode: wantsUnicode(env),
    columns: stdout.isTTY ? stdout.columns : 100,
  };
  stdout.write(resultText(result, style));
}

function printJson({ stdout }: Terminal, value: Json): void {
  stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

async function problemsOf(work: () => Promise<unknown>): Promise<readonly string[]> {
  try {
    await work();
    return [];
  } catch (error) {
    if (error instanceof UsageError) return error.problems;
    throw error;
  }
}

function givenUp(functionName: string | undefined): string {
  return functionName === undefined
    ? 'Stopped.\n'
    : `Stopped before it was known whether ${functionName} was put back. Run: powerdial restore ${functionName}\n`;
}
