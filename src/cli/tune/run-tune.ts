import type { Json } from '../../contract/shared/json.ts';
import { EXIT, type ExitCode } from '../shared/exit-code.ts';
import { UsageError } from '../../api/shared/usage-error.ts';
import { bySize, SeenFailures } from '../../api/shared/handler/seen-failures.ts';
import { prepareOutputs } from '../shared/outputs/prepare-outputs.ts';
import { progressDisplay } from '../shared/progress/progress-display.ts';
import type { Terminal } from '../shared/terminal.ts';
import type { Surface } from '../../words/trial-advice.ts';
import { agree } from './agree.ts';
import { fail, finish, finishInterrupted } from './end-run.ts';
import { Interruption } from '../shared/interruption.ts';
import { openTarget } from '../../api/tune/open-target.ts';
import { playOpened } from '../../api/tune/play-opened.ts';
import { readInputFile } from './read-input-file.ts';
import { optionsOf } from './several-functions.ts';
import { readTuneConfig } from './read-tune-config.ts';
import { targetKind } from '../../api/tune/target-kind.ts';
import { settleOptions } from './settle-options.ts';
import type { TuneOptions } from './tune-options.ts';
import type { PlannedTuning } from './tuning.ts';

/**
 * `powerdial tune`: from the command line to the exit code.
 *
 * @param collect takes what `--json` would print, where the run is one of several
 */
export async function runTune(
  named: string | undefined,
  given: TuneOptions,
  terminal: Terminal,
  collect?: (output: Json) => unknown,
): Promise<ExitCode> {
  if (given.attach !== undefined) {
    const { attach } = await import('./cloud/attach.ts');
    return attach(given.attach, named, given, terminal);
  }
  const file = await (given.input === undefined
    ? readTuneConfig(given.config)
    : readInputFile(given.input));
  const isHere = [given.local, given.template, given.recorded].some((each) => each !== undefined);
  const functionName = named ?? (isHere ? undefined : (file?.functionName ?? undefined));
  const options = optionsOf(functionName, given);
  const kind = targetKind(functionName, options);
  // What is wrong with the options is said before anything is opened, together with what else is wrong.
  const problems = await problemsOf(() => settleOptions(functionName ?? 'embedded', options, file));
  const isDry = options.dryRun === true || file?.input.dryRun === true;
  const unwritable = isDry ? [] : await prepareOutputs({ '--out': options.out ?? [] });
  const display = progressDisplay(terminal, options);
  const interruption = listenForInterruption(functionName, display, terminal);
  const opening = openTarget(kind, functionName, options, {
    env: terminal.env,
    stop: interruption.signal,
    show: display.show,
  });
  try {
    const all = [...problems, ...unwritable, ...(await problemsOf(() => opening))];
    if (all.length > 0) throw new UsageError(all);
    const target = await opening;
    const input = await settleOptions(target.functionName, options, file);
    showNotices(target.notices ?? [], options, display, terminal);
    const tuning: PlannedTuning = {
      options,
      terminal,
      target,
      input,
      interruption,
      emit: display.show,
      endProgress: display.end,
      collect,
    };
    if (kind !== 'aws') return await playHere(tuning);
    const { tuneOnAws } = await import('./cloud/tune-on-aws.ts');
    return await tuneOnAws(tuning, () => playHereAgreed(tuning));
  } finally {
    display.end();
    await (await opening.catch(() => null))?.close();
    interruption.stop();
  }
}

type Display = ReturnType<typeof progressDisplay>;

/** The first Ctrl-C stops the run, which puts the function back; the second one ends the command at once. */
function listenForInterruption(
  functionName: string | undefined,
  display: Display,
  terminal: Terminal,
): Interruption {
  const interruption = new Interruption({
    onFirst: () => {
      display.show({ kind: 'interrupted' });
    },
    onSecond: () => {
      display.end();
      terminal.stderr.write(givenUpText(functionName));
    },
  });
  interruption.start();
  return interruption;
}

/** Says what is to be known before a run starts. */
function showNotices(
  notices: readonly string[],
  { progress }: TuneOptions,
  display: Display,
  terminal: Terminal,
): void {
  for (const message of notices) {
    if (progress === 'json') display.show({ kind: 'warning', code: 'notice', message });
    else terminal.stderr.write(`${message}\n`);
  }
}

/** The embedded run of a function on AWS. */
async function playHereAgreed(tuning: PlannedTuning): Promise<ExitCode> {
  const agreement = await agree(tuning);
  switch (agreement.kind) {
    case 'yes':
      return playHere(tuning);
    case 'no':
      return EXIT.usage;
    case 'interrupted':
      return EXIT.interrupted;
    case 'failed':
      return fail(tuning, agreement);
  }
}

async function playHere(planned: PlannedTuning): Promise<ExitCode> {
  const { target, interruption, options } = planned;
  const failures = new SeenFailures(bySize(target.functionName), options.ignoreError);
  const tuning = { ...planned, failures };
  const { input, emit } = tuning;
  const { signal } = interruption;
  const surface = surfaceOf(tuning);
  const played = await playOpened({ target, input, emit, failures, signal, surface });
  switch (played.kind) {
    case 'done':
      return finish(tuning, played.output);
    case 'failed':
      return fail(tuning, played);
    case 'interrupted':
      return finishInterrupted(
        tuning,
        played.result,
        `Interrupted; ${target.functionName} is as it was.`,
      );
  }
}

/** Whoever gave options did not write the keys of the input that they became. */
function surfaceOf({ options, target }: PlannedTuning): Surface | undefined {
  if (options.input !== undefined) return undefined;
  // A handler on this machine is given by options what a function on AWS has as settings.
  const isLocal = target.emulation !== null && target.emulation.cpu !== 'recorded';
  return isLocal ? 'command-local' : 'command';
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

function givenUpText(functionName: string | undefined): string {
  return functionName === undefined
    ? 'Stopped.\n'
    : `Stopped before it was known whether ${functionName} was put back. Run: powerdial restore ${functionName}\n`;
}
