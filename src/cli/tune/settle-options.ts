import type { Json } from '../../contract/shared/json.ts';
import { parseInput } from '../../contract/tune/parse-input.ts';
import { formatFor } from '../../report/format-for.ts';
import { sayInOptions } from '../../words/option-of-key.ts';
import { UsageError } from '../../api/shared/usage-error.ts';
import { TITLE_WITHOUT_PAGE } from '../shared/outputs/title-without-page.ts';
import { idleHandlerOptions } from '../../api/shared/handler/handler-options.ts';
import { inputFromOptions } from './input-from-options.ts';
import { joinInputs, type InputFile } from './read-input-file.ts';
import { idleTemplateOptions } from '../../api/shared/project/template-options.ts';
import { oneAtATime } from '../../api/tune/settle-input.ts';
import type { TuneOptions } from './tune-options.ts';
import { withoutEffect } from './without-effect.ts';

/**
 * Makes the run's input of the options and refuses it with all of its problems together, before
 * anything is started or paid for.
 *
 * @throws {UsageError}
 */
export async function settleOptions(
  functionName: string,
  options: TuneOptions,
  file: InputFile | null = null,
): Promise<{ readonly [key: string]: Json }> {
  const given = await inputFromOptions(functionName, options);
  const joined = file === null ? null : joinInputs(file, given.input);
  const input = joined?.input ?? given.input;
  const problems = [...given.problems, ...(joined?.problems.map(sayInOptions) ?? [])];
  const parsed = parseInput(input);
  const all = [
    ...problems,
    ...(parsed.kind === 'invalid' ? parsed.problems.map(nameByOrigin(file, given.input)) : []),
    ...withoutEffect(options, goalOf(parsed, options, file)),
    ...outProblems(options),
    ...(options.local === undefined && options.template === undefined
      ? idleHandlerOptions(options)
      : []),
    ...(options.template === undefined ? idleTemplateOptions(options) : []),
  ];
  if (all.length > 0) throw new UsageError(all);
  return options.recorded === undefined ? input : oneAtATime(input);
}

/** Names what is wrong where it was said: in an option, in the file of `--input`, or in the configuration. */
function nameByOrigin(
  file: InputFile | null,
  options: { readonly [key: string]: Json },
): (problem: string) => string {
  if (file === null) return sayInOptions;
  if (file.isConfiguration !== true) return (problem) => problem;
  return (problem) => {
    const key = /^\w+/.exec(problem)?.[0] ?? '';
    return key in file.input && !(key in options)
      ? `${file.path}: tune.${problem}`
      : sayInOptions(problem);
  };
}

/**
 * Returns the goal of the whole input. One that is wrong may still have the goal that an option needs: it is
 * not refused for both.
 */
function goalOf(
  parsed: ReturnType<typeof parseInput>,
  options: TuneOptions,
  file: InputFile | null,
): string | undefined {
  if (parsed.kind === 'valid') return parsed.input.goal.kind;
  return file === null ? options.goal : 'balanced';
}

/** Files of `--out` whose extension names no format, and a title that no page of them would have. */
export function outProblems({ out = [], title }: Pick<TuneOptions, 'out' | 'title'>): string[] {
  const choices = out.map(formatFor);
  const problems = choices.flatMap((choice) =>
    choice.kind === 'format' ? [] : [`--out: ${choice.message}`],
  );
  const hasPage = choices.some((choice) => choice.kind === 'format' && choice.format === 'html');
  return title === undefined || hasPage ? problems : [...problems, TITLE_WITHOUT_PAGE];
}
